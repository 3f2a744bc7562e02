"""Many conflicts: none is out of reach."""

import uuid
from datetime import timedelta

from sqlalchemy import insert, select

from matchmaking.checkin.models import ConflictDecision, Scan, Verdict
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.events.models import MemberRole
from tests.factories.accounts import make_member


def test_the_oldest_of_600_conflicts_is_listed_on_the_last_page_and_can_be_settled(
    event, browser_of
):
    now = clock.now()
    ids = [uuid.uuid4() for _ in range(600)]
    rows = [
        {
            "id": scan_id, "event_id": event.id, "gate": "A", "presented": "", "is_conflict": True,
            "verdict": Verdict.DUPLICATE, "scanned_at": now - timedelta(seconds=n),
        }
        for n, scan_id in enumerate(ids)
    ]  # fmt: skip
    db.session.execute(insert(Scan), rows)
    desk, page = (
        browser_of(make_member(event, MemberRole.EDITOR)),
        f"/organize/{event.slug}/check-in",
    )
    oldest = f"{page}/conflicts/{ids[-1]}"

    assert "Conflicts (600)" in desk.get(page).text
    assert oldest not in desk.get(f"{page}/conflicts").text
    last_page = desk.get(f"{page}/conflicts?page=12&lang=en").text
    assert oldest in last_page
    assert "I have seen it" in last_page  # nobody is known who could be the same person
    assert "Same person" not in last_page
    assert desk.post(oldest, {"settlement": "same_person"}).status_code == 303

    assert db.session.scalars(select(ConflictDecision.scan_id)).all() == [ids[-1]]
    assert "Conflicts (599)" in desk.get(page).text
