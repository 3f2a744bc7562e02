"""The picture that stands beside a link to an event: 1200 by 630, drawn from its words.

What draws it takes megabytes: import this module where a picture is drawn, not before.
"""

import io
import math
from functools import cache

from fontpkg_be_vietnam_pro import ROOT as FONT_FOLDER
from PIL import Image, ImageDraw, ImageFont

from matchmaking.events.share import SharePicture
from matchmaking.web.colours import LIGHT_PAPER, accent_on, mix

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
WORDS_WIDTH = 760
CENTRE = (1035, 315)
RINGS = (74, 80, 128, 134, 186, 192, 262, 270, 330, 338, 346)
STAR, STAR_RAYS = 70, 14
COMBS = ((82, 126, 72), (272, 328, 160))
DOTS = ((160, 13, 36), (227, 20, 32))
FINER = 3


def drawn(content: SharePicture) -> bytes:
    """The picture as PNG."""
    colours = accent_on(LIGHT_PAPER, content.accent)
    picture = Image.new("RGB", (WIDTH, HEIGHT), colours.fill)
    faint = mix(colours.words_on, colours.fill, 0.42)
    _draw_rings(picture, faint)
    _write_words(ImageDraw.Draw(picture), content, colours.words_on, colours.fill)
    written = io.BytesIO()
    picture.quantize(colors=64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw_rings(picture: Image.Image, colour: str) -> None:
    """The face of a Đông Sơn drum, right of the words and cut by the edge; drawn large, scaled."""
    large = Image.new("L", (WIDTH * FINER, HEIGHT * FINER))
    pen = ImageDraw.Draw(large)
    for radius in RINGS:
        _circle(pen, CENTRE, radius)
    for inner, outer, teeth in COMBS:
        for tooth in range(teeth):
            angle = math.tau * tooth / teeth
            pen.line([_at(angle, inner), _at(angle, outer)], fill=255, width=FINER)
    for distance, radius, count in DOTS:
        for index in range(count):
            x, y = _at(math.tau * index / count, distance)
            _circle(pen, (x / FINER, y / FINER), radius)
            _circle(pen, (x / FINER, y / FINER), radius / 3)
    pen.polygon(_star(), outline=255, width=FINER + 1)
    mask = large.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    picture.paste(Image.new("RGB", picture.size, colour), mask=mask)


def _star() -> list[tuple[float, float]]:
    points = range(2 * STAR_RAYS)
    return [_at(math.pi * n / STAR_RAYS, STAR if n % 2 == 0 else STAR / 3) for n in points]


def _at(angle: float, distance: float) -> tuple[float, float]:
    x, y = CENTRE
    return (x + math.sin(angle) * distance) * FINER, (y - math.cos(angle) * distance) * FINER


def _circle(pen: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float) -> None:
    x, y, r = centre[0] * FINER, centre[1] * FINER, radius * FINER
    pen.ellipse((x - r, y - r, x + r, y + r), outline=255, width=FINER)


def _write_words(pen: ImageDraw.ImageDraw, content: SharePicture, ink: str, paper: str) -> None:
    """Hosts above, then the name as large as it fits, the theme, the days and the place."""
    softer = mix(ink, paper, 0.85)
    top = float(MARGIN)
    for text, most, least, colour, lines, space in (
        (content.hosts, 26, 22, softer, 2, 28),
        (content.name, 68, 40, ink, 4, 24),
        (content.theme, 30, 24, softer, 2, 20),
    ):
        top = _write(pen, text, top, size=(most, least), colour=colour, lines=lines) + space
    bottom = HEIGHT - MARGIN - 84
    _write(pen, content.days, bottom, size=(30, 22), colour=ink, lines=1)
    _write(pen, content.place, bottom + 46, size=(26, 20), colour=softer, lines=1)


def _write(
    pen: ImageDraw.ImageDraw,
    text: str,
    top: float,
    *,
    size: tuple[int, int],
    colour: str,
    lines: int,
) -> float:
    """Write the text in at most so many lines, shrinking before cutting; returns where it ends."""
    if not text:
        return top - 1
    largest, smallest = size
    font, broken = _font(smallest), [""]
    for points in range(largest, smallest - 1, -2):
        font = _font(points)
        broken = _broken(text, font)
        if len(broken) <= lines:
            break
    if len(broken) > lines:
        broken = [*broken[: lines - 1], broken[lines - 1].rstrip(" ,.") + "…"]
    for line in broken:
        pen.text((MARGIN, top), line, font=font, fill=colour)
        top += font.size * 1.32
    return top


def _broken(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WORDS_WIDTH or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _font(points: int) -> ImageFont.FreeTypeFont:
    path = FONT_FOLDER / "files" / "BeVietnamPro-SemiBold.ttf"
    return ImageFont.truetype(str(path), points)
