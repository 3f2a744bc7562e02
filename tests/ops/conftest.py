"""Letters of the tests' own, delivered into a directory that is looked at."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from matchmaking.core import outbox
from matchmaking.ops.carriers import EXTENSION, MailDirectory

TEMPLATES = {
    "emails/tests/welcome.txt": (
        "{% block subject %}{{ _('Yes') }} – {{ name }} & co.{% endblock %}\n"
        "{{ url_for('asset', version='1', path='x.css') }} {{ language() }}"
    ),
    "emails/tests/welcome.html": "<p>{{ name }} {{ signed_in_user }}</p>",
}


@dataclass
class Mailbox:
    """What was delivered."""

    folder: Path

    @property
    def messages(self) -> list[EmailMessage]:
        files = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


@dataclass
class Reluctant:
    """A carrier that answers each try with the next of these faults, then takes the message."""

    faults: list[Exception]
    taken: list[EmailMessage] = field(default_factory=list)

    def deliver(self, message: EmailMessage, name: str) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.taken.append(message)


@pytest.fixture
def mailbox(app: Flask, tmp_path: Path) -> Iterator[Mailbox]:
    before = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = MailDirectory(tmp_path / "mail")
    yield Mailbox(tmp_path / "mail")
    app.extensions[EXTENSION] = before


@pytest.fixture(autouse=True)
def letters(app: Flask) -> Iterator[None]:
    """The letter `welcome`, and `stale`, which is no longer worth sending."""
    loader = app.jinja_env.loader
    app.jinja_env.loader = ChoiceLoader([DictLoader(TEMPLATES), loader])
    composers, makers = dict(outbox.composers), dict(outbox.makers)

    @outbox.letter("welcome")
    def welcome(mail: outbox.OutgoingMail) -> outbox.Letter:
        attachments = (("note", mail.id),) if mail.about.get("with_note") else ()
        return outbox.Letter("tests/welcome", {"name": mail.about["name"]}, attachments)

    @outbox.letter("stale")
    def stale(mail: outbox.OutgoingMail) -> None:
        return None

    @outbox.attachment("note")
    def note(subject_id: object, language: str) -> outbox.Attachment:
        return outbox.Attachment("Thẻ.ics", "text/calendar; method=PUBLISH", language.encode())

    yield
    app.jinja_env.loader = loader
    outbox.composers.clear()
    outbox.composers.update(composers)
    outbox.makers.clear()
    outbox.makers.update(makers)
