"""Whether a company takes part, and how much it may meet."""

from matchmaking.companies.models import Company, CompanyStatus
from matchmaking.companies.services.profile import CompanyError, lock
from matchmaking.companies.signals import company_changed, company_withdrawn
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.i18n import _l


class LimitOutOfRange(CompanyError):
    code = "limit_out_of_range"
    message = _l("A company can have between 1 and %(most)d meetings.")


MOST_MEETINGS = 99


def confirm(company: Company) -> None:
    """Let the company take part, also one that had withdrawn. Confirming twice is once."""
    lock(company)
    if company.is_confirmed:
        return
    company.status = CompanyStatus.CONFIRMED
    audit.record("company.confirmed", company)
    db.session.flush()
    company_changed.send(company)


def withdraw(company: Company) -> None:
    """Take the company out; it keeps its profile and can be confirmed again."""
    lock(company)
    if company.status is CompanyStatus.WITHDRAWN:
        return
    company.status = CompanyStatus.WITHDRAWN
    audit.record("company.withdrawn", company)
    db.session.flush()
    company_withdrawn.send(company)


def limit_meetings(company: Company, most: int | None) -> None:
    """The company's own limit of meetings; None means the event's."""
    if most is not None and not 1 <= most <= MOST_MEETINGS:
        raise LimitOutOfRange(most=MOST_MEETINGS)
    lock(company)
    if company.max_meetings != most:
        company.max_meetings = most
        company.version += 1
        audit.record("company.limited", company, most=most)
        db.session.flush()
        company_changed.send(company)
