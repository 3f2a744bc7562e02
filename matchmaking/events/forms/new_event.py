"""The few questions an event begins with."""

from typing import Any

from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, Optional

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _, _l
from matchmaking.events.forms.fields import (
    bilingual,
    day_field,
    kind_choices,
    province_choices,
    series_choices,
)
from matchmaking.events.models import Event, Series
from matchmaking.events.services.lifecycle import NewEvent
from matchmaking.web.forms import BaseForm, TextField, refuse


class NewEventForm(BaseForm):
    kind = SelectField(_l("Kind of event"), [InputRequired()])
    name_vi = TextField(_l("Name in Vietnamese"), DataRequired(), most=160)
    name_en = TextField(_l("Name in English"), Optional(), most=160)
    series = SelectField(_l("Series"))
    new_series = TextField(_l("Or a new series"), Optional(), most=160)
    edition = TextField(_l("Edition"), Optional(), most=20)
    starts_on = day_field(_l("First day"), InputRequired())
    ends_on = day_field(_l("Last day"), Optional())
    province_code = SelectField(_l("Province or city"))
    venue_vi = TextField(_l("Place in Vietnamese"), Optional(), most=300)
    venue_en = TextField(_l("Place in English"), Optional(), most=300)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.kind.choices = kind_choices()
        self.series.choices = series_choices()
        self.province_code.choices = province_choices()

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        first, last = self.starts_on.data, self.ends_on.data
        if first and last and last < first:
            refuse(self.ends_on, _("The last day is before the first one."))
            return False
        return is_valid

    def answers(self, series: Series | None) -> NewEvent:
        """What was typed, in the series that was chosen or just made."""
        return NewEvent(
            kind=self.kind.data,
            name=bilingual(self, "name"),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data or self.starts_on.data,
            province_code=self.province_code.data or None,
            venue=bilingual(self, "venue"),
            series=series,
            edition=self.edition.data if series else None,
        )


class EditionForm(BaseForm):
    edition = TextField(_l("Edition"), DataRequired(), most=20)
    name_vi = TextField(_l("Name in Vietnamese"), DataRequired(), most=160)
    name_en = TextField(_l("Name in English"), Optional(), most=160)
    starts_on = day_field(_l("First day"), InputRequired())

    def take_name(self, event: Event) -> None:
        """Begin with the name of the edition before, its year or number changed."""
        if self.is_submitted():
            return
        old, new = event.edition or str(event.starts_on.year), self.edition.data
        self.name_vi.data = event.name.vi.replace(old, new)
        self.name_en.data = event.name.en.replace(old, new)

    def name(self) -> Bilingual:
        return bilingual(self, "name")
