"""Having documents printed, and counting what was."""

import uuid
from collections.abc import Sequence
from typing import ClassVar

from sqlalchemy import update

from matchmaking.accounts.models import User
from matchmaking.core import audit, jobs
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.jobs import Job
from matchmaking.documents.orders import PrintOrder
from matchmaking.documents.queries import PRINTING, number_of_subjects
from matchmaking.events.models import Event
from matchmaking.registration.models import Badge


class NothingToPrint(DomainError):
    code: ClassVar[str] = "nothing_to_print"
    message = _l("There is nothing to print: nobody and nothing fits what you chose.")


def order_print(event: Event, order: PrintOrder, *, by: User | None = None) -> Job:
    """Queue a printing job. Refused when it would be empty."""
    total = number_of_subjects(event, order)
    if not total:
        raise NothingToPrint
    return jobs.enqueue(
        PRINTING,
        event_id=event.id,
        created_by_id=by.id if by else None,
        total=total,
        **order.as_arguments(),
    )


def count_prints(event: Event, badge_ids: Sequence[uuid.UUID]) -> None:
    """These badges have been printed once more."""
    for start in range(0, len(badge_ids), 500):
        part = badge_ids[start : start + 500]
        counted = update(Badge).where(Badge.id.in_(part)).values(prints=Badge.prints + 1)
        db.session.execute(counted.execution_options(synchronize_session=False))
    audit.record("badges.printed", event, count=len(badge_ids))
