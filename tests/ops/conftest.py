"""Letters of the tests' own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from matchmaking.core import outbox

TEMPLATES = {
    "emails/tests/welcome.txt": (
        "{% block subject %}{{ _('Yes') }} – {{ name }} & co.{% endblock %}\n"
        "{{ url_for('asset', version='1', path='x.css') }} {{ language() }}"
    ),
    "emails/tests/welcome.html": "<p>{{ name }} {{ signed_in_user }}</p>",
}


@dataclass
class Reluctant:
    """A carrier that answers each try with the next of these faults, then takes the message."""

    faults: list[Exception]
    taken: list[EmailMessage] = field(default_factory=list)

    def deliver(self, message: EmailMessage, name: str) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.taken.append(message)


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
