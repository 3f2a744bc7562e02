"""The shape of a company's profile."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import Email, InputRequired, NumberRange, Optional, Regexp

from matchmaking import reference
from matchmaking.companies import queries, services
from matchmaking.companies.forms.fields import (
    Boxes,
    LanguageBoxes,
    SectorBoxes,
    address,
    by_label,
    employee_bands,
    language_choices,
    options,
)
from matchmaking.companies.models import Company, SectorRole, Side
from matchmaking.companies.services import Profile
from matchmaking.companies.services.profile import WEB_ADDRESS
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _l, current_language
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration
from matchmaking.web.filters import clock_time
from matchmaking.web.forms import BaseForm, ParagraphField, TextField, refuse

SIDES = {
    Side.LOCAL: _l("Vietnamese side"),
    Side.FOREIGN: _l("Foreign side"),
}
NOT_CHOSEN = ("", _l("Choose"))

SAME_NAMES = (
    "country",
    "province_code",
    "tax_code",
    "website",
    "contact_email",
    "employees_band",
    "languages",
    "needs_interpreter",
    "persons_at_table",
    "sector",
    "offering",
    "seeking",
)
"""Fields called as the profile calls them."""

BILINGUAL = {
    "name": "name",
    "description": "description",
    "offering": "offering_text",
    "seeking": "seeking_text",
}
"""Pairs of fields, and the text of the profile each pair is."""


class CompanyForm(BaseForm):
    name_vi = TextField(_l("Name in Vietnamese"), most=200)
    name_en = TextField(_l("Name in English"), most=200)
    country = SelectField(_l("Country"), [InputRequired(_l("Choose a country."))])
    side = RadioField(
        _l("At which side of the table do you sit?"),
        [InputRequired(_l("Choose a side."))],
        choices=options((side.value, name) for side, name in SIDES.items()),
    )
    province_code = SelectField(_l("Province"), default="")
    offering = SectorBoxes(_l("What do you offer?"))
    seeking = SectorBoxes(_l("What do you seek?"))
    sector = SectorBoxes(_l("In which other sectors do you work?"))
    offering_vi = ParagraphField(_l("What you offer, in Vietnamese"), most=1500)
    offering_en = ParagraphField(_l("What you offer, in English"), most=1500)
    seeking_vi = ParagraphField(_l("What you seek, in Vietnamese"), most=1500)
    seeking_en = ParagraphField(_l("What you seek, in English"), most=1500)
    description_vi = ParagraphField(_l("About the company, in Vietnamese"), most=3000)
    description_en = ParagraphField(_l("About the company, in English"), most=3000)
    languages = LanguageBoxes(_l("Which languages do you speak at the table?"))
    needs_interpreter = BooleanField(_l("We need an interpreter"))
    persons_at_table = IntegerField(
        _l("How many of you sit at the table?"),
        [
            InputRequired(_l("Enter a number from 1 to 9.")),
            NumberRange(1, 9, _l("Enter a number from 1 to 9.")),
        ],
        default=1,
    )
    absences = Boxes(_l("When can you not meet?"))
    website = StringField(
        _l("Website"),
        [
            Optional(),
            Regexp(
                rf"{WEB_ADDRESS.pattern}$",
                message=_l("Enter an address such as https://example.vn."),
            ),
        ],
        filters=(address,),
    )
    tax_code = TextField(_l("Tax code"), most=20)
    employees_band = SelectField(_l("Number of employees"), default="")
    contact_email = TextField(
        _l("E-mail"),
        Optional(),
        Email(_l("Enter an e-mail address such as ten@example.vn.")),
        most=254,
    )
    logo = FileField(_l("Logo"))
    version = HiddenField(default="1")
    kept_meanwhile: Sequence[tuple[str, str]] = ()

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = options([NOT_CHOSEN, *by_label(reference.countries())])
        self.province_code.choices = options([NOT_CHOSEN, *by_label(reference.provinces())])
        self.employees_band.choices = options([NOT_CHOSEN, *employee_bands()])
        self.languages.choices = options(language_choices())
        codes = [(one.code, one.labels.in_(current_language())) for one in reference.sectors()]
        for role in SectorRole:
            self[role.value].choices = options(codes)
        self.times = {time_code(start): (start, end) for start, end in queries.meeting_times(event)}
        self.zone = event.zone
        self.absences.choices = options(
            (code, f"{clock_time(start, self.zone)}–{clock_time(end, self.zone)}")
            for code, (start, end) in self.times.items()
        )

    def profile(self) -> Profile:
        """Everything but the logo, which is a file of its own."""
        values: dict[str, Any] = {name: self[name].data for name in SAME_NAMES}
        for role in SectorRole:
            values[role.value] = tuple(self[role.value].data)
        for field, column in BILINGUAL.items():
            texts = (self[f"{field}_{language}"].data or "" for language in ("vi", "en"))
            values[column] = Bilingual(*texts)
        values["languages"] = tuple(self.languages.data)
        values["website"] = self.website.data or ""
        return Profile(side=Side(self.side.data), **values)

    @property
    def seen_version(self) -> int:
        """Which version of the company its writer had before them."""
        typed = self.version.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 9 else 0

    def keep_against(self, company: Company) -> None:
        """Hold what was typed against what someone else saved meanwhile; saving again wins."""
        self.version.data = str(company.version)
        kept = values_of(company)
        self.kept_meanwhile = [
            (self[name].label.text, value)
            for name, value in kept.items()
            if isinstance(self[name], StringField)
            and name != "version"
            and value != self[name].data
        ]

    def chosen_times(self) -> list[tuple[datetime, datetime]]:
        return [self.times[code] for code in self.absences.data]

    @property
    def meeting_days(self) -> list[tuple[date, list[Any]]]:
        """The boxes of the times it cannot meet, by day."""
        days: dict[date, list[Any]] = {}
        for option in self.absences:
            start, _end = self.times[option.data]
            days.setdefault(start.astimezone(self.zone).date(), []).append(option)
        return list(days.items())


class OwnCompanyForm(CompanyForm):
    """What a representative fills in: enough for the right partners to be found."""

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if not (self.offering.data or self.seeking.data):
            refuse(
                self.offering,
                _l("Choose at least one sector you offer or seek: partners are found by it."),
            )
        if not self.languages.data:
            refuse(self.languages, _l("Choose at least one language."))
        return not self.errors


def values_of(company: Company) -> dict[str, Any]:
    """The form's fields as the company is kept now."""
    profile = services.profile_of(company)
    taken = [(row.starts_at, row.ends_at) for row in company.absences]
    return {
        **{name: getattr(profile, name) for name in SAME_NAMES},
        **{
            f"{field}_{language}": getattr(getattr(profile, column), language)
            for field, column in BILINGUAL.items()
            for language in ("vi", "en")
        },
        "side": profile.side.value,
        "province_code": profile.province_code or "",
        "absences": [
            time_code(start)
            for start, end in queries.meeting_times(company.event)
            if any(start < ends and end > starts for starts, ends in taken)
        ],
        "version": str(company.version),
    }


def values_from(delegate: Registration) -> dict[str, Any]:
    """What the registration already says about the company."""
    return {
        f"name_{delegate.language}": delegate.organization,
        "country": delegate.country,
        "side": (Side.LOCAL if delegate.country == "VN" else Side.FOREIGN).value,
        "contact_email": delegate.email,
        "languages": [delegate.language],
    }


def time_code(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%MZ")
