"""What a delegate agreed to, given and taken back."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from sqlalchemy import select

from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.registration.models import Consent, Registration
from matchmaking.registration.purposes import BY_CODE, PURPOSES

GIVEN = "registration.consent_given"


class UnknownPurpose(DomainError):
    code: ClassVar[str] = "unknown_purpose"
    status: ClassVar[int] = 422
    message = _l("Nobody asks for this consent.")


class ConsentNeeded(DomainError):
    code: ClassVar[str] = "consent_needed"
    message = _l("Without this consent the registration cannot be kept. Cancel it instead.")


def consents_of(registration: Registration) -> Sequence[Consent]:
    """The consents that hold now."""
    query = select(Consent).where(
        Consent.registration_id == registration.id, Consent.withdrawn_at.is_(None)
    )
    return db.session.scalars(query.order_by(Consent.given_at, Consent.id)).all()


def give_consent(registration: Registration, purpose: str) -> Consent:
    """Note that the delegate agrees to the purpose as it is worded today."""
    held = {consent.purpose: consent for consent in consents_of(registration)}
    if purpose in held:
        return held[purpose]
    consent = _new(registration, purpose)
    db.session.add(consent)
    audit.record(GIVEN, registration, purpose=purpose)
    db.session.flush()
    return consent


def first_consents(registration: Registration, purposes: Iterable[str]) -> list[Consent]:
    """What somebody agrees to who registers just now; not yet part of any transaction."""
    return [_new(registration, purpose) for purpose in sorted(purposes)]


def _new(registration: Registration, purpose: str) -> Consent:
    if purpose not in BY_CODE:
        raise UnknownPurpose
    wording = BY_CODE[purpose].wording
    return Consent(registration_id=registration.id, purpose=purpose, wording=wording)


def withdraw_consent(registration: Registration, purpose: str) -> None:
    """Take a yes back. The row stays, with the time."""
    if purpose in BY_CODE and BY_CODE[purpose].is_required:
        raise ConsentNeeded
    for consent in consents_of(registration):
        if consent.purpose == purpose:
            consent.withdrawn_at = clock.now()
            audit.record("registration.consent_withdrawn", registration, purpose=purpose)
    db.session.flush()


def choose_consents(registration: Registration, purposes: frozenset[str]) -> None:
    """Let exactly these optional purposes hold from now on."""
    for purpose in PURPOSES:
        if purpose.code in purposes:
            give_consent(registration, purpose.code)
        elif not purpose.is_required:
            withdraw_consent(registration, purpose.code)
