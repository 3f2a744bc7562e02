"""From HTML to pages and to a PDF. Nothing in the HTML can reach the network or the disk.

WeasyPrint takes half a second and 30 MB to load, which most processes of a web server never
need: import this module where something is printed, not before.
"""

import atexit
import threading
from collections.abc import Sequence
from functools import cache

from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from matchmaking.config import ROOT
from matchmaking.documents.fonts import font_file

STYLES = ROOT / "static" / "css" / "print"
MOTIF = ROOT / "static" / "img" / "drum.svg"

ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint allows half pictures to the whole process

_one_at_a_time = threading.RLock()
"""Pango's font map belongs to one thread at a time."""


class ForbiddenAddress(ValueError):
    """A document asked for something that is not part of it."""


class PaperFetcher(URLFetcher):  # type: ignore[misc]
    """Knows bitmaps inside the page, our typeface and our motif; nothing else."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, rest = url.partition(":")
        if scheme == "font":
            return URLFetcherResponse(url, font_file(rest).read_bytes())
        if scheme == "motif":
            return URLFetcherResponse(url, motif(rest), {"Content-Type": "image/svg+xml"})
        if url.startswith("data:image/png;base64,"):
            return super().fetch(url, headers)
        raise ForbiddenAddress(url[:80])


@cache
def motif(colour: str) -> bytes:
    """The drum's rings in a colour such as `b22222`."""
    return MOTIF.read_text().replace("currentColor", f"#{colour}").encode()


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _style(name: str) -> CSS:
    path = STYLES / f"{name}.css"
    return CSS(string=path.read_text(), font_config=_fonts(), url_fetcher=PaperFetcher())


@atexit.register
def _let_go() -> None:
    """Before the interpreter takes the libraries away under the fonts' feet."""
    _style.cache_clear()
    _fonts.cache_clear()


def pages_of(page: str, *, styles: Sequence[str], variant: str) -> Document:
    """The pages of an HTML text with `print/<style>.css`, numbered from 1."""
    with _one_at_a_time:
        sheets = [_style(name) for name in ("fonts", *styles)]
        html = HTML(string=page, url_fetcher=PaperFetcher(), base_url="paper:")
        return html.render(stylesheets=sheets, font_config=_fonts(), pdf_variant=variant)


def pdf_of(documents: Sequence[Document], *, variant: str | None) -> bytes:
    """One PDF of all their pages, sharing fonts; language and title are the first one's."""
    pages = [page for document in documents for page in document.pages]
    with _one_at_a_time:
        pdf: bytes = documents[0].copy(pages).write_pdf(pdf_variant=variant)
    return pdf


def motif_pdf(colour: str, side: str) -> bytes:
    """The drum's rings alone on a square page."""
    page = f'<img src="motif:{colour}" alt="" style="display:block;width:{side}">'
    style = CSS(string=f"@page {{ size: {side} {side}; margin: 0 }} body {{ margin: 0 }}")
    with _one_at_a_time:
        html = HTML(string=page, url_fetcher=PaperFetcher(), base_url="paper:")
        pdf: bytes = html.write_pdf(stylesheets=[style], font_config=_fonts())
    return pdf
