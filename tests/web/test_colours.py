import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.web.colours import (
    DARK_PAPER,
    LIGHT_PAPER,
    accent_on,
    contrast,
    is_colour,
    readable,
    theme_css,
)

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_black_on_white_has_the_highest_contrast():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


def test_a_colour_that_can_be_read_already_is_kept():
    assert readable("#a5211b", LIGHT_PAPER) == "#a5211b"


@given(colours)
def test_any_accent_can_be_read_on_light_and_on_dark_paper(colour: str):
    for paper in (LIGHT_PAPER, DARK_PAPER):
        accent = accent_on(paper, colour)
        assert contrast(accent.words_on, accent.fill) >= 4.5
        assert contrast(accent.words_on, accent.strong) >= 4.5
        assert contrast(accent.text, paper) >= 4.5
        assert contrast(accent.text, accent.wash) >= 4.5


@given(colours)
def test_no_accent_sinks_into_dark_paper(colour: str):
    assert contrast(accent_on(DARK_PAPER, colour).fill, DARK_PAPER) >= 2


def test_the_stylesheet_of_an_accent_speaks_to_both_themes():
    css = theme_css("#0b5d7a")
    assert css.count("--accent: ") == 2
    assert "prefers-color-scheme: dark" in css


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#a5211b;}", "#a5211b\n"])
def test_what_is_no_colour_is_refused(text: str):
    assert not is_colour(text)
    with pytest.raises(ValueError, match="is not a colour"):
        theme_css(text)
