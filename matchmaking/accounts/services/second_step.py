"""The second step of signing in: a code from an app (RFC 6238), or one kept for emergencies."""

import hashlib
import re
import secrets
import unicodedata
from datetime import datetime

import pyotp
from sqlalchemy import delete, select, update

from matchmaking.accounts.models import Passkey, RecoveryCode, User
from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.sealing import CannotUnseal, Secret, keeps_sealed, seal, unseal

PURPOSE = "totp"
STEP_SECONDS = 30
RECOVERY_CODES = 10
RECOVERY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"

keeps_sealed(User.app_secret, purpose=PURPOSE)


class WrongCode(DomainError):
    code = "wrong_code"
    message = _l(
        "This code is not right, or was used already. Wait for the next one and try again."
    )
    status = 422


def new_app_secret() -> str:
    """What an app on a phone makes its codes from, in base32."""
    return pyotp.random_base32()


def app_address(user: User, app_secret: str) -> str:
    """What the QR code says that the app scans."""
    return pyotp.TOTP(app_secret).provisioning_uri(name=user.email, issuer_name="Gặp Gỡ")


def turn_on(user: User, app_secret: str, code: str, *, secret: Secret) -> list[str]:
    """Ask for codes of this app from now on; gives new recovery codes. Raises WrongCode."""
    step = _step_of(app_secret, _plain(code), after=0)
    if step is None:
        raise WrongCode
    user.app_secret = seal(app_secret, secret=secret, purpose=PURPOSE)
    user.app_step = step
    audit.record("user.second_step_on", user)
    return new_recovery_codes(user)


def turn_off(user: User) -> None:
    """The password or a mailed link is enough again; passkeys and recovery codes are gone."""
    user.app_secret, user.app_step = "", 0
    for table in (RecoveryCode, Passkey):
        db.session.execute(delete(table).where(table.user_id == user.id))
    audit.record("user.second_step_off", user)


def new_recovery_codes(user: User) -> list[str]:
    """Ten codes, each good once; those given before are void. Only their hashes are kept."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(user_id=user.id, code_hash=_hash(code)) for code in codes)
    db.session.flush()
    return codes


def check_code(user: User, typed: str, *, secret: Secret) -> None:
    """Accept a code of the app, or use up a recovery code. Raises WrongCode."""
    code = _plain(typed)
    held = db.session.scalars(
        select(User)
        .where(User.id == user.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if _is_of_app(held, code, secret) or _is_unused(held, code):
        return
    raise WrongCode


def _is_of_app(user: User, code: str, secret: Secret) -> bool:
    """Each of the app's codes is good once, in its half minute and the one before and after."""
    if not user.app_secret:
        return False
    try:
        app_secret = unseal(user.app_secret, secret=secret, purpose=PURPOSE)
    except CannotUnseal:
        return False
    step = _step_of(app_secret, code, after=user.app_step)
    if step is None:
        return False
    user.app_step = step
    return True


def _is_unused(user: User, code: str) -> bool:
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_hash == _hash(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.id)
    )
    return db.session.scalar(used) is not None


def _step_of(app_secret: str, code: str, *, after: int) -> int | None:
    """The half minute, counted since 1970, whose code this is; later than `after`."""
    app = pyotp.TOTP(app_secret)
    now = _step(clock.now())
    for step in (now - 1, now, now + 1):
        expected = app.generate_otp(step).encode()
        if step > after and secrets.compare_digest(expected, code.encode()):
            return step
    return None


def _step(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP_SECONDS


def _plain(typed: str) -> str:
    """As it was made: no spaces or hyphens, small letters, no wide digits of Asian keyboards."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed)).lower()


def _recovery_code() -> str:
    return "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(12))


def _hash(code: str) -> str:
    """Fast on purpose: sixty random bits need no slow hash."""
    return hashlib.sha256(code.encode()).hexdigest()
