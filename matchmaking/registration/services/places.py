"""Places: taken and given back in one statement, so that no two people get the last one.

Whoever changes places and registrations together locks the ticket type first, then the
registration: one order, no deadlock.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm.attributes import set_committed_value

from matchmaking.core.database import db, run
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.registration.models import Registration, RegistrationStatus, TicketType


class SoldOut(DomainError):
    code: ClassVar[str] = "sold_out"
    message = _l("There are no places left of this kind. Please choose another.")


class Erased(DomainError):
    code: ClassVar[str] = "erased"
    message = _l("The data of this person was erased; nothing about them can be changed any more.")


def take_place(ticket_type: TicketType) -> bool:
    """Take one place if one is left. The CHECK of the table stands behind it."""
    db.session.flush()
    used = run(_taking(), {"ticket_type_id": ticket_type.id}).scalar()
    if used is None:
        db.session.expire(ticket_type)
        return False
    set_committed_value(ticket_type, "used", used)
    return True


@cache
def _taking() -> Any:
    kinds = TicketType.metadata.tables[TicketType.__tablename__].c
    is_left = or_(kinds.places.is_(None), kinds.used < kinds.places)
    one = update(kinds.id.table).where(kinds.id == bindparam("ticket_type_id"), is_left)
    return one.values(used=kinds.used + 1).returning(kinds.used)


def give_back_place(ticket_type: TicketType) -> None:
    statement = (
        update(TicketType)
        .where(TicketType.id == ticket_type.id)
        .values(used=TicketType.used - 1)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(statement)
    db.session.expire(ticket_type)


def lock_ticket_types(*ticket_types: TicketType) -> None:
    """Hold these rows until the transaction ends, always in the same order."""
    ids = sorted({ticket_type.id for ticket_type in ticket_types})
    query = select(TicketType).where(TicketType.id.in_(ids)).order_by(TicketType.id)
    held = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    db.session.scalars(held).all()


def hold(registration: Registration) -> None:
    """Hold the registration's own row, and see it as it is now."""
    query = select(Registration).where(Registration.id == registration.id)
    held = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    db.session.scalars(held).one()
    db.session.expire(registration, ["ticket_type"])
    if registration.is_erased:
        raise Erased(registration)


def lock_registration(registration: Registration) -> None:
    """Hold the registration and its ticket type, and see both as they are now."""
    lock_ticket_types(registration.ticket_type)
    hold(registration)


def first_waiting(ticket_type: TicketType) -> Registration | None:
    """Who has waited longest."""
    query = (
        select(Registration)
        .where(
            Registration.ticket_type_id == ticket_type.id,
            Registration.status == RegistrationStatus.WAITLISTED,
        )
        .order_by(Registration.waitlisted_at, Registration.id)
    )
    return db.session.scalar(query.limit(1))


def recounted(ticket_types: Sequence[TicketType]) -> dict[str, int]:
    """Places used by ticket type code, counted from the registrations themselves."""
    query = (
        select(TicketType.code, func.count(Registration.id).label("counted"))
        .outerjoin(
            Registration,
            (Registration.ticket_type_id == TicketType.id)
            & (Registration.status == RegistrationStatus.CONFIRMED),
        )
        .where(TicketType.id.in_([ticket_type.id for ticket_type in ticket_types]))
        .group_by(TicketType.code)
    )
    return {row.code: row.counted for row in db.session.execute(query)}
