import logging
from uuid import uuid4

import pytest

from matchmaking.core import jobs
from matchmaking.core.database import db
from matchmaking.core.jobs import Job, JobState
from matchmaking.core.logs import JsonLines, redacted
from matchmaking.core.outbox import MailState, OutgoingMail, composers, queue_mail
from matchmaking.documents.queries import PRINTING
from matchmaking.events.models import MemberRole
from tests.factories import make_administrator, make_event, make_member, make_user
from tests.factories.base import add


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def desk(event, browser_of):
    return browser_of(make_member(event))


def mail_to(event, recipient="anh@example.com", **values) -> OutgoingMail:
    mail = queue_mail("welcome", recipient, language="vi", event_id=event.id, name="Ánh")
    for name, value in values.items():
        setattr(mail, name, value)
    db.session.commit()
    return mail


def test_organizer_sees_what_was_sent_what_waits_and_what_failed_and_why(desk, event):
    mail_to(event, "sent@example.com", state=MailState.SENT, subject="Thẻ của bạn")
    mail_to(event, "lost@example.com", state=MailState.FAILED, error="550 no such mailbox")

    page = desk.get(f"/organize/{event.slug}/mail").text

    for part in ("sent@example.com", "Thẻ của bạn", "lost@example.com", "550 no such mailbox"):
        assert part in page
    failed = desk.get(f"/organize/{event.slug}/mail?state=failed").text
    assert "lost@example.com" in failed
    assert "sent@example.com" not in failed
    found = desk.get(f"/organize/{event.slug}/mail?q=LOST").text
    assert "lost@example.com" in found
    assert "sent@example.com" not in found


@pytest.mark.parametrize("query", ["state=nonsense", "q=%25", "page=-1", "q=" + "Đ" * 3000])
def test_odd_filters_are_answered_with_a_page(desk, event, query):
    assert desk.get(f"/organize/{event.slug}/mail?{query}").status_code == 200


def test_failed_mail_is_sent_again(desk, event, mailbox):
    mail = mail_to(event, state=MailState.FAILED, error="550 no such mailbox")

    answer = desk.post(f"/organize/{event.slug}/mail/{mail.id}/again")
    jobs.run_due()

    assert answer.status_code == 302
    assert db.session.get_one(OutgoingMail, mail.id, populate_existing=True).state is MailState.SENT
    assert len(mailbox.messages) == 1


def test_mails_are_for_editors_of_the_event(event, visitor, browser_of):
    mail = mail_to(event, state=MailState.FAILED)
    elsewhere = make_event()
    stranger = browser_of(make_member(elsewhere))
    viewer = browser_of(make_member(event, MemberRole.VIEWER))

    for person in (stranger, viewer):
        assert person.get(f"/organize/{event.slug}/mail").status_code == 404
        assert person.post(f"/organize/{event.slug}/mail/{mail.id}/again").status_code == 404
    assert stranger.post(f"/organize/{elsewhere.slug}/mail/{mail.id}/again").status_code == 404
    assert visitor.get(f"/organize/{event.slug}/mail").status_code == 303


def test_outbox_is_read_in_as_many_queries_for_one_mail_as_for_three(desk, event, count_queries):
    mail_to(event)
    with count_queries() as one:
        desk.get(f"/organize/{event.slug}/mail")
    mail_to(event, "b@example.com")
    mail_to(event, "c@example.com")
    with count_queries() as three:
        desk.get(f"/organize/{event.slug}/mail")

    assert three.total == one.total


def test_administrator_sees_failed_work_with_its_reason_and_runs_it_again(browser_of):
    job = add(Job(kind=PRINTING, state=JobState.FAILED, error="OSError: no room", attempts=8))
    administrator = browser_of(make_administrator())

    page = administrator.get("/jobs?state=failed").text
    answer = administrator.post(f"/jobs/{job.id}/retry")

    assert "OSError: no room" in page
    assert answer.status_code == 302
    again = db.session.get_one(Job, job.id, populate_existing=True)
    assert (again.state, again.attempts) == (JobState.QUEUED, 0)


@pytest.mark.parametrize("path", ["/jobs/{}/retry", "/jobs/retry"])
def test_mail_that_was_given_up_goes_out_when_its_job_is_run_again(
    path, browser_of, event, mailbox, monkeypatch
):
    mail = mail_to(event)
    with monkeypatch.context() as meanwhile:
        meanwhile.delitem(composers, "welcome")
        job = db.session.scalars(db.select(Job)).one()
        job.attempts = jobs.MOST_ATTEMPTS
        db.session.commit()
        jobs.run_due()
    given_up = mail.state

    browser_of(make_administrator()).post(path.format(job.id))
    jobs.run_due()

    assert given_up is MailState.FAILED
    assert (mail.state, mail.error) == (MailState.SENT, "")
    assert [message["To"] for message in mailbox.messages] == ["anh@example.com"]


