"""From a template to a PDF. Nothing in the HTML can reach the network or the disk."""

import atexit
import threading
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

from flask import current_app
from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf, String
from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from matchmaking.config import ROOT
from matchmaking.documents.fonts import font_file

TAGGED = "pdf/ua-1"
"""For readers of the screen; costs a few percent. Badges are for the eye and go without."""
MOTIF_SIZE = 283.5
"""Points: the rings' diameter is 100 mm, their centre the corner of the paper."""
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


def laid_out(template: str, *, styles: Sequence[str], **context: Any) -> Document:
    """The pages of `documents/<template>.html` with `print/<style>.css`, numbered from 1."""
    page = current_app.jinja_env.get_template(f"documents/{template}.html").render(context)
    with _one_at_a_time:
        sheets = [_style(name) for name in ("fonts", *styles)]
        html = HTML(string=page, url_fetcher=PaperFetcher(), base_url="paper:")
        return html.render(stylesheets=sheets, font_config=_fonts(), pdf_variant=TAGGED)


def written(
    documents: Sequence[Document], *, variant: str | None = TAGGED, motif_colour: str = ""
) -> bytes:
    """One PDF of all their pages, sharing fonts; language and title are the first one's.

    With `motif_colour` the drum's rings stand in a corner of each document's first page.
    """
    pages = [page for document in documents for page in document.pages]
    with _one_at_a_time:
        pdf: bytes = documents[0].copy(pages).write_pdf(pdf_variant=variant)
    if not motif_colour:
        return pdf
    counts = [len(document.pages) for document in documents]
    return _decorated(pdf, [sum(counts[:n]) for n in range(len(counts))], motif_colour)


def _decorated(pdf: bytes, first_pages: Sequence[int], colour: str) -> bytes:
    """Drawn once and shared by all pages, as decoration that a screen reader passes over."""
    with Pdf.open(BytesIO(pdf)) as document, Pdf.open(BytesIO(_motif_pdf(colour))) as drawing:
        rings = document.copy_foreign(drawing.pages[0].as_form_xobject())
        for index in first_pages:
            page = document.pages[index]
            name = page.add_resource(rings, Name.XObject)
            x, y = (float(page.mediabox[n]) - MOTIF_SIZE / 2 for n in (2, 3))
            place = f"/Artifact BMC q 1 0 0 1 {x:.2f} {y:.2f} cm {name} Do Q EMC "
            page.contents_add(place.encode(), prepend=True)
        return saved(document)


@cache
def _motif_pdf(colour: str) -> bytes:
    side = f"{MOTIF_SIZE}pt"
    page = f'<img src="motif:{colour}" alt="" style="display:block;width:{side}">'
    style = CSS(string=f"@page {{ size: {side} {side}; margin: 0 }} body {{ margin: 0 }}")
    with _one_at_a_time:
        html = HTML(string=page, url_fetcher=PaperFetcher(), base_url="paper:")
        pdf: bytes = html.write_pdf(stylesheets=[style], font_config=_fonts())
    return pdf


def merged(parts: Sequence[bytes]) -> bytes:
    """One document of the pages of all, in order, with the first one's language and title."""
    if len(parts) == 1:
        return parts[0]
    with Pdf.open(BytesIO(parts[0])) as whole:
        for part in parts[1:]:
            with Pdf.open(BytesIO(part)) as more:
                whole.pages.extend(more.pages)
        return saved(whole)


def label(pdf: Pdf, *, title: str, language: str) -> None:
    """The name a viewer shows, and the language a screen reader speaks."""
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = {language}
    pdf.docinfo["/Title"] = title


def saved(pdf: Pdf) -> bytes:
    file = BytesIO()
    pdf.save(file, object_stream_mode=ObjectStreamMode.generate)
    return file.getvalue()
