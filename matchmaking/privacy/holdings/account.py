"""What the platform holds about somebody who signs in."""

from sqlalchemy import select

from matchmaking.accounts.models import UserSession
from matchmaking.core.database import db
from matchmaking.core.i18n import _l
from matchmaking.events.models import EventMember
from matchmaking.events.roles import ROLE_NAMES
from matchmaking.privacy.holdings.table import Table, at, both
from matchmaking.privacy.person import Person
from matchmaking.web.filters import local


def account(person: Person) -> Table:
    heads = (_l("What"), _l("As we hold it"))
    user = person.account
    if user is None:
        return Table(_l("Account"), heads, [])
    facts = (
        (_l("Full name"), user.full_name),
        (_l("E-mail"), user.email),
        (_l("Language"), user.language),
        (_l("Account since"), at(user.created_at)),
        (_l("Last signed in"), at(user.last_signed_in_at)),
    )
    rows = [(both(label), value) for label, value in facts]
    return Table(_l("Account"), heads, rows)


def browsers(person: Person) -> Table:
    user_id = person.account.id if person.account else None
    query = select(UserSession).where(UserSession.user_id == user_id)
    rows = [
        (one.browser, at(one.started_at))
        for one in db.session.scalars(query.order_by(UserSession.started_at, UserSession.id))
    ]
    return Table(_l("Where signed in"), (_l("Browser"), _l("Since")), rows)


def roles(person: Person) -> Table:
    user_id = person.account.id if person.account else None
    query = select(EventMember).where(EventMember.user_id == user_id)
    rows = [(local(one.event.name), str(ROLE_NAMES[one.role])) for one in db.session.scalars(query)]
    return Table(_l("Work on events"), (_l("Event"), _l("Role")), rows)
