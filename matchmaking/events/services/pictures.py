"""Logos and banners: whatever is uploaded is decoded and written anew, so only pixels are kept."""

import io
import warnings
from enum import Enum

from PIL import Image, ImageOps, UnidentifiedImageError

from matchmaking.core.errors import DomainError
from matchmaking.core.files import StoredFile, store
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
READABLE = ("PNG", "JPEG", "WEBP")


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
    message = _l("This picture is too large. It may have at most 5 MB and 40 million pixels.")


def store_picture(event: Event, content: bytes, *, name: str, use: PictureUse) -> StoredFile:
    """Keep an uploaded picture as a public file of the event."""
    picture = _decoded(content)
    picture.thumbnail(use.value)
    written = io.BytesIO()
    picture.save(written, "WEBP", quality=86, method=6, lossless=use is PictureUse.LOGO)
    return store(
        written.getvalue(),
        name=f"{name[:190]}.webp",
        content_type="image/webp",
        event_id=event.id,
        is_public=True,
    )


def _decoded(content: bytes) -> Image.Image:
    """Type and size are read from the header before a single pixel is decoded."""
    if len(content) > MOST_BYTES:
        raise PictureTooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=READABLE)
        if picture.width * picture.height > MOST_PIXELS:
            raise PictureTooLarge
        upright = ImageOps.exif_transpose(picture)
        return upright.convert("RGBA" if _is_see_through(upright) else "RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureTooLarge from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotAPicture from error


def _is_see_through(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