def test_mail_that_went_out_meanwhile_is_not_sent_twice(browser_of, event, mailbox):
    mail_to(event, state=MailState.SENT)
    job = db.session.scalars(db.select(Job)).one()
    job.state = JobState.FAILED

    browser_of(make_administrator()).post(f"/jobs/{job.id}/retry")
    jobs.run_due()

    assert mailbox.messages == []
    assert db.session.get_one(Job, job.id, populate_existing=True).state is JobState.DONE


def test_administrator_sees_queues_kinds_and_mails_and_runs_all_that_failed_again(browser_of):
    failed = [add(Job(kind=PRINTING, state=JobState.FAILED, attempts=8)) for _ in range(2)]
    add(Job(kind="print", state=JobState.DONE))
    mail = queue_mail("welcome", "lost@example.com", language="vi", name="Ánh")
    mail.state, mail.error = MailState.FAILED, "550 no such mailbox"
    administrator = browser_of(make_administrator())

    page = administrator.get("/jobs").text
    all_again = administrator.post("/jobs/retry")
    mail_again = administrator.post(f"/jobs/mails/{mail.id}/again")

    for part in ("lost@example.com", "550 no such mailbox", "Mails: Not sent"):
        assert part in page
    assert (all_again.status_code, mail_again.status_code) == (302, 302)
    assert {row.state for row in failed} == {JobState.QUEUED}
    assert mail.state is MailState.QUEUED
    assert administrator.post(f"/jobs/mails/{mail.id}/again").status_code == 404


def test_strangers_run_nothing_again(browser_of, visitor):
    mail = queue_mail("welcome", "lost@example.com", language="vi", name="Ánh")
    mail.state = MailState.FAILED
    person = browser_of(make_user())

    for path in ("/jobs/retry", f"/jobs/mails/{mail.id}/again"):
        assert person.post(path).status_code == 404
        assert visitor.post(path).status_code == 303


def test_only_administrators_see_the_background_work(browser_of, visitor):
    job = add(Job(kind="send_mail", state=JobState.FAILED))
    person = browser_of(make_user())

    assert person.get("/jobs").status_code == 404
    assert person.post(f"/jobs/{job.id}/retry").status_code == 404
    assert visitor.get("/jobs").status_code == 303


def test_work_that_has_not_failed_cannot_be_run_again(browser_of):
    job = add(Job(kind="send_mail", state=JobState.DONE))

    assert browser_of(make_administrator()).post(f"/jobs/{job.id}/retry").status_code == 404


def test_demo_shows_its_mails_with_their_attachments(app, visitor, event, mailbox, demo):
    mail = queue_mail(
        "welcome", "anh@example.com", language="vi", event_id=event.id, name="Ánh", with_note=True
    )
    mail_id = mail.id
    db.session.commit()
    jobs.run_due()

    page = visitor.get("/mailbox").text
    letter = visitor.get(f"/mailbox/{mail_id}")
    note = visitor.get(f"/mailbox/{mail_id}/0")

    assert "anh@example.com" in page
    assert "Ánh &amp; co." in page
    assert "<p>Ánh None</p>" in letter.text
    assert "script-src" not in letter.headers["Content-Security-Policy"]
    assert letter.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert (note.data, note.content_type) == (b"vi", "text/calendar")
    assert visitor.get(f"/mailbox/{mail_id}/1").status_code == 404
    assert visitor.get(f"/mailbox/{uuid4()}").status_code == 404


def test_installation_that_is_no_demo_shows_no_mails(visitor, mailbox):
    assert visitor.get("/mailbox").status_code == 404
    assert visitor.get(f"/mailbox/{uuid4()}").status_code == 404


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("GET /r/K7QM2X9D/sEcReT-key_1 HTTP/1.1", "GET /r/K7QM2X9D/… HTTP/1.1"),
        ("GET /calendars/K7QM2X9D/sEcReT.ics", "GET /calendars/K7QM2X9D/…"),
        ('"GET /sign-in/link/sEcReT?next=/x"', '"GET /sign-in/link/…?next=/x"'),
        ("/registrations/K7QM2X9D/new-email/sEcReT", "/registrations/K7QM2X9D/new-email/…"),
        ("GET /registrations/K7QM2X9D/badge.pdf", "GET /registrations/K7QM2X9D/badge.pdf"),
    ],
)
def test_logs_hold_no_key_of_an_address(line, kept):
    assert redacted(line) == kept
    record = logging.LogRecord("any", logging.INFO, "", 0, "%s", (line,), None)
    assert "sEcReT" not in JsonLines().format(record)


def test_every_address_with_a_key_is_known_to_the_redaction(app):
    holding = [
        str(rule)
        for rule in app.url_map.iter_rules()
        if {"key", "token"} & rule.arguments and "sEcReT" in _filled(str(rule))
    ]

    assert holding == []


def _filled(rule: str) -> str:
    address = rule.replace("<key>", "sEcReT").replace("<token>", "sEcReT")
    return redacted(address.replace("<code>", "K7QM2X9D"))
