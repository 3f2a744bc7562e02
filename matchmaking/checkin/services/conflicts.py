"""Greens that another scan contradicts, settled by an organizer with one tap."""

from matchmaking.accounts.models import User
from matchmaking.checkin.models import ConflictDecision, Scan, Settlement
from matchmaking.checkin.services.undoing import undo
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.registration.services import reissue_badge


class AlreadySettled(DomainError):
    code = "already_settled"
    message = _l("Somebody has settled this already.")


def settle_conflict(
    scan: Scan, first: Scan | None, settlement: Settlement, *, by: User | None
) -> None:
    """`scan` is the conflict, `first` the admission it contradicts. Raises AlreadySettled, CannotUndo.

    SAME_PERSON changes nothing else. NEW_BADGE ends the badge that two people may carry.
    TAKEN_BACK voids that admission, so that the other one counts.
    """
    if db.session.get(ConflictDecision, scan.id):
        raise AlreadySettled
    if settlement is Settlement.NEW_BADGE and scan.registration:
        reissue_badge(scan.registration)
    if settlement is Settlement.TAKEN_BACK:
        undo(first or scan, undone_by=by)
    decision = ConflictDecision(
        scan_id=scan.id, settlement=settlement, decided_by_id=by.id if by else None
    )
    db.session.add(decision)
    db.session.flush()
    audit.record("scan.settled", scan, settlement=settlement.value)
