"""What the office writes down about a breach."""

from typing import Any

from sqlalchemy import select
from wtforms import IntegerField, SelectField, ValidationError
from wtforms.validators import InputRequired, NumberRange, Optional

from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.i18n import _, _l
from matchmaking.events.forms.fields import in_zone, moment_field, sensible_year, typed
from matchmaking.events.models import Event
from matchmaking.privacy.models import Breach
from matchmaking.privacy.services.breaches import BreachInput
from matchmaking.registration.forms.fields import choices_of
from matchmaking.web.filters import local
from matchmaking.web.forms import BaseForm, ParagraphField
from matchmaking.web.moments import MomentField

MOMENTS = ("found_at", "reported_at", "people_told_at")


class BreachForm(BaseForm):
    found_at = MomentField(
        _l("When it was found"), [InputRequired(_l("The 72 hours count from here.")), sensible_year]
    )
    event = SelectField(_l("Event it concerns"))
    what = ParagraphField(
        _l("What happened"), InputRequired(_l("Write what is known so far.")), most=2000
    )
    which = ParagraphField(_l("Which data"), most=1000)
    people = IntegerField(
        _l("How many people, as far as known"), [Optional(), NumberRange(0, 10_000_000)]
    )
    measures = ParagraphField(_l("What was done about it"), most=2000)
    reported_at = moment_field(_l("Reported to the authority"))
    people_told_at = moment_field(_l("The people concerned were told"))

    def __init__(self, breach: Breach | None = None) -> None:
        super().__init__(data=_as_typed(breach))
        self._events = {event.slug: event for event in db.session.scalars(_newest_first())}
        named = [(slug, local(event.name)) for slug, event in self._events.items()]
        self.event.choices = choices_of([("", _("The whole platform")), *named])

    def validate_found_at(self, field: MomentField) -> None:
        if field.data and _at_home(field.data) > clock.now():
            raise ValidationError(_("This moment is still to come."))

    @property
    def known(self) -> BreachInput:
        return BreachInput(
            event=self._events.get(self.event.data),
            what=self.what.data,
            which=self.which.data,
            people=self.people.data,
            measures=self.measures.data,
            **{name: _at_home(self[name].data) for name in MOMENTS},
        )


def _as_typed(breach: Breach | None) -> dict[str, Any]:
    if breach is None:
        return {"found_at": typed(clock.now(), clock.HOME)}
    plain = {name: getattr(breach, name) for name in ("what", "which", "people", "measures")}
    moments = {name: typed(getattr(breach, name), clock.HOME) for name in MOMENTS}
    return {**plain, **moments, "event": breach.event.slug if breach.event else ""}


def _at_home(moment: Any) -> Any:
    return in_zone(moment, str(clock.HOME))


def _newest_first() -> Any:
    return select(Event).order_by(Event.starts_on.desc(), Event.id).limit(200)
