"""When a company cannot meet."""

from collections.abc import Iterable
from datetime import datetime

from matchmaking.companies.models import Absence, Company
from matchmaking.companies.services.profile import CompanyError
from matchmaking.companies.signals import company_changed
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.i18n import _l

Interval = tuple[datetime, datetime]


class AbsenceOutsideEvent(CompanyError):
    code = "absence_outside_event"
    message = _l("Choose times within the days of the event.")


def set_absences(company: Company, intervals: Iterable[Interval]) -> None:
    """Keep these times as the ones it cannot meet in, joined where they touch."""
    wanted = joined(intervals)
    event = company.event
    if any(start < event.starts_at or end > event.ends_at for start, end in wanted):
        raise AbsenceOutsideEvent
    if wanted == [(row.starts_at, row.ends_at) for row in company.absences]:
        return
    company.absences = [Absence(starts_at=start, ends_at=end) for start, end in wanted]
    audit.record("company.absences_changed", company, count=len(wanted))
    db.session.flush()
    company_changed.send(company)


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time in as few intervals as it takes, in order."""
    result: list[Interval] = []
    for start, end in sorted(intervals):
        if end <= start:
            raise AbsenceOutsideEvent
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
