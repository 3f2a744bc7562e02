"""Whether a company takes part, and how much it may meet."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from matchmaking.companies.models import Company, CompanyStatus
from matchmaking.companies.services.profile import CompanyError, UnknownChoice
from matchmaking.companies.services.representatives import set_lines
from matchmaking.companies.signals import company_changed, company_withdrawn
from matchmaking.core import audit
from matchmaking.core.database import db, lock
from matchmaking.core.i18n import _l
from matchmaking.core.outbox import queue_mail
from matchmaking.events.models import Booth, Event


class LimitOutOfRange(CompanyError):
    code = "limit_out_of_range"
    message = _l("A company can have between 1 and %(most)d meetings.")


class BoothTaken(CompanyError):
    code = "booth_taken"
    message = _l("Another company stands at booth %(number)s.")


MOST_MEETINGS = 99


def confirm(company: Company) -> None:
    """Let the company take part, also one that had withdrawn. Confirming twice is once."""
    lock(company)
    if company.is_confirmed:
        return
    company.status = CompanyStatus.CONFIRMED
    audit.record("company.confirmed", company)
    db.session.flush()
    _tell_people(company)
    company_changed.send(company)


def _tell_people(company: Company) -> None:
    for row in company.representatives:
        queue_mail(
            "company_confirmed",
            row.registration.email,
            language=row.registration.language,
            event_id=company.event_id,
            dedupe_key=f"company_confirmed:{company.id}:{row.registration_id}",
            company=str(company.id),
            registration=str(row.registration_id),
        )


def withdraw(company: Company) -> None:
    """Take the company out; it keeps its profile and can be confirmed again."""
    lock(company)
    if company.status is CompanyStatus.WITHDRAWN:
        return
    company.status = CompanyStatus.WITHDRAWN
    audit.record("company.withdrawn", company)
    db.session.flush()
    company_withdrawn.send(company)


def confirm_waiting(event: Event) -> int:
    """Confirm every company that waits; how many there were."""
    waiting = select(Company).where(
        Company.event_id == event.id, Company.status == CompanyStatus.PENDING
    )
    found = db.session.scalars(waiting).all()
    for company in found:
        confirm(company)
    return len(found)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What an organizer decides for a company; `max_meetings` of None means the event's limit."""

    lines: int
    max_meetings: int | None = None
    booth_id: uuid.UUID | None = None


def limit(company: Company, limits: Limits) -> None:
    """How much the company meets, and the booth at which it stands and receives.

    Two companies may be given one booth in the same moment: the unique `booth_id` refuses one.
    """
    most = limits.max_meetings
    if most is not None and not 1 <= most <= MOST_MEETINGS:
        raise LimitOutOfRange(most=MOST_MEETINGS)
    booth = _free_booth(company, limits.booth_id)
    set_lines(company, limits.lines)
    if (company.max_meetings, company.booth_id) == (most, limits.booth_id):
        return
    company.max_meetings, company.booth = most, booth
    audit.record("company.limited", company, most=most, booth=booth.number if booth else "")
    db.session.flush()
    company_changed.send(company)


def _free_booth(company: Company, booth_id: uuid.UUID | None) -> Booth | None:
    """The booth, unless it is another event's or another company stands there."""
    if booth_id is None:
        return None
    booth = db.session.get(Booth, booth_id)
    if booth is None or booth.event_id != company.event_id:
        raise UnknownChoice(value=booth_id)
    holder = db.session.scalar(select(Company).where(Company.booth_id == booth_id))
    if holder is not None and holder is not company:
        raise BoothTaken(number=booth.number)
    return booth
