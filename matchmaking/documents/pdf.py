"""From a template to a PDF, and PDFs put together."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import current_app

if TYPE_CHECKING:
    from pikepdf import Pdf
    from weasyprint.document import Document

TAGGED = "pdf/ua-1"
"""For readers of the screen; costs a few percent. Badges are for the eye and go without."""
MOTIF_SIZE = 283.5
"""Points: the rings' diameter is 100 mm, their centre the corner of the paper."""


def laid_out(template: str, *, styles: Sequence[str], **context: Any) -> "Document":
    """The pages of `documents/<template>.html` with `print/<style>.css`, numbered from 1."""
    from matchmaking.documents import press  # noqa: PLC0415  slow to load

    page = current_app.jinja_env.get_template(f"documents/{template}.html").render(context)
    return press.pages_of(page, styles=styles, variant=TAGGED)


def written(
    documents: Sequence["Document"], *, variant: str | None = TAGGED, motif_colour: str = ""
) -> bytes:
    """One PDF of all their pages, sharing fonts; language and title are the first one's.

    With `motif_colour` the drum's rings stand in a corner of each document's first page.
    """
    from matchmaking.documents import press  # noqa: PLC0415  slow to load

    pdf = press.pdf_of(documents, variant=variant)
    if not motif_colour:
        return pdf
    counts = [len(document.pages) for document in documents]
    return _decorated(pdf, [sum(counts[:n]) for n in range(len(counts))], motif_colour)


def _decorated(pdf: bytes, first_pages: Sequence[int], colour: str) -> bytes:
    """Drawn once and shared by all pages, as decoration that a screen reader passes over."""
    from pikepdf import Name, Pdf  # noqa: PLC0415  slow to load

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
    from matchmaking.documents import press  # noqa: PLC0415  slow to load

    return press.motif_pdf(colour, f"{MOTIF_SIZE}pt")


def merged(parts: Sequence[bytes]) -> bytes:
    """One document of the pages of all, in order, with the first one's language and title."""
    if len(parts) == 1:
        return parts[0]
    from pikepdf import Pdf  # noqa: PLC0415  slow to load

    with Pdf.open(BytesIO(parts[0])) as whole:
        for part in parts[1:]:
            with Pdf.open(BytesIO(part)) as more:
                whole.pages.extend(more.pages)
        return saved(whole)


def label(pdf: "Pdf", *, title: str, language: str) -> None:
    """The name a viewer shows, and the language a screen reader speaks."""
    from pikepdf import Dictionary, String  # noqa: PLC0415  slow to load

    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = {language}
    pdf.docinfo["/Title"] = title


def saved(pdf: "Pdf") -> bytes:
    from pikepdf import ObjectStreamMode  # noqa: PLC0415  slow to load

    file = BytesIO()
    pdf.save(file, object_stream_mode=ObjectStreamMode.generate)
    return file.getvalue()
