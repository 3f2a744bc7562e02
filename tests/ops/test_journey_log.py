"""A delegate's whole way through the site, and nobody in its log."""

import logging
import re

import pytest
import sqlalchemy as sa

from matchmaking.core.database import db
from matchmaking.core.logs import JsonLines
from matchmaking.registration.models import Badge, Registration
from matchmaking.web import tracing
from tests.factories import make_event, make_member, make_ticket_type

DELEGATE = {
    "full_name": "Nguyễn Thị Ánh",
    "organization": "Sở Công Thương",
    "email": "anh@example.com",
    "phone": "0912 345 678",
    "ticket_type": "delegate",
    "language": "vi",
    "country": "VN",
    "processing": "y",
    "go": "send",
}


@pytest.fixture(autouse=True)
def listening(monkeypatch):
    """Whatever else this process has imported: import-linter, for one, silences all loggers."""
    monkeypatch.setattr(tracing.log, "disabled", False)


def test_nobody_and_no_key_is_in_the_log_of_a_whole_journey(
    app, visitor, browser_of, mailbox, caplog
):
    caplog.set_level(logging.WARNING)  # as `logs.configure` has it, and more of our own
    caplog.set_level(logging.DEBUG, logger="matchmaking")
    event = make_event(slug="han-quoc")
    make_ticket_type(event, code="delegate", places=2)
    desk = browser_of(make_member(event, full_name="Phạm Thu Hà", email="ha@example.gov.vn"))

    visitor.post("/events/han-quoc/register", DELEGATE)
    registration = db.session.scalars(sa.select(Registration)).one()
    code, badge = registration.code, db.session.scalars(sa.select(Badge)).one()
    key = re.findall(rf"/r/{code}/([\w-]+)", mailbox.newest_text())[0]
    visitor.get(f"/r/{code}/{key}")
    visitor.get(f"/r/{code}/{key}x")
    visitor.get(f"/registrations/{code}/badge.pdf")
    visitor.post("/events/han-quoc/register", DELEGATE)
    visitor.post("/sign-in/link", {"email": "ha@example.gov.vn"})
    link = re.findall(r"/sign-in/link/([\w-]+)", mailbox.newest_text())[0]
    visitor.get(f"/sign-in/link/{link}")
    visitor.post("/sign-in", {"email": "ha@example.gov.vn", "password": "wr0ng-pass-w0rd"})
    desk.get("/organize/han-quoc/delegates?q=Nguyễn+Thị+Ánh")
    desk.post("/events/han-quoc/check-in/scans", {"presented": code, "code": code, "gate": "A"})

    log = "\n".join(JsonLines().format(record) for record in caplog.records)
    said = [
        "Nguyễn",
        "Ánh",
        "Thu Hà",
        "example",
        "912345678",
        "912 345 678",
        "wr0ng",
        "Công Thương",
    ]
    assert [word for word in [*said, code, key, link, str(badge.id)] if word in log] == []
    assert log.count('"message": "request"') >= 9
