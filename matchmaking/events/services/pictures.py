"""Logos and banners: whatever is uploaded is decoded and written anew, so only pixels are kept."""

import io
import threading
import warnings
from enum import Enum
from typing import TYPE_CHECKING

from matchmaking.core.errors import DomainError
from matchmaking.core.files import StoredFile, store
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = {"JPEG": 40_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
"""A JPEG is decoded small at once, the others whole first, at up to 16 bytes a pixel."""
SMOOTH = ("L", "LA", "RGB", "RGBA", "CMYK")
"""Modes whose pixels can be mixed; those of a palette, say, cannot."""
ORIENTATION, LYING = 0x0112, (5, 6, 7, 8)

_one_at_a_time = threading.Lock()


class PictureUse(Enum):
    """Where a picture stands, and how large it is kept: width, height."""

    LOGO = (480, 240)
    BANNER = (1920, 1080)


class PictureRefused(DomainError):
    code = "picture_refused"
    about = "picture"


class NotAPicture(PictureRefused):
    code = "not_a_picture"
    message = _l("This is not a picture we can read. Send a PNG, JPEG or WebP file.")


class PictureTooLarge(PictureRefused):
    code = "picture_too_large"
    message = _l(
        "This picture is too large. It may have at most 5 MB and 16 million pixels, a JPEG 40 million."
    )


def store_picture(event: Event, content: bytes, *, name: str, use: PictureUse) -> StoredFile:
    """Keep an uploaded picture as a public file of the event."""
    with _one_at_a_time:
        picture = _decoded(content, use.value)
    written = io.BytesIO()
    picture.save(written, "WEBP", quality=86, method=6, lossless=use is PictureUse.LOGO)
    return store(
        written.getvalue(),
        name=f"{name[:190]}.webp",
        content_type="image/webp",
        event_id=event.id,
        is_public=True,
    )


def _decoded(content: bytes, box: tuple[int, int]) -> "Picture":
    """Type and size are read from the header before a single pixel is decoded."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  many megabytes

    if len(content) > MOST_BYTES:
        raise PictureTooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=tuple(MOST_PIXELS))
        if picture.width * picture.height > MOST_PIXELS[picture.format or ""]:
            raise PictureTooLarge
        return _small(picture, box)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureTooLarge from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotAPicture from error


def _small(picture: "Picture", box: tuple[int, int]) -> "Picture":
    """No larger than the box, and upright; made small first, so that nothing large is copied."""
    from PIL import ImageOps  # noqa: PLC0415

    width, height = box[::-1] if picture.getexif().get(ORIENTATION) in LYING else box
    part = min(width / picture.width, height / picture.height, 1)
    picture.draft(None, (int(picture.width * part), int(picture.height * part)))
    if picture.mode not in SMOOTH:
        picture = picture.convert(_mode_for(picture))
    picture.thumbnail((width, height), reducing_gap=None)
    upright = ImageOps.exif_transpose(picture)
    return upright.convert(_mode_for(upright))


def _mode_for(picture: "Picture") -> str:
    return "RGBA" if _is_see_through(picture) else "RGB"


def _is_see_through(picture: "Picture") -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
