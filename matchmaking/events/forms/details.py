"""Everything an organizer tells about an event, on one page."""

import uuid
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, Email, InputRequired, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaking.core.i18n import _, _l
from matchmaking.events.forms.fields import (
    VersionedForm,
    address_field,
    bilingual,
    day_field,
    in_zone,
    kind_choices,
    labelled,
    moment_field,
    province_choices,
    series_choices,
    typed,
    zone_choices,
)
from matchmaking.events.models import Event
from matchmaking.events.services.details import EventDetails
from matchmaking.reference import event_modules, languages, sector_tree
from matchmaking.web.colours import is_colour
from matchmaking.web.forms import ParagraphField, TextField, refuse

TEXTS = ("name", "theme", "description", "practical", "venue")
MOMENTS = ("registration_opens_at", "registration_closes_at", "check_in_opens_at")
PLAIN = (
    "kind",
    "modules",
    "starts_on",
    "ends_on",
    "timezone",
    "languages",
    "map_url",
    "online_url",
    "contact_email",
    "contact_phone",
    "expected_delegates",
    "priority_sectors",
    "slug",
    "security_list",
    "requests_per_company",
    "meetings_per_company",
    "same_side_meetings",
    "instant_booking",
)
OWN_ACCENT = "#a5211b"


def boxes(label: Any, *rules: Any) -> Any:
    """Several choices as boxes to tick."""
    return SelectMultipleField(
        label,
        list(rules),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def limit_field(label: Any) -> Any:
    return IntegerField(label, [InputRequired(), NumberRange(0, 200)])


class DetailsForm(VersionedForm):
    kind = SelectField(_l("Kind of event"), [InputRequired()])
    modules = boxes(_l("What the event has"))
    name_vi = TextField(_l("Name in Vietnamese"), DataRequired(), most=160)
    name_en = TextField(_l("Name in English"), Optional(), most=160)
    slug = TextField(
        _l("Address of the page"),
        DataRequired(),
        Regexp(
            r"[a-z0-9]+(-[a-z0-9]+)*$",
            message=_l("Use small letters without diacritics, digits and single hyphens."),
        ),
        most=80,
    )
    series = SelectField(_l("Series"))
    new_series = TextField(_l("Or a new series"), Optional(), most=160)
    edition = TextField(_l("Edition"), Optional(), most=20)
    theme_vi = TextField(_l("Theme in Vietnamese"), Optional(), most=300)
    theme_en = TextField(_l("Theme in English"), Optional(), most=300)
    description_vi = ParagraphField(_l("Introduction in Vietnamese"), Optional())
    description_en = ParagraphField(_l("Introduction in English"), Optional())
    practical_vi = ParagraphField(_l("Practical information in Vietnamese"), Optional())
    practical_en = ParagraphField(_l("Practical information in English"), Optional())

    starts_on = day_field(_l("First day"), InputRequired())
    ends_on = day_field(_l("Last day"), InputRequired())
    shift_programme = BooleanField(_l("Move the whole programme by as many days"))
    timezone = SelectField(_l("Time zone"), [InputRequired()])
    province_code = SelectField(_l("Province or city"))
    venue_vi = TextField(_l("Place in Vietnamese"), Optional(), most=300)
    venue_en = TextField(_l("Place in English"), Optional(), most=300)
    map_url = address_field(_l("Link to a map"))
    online_url = address_field(_l("Link for those who follow online"))

    languages = boxes(_l("Languages of the event"), InputRequired())
    contact_email = TextField(_l("E-mail for questions"), Optional(), Email(), most=254)
    contact_phone = TextField(
        _l("Telephone for questions"),
        Optional(),
        Regexp(r"\+?[\d ().-]{6,20}$", message=_l("Write a number like +84 237 385 2246.")),
        most=20,
    )
    expected_delegates = IntegerField(
        _l("Expected delegates"), [Optional(), NumberRange(1, 100_000)]
    )
    priority_sectors = SelectMultipleField(_l("Priority sectors"))

    registration_opens_at = moment_field(_l("Registration opens"))
    registration_closes_at = moment_field(_l("Registration closes"))
    check_in_opens_at = moment_field(_l("Check-in opens"))
    security_list = BooleanField(_l("Ask delegates for an identity number, for a security list"))

    requests_per_company = limit_field(_l("Requests a company may send"))
    meetings_per_company = limit_field(_l("Meetings a company may have"))
    same_side_meetings = BooleanField(_l("Companies of the same side may meet too"))
    instant_booking = BooleanField(_l("Companies may book a free time at once"))

    has_accent = BooleanField(_l("Give the event a colour of its own"))
    accent = TextField(_l("Colour"), Optional(), most=7)
    picture = FileField(_l("Banner"))
    remove_picture = BooleanField(_l("Remove the banner"))

    def __init__(self, event: Event, **options: Any) -> None:
        super().__init__(data=as_typed(event), **options)
        self.event = event
        self.kind.choices = kind_choices()
        self.modules.choices = labelled(event_modules())
        self.series.choices = series_choices()
        self.timezone.choices = zone_choices()
        self.province_code.choices = province_choices()
        self.languages.choices = labelled(languages())
        self.priority_sectors.choices = sector_choices()

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        return all(
            [
                is_valid,
                self._has_days_in_order(),
                self._has_closing_after_opening(),
                self._has_colour(),
            ]
        )

    def _has_days_in_order(self) -> bool:
        first, last = self.starts_on.data, self.ends_on.data
        if first and last and last < first:
            refuse(self.ends_on, _("The last day is before the first one."))
            return False
        return True

    def _has_closing_after_opening(self) -> bool:
        opens, closes = self.registration_opens_at.data, self.registration_closes_at.data
        if opens and closes and closes <= opens:
            refuse(self.registration_closes_at, _("It closes before it opens."))
            return False
        return True

    def _has_colour(self) -> bool:
        if self.has_accent.data and not is_colour(self.accent.data):
            refuse(self.accent, _("Write a colour as six digits, like #a5211b."))
            return False
        return True

    def details(self, *, series_id: uuid.UUID | None) -> EventDetails:
        """What was typed, in the series that was chosen or just made."""
        values: dict[str, Any] = {name: self[name].data for name in PLAIN}
        values |= {name: bilingual(self, name) for name in TEXTS}
        values |= {name: in_zone(self[name].data, self.timezone.data) for name in MOMENTS}
        if self.event.published_at:
            values["slug"] = self.event.slug
        return EventDetails(
            **values,
            series_id=series_id,
            edition=(self.edition.data or None) if series_id else None,
            province_code=self.province_code.data or None,
            accent=self.accent.data.lower() if self.has_accent.data else "",
        )


def as_typed(event: Event) -> dict[str, Any]:
    """The event as it stands in the fields of its form."""
    values: dict[str, Any] = {name: getattr(event, name) for name in PLAIN}
    for name in TEXTS:
        text = getattr(event, name)
        values |= {f"{name}_vi": text.vi, f"{name}_en": text.en}
    values |= {name: typed(getattr(event, name), event.zone) for name in MOMENTS}
    return values | {
        "version": str(event.version),
        "edition": event.edition or "",
        "series": event.series.slug if event.series else "",
        "province_code": event.province_code or "",
        "has_accent": bool(event.accent),
        "accent": event.accent or OWN_ACCENT,
    }


def sector_choices() -> dict[str, list[tuple[str, str]]]:
    """Each top sector with its children, as groups of one list."""
    return {
        name: labelled([top, *children])
        for (top, children), (_code, name) in zip(
            sector_tree().items(), labelled(sector_tree()), strict=True
        )
    }
