"""Rows for tests: every value has a default, so a test names only what matters to it."""

from tests.factories.accounts import make_administrator, make_member, make_user
from tests.factories.api import make_webhook
from tests.factories.companies import make_company, make_representative
from tests.factories.events import make_event, make_session
from tests.factories.meetings import make_interpreter, make_request, make_slots, make_tables
from tests.factories.registration import make_badge, make_registration, make_ticket_type

__all__ = [
    "make_administrator",
    "make_badge",
    "make_company",
    "make_event",
    "make_interpreter",
    "make_member",
    "make_registration",
    "make_representative",
    "make_request",
    "make_session",
    "make_slots",
    "make_tables",
    "make_ticket_type",
    "make_user",
    "make_webhook",
]
