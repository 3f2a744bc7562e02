"""A morning at the gate: some delegates are inside already, so that the figures show something."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from matchmaking.checkin.arriving import vip_arrivals
from matchmaking.checkin.models import Gate, Presence, Scan, Verdict, VipReception
from matchmaking.cli.demo.people import People
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.codes import new_id
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration

GATES = (("A", "Cổng A", "Gate A"), ("B", "Cổng B", "Gate B"), ("VIP", "Cổng VIP", "VIP gate"))


def load_gates(event: Event) -> None:
    for position, (code, vi, en) in enumerate(GATES):
        db.session.add(
            Gate(event_id=event.id, code=code, name=Bilingual(vi, en), position=position)
        )


def load_arrivals(
    event: Event, delegates: Sequence[Registration], people: People, *, staff_id: uuid.UUID
) -> None:
    """The delegates given have come in over the last two hours, most of them in the middle."""
    scans = []
    for delegate in delegates:
        minutes = people.random.triangular(1, 120, 50)
        moment = clock.now() - timedelta(minutes=round(minutes))
        scans.append(
            Scan(
                id=new_id(),
                event_id=event.id,
                registration_id=delegate.id,
                badge_id=delegate.badges[0].id,
                gate=people.random.choice("AAB"),
                presented="",
                verdict=Verdict.ADMITTED,
                scanned_by_id=staff_id,
                scanned_at=moment,
                received_at=moment,
            )
        )
    db.session.add_all(scans)
    db.session.flush()
    for scan in scans:
        db.session.add(Presence(registration_id=scan.registration_id, scan_id=scan.id))


def receive_vips(event: Event, *, by_id: uuid.UUID) -> None:
    """Somebody looks after the guests of honour who came today, but for the last two."""
    today = clock.now().astimezone(event.zone).date()
    for one in vip_arrivals(event, today)[2:]:
        reception = VipReception(
            registration_id=one.registration.id,
            day=today.isoformat(),
            received_by_id=by_id,
            received_at=one.scan.scanned_at + timedelta(minutes=4),
        )
        db.session.add(reception)
