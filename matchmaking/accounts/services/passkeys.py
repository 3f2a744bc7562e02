"""Passkeys (W3C WebAuthn level 3): signing in with a phone's or a computer's own lock."""

import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select

from matchmaking.accounts.models import Passkey, User
from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l


class PasskeyRefused(DomainError):
    code = "passkey_refused"
    message = _l("This passkey could not be checked. Try again, or sign in another way.")
    status = 422


@dataclass(frozen=True)
class Site:
    """Where passkeys are good: the address people open, like https://gapgo.example.vn"""

    origin: str

    @property
    def name(self) -> str:
        return urlsplit(self.origin).hostname or ""


@dataclass(frozen=True)
class Question:
    """What the browser is asked (JSON), and the challenge its answer must sign."""

    options: str
    challenge: bytes


def ask_for_new(site: Site, user: User, known: Sequence[Passkey]) -> Question:
    import webauthn  # noqa: PLC0415  slow to load
    from webauthn.helpers.structs import (  # noqa: PLC0415
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = webauthn.generate_registration_options(
        rp_id=site.name,
        rp_name="Gặp Gỡ",
        user_id=user.id.bytes,
        user_name=user.email,
        user_display_name=user.full_name,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return Question(webauthn.options_to_json(options), options.challenge)


def ask_to_sign_in(site: Site) -> Question:
    """Any passkey of this site will do: it says whose it is. Every sign-in page asks this."""
    challenge = secrets.token_bytes(64)
    options = {
        "challenge": urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "timeout": 60_000,
        "rpId": site.name,
        "allowCredentials": [],
        "userVerification": "required",
    }
    return Question(json.dumps(options), challenge)


def add_passkey(user: User, answer: str, *, site: Site, challenge: bytes, name: str) -> Passkey:
    """Keep a new passkey's public key. Raises PasskeyRefused."""
    import webauthn  # noqa: PLC0415  slow to load
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        seen = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except WebAuthnException as fault:
        raise PasskeyRefused from fault
    passkey = Passkey(
        user_id=user.id,
        credential=seen.credential_id,
        public_key=seen.credential_public_key,
        uses=seen.sign_count,
        name=name,
    )
    db.session.add(passkey)
    db.session.flush()
    audit.record("user.passkey_added", user, name=name)
    return passkey


def user_with_passkey(answer: str, *, site: Site, challenge: bytes) -> User:
    """Whose passkey gave this answer. Raises PasskeyRefused."""
    import webauthn  # noqa: PLC0415  slow to load
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        given = webauthn.helpers.parse_authentication_credential_json(answer)
        passkey = _locked(given.raw_id)
        seen = webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.uses,
            require_user_verification=True,
        )
    except WebAuthnException as fault:
        raise PasskeyRefused from fault
    passkey.uses, passkey.last_used_at = seen.new_sign_count, clock.now()
    return passkey.user


def remove_passkey(passkey: Passkey) -> None:
    audit.record("user.passkey_removed", passkey.user, name=passkey.name)
    db.session.delete(passkey)


def _locked(credential: bytes) -> Passkey:
    query = select(Passkey).join(Passkey.user)
    query = query.where(Passkey.credential == credential, User.is_active)
    passkey = db.session.scalars(query.with_for_update(of=Passkey)).one_or_none()
    if passkey is None:
        raise PasskeyRefused
    return passkey
