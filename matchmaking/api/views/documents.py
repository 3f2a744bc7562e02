"""Documents: a delegate's own at once, those for many in the background."""

import uuid

from flask import Response, abort
from flask_babel import force_locale
from sqlalchemy import select

from matchmaking.api.access import ORGANIZER, PUBLIC_OR_ORGANIZER, calling_token, registration_of
from matchmaking.api.endpoint import endpoint
from matchmaking.api.errors import NotDone, NoToken
from matchmaking.api.schemas.documents import DocumentLinks, DocumentOut, KeyQuery, NewDocument
from matchmaking.core.database import db
from matchmaking.core.i18n import _l
from matchmaking.core.jobs import Job, JobState
from matchmaking.documents.access import file_of_batch
from matchmaking.documents.agendas import personal_sheet, sheets_pdf
from matchmaking.documents.answers import paper
from matchmaking.documents.badges import A6, badge_pdf
from matchmaking.documents.calendar import CONTENT_TYPE
from matchmaking.documents.errors import NoBadge
from matchmaking.documents.feeds import personal_calendar
from matchmaking.documents.orders import Paper, PrintOrder
from matchmaking.documents.queries import PRINTING
from matchmaking.documents.services import NothingToPrint, order_print
from matchmaking.events.models import Event
from matchmaking.registration.access import is_document_key
from matchmaking.registration.models import Registration
from matchmaking.registration.queries import current_badge
from matchmaking.web.problems import API
from matchmaking.web.settings import absolute

OWN = "/events/<slug>/registrations/<code>"
PATH = "/events/<slug>/documents"
PDF = "application/pdf"


@endpoint(
    f"GET {OWN}/badge.pdf",
    topic="registrations",
    summary=_l("Print a delegate's badge"),
    access=PUBLIC_OR_ORGANIZER,
    query=KeyQuery,
    answer=PDF,
    refusals=(NoBadge,),
)
def badge(event: Event, code: str, query: KeyQuery) -> Response:
    found = current_badge(_whose_papers(event, code, query.key))
    if found is None:
        raise NoBadge
    return paper(badge_pdf([found], A6), f"badge-{code}.pdf")


@endpoint(
    f"GET {OWN}/agenda.pdf",
    topic="registrations",
    summary=_l("Print a delegate's agenda"),
    access=PUBLIC_OR_ORGANIZER,
    query=KeyQuery,
    answer=PDF,
)
def agenda_pdf(event: Event, code: str, query: KeyQuery) -> Response:
    found = _whose_papers(event, code, query.key)
    return paper(sheets_pdf([personal_sheet(found)]), f"agenda-{code}.pdf")


@endpoint(
    f"GET {OWN}/agenda.ics",
    topic="registrations",
    summary=_l("Read a delegate's agenda as a calendar"),
    access=PUBLIC_OR_ORGANIZER,
    query=KeyQuery,
    answer="text/calendar",
)
def agenda_ics(event: Event, code: str, query: KeyQuery) -> Response:
    found = _whose_papers(event, code, query.key)
    with force_locale(found.language):
        return paper(personal_calendar(found), f"agenda-{code}.ics", CONTENT_TYPE)


@endpoint(
    f"POST {PATH}",
    topic="documents",
    summary=_l("Have documents printed for many"),
    access=ORGANIZER,
    body=NewDocument,
    answer=DocumentOut,
    status=202,
    refusals=(NothingToPrint,),
)
def print_documents(event: Event, body: NewDocument) -> DocumentOut:
    kind = "sign_in_sheet" if body.kind == "sign_in_sheets" else body.kind
    order = PrintOrder(Paper(kind), tuple(body.languages), **body.filter.model_dump())
    return _shown(event, order_print(event, order))


@endpoint(
    f"GET {PATH}/<uuid:document_id>",
    topic="documents",
    summary=_l("Read how far a document is, and where it can be fetched"),
    access=ORGANIZER,
    answer=DocumentOut,
)
def document(event: Event, document_id: uuid.UUID) -> DocumentOut:
    return _shown(event, _job(event, document_id))


@endpoint(
    f"GET {PATH}/<uuid:document_id>/file.pdf",
    topic="documents",
    summary=_l("Fetch a document that is done"),
    access=ORGANIZER,
    answer=PDF,
    refusals=(NotDone,),
)
def document_file(event: Event, document_id: uuid.UUID) -> Response:
    if _job(event, document_id).state is not JobState.DONE:
        raise NotDone
    file = file_of_batch(event, document_id)
    return paper(file.content, file.name)


def _job(event: Event, document_id: uuid.UUID) -> Job:
    query = select(Job).where(Job.id == document_id, Job.event_id == event.id, Job.kind == PRINTING)
    return db.session.scalar(query) or abort(404)


def _whose_papers(event: Event, code: str, key: str) -> Registration:
    """Whose they are: for a token, or for the key of the signed link."""
    if calling_token() is None and not key:
        raise NoToken
    found = registration_of(event, code)
    if calling_token() is None and not is_document_key(found, key):
        abort(404)
    return found


def _shown(event: Event, job: Job) -> DocumentOut:
    link = absolute(f"{API}/events/{event.slug}/documents/{job.id}/file.pdf")
    return DocumentOut(
        id=job.id,
        state=job.state,
        done=job.done,
        total=job.total,
        links=DocumentLinks(pdf=link if job.state is JobState.DONE else None),
    )
