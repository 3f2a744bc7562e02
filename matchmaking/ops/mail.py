"""Sending what waits in the outbox: compose, render in the reader's language, deliver."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import unescape
from typing import Any

from flask import current_app, has_request_context, render_template
from flask_babel import force_locale
from jinja2 import Template

from matchmaking.core import clock, jobs
from matchmaking.core.database import db, reading, transaction
from matchmaking.core.erasures import is_stand_in
from matchmaking.core.outbox import Attachment, Letter, MailState, OutgoingMail, composers, makers
from matchmaking.events.models import Event
from matchmaking.ops.carriers import EXTENSION, Carrier, MailDirectory, Refused, TryLater
from matchmaking.web.settings import settings

LONGEST_PAUSE = timedelta(hours=1)
FIRST_PAUSE = timedelta(seconds=30)


def _given_up(job: jobs.Job) -> None:
    """The letter could not be written; its row says why."""
    mail = db.session.get(OutgoingMail, uuid.UUID(job.arguments["mail"]))
    if mail is not None and mail.state is MailState.QUEUED:
        mail.state, mail.error = MailState.FAILED, job.error


def _retried(job: jobs.Job) -> None:
    """Only a mail that failed waits again; one that went out meanwhile is not sent twice."""
    mail = db.session.get(OutgoingMail, uuid.UUID(job.arguments["mail"]))
    if mail is not None and mail.state is MailState.FAILED:
        _wait_again(mail)


@jobs.job("send_mail", when_given_up=_given_up, when_retried=_retried)
def send_mail(job: jobs.Job) -> None:
    """Send one mail. Killed between delivery and commit it is sent again, under one Message-ID."""
    mail = db.session.get(OutgoingMail, uuid.UUID(job.arguments["mail"]))
    if mail is None or mail.state is not MailState.QUEUED:
        return
    if is_stand_in(mail.recipient):
        mail.state = MailState.DROPPED
        return
    with _correspondence(mail.language):
        letter = composers[mail.letter](mail)
        if letter is None:
            mail.state = MailState.DROPPED
            return
        message = _written(mail, letter)
        mail_id, language, is_last = mail.id, mail.language, letter.is_last
        with reading():
            for maker, subject_id in letter.attachments:
                _attach(message, makers[maker](subject_id, language))
    refusal = _deliver(message, mail_id)
    if is_last:
        mail.recipient, refusal = "", refusal and "…"
    if refusal:
        mail.state, mail.error = MailState.FAILED, refusal
        return
    mail.state, mail.sent_at, mail.error = MailState.SENT, clock.now(), ""


@contextmanager
def _correspondence(language: str) -> Iterator[None]:
    """Links lead to the public address and texts are in the reader's language.

    Templates and `url_for` then work as they do in a page; nobody is signed in.
    """
    if has_request_context():
        with force_locale(language):
            yield
        return
    base_url = settings().base_url
    with current_app.test_request_context(base_url=base_url), force_locale(language):
        yield


def _written(mail: OutgoingMail, letter: Letter) -> EmailMessage:
    """The message without its attachments; the subject is kept on the mail's row."""
    message = EmailMessage(policy=SMTP)
    mail.subject = _subject(letter)[:300]
    mail.attempts += 1
    message["Subject"] = mail.subject
    message["From"] = settings().mail_from
    message["To"] = mail.recipient
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    if reply_to := _reply_to(mail):
        message["Reply-To"] = reply_to
    message.set_content(render_template(f"emails/{letter.template}.txt", **letter.context))
    page = render_template(f"emails/{letter.template}.html", **letter.context)
    message.add_alternative(page, subtype="html")
    return message


def _reply_to(mail: OutgoingMail) -> str:
    event = db.session.get(Event, mail.event_id) if mail.event_id else None
    return event.contact_email if event else ""


def _subject(letter: Letter) -> str:
    """The block `subject` of the text template, or of the page where only that has one."""
    text = _template(f"{letter.template}.txt")
    if "subject" in text.blocks:
        return _block(text, letter.context)
    return unescape(_block(_template(f"{letter.template}.html"), letter.context))


def _template(name: str) -> Template:
    return current_app.jinja_env.get_template(f"emails/{name}")


def _block(template: Template, values: dict[str, Any]) -> str:
    names = dict(values)
    current_app.update_template_context(names)
    context = template.new_context(names)
    return " ".join("".join(template.blocks["subject"](context)).split())


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    maintype, _, rest = attachment.content_type.partition("/")
    subtype, *parameters = (part.strip() for part in rest.split(";"))
    message.add_attachment(
        attachment.content,
        maintype=maintype,
        subtype=subtype,
        filename=attachment.name,
        params=dict(parameter.split("=", 1) for parameter in parameters),
    )


def _deliver(message: EmailMessage, mail_id: uuid.UUID) -> str:
    """Empty when delivered, else why it never can be. Raises Postpone for a passing fault.

    Runs outside of any transaction: a slow mail server holds up nobody else.
    """
    db.session.commit()
    carrier: Carrier = current_app.extensions[EXTENSION]
    try:
        carrier.deliver(message, str(mail_id))
    except TryLater as fault:
        raise jobs.Postpone(_noted(mail_id, fault), str(fault)) from fault
    except Refused as refusal:
        return str(refusal)
    return ""


def _noted(mail_id: uuid.UUID, fault: TryLater) -> timedelta:
    """Write down why a mail waits; how long it does."""
    with transaction():
        mail = db.session.get_one(OutgoingMail, mail_id)
        mail.error = str(fault)
        tries = mail.attempts
    doublings = min(tries - 1, 10)
    return min(FIRST_PAUSE * float(2**doublings), LONGEST_PAUSE)


def forget_copies(mail_ids: Iterable[str]) -> None:
    """Remove the files of these mails, where mails are written to a folder."""
    carrier = current_app.extensions[EXTENSION]
    if isinstance(carrier, MailDirectory):
        for mail_id in mail_ids:
            carrier.path_of(mail_id).unlink(missing_ok=True)


def send_again(mail: OutgoingMail) -> None:
    """Queue a mail once more: one that failed, or one its reader says never came."""
    _wait_again(mail)
    jobs.enqueue("send_mail", event_id=mail.event_id, mail=str(mail.id))


def _wait_again(mail: OutgoingMail) -> None:
    mail.state, mail.error, mail.attempts = MailState.QUEUED, "", 0
