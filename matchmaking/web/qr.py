"""QR codes for print: one pixel a module, one bit a pixel; the page scales them up sharply."""

from base64 import b64encode
from io import BytesIO

import png

from matchmaking.core.loading import without

with without("PIL"):  # its own pictures of a code are not wanted here
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

MASK = 3
"""Any mask is valid; choosing the best takes eight times as long."""
QUICKLY = 1
"""A third of the usual level's time, for a kilobyte more."""


def qr_matrix(text: str) -> list[list[bool]]:
    """The modules without their quiet zone. Capitals and digits keep the compact mode."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=MASK, border=0)
    code.add_data(text, optimize=0)
    code.make(fit=False)  # of a code without a version the library finds the smallest by itself
    matrix: list[list[bool]] = code.get_matrix()
    return matrix


def qr_png(text: str, *, quiet: int = 0, scale: int = 1) -> bytes:
    """A bitmap; `quiet` modules of white around it where it does not stand on white paper."""
    drawn, beside = {True: "0" * scale, False: "1" * scale}, "1" * quiet * scale
    matrix = qr_matrix(text)
    side = (len(matrix) + 2 * quiet) * scale
    rows = [beside + "".join(map(drawn.__getitem__, row)) + beside for row in matrix]
    around = ["1" * side] * quiet
    lines = [line for row in (*around, *rows, *around) for line in [_packed(row)] * scale]
    file = BytesIO()
    png.Writer(side, side, greyscale=True, bitdepth=1, compression=QUICKLY).write_packed(
        file, lines
    )
    return file.getvalue()


def qr_address(text: str, *, quiet: int = 0, scale: int = 1) -> str:
    """The bitmap as an address an `img` can have."""
    picture = qr_png(text, quiet=quiet, scale=scale)
    return "data:image/png;base64," + b64encode(picture).decode()


def _packed(row: str) -> bytes:
    """Pixels as "1" (white) and "0", eight a byte, the last byte filled up."""
    length = -(-len(row) // 8)
    return int(row.ljust(length * 8, "0"), 2).to_bytes(length, "big")
