"""Guests of honour: organizers see at once that one has come, and say that they receive them."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from matchmaking.accounts.models import User
from matchmaking.checkin.arriving import vip_codes
from matchmaking.checkin.models import Direction, Verdict, VipReception, VipWatcher
from matchmaking.checkin.services.answering import Answered
from matchmaking.checkin.signals import scans_kept
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.outbox import queue_mail
from matchmaking.events.at_gate import AtGate
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration


def receive(registration: Registration, day: date, *, by: User) -> VipReception:
    """Somebody takes care of the VIP. Who was first stays."""
    lock = select(Registration.id).where(Registration.id == registration.id)
    db.session.execute(lock.with_for_update(key_share=True))
    key = (registration.id, day.isoformat())
    if earlier := db.session.get(VipReception, key, populate_existing=True):
        return earlier
    reception = VipReception(registration_id=key[0], day=key[1], received_by_id=by.id)
    db.session.add(reception)
    db.session.flush()
    audit.record("registration.vip_received", registration)
    return reception


def is_watching(event: Event, user: User) -> bool:
    return db.session.get(VipWatcher, (event.id, user.id)) is not None


def watch(event: Event, user: User, *, wants: bool) -> None:
    """Whether the user gets a mail when a VIP arrives."""
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update(key_share=True))
    watcher = db.session.get(VipWatcher, (event.id, user.id), populate_existing=True)
    if watcher and not wants:
        db.session.delete(watcher)
    if wants and not watcher:
        db.session.add(VipWatcher(event_id=event.id, user_id=user.id))
    db.session.flush()


@scans_kept.connect
def tell_watchers(event: AtGate, *, answers: Sequence[Answered]) -> None:
    """One mail a day and VIP to each who asked for it."""
    came = [answer for answer in answers if _is_vip(answer)]
    if not came:
        return
    query = select(User).join(VipWatcher, VipWatcher.user_id == User.id)
    for user in db.session.scalars(query.where(VipWatcher.event_id == event.id)).all():
        for answer in came:
            _mail(event, answer, user)


def _is_vip(answer: Answered) -> bool:
    is_in = answer.direction is Direction.ENTRY and answer.verdict is Verdict.ADMITTED
    return is_in and answer.delegate is not None and answer.delegate.badge_type in vip_codes()


def _mail(event: AtGate, answer: Answered, user: User) -> None:
    holder: uuid.UUID | None = answer.delegate.id if answer.delegate else None
    day = answer.scanned_at.astimezone(event.zone).date()
    queue_mail(
        "vip_arrived",
        user.email,
        language=user.language,
        event_id=event.id,
        dedupe_key=f"vip:{holder}:{day}:{user.id}",
        scan=str(answer.scan_id),
    )
