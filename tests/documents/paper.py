"""Looking at a PDF: its pages as pictures, its fonts, its words, its QR codes."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFont

from matchmaking.documents.fonts import font_file


def pictures(pdf: bytes, *, dpi: int = 150) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def words(pdf: bytes) -> list[str]:
    """The text of each page, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def codes(picture: Image.Image) -> list[str]:
    """Those of the usual kind: smaller ones of the family are now and then seen where there are none."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCodeModel2)
    return [code.text for code in found]


def language(pdf: bytes) -> str:
    with pikepdf.open(BytesIO(pdf)) as document:
        return str(document.Root.Lang)


def fonts(pdf: bytes) -> dict[str, bool]:
    """Each font by name; whether it is embedded as a subset."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return {str(font.BaseFont): _is_subset(font) for font in _fonts_of(document)}


def _is_subset(font: pikepdf.Object) -> bool:
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = inner.FontDescriptor
    has_file = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return has_file and str(font.BaseFont)[7:8] == "+"


def _fonts_of(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for item in document.objects:
        is_font = isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        if is_font and ("/DescendantFonts" in item or item.get("/Subtype") == "/TrueType"):
            yield item


def drawn(text: str, *, style: str = "Bold", pixels: int = 60) -> Image.Image:
    """The reference: the text drawn by FreeType from the typeface itself, cut to its ink."""
    if any(ord(letter) > 0x2E80 for letter in text):
        path = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
        font = ImageFont.truetype(path, pixels, index=1)
    else:
        font = ImageFont.truetype(str(font_file(f"BeVietnamPro-{style}.ttf")), pixels)
    picture = Image.new("L", (pixels * (len(text) + 2), pixels * 3), 255)
    ImageDraw.Draw(picture).text((pixels, pixels), text, font=font, fill=0)
    return cut(picture)


def cut(picture: Image.Image) -> Image.Image:
    """Without the white around it."""
    return picture.crop(ImageChops.invert(picture).point(lambda v: 255 * (v > 90)).getbbox())


def likeness(one: Image.Image, other: Image.Image) -> float:
    """1 for the same picture, about 0 for ink in other places; the size does not matter."""
    size = (400, max(20, round(400 * other.height / other.width)))
    a, b = (picture.resize(size).tobytes() for picture in (one, other))
    ink_a, ink_b = [255 - v for v in a], [255 - v for v in b]
    mean_a, mean_b = sum(ink_a) / len(a), sum(ink_b) / len(b)
    shared = sum((x - mean_a) * (y - mean_b) for x, y in zip(ink_a, ink_b, strict=True))
    spread = (sum((x - mean_a) ** 2 for x in ink_a) * sum((y - mean_b) ** 2 for y in ink_b)) ** 0.5
    return shared / spread
