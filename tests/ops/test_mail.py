from datetime import timedelta
from uuid import UUID

import pytest

from matchmaking.core import clock, jobs
from matchmaking.core.database import db
from matchmaking.core.jobs import Job, JobState
from matchmaking.core.outbox import MailState, OutgoingMail, composers, queue_mail
from matchmaking.ops.carriers import EXTENSION, Refused, TryLater
from matchmaking.ops.mail import send_again
from tests.factories import make_event
from tests.ops.conftest import Reluctant


def queue(name="Nguyễn Thị Ánh", letter="welcome", language="vi", **about) -> UUID:
    event = make_event(contact_email="btc@example.com")
    mail = queue_mail(
        letter, "anh@example.com", language=language, event_id=event.id, name=name, **about
    )
    mail_id = mail.id
    db.session.commit()
    return mail_id


def mail_with(mail_id: UUID) -> OutgoingMail:
    return db.session.get_one(OutgoingMail, mail_id, populate_existing=True)


def only_job() -> Job:
    return db.session.scalars(db.select(Job)).one()


def let_time_pass(monkeypatch, delay: timedelta) -> None:
    later = clock.now() + delay
    monkeypatch.setattr(clock, "now", lambda: later)


def test_letter_is_written_in_the_readers_language_with_its_attachment(mailbox):
    mail_id = queue(with_note=True)

    jobs.run_due()

    (message,) = mailbox.messages
    assert message["Subject"].endswith("Nguyễn Thị Ánh & co.")
    assert message["To"] == "anh@example.com"
    assert message["Reply-To"] == "btc@example.com"
    assert message["Message-ID"] == f"<{mail_id}@gap-go>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_body(("plain",)).get_content().strip().endswith("/static/1/x.css vi")
    assert "Nguyễn Thị Ánh None" in message.get_body(("html",)).get_content()
    (note,) = message.iter_attachments()
    assert (note.get_filename(), note.get_content_type()) == ("Thẻ.ics", "text/calendar")
    assert note.get_content() == "vi"
    assert mail_with(mail_id).state is MailState.SENT
    assert mail_with(mail_id).subject == message["Subject"]


def test_name_with_a_line_break_cannot_add_a_header(mailbox):
    queue(name="Ánh\r\nBcc: everyone@example.com")

    jobs.run_due()

    assert mailbox.messages[0]["Bcc"] is None


def test_letter_no_longer_worth_sending_is_dropped(mailbox):
    mail_id = queue(letter="stale")

    jobs.run_due()

    assert mail_with(mail_id).state is MailState.DROPPED
    assert mailbox.messages == []


def test_mail_waits_longer_each_time_while_the_server_is_down(app, mailbox, monkeypatch):
    server = Reluctant([TryLater("Connection refused"), TryLater("Connection refused")])
    monkeypatch.setitem(app.extensions, EXTENSION, server)
    mail_id = queue()

    jobs.run_due()
    first = only_job().run_after - clock.now()
    assert (mail_with(mail_id).state, mail_with(mail_id).error) == (
        MailState.QUEUED,
        "Connection refused",
    )
    db.session.commit()
    let_time_pass(monkeypatch, timedelta(minutes=2))
    jobs.run_due()
    second = only_job().run_after - clock.now()
    db.session.commit()
    let_time_pass(monkeypatch, timedelta(minutes=5))
    jobs.run_due()

    assert second > first
    assert (mail_with(mail_id).state, mail_with(mail_id).error) == (MailState.SENT, "")
    assert [message["Message-ID"] for message in server.taken] == [f"<{mail_id}@gap-go>"]


def test_server_that_is_down_for_days_loses_no_mail(app, mailbox, monkeypatch):
    server = Reluctant([TryLater("timed out") for _ in range(40)])
    monkeypatch.setitem(app.extensions, EXTENSION, server)
    mail_id = queue()
    for _ in range(41):
        jobs.run_due()
        db.session.commit()
        let_time_pass(monkeypatch, timedelta(hours=1, seconds=1))

    assert mail_with(mail_id).state is MailState.SENT
    assert len(server.taken) == 1


def test_refused_address_fails_with_the_servers_reason_and_can_be_sent_again(
    app, mailbox, monkeypatch
):
    server = Reluctant([Refused("550 no such mailbox")])
    monkeypatch.setitem(app.extensions, EXTENSION, server)
    mail_id = queue()

    jobs.run_due()

    assert (mail_with(mail_id).state, mail_with(mail_id).error) == (
        MailState.FAILED,
        "550 no such mailbox",
    )
    assert only_job().state is JobState.DONE
    send_again(mail_with(mail_id))
    db.session.commit()
    jobs.run_due()
    assert mail_with(mail_id).state is MailState.SENT


def test_mail_whose_letter_cannot_be_written_fails_with_its_reason(mailbox, monkeypatch):
    def broken(mail):
        raise LookupError("no such registration")

    monkeypatch.setitem(composers, "welcome", broken)
    mail_id = queue()
    for _ in range(jobs.MOST_ATTEMPTS):
        jobs.run_due()
        db.session.commit()
        let_time_pass(monkeypatch, timedelta(hours=1))

    assert mail_with(mail_id).state is MailState.FAILED
    assert mail_with(mail_id).error == "LookupError: no such registration"
    assert only_job().state is JobState.FAILED


def test_mail_is_delivered_without_a_transaction_that_others_wait_for(app, mailbox, monkeypatch):
    class Watchful(Reluctant):
        def deliver(self, message, name):
            self.in_transaction = db.session().in_transaction()

    server = Watchful([])
    monkeypatch.setitem(app.extensions, EXTENSION, server)
    queue()

    jobs.run_due()

    assert server.in_transaction is False


@pytest.mark.parametrize("language", ["vi", "en"])
def test_mail_keeps_the_language_it_was_queued_in(mailbox, language):
    queue(language=language)

    jobs.run_due()

    assert mailbox.messages[0].get_body(("plain",)).get_content().strip().endswith(language)
