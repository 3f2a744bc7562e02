"""QR codes for print: one pixel a module, one bit a pixel; the page scales them up sharply."""

from base64 import b64encode
from io import BytesIO

import qrcode
from PIL import Image, ImageOps
from qrcode.constants import ERROR_CORRECT_M

MASK = 3
"""Any mask is valid; choosing the best takes eight times as long."""


def qr_matrix(text: str) -> list[list[bool]]:
    """The modules without their quiet zone. Capitals and digits keep the compact mode."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=MASK, border=0)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    matrix: list[list[bool]] = code.get_matrix()
    return matrix


def qr_png(text: str, *, quiet: int = 0, scale: int = 1) -> bytes:
    """A bitmap; `quiet` modules of white around it where it does not stand on white paper."""
    matrix = qr_matrix(text)
    side = len(matrix)
    modules = bytes(0 if is_dark else 255 for row in matrix for is_dark in row)
    image = Image.frombytes("L", (side, side), modules).convert("1")
    if quiet:
        image = ImageOps.expand(image, quiet, 1)
    if scale > 1:
        image = ImageOps.scale(image, scale, Image.Resampling.NEAREST)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def qr_address(text: str, *, quiet: int = 0) -> str:
    """The bitmap as an address an `img` can have."""
    return "data:image/png;base64," + b64encode(qr_png(text, quiet=quiet)).decode()
