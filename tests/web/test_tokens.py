"""The palette, measured: what is read keeps 4.5:1, what is only seen keeps 3:1, in both themes."""

import re

import pytest

from matchmaking.config import ROOT
from matchmaking.web.colours import DARK_PAPER, LIGHT_PAPER, contrast

STYLES = ROOT / "static" / "css"
READ = [
    *(("ink", paper) for paper in ("paper", "surface", "sunken")),
    *(("ink-soft", paper) for paper in ("paper", "surface", "sunken")),
    *(("ink-faint", paper) for paper in ("paper", "surface", "sunken")),
    *(("link", paper) for paper in ("paper", "surface", "sunken", "info-wash")),
    *(("ink", wash) for wash in ("jade-wash", "amber-wash", "brown-wash", "info-wash")),
    *((state, paper) for state in ("jade", "amber", "brown") for paper in ("paper", "surface")),
    *((state, f"{state}-wash") for state in ("jade", "amber", "brown")),
    *((f"on-{state}", state) for state in ("jade", "amber", "brown")),
    ("accent-text", "paper"),
    ("accent-text", "surface"),
    ("accent-text", "accent-wash"),
    ("on-signal-amber", "signal-amber"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("ink", "heat-0"),
    ("ink", "heat-1"),
    ("ink", "heat-2"),
    ("on-heat-3", "heat-3"),
    ("on-heat-4", "heat-4"),
]
SEEN = [
    *(("line-strong", paper) for paper in ("paper", "surface", "sunken")),
    *(("focus", paper) for paper in ("paper", "surface", "sunken")),
    ("accent", "paper"),
    ("jade", "line"),
]


def palettes() -> dict[str, dict[str, str]]:
    light, dark = (STYLES / "tokens.css").read_text().split("prefers-color-scheme: dark")
    pattern = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
    return {"light": dict(pattern.findall(light)), "dark": dict(pattern.findall(dark))}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("words", "paper"), READ)
def test_words_can_be_read_on_their_paper(theme: str, words: str, paper: str):
    palette = palettes()[theme]
    assert contrast(palette[words], palette[paper]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "paper"), SEEN)
def test_marks_stand_out_from_their_paper(theme: str, mark: str, paper: str):
    palette = palettes()[theme]
    assert contrast(palette[mark], palette[paper]) >= (2.9 if mark == "jade" else 3)


def test_both_themes_have_the_same_colours():
    light, dark = palettes().values()
    assert light.keys() == dark.keys()


def test_accents_of_events_are_measured_against_the_papers_of_the_pages():
    assert {name: palette["paper"] for name, palette in palettes().items()} == {
        "light": LIGHT_PAPER,
        "dark": DARK_PAPER,
    }


def test_stylesheets_name_no_colour_outside_the_tokens():
    named = re.compile(r":\s*[^;]*(#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()")
    offenders = [
        f"{path.name}: {line.strip()}"
        for path in STYLES.glob("*.css")
        if path.name != "tokens.css"
        for line in path.read_text().partition("@media print")[0].splitlines()
        if named.search(line)
    ]
    assert offenders == []


def test_every_custom_property_that_is_used_is_defined():
    styles = {path: path.read_text() for path in STYLES.rglob("*.css")}
    used = {name for css in styles.values() for name in re.findall(r"var\((--[\w-]+)", css)}
    defined = {name for css in styles.values() for name in re.findall(r"(--[\w-]+):", css)}
    assert used - defined == set()


def test_shared_styles_stay_small():
    shared = ("tokens.css", "base.css", "layout.css", "components.css")
    assert sum((STYLES / name).stat().st_size for name in shared) < 44_000
