"""From a template to a PDF. Nothing in the HTML can reach the network or the disk."""

import threading
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

from flask import current_app
from pikepdf import Dictionary, ObjectStreamMode, Pdf, String
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from matchmaking.config import ROOT
from matchmaking.documents.fonts import font_file

STYLES = ROOT / "static" / "css" / "print"
MOTIF = ROOT / "static" / "img" / "drum.svg"

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


def render_pdf(
    template: str, *, styles: Sequence[str], tagged: bool = True, **context: Any
) -> bytes:
    """`documents/<template>.html` with `print/<style>.css`. Its `html` names language and title."""
    page = current_app.jinja_env.get_template(f"documents/{template}.html").render(context)
    with _one_at_a_time:
        sheets = [_style(name) for name in ("fonts", *styles)]
        html = HTML(string=page, url_fetcher=PaperFetcher(), base_url="paper:")
        pdf: bytes = html.write_pdf(
            stylesheets=sheets,
            font_config=_fonts(),
            pdf_variant="pdf/ua-1" if tagged else None,
        )
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
