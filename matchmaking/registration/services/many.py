"""Registering a whole list at once, while others register and are checked in.

On SQLite whoever writes holds up all who write. So everything about each person is made up
before, and what has to be written then takes as many statements for 2,000 people as for two.
"""

import uuid
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select, update

from matchmaking.core import audit
from matchmaking.core.database import db, insert_all
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration, RegistrationStatus, TicketType
from matchmaking.registration.queries import ENDED, ticket_types_of
from matchmaking.registration.services.badges import new_badge
from matchmaking.registration.services.mail import tell_all
from matchmaking.registration.services.places import lock_ticket_types
from matchmaking.registration.services.registering import give_status


def living_addresses(event: Event) -> set[str]:
    """Under which somebody is registered at the event."""
    living = select(Registration.email).where(
        Registration.event_id == event.id,
        Registration.status.not_in(ENDED),
        Registration.email != "",
    )
    return set(db.session.scalars(living))


def register_many(
    event: Event, people: Sequence[Registration], *, by_mail: bool
) -> list[Registration]:
    """Those of these new rows for whom there was a place, or a place in the queue for one.

    Confirmed without approval, as an organizer's word. Left out are addresses that are registered
    already. Raises IntegrityError when one registers at this very moment.
    """
    kinds = {kind.id: kind for kind in ticket_types_of(event)}
    lock_ticket_types(*kinds.values())
    earlier, taken = living_addresses(event), Counter[uuid.UUID]()
    made = [one for one in people if one.email not in earlier]
    made = [one for one in made if _placed(one, kinds[one.ticket_type_id], taken)]
    _count_places(taken)
    insert_all(made)
    insert_all([new_badge(one) for one in made if one.is_confirmed])
    said = [{"status": one.status, "source": one.source} for one in made]
    audit.record_all("registration.created", made, said)
    if by_mail:
        tell_all(made)
    return made


def _placed(person: Registration, kind: TicketType, taken: Counter[uuid.UUID]) -> bool:
    """Whether there is a place of this kind or a queue for one; says so in the row."""
    left = kind.places_left
    if left is None or left > taken[kind.id]:
        taken[kind.id] += 1
        give_status(person, RegistrationStatus.CONFIRMED)
        return True
    give_status(person, RegistrationStatus.WAITLISTED)
    return kind.has_waiting_list


def _count_places(taken: Counter[uuid.UUID]) -> None:
    for kind_id, count in taken.items():
        statement = update(TicketType).where(TicketType.id == kind_id)
        db.session.execute(statement.values(used=TicketType.used + count))
