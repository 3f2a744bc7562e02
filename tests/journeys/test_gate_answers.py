"""The full-screen answers of the gate as they are drawn: in sunlight, and without colour."""

from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from matchmaking.core.database import db
from tests.checkin.scanning import event_today

KINDS = ("yes", "look", "no")
IN_SUNLIGHT = 7
SHOW = """(kind) => {
  const answer = document.querySelector("[data-answer]").content.firstElementChild.cloneNode(true);
  for (const sign of answer.querySelectorAll(".answer__sign")) if (sign.dataset.kind !== kind) sign.remove();
  for (const part of answer.querySelectorAll("[data-part]")) part.append("Nguyễn Thị Ánh, Sở Công Thương");
  answer.classList.add(`answer--${kind}`, "answer--full");
  document.querySelector("#answer").replaceWith(answer);
}"""


def drawn(page, selector):
    return Image.open(BytesIO(page.locator(selector).screenshot())).convert("RGB")


def luminance(colour):
    parts = [channel / 255 for channel in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(picture):
    """Between what most of the picture is painted with, and the rest of it that is most."""
    [paper, ink] = [colour for _, colour in sorted(picture.getcolors(2**24))[:-3:-1]]
    lighter, darker = sorted((luminance(paper), luminance(ink)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def silhouette(picture):
    """Black and white, whichever of both the drawing was."""
    grey = picture.convert("L")
    _, paper = max(grey.getcolors())
    lines = ImageChops.difference(grey, Image.new("L", grey.size, paper))
    return lines.point(lambda level: 255 if level > 60 else 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_answers_are_read_in_sunlight_and_told_apart_without_colour(
    app, browser: Browser, address, scheme
):
    page = browser.new_page(color_scheme=scheme, viewport={"width": 360, "height": 740})
    slug = event_today().slug
    db.session.commit()
    page.goto(f"{address}/events/{slug}/gate")
    page.locator("[data-state=new]").wait_for()
    signs = {}
    for kind in KINDS:
        page.evaluate(SHOW, kind)
        for part in page.locator("#answer p").all():
            words = Image.open(BytesIO(part.screenshot())).convert("RGB")
            assert contrast(words) >= IN_SUNLIGHT, (kind, part.get_attribute("data-part"))
        signs[kind] = drawn(page, "#answer .answer__sign")
        assert contrast(signs[kind]) >= IN_SUNLIGHT
    page.close()

    for one, other in combinations(KINDS, 2):
        apart = ImageChops.difference(silhouette(signs[one]), silhouette(signs[other]))
        share = apart.histogram()[255] / (apart.width * apart.height)
        assert share > 0.05, (one, other, share)
