"""What was done with a person: scans, mails, entries of the history."""

from sqlalchemy import or_, select

from matchmaking.checkin.models import Scan
from matchmaking.checkin.words import VERDICTS
from matchmaking.core.audit import AuditEntry
from matchmaking.core.database import db
from matchmaking.core.i18n import _, _l
from matchmaking.core.outbox import OutgoingMail
from matchmaking.events.models import Event
from matchmaking.privacy.holdings.table import Table, at
from matchmaking.privacy.person import Person, mails_to
from matchmaking.web.acts import in_words
from matchmaking.web.filters import local


def scans(person: Person) -> Table:
    query = select(Scan).where(Scan.registration_id.in_([one.id for one in person.registrations]))
    rows = [
        (at(one.scanned_at), one.gate, str(VERDICTS.get((one.direction, one.verdict), one.verdict)))
        for one in db.session.scalars(query.order_by(Scan.scanned_at, Scan.id))
    ]
    return Table(_l("Scans at the gates"), (_l("When"), _l("Gate"), _l("Answer")), rows)


def mails(person: Person) -> Table:
    """Subjects and times; the words of a mail are kept nowhere."""
    rows = [
        (one.recipient, one.subject, at(one.queued_at), at(one.sent_at))
        for one in db.session.scalars(
            mails_to(person).order_by(OutgoingMail.queued_at, OutgoingMail.id)
        )
    ]
    heads = (_l("To"), _l("Subject"), _l("Written at"), _l("Sent at"))
    return Table(_l("Mails"), heads, rows)


def history(person: Person) -> Table:
    """What was done to them and what they did; colleagues of the office are not named."""
    own = [one.id for one in person.parts]
    query = (
        select(AuditEntry, Event.name)
        .outerjoin(Event, Event.id == AuditEntry.event_id)
        .where(or_(AuditEntry.subject_id.in_(own), AuditEntry.actor_id.in_(own)))
        .order_by(AuditEntry.happened_at, AuditEntry.id)
    )
    rows = [
        (at(entry.happened_at), local(name), _who(entry, person), in_words(entry))
        for entry, name in db.session.execute(query)
    ]
    heads = (_l("When"), _l("Event"), _l("Who"), _l("What"))
    return Table(_l("History"), heads, rows)


def _who(entry: AuditEntry, person: Person) -> str:
    is_own = entry.actor_kind == "delegate" or (
        person.account is not None and entry.actor_id == person.account.id
    )
    return person.name if is_own else _("The office")
