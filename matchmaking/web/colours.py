"""An event's own accent, made readable: words on it and words in it keep a contrast of 4.5:1."""

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

READABLE = 4.5
LIGHT_PAPER, DARK_PAPER = "#faf7f0", "#11161f"
LIGHT_WORDS, DARK_WORDS = "#fffaf2", "#16203a"
STEP = 0.01

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Accent:
    """One accent on one paper: as a fill, the words on the fill, as words, and as a tint."""

    fill: str
    strong: str
    words_on: str
    text: str
    wash: str


def is_colour(text: str) -> bool:
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, *backgrounds: str, at_least: float = READABLE) -> str:
    """The nearest shade of `colour` that can be read on all the backgrounds."""
    hue, lightness, saturation = rgb_to_hls(*_rgb(colour))
    is_on_dark = max(_luminance(background) for background in backgrounds) < 0.18
    step = STEP if is_on_dark else -STEP
    while any(contrast(colour, background) < at_least for background in backgrounds):
        lightness += step
        if not 0 <= lightness <= 1:
            return "#ffffff" if is_on_dark else "#000000"
        colour = _hex(hls_to_rgb(hue, lightness, saturation))
    return colour


def mix(colour: str, paper: str, share: float) -> str:
    """`share` of the colour in the paper."""
    pairs = zip(_rgb(colour), _rgb(paper), strict=True)
    red, green, blue = (one * share + other * (1 - share) for one, other in pairs)
    return _hex((red, green, blue))


def accent_on(paper: str, colour: str) -> Accent:
    """What becomes of an event's colour on light or on dark paper."""
    is_dark = paper == DARK_PAPER
    visible = readable(colour, paper, at_least=2) if is_dark else colour
    words_on = LIGHT_WORDS if contrast(visible, LIGHT_WORDS) >= READABLE else DARK_WORDS
    fill = visible if words_on == LIGHT_WORDS else readable_under(DARK_WORDS, visible)
    wash = mix(colour, paper, 0.2 if is_dark else 0.08)
    return Accent(
        fill=fill,
        strong=mix(fill, "#000000" if words_on == LIGHT_WORDS else "#ffffff", 0.85),
        words_on=words_on,
        text=readable(colour, paper, wash, at_least=5.5 if is_dark else READABLE),
        wash=wash,
    )


def readable_under(words: str, colour: str) -> str:
    """The nearest lighter shade of `colour` on which dark `words` can be read."""
    hue, lightness, saturation = rgb_to_hls(*_rgb(colour))
    while contrast(words, colour) < READABLE:
        lightness += STEP
        colour = _hex(hls_to_rgb(hue, lightness, saturation))
    return colour


def theme_css(colour: str) -> str:
    """The stylesheet that gives a page an event's accent, in both themes."""
    light = _rule(accent_on(LIGHT_PAPER, colour))
    dark = _rule(accent_on(DARK_PAPER, colour))
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"


def _rule(accent: Accent) -> str:
    return (
        ":root {"
        f" --accent: {accent.fill}; --accent-strong: {accent.strong};"
        f" --on-accent: {accent.words_on}; --accent-text: {accent.text};"
        f" --accent-wash: {accent.wash}; }}"
    )


def _rgb(colour: str) -> tuple[float, float, float]:
    if not is_colour(colour):
        raise ValueError(f"{colour!r} is not a colour like #a5211b")
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _hex(rgb: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * min(1, max(0, part))):02x}" for part in rgb)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part) for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
