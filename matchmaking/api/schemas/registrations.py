"""Registrations: what is sent and what is answered."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, create_model

from matchmaking.api.schemas.base import (
    Input,
    Line,
    Lines,
    Listing,
    ListQuery,
    Moment,
    OneOf,
    Output,
    without_defaults,
)
from matchmaking.reference import choices, countries
from matchmaking.registration.answers import SCREENS, Question
from matchmaking.registration.models import Attendance, RegistrationStatus
from matchmaking.registration.purposes import BY_CODE, PROCESSING

LONG = 300
NAME = r"\p{L}[\s\S]*\p{L}"
"""Two letters at least."""
_ATOM = r"[^@\s.<>()\[\],;:\\\x22]+"
EMAIL = rf"^{_ATOM}(\.{_ATOM})*@({_ATOM}\.)+{_ATOM}$"
PHONE = r"^(\+?[0-9][0-9 .()/-]{4,30})?$"
CODE = "^[A-Za-z0-9_-]+$"
FullName = Annotated[str, Line(120, NAME)]
Email = Annotated[str, Line(254, EMAIL, "email")]
TicketTypeCode = Annotated[str, Line(40, CODE)]
Country = Annotated[str, OneOf(tuple(country.code for country in countries()))]
SALUTATIONS = ("", *(choice.code for choice in choices("honorifics")))
Purpose = Annotated[str, OneOf(tuple(BY_CODE))]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _field_of(question: Question) -> Any:
    """The type of an answer; where several may be chosen, one alone may stand without its list."""
    if not question.choices:
        return Annotated[str, (Lines if question.most > LONG else Line)(question.most)]
    one = Annotated[str, OneOf(tuple(choice.code for choice in choices(question.choices)))]
    several = BeforeValidator(_as_list, json_schema_input_type=one | list[one])
    return Annotated[list[one], several] if question.several else one


_QUESTIONS = [question for screen in SCREENS for question in screen.questions]
_FIELDS: Any = {question.code: (_field_of(question), "") for question in _QUESTIONS}


class _Answers(Input):
    model_config = ConfigDict(json_schema_extra=without_defaults)


Answers: Any = create_model(
    "Answers",
    __base__=_Answers,
    __doc__="Answers to the later questions; all are optional.",
    **_FIELDS,
)


class Person(Input):
    """What a delegate says of themself; the rules of names and addresses are the service's."""

    organization: Annotated[str, Line(200)] = ""
    job_title: Annotated[str, Line(120)] = ""
    salutation: Annotated[str, OneOf(SALUTATIONS)] = ""
    delegation: Annotated[str, Line(120)] = ""
    country: Country = "VN"
    phone: Annotated[str, Line(32, PHONE)] = ""
    language: Literal["vi", "en"] = "vi"
    attendance: Attendance | None = None
    answers: Answers = None


class NewRegistration(Person):
    """A delegate who wants a place. The consent `processing` is needed."""

    full_name: FullName
    email: Email
    ticket_type: TicketTypeCode
    consents: Annotated[
        frozenset[Purpose], Field(json_schema_extra={"contains": {"const": PROCESSING}})
    ]


class RegistrationChange(Person):
    """What shall be different; what is not named stays as it is."""

    model_config = ConfigDict(json_schema_extra=without_defaults)

    full_name: FullName = ""
    email: Email = ""
    ticket_type: TicketTypeCode = ""
    note: Annotated[str, Line(500)] = ""


class Decision(Input):
    """Why; the sentence goes into the delegate's letter."""

    reason: Annotated[str, Line(300)] = ""


class RegistrationQuery(ListQuery):
    """`q` is looked for in names, organizations, addresses and codes, without diacritics."""

    q: Annotated[str, Line(200)] = ""
    status: RegistrationStatus | None = None
    ticket_type: Annotated[str, Line(40)] = ""


class Links(Output):
    """Addresses for the delegate; the papers are null until the place is confirmed."""

    manage: str | None
    badge_pdf: str | None
    agenda_pdf: str | None
    agenda_ics: str | None


class RegistrationOut(Output):
    """A delegate's place. `badge_token` is what the badge's QR carries."""

    code: str
    status: RegistrationStatus
    full_name: str
    ticket_type: str
    badge_token: str | None
    registered_at: Moment
    links: Links


class RegistrationDetails(RegistrationOut):
    """All that is known of a delegate. A `read` token sees neither badge token nor links."""

    email: str
    organization: str
    job_title: str
    salutation: str
    delegation: str
    country: str
    phone: str
    language: str
    attendance: Attendance
    answers: dict[str, Any]
    note: str
    confirmed_at: Moment | None
    cancelled_at: Moment | None


RegistrationList = Listing[RegistrationDetails]
