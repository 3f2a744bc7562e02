"""What events answer to the features below."""

from sqlalchemy import select

from matchmaking.accounts.models import User
from matchmaking.accounts.signals import names_around
from matchmaking.core.database import db
from matchmaking.events.models import Event, EventMember

MOST = 20


@names_around.connect
def _names_of_events(user: User) -> list[str]:
    """Those the person works on, the newest first; nobody has so many that more would matter."""
    theirs = select(EventMember.event_id).where(EventMember.user_id == user.id)
    query = select(Event).where(Event.id.in_(theirs)).order_by(Event.id.desc()).limit(MOST)
    return [
        name
        for event in db.session.scalars(query)
        for name in (event.name.vi, event.name.en, event.slug)
    ]
