"""Agendas of people, companies, interpreters and tables.

An `AgendaBook` reads an event once; the sheets are plain values, so that hundreds can be
printed without holding up those who write.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from matchmaking.companies.models import Company, Representative
from matchmaking.companies.queries import company_of
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.documents import words
from matchmaking.documents.masthead import Masthead, masthead_of
from matchmaking.documents.pdf import TAGGED, laid_out, written
from matchmaking.documents.rows import (
    Day,
    Row,
    days_of,
    is_open,
    meeting_row,
    neutral_row,
    session_row,
)
from matchmaking.events.models import AgendaSession, Event
from matchmaking.events.queries import sessions_of
from matchmaking.meetings.models import Interpreter, Meeting, MeetingTable
from matchmaking.meetings.queries.meetings import meetings_at, meetings_of
from matchmaking.registration.models import Registration, SessionSignUp


@dataclass(frozen=True)
class Sheet:
    """One person's, company's, interpreter's or table's sheet, in its reader's language."""

    kind: str
    language: str
    masthead: Masthead
    name: Bilingual
    about: tuple[str, ...]
    days: tuple[Day, ...]


@dataclass(frozen=True)
class AgendaBook:
    """An event's sessions and meetings, and who has which."""

    event: Event
    masthead: Masthead
    sessions: Sequence[AgendaSession]
    meetings: Sequence[Meeting]
    signed_up: dict[uuid.UUID, set[uuid.UUID]] = field(repr=False)
    companies: dict[uuid.UUID, uuid.UUID] = field(repr=False)

    def sheet_of(self, registration: Registration) -> Sheet:
        """Their meetings, the sessions they signed up for, and those that are open to all."""
        own = self.signed_up.get(registration.id, set())
        rows = [
            session_row(self.event, session, own)
            for session in self.sessions
            if session.id in own or is_open(session)
        ]
        if company_id := self.companies.get(registration.id):
            rows += self._meeting_rows(company_id)
        about = (registration.job_title, registration.organization, registration.code)
        name = Bilingual(registration.full_name, registration.full_name)
        return self._sheet("agenda", name, rows, about=about, language=registration.language)

    def sheet_of_company(self, company: Company) -> Sheet:
        """Its meetings, and the sessions its people signed up for."""
        people = [person.registration for person in company.representatives]
        own = {id_ for person in people for id_ in self.signed_up.get(person.id, ())}
        sessions = [session for session in self.sessions if session.id in own]
        rows = [session_row(self.event, session, own) for session in sessions]
        rows += self._meeting_rows(company.id)
        language = "vi" if company.country == "VN" else "en"
        booth = words.label("booth").in_(language)
        about = (
            ", ".join(sorted(person.full_name for person in people)),
            f"{booth} {company.booth.number}" if company.booth else "",
        )
        return self._sheet("company_agenda", company.name, rows, about=about, language=language)

    def sheet_of_interpreter(self, interpreter: Interpreter) -> Sheet:
        mine = [m for m in self.meetings if m.interpreter_id == interpreter.id]
        name = Bilingual(interpreter.full_name, interpreter.full_name)
        rows = [neutral_row(meeting) for meeting in mine]
        return self._sheet("interpreter_agenda", name, rows, about=(interpreter.phone,))

    def sheet_of_table(self, table: MeetingTable) -> Sheet:
        rows = [neutral_row(meeting) for meeting in self.meetings if meeting.table_id == table.id]
        return self._sheet("table_card", words.table_label(table.number), rows)

    def _meeting_rows(self, company_id: uuid.UUID) -> list[Row]:
        return [
            meeting_row(meeting, company_id)
            for meeting in self.meetings
            if company_id in (meeting.company_a_id, meeting.company_b_id)
        ]

    def _sheet(
        self,
        kind: str,
        name: Bilingual,
        rows: Sequence[Row],
        *,
        about: tuple[str, ...] = (),
        language: str = "vi",
    ) -> Sheet:
        said = tuple(filter(None, about))
        return Sheet(kind, language, self.masthead, name, said, days_of(rows))


def book_of(event: Event) -> AgendaBook:
    """Everybody's."""
    sign_ups = (
        select(SessionSignUp.registration_id, SessionSignUp.session_id)
        .join(SessionSignUp.registration)
        .where(Registration.event_id == event.id)
    )
    speakers = (
        select(Representative.registration_id, Representative.company_id)
        .join(Representative.company)
        .where(Company.event_id == event.id)
    )
    signed_up: dict[uuid.UUID, set[uuid.UUID]] = {}
    for registration_id, session_id in db.session.execute(sign_ups):
        signed_up.setdefault(registration_id, set()).add(session_id)
    return AgendaBook(
        event=event,
        masthead=masthead_of(event),
        sessions=sessions_of(event),
        meetings=meetings_at(event),
        signed_up=signed_up,
        companies={row.registration_id: row.company_id for row in db.session.execute(speakers)},
    )


def personal_sheet(registration: Registration) -> Sheet:
    """One delegate's, without reading everybody's."""
    event, company = registration.event, company_of(registration)
    own = select(SessionSignUp.session_id).where(SessionSignUp.registration_id == registration.id)
    book = AgendaBook(
        event=event,
        masthead=masthead_of(event),
        sessions=sessions_of(event),
        meetings=meetings_of(company) if company else [],
        signed_up={registration.id: set(db.session.scalars(own))},
        companies={registration.id: company.id} if company else {},
    )
    return book.sheet_of(registration)


def sheets_pdf(sheets: Sequence[Sheet], *, is_tagged: bool = True) -> bytes:
    """Each sheet with page numbers of its own, all in one document.

    Tagged for screen readers unless it is a batch for the printer.
    """
    styles = ("paper", "agenda")
    laid = [laid_out("agenda", styles=styles, sheet=one, words=words) for one in sheets]
    variant = TAGGED if is_tagged else None
    return written(laid, variant=variant, motif_colour=sheets[0].masthead.motif)
