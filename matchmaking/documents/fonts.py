"""The typeface of the documents: its files, and how wide a text is in it.

Full static files, not the web's subsets: several subsets under one family make WeasyPrint
mix up glyphs of Vietnamese words. Korean, Japanese and Chinese come from the system's
Noto Sans CJK, whose letters are one em wide.
"""

import unicodedata
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

FILES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
WIDEST = 1.0
EMOJI = 1.3


def font_file(name: str) -> Traversable:
    """`BeVietnamPro-Regular.ttf` and the like. KeyError for any other name."""
    styles = {f"BeVietnamPro-{style}.ttf" for style in FILES.values()}
    if name not in styles:
        raise KeyError(name)
    return files("fontpkg_be_vietnam_pro") / "files" / name


@cache
def _advances(weight: int) -> dict[str, float]:
    """How far each letter moves the pen, in ems."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  slow to load

    with font_file(f"BeVietnamPro-{FILES[weight]}.ttf").open("rb") as file, TTFont(file) as font:
        em = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        return {chr(code): widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def text_width(text: str, weight: int = 400) -> float:
    """In ems. Letters the typeface lacks count as wide as any fallback draws them."""
    advances = _advances(weight)
    return sum(
        advances[letter] if letter in advances else _fallback_width(letter)
        for letter in unicodedata.normalize("NFC", text)
    )


def _fallback_width(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    return EMOJI if ord(letter) > 0x1F000 else WIDEST
