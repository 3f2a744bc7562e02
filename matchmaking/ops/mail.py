"""Sending what waits in the outbox: compose, render in the reader's language, deliver."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from html import unescape
from typing import Any

from flask import current_app, has_request_context
from flask_babel import force_locale
from jinja2 import Template
from sqlalchemy import bindparam, select, update
from werkzeug.test import EnvironBuilder

from matchmaking.core import clock, database, jobs
from matchmaking.core.database import db, reading, transaction
from matchmaking.core.erasures import is_stand_in
from matchmaking.core.outbox import Attachment, Letter, MailState, OutgoingMail, composers, makers
from matchmaking.events.models import Event
from matchmaking.ops.carriers import EXTENSION, Carrier, MailDirectory, Refused, TryLater
from matchmaking.web.settings import settings

LONGEST_PAUSE = timedelta(hours=1)
FIRST_PAUSE = timedelta(seconds=30)
BOUNDARY = "_text_or_page_"
"""Between the two forms of a letter. Both are base64, which has no such strokes, so it is in neither."""


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
    mail = _as_it_stands(uuid.UUID(job.arguments["mail"]))
    if mail is None or mail.state is not MailState.QUEUED:
        return
    if is_stand_in(mail.recipient):
        _note(mail.id, state=MailState.DROPPED)
        return
    with _correspondence(mail.language):
        letter = composers[mail.letter](mail)
        if letter is None:
            _note(mail.id, state=MailState.DROPPED)
            return
        message, tries = _written(mail, letter), mail.attempts + 1
        if letter.attachments:
            with reading():
                for maker, subject_id in letter.attachments:
                    _attach(message, makers[maker](subject_id, mail.language))
    known = {"subject": str(message["Subject"])[:300], "attempts": tries}
    refusal = _deliver(message, mail.id, known)
    if letter.is_last:
        known["recipient"], refusal = "", refusal and "…"
    known |= (
        {"state": MailState.FAILED}
        if refusal
        else {"state": MailState.SENT, "sent_at": clock.now()}
    )
    _note(mail.id, error=refusal, **known)


def _as_it_stands(mail_id: uuid.UUID) -> OutgoingMail | None:
    """A copy outside the session: no commit makes it stale."""
    row = database.run(_READING, {"mail_id": mail_id}).mappings().first()
    return None if row is None else OutgoingMail(**row)


def _note(mail_id: uuid.UUID, **values: Any) -> None:
    """Write down how a mail stands, in the current transaction."""
    database.run(_NOTING, {"mail_id": mail_id, **values})


_MAILS: Any = OutgoingMail.__table__
_READING = select(_MAILS).where(_MAILS.c.id == bindparam("mail_id"))
_NOTING = update(_MAILS).where(_MAILS.c.id == bindparam("mail_id"))


@contextmanager
def _correspondence(language: str) -> Iterator[None]:
    """Links lead to the public address and texts are in the reader's language.

    Templates and `url_for` then work as they do in a page; nobody is signed in.
    """
    if has_request_context():
        with force_locale(language):
            yield
        return
    request = dict(_request(settings().base_url))
    with current_app.request_context(request), force_locale(language):
        yield


@lru_cache
def _request(base_url: str) -> dict[str, Any]:
    return EnvironBuilder(base_url=base_url).get_environ()


def _written(mail: OutgoingMail, letter: Letter) -> EmailMessage:
    """The message without its attachments."""
    from matchmaking.ops.headers import LETTER  # noqa: PLC0415  a web process writes no mail

    message = EmailMessage(policy=LETTER)
    text, page = (_template(f"{letter.template}.{kind}") for kind in ("txt", "html"))
    names = dict(letter.context)
    current_app.update_template_context(names)
    message["Subject"] = _subject(text, page, names)
    message["From"] = settings().mail_from
    message["To"] = mail.recipient
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    if reply_to := _reply_to(mail):
        message["Reply-To"] = reply_to
    message.set_content(text.render(names), cte="base64")
    message.make_alternative(boundary=BOUNDARY)
    message.add_alternative(page.render(names), subtype="html", cte="base64")
    return message


def _reply_to(mail: OutgoingMail) -> str:
    event = db.session.get(Event, mail.event_id) if mail.event_id else None
    return event.contact_email if event else ""


def _subject(text: Template, page: Template, names: dict[str, Any]) -> str:
    """The block `subject` of the text template, or of the page where only that has one."""
    if "subject" in text.blocks:
        return _block(text, names)
    return unescape(_block(page, names))


def _template(name: str) -> Template:
    return current_app.jinja_env.get_template(f"emails/{name}")


def _block(template: Template, names: dict[str, Any]) -> str:
    return " ".join("".join(template.blocks["subject"](template.new_context(names))).split())


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


def _deliver(message: EmailMessage, mail_id: uuid.UUID, known: dict[str, Any]) -> str:
    """Empty when delivered, else why it never can be. Raises Postpone for a passing fault.

    Runs outside of any transaction: a slow mail server holds up nobody else.
    """
    db.session.commit()
    carrier: Carrier = current_app.extensions[EXTENSION]
    try:
        carrier.deliver(message, str(mail_id))
    except TryLater as fault:
        with transaction():
            _note(mail_id, error=str(fault), **known)
        raise jobs.Postpone(_pause_after(known["attempts"]), str(fault)) from fault
    except Refused as refusal:
        return str(refusal)
    return ""


def _pause_after(tries: int) -> timedelta:
    return min(FIRST_PAUSE * float(2 ** min(tries - 1, 10)), LONGEST_PAUSE)


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
