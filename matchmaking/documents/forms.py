"""Which badges to print, and how."""

from typing import Self

from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from matchmaking.core.i18n import _l
from matchmaking.documents.labels import SIZES
from matchmaking.documents.orders import Paper, PrintOrder
from matchmaking.events.models import Event
from matchmaking.registration.queries import ticket_types_of
from matchmaking.web.filters import local
from matchmaking.web.forms import BaseForm, TextField

CHOICES = [SelectChoice(code, name) for code, name in SIZES.items()]


class BadgesForm(BaseForm):
    size = RadioField(_l("Size"), choices=CHOICES, default="a6")
    on_a4 = BooleanField(_l("Several on a sheet of A4, with marks to cut along"))
    ticket_type = SelectField(_l("Ticket type"), default="")
    organization = TextField(
        _l("Only those with these words in their name or organization"), most=200
    )
    unprinted = BooleanField(_l("Only those not printed yet"))
    by_organization = BooleanField(_l("In order of organizations"))

    @classmethod
    def of(cls, event: Event) -> Self:
        form = cls()
        kinds = [SelectChoice(kind.code, local(kind.name)) for kind in ticket_types_of(event)]
        form.ticket_type.choices = [SelectChoice("", _l("All")), *kinds]
        return form

    def order(self) -> PrintOrder:
        return PrintOrder(
            Paper.BADGES,
            size=self.size.data,
            on_a4=self.on_a4.data,
            ticket_type=self.ticket_type.data,
            organization=self.organization.data,
            unprinted=self.unprinted.data,
            by_organization=self.by_organization.data,
        )
