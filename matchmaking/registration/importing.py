"""Taking a list of delegates over: first what would happen, row by row, then the deed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy.exc import IntegrityError

from matchmaking import reference
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _, _l
from matchmaking.core.text import fold
from matchmaking.events.models import Event
from matchmaking.registration import person, services
from matchmaking.registration.columns import BY_KEY, guessed
from matchmaking.registration.models import Attendance, Registration, TicketType
from matchmaking.registration.queries import ticket_types_of
from matchmaking.registration.services import RegistrationInput

MOST_ROWS = 2_000
LONGEST = {"organization": 200, "job_title": 120, "delegation": 120}


class ListError(DomainError):
    """The list as a whole cannot be used."""

    code: ClassVar[str] = "list_unusable"
    status: ClassVar[int] = 422


class NoHeads(ListError):
    message = _l("The first row must name the columns, a name and an e-mail address among them.")


class TooLong(ListError):
    message = _l("The list has more than 2,000 rows. Split it and send the parts.")


class Fate(StrEnum):
    NEW = "new"
    KNOWN = "known"
    WRONG = "wrong"


@dataclass
class Line:
    """One row: its cells by column, what is wrong with each, what would be registered."""

    number: int
    cells: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    wanted: RegistrationInput | None = None
    fate: Fate = Fate.NEW


@dataclass(frozen=True)
class Plan:
    """`heads` are the list's own; `keys` the column each was taken for, "" for none."""

    heads: list[str]
    keys: list[str]
    lines: list[Line]

    @property
    def columns(self) -> list[str]:
        return [key for key in BY_KEY if key in self.keys]

    def with_fate(self, fate: Fate) -> list[Line]:
        return [line for line in self.lines if line.fate is fate]


def plan(
    event: Event, rows: Sequence[Sequence[str]], default: TicketType, *, keys: Sequence[str] = ()
) -> Plan:
    """What taking the list over would do. `keys` overrules the guess about the columns."""
    heads = list(rows[0]) if rows else []
    keys = list(keys) if len(keys) == len(heads) else _guessed(heads)
    if not {"full_name", "email"} <= set(keys) and not any(map(guessed, heads)):
        raise NoHeads
    if len(rows) > MOST_ROWS + 1:
        raise TooLong
    reader = _Reader(event, default)
    lines = [
        reader.line(number, dict(zip(keys, row, strict=False))) for number, row in _filled(rows)
    ]
    return Plan(heads, keys, lines)


def prepared(event: Event, plan: Plan) -> list[tuple[Line, Registration]]:
    """What will be written for each good row, made before anything is."""
    return [
        (line, services.new_registration(event, wanted, email=wanted.email, source="import"))
        for line in plan.lines
        if (wanted := line.wanted)
    ]


def carry_out(
    event: Event, rows: Sequence[tuple[Line, Registration]], *, by_mail: bool
) -> list[Registration]:
    """Register what the plan found good; a row whose place went meanwhile is left out."""
    try:
        with db.session.begin_nested():
            people = [person for _line, person in rows]
            made = services.register_many(event, people, by_mail=by_mail)
    except IntegrityError:  # one of them has registered in this very moment
        made = _one_by_one(event, [line for line, _person in rows], by_mail=by_mail)
    audit.record("registration.imported", event, count=len(made))
    return made


def _one_by_one(event: Event, lines: Sequence[Line], *, by_mail: bool) -> list[Registration]:
    made = []
    for line in lines:
        if line.wanted is None:
            continue
        try:
            made.append(
                services.register(
                    event, line.wanted, source="import", by_organizer=True, by_mail=by_mail
                )
            )
        except (services.SoldOut, services.AlreadyRegistered) as refusal:
            line.fate, line.errors["email"] = Fate.WRONG, str(refusal)
    return made


def _guessed(heads: Sequence[str]) -> list[str]:
    """Each column once: the first head that means it."""
    keys: list[str] = []
    for head in heads:
        key = guessed(head)
        keys.append("" if key in keys else key)
    return keys


def _filled(rows: Sequence[Sequence[str]]) -> list[tuple[int, Sequence[str]]]:
    return [(number, row) for number, row in enumerate(rows[1:], start=2) if any(row)]


class _Reader:
    """Reads the rows of one list, knowing who is registered and what earlier rows took."""

    def __init__(self, event: Event, default: TicketType) -> None:
        ticket_types = ticket_types_of(event)
        self.default = default
        self.ticket_types = {
            fold(name): one
            for one in ticket_types
            for name in (one.code, one.name.vi, one.name.en)
            if name
        }
        self.left = {one.code: one.places_left for one in ticket_types}
        self.registered = services.living_addresses(event)
        self.seen: set[str] = set()

    def line(self, number: int, cells: dict[str, str]) -> Line:
        cells.pop("", None)
        line = Line(number, cells)
        values = {key: self._value(key, line) for key in BY_KEY}
        values["phone"] = self._phone(line, values["country"])
        line.fate = self._fate(line, values)
        if line.fate is Fate.NEW:
            line.wanted = RegistrationInput(**values)
        return line

    def _value(self, key: str, line: Line) -> Any:
        """What a cell means; None, with the reason beside the cell, when it means nothing."""
        text = line.cells.get(key, "")
        try:
            return _READ[key](self, text)
        except DomainError as refusal:
            line.errors[key] = str(refusal)
        except KeyError:
            line.errors[key] = _("“%(text)s” is not known here.", text=text[:60])
        return None

    def _phone(self, line: Line, country: str | None) -> str:
        try:
            return person.phone_number(line.cells.get("phone", ""), country or person.HOME)
        except DomainError as refusal:
            line.errors["phone"] = str(refusal)
            return ""

    def _fate(self, line: Line, values: Mapping[str, Any]) -> Fate:
        for key, most in LONGEST.items():
            if len(values[key]) > most:
                line.errors[key] = _("Shorten this to %(max)d letters or fewer.", max=most)
        if values["email"] in self.seen:
            line.errors["email"] = _("The list has this address twice.")
        if line.errors:
            return Fate.WRONG
        self.seen.add(values["email"])
        if values["email"] in self.registered:
            return Fate.KNOWN
        return self._place(line, values["ticket_type"], values["attendance"])

    def _place(self, line: Line, ticket_type: TicketType, attendance: Attendance | None) -> Fate:
        if attendance and attendance not in ticket_type.attendances:
            line.errors["attendance"] = str(services.AttendanceNotOffered())
            return Fate.WRONG
        left = self.left[ticket_type.code]
        if left == 0 and not ticket_type.has_waiting_list:
            line.errors["ticket_type"] = str(services.SoldOut())
            return Fate.WRONG
        if left:
            self.left[ticket_type.code] = left - 1
        return Fate.NEW

    def ticket_type(self, text: str) -> TicketType:
        return self.ticket_types[fold(text)] if text else self.default


def _country(_reader: _Reader, text: str) -> str:
    return _COUNTRIES[fold(text)] if text else person.HOME


def _plain(_reader: _Reader, text: str) -> str:
    return text


_COUNTRIES = {
    fold(name): one.code
    for one in reference.countries()
    for name in (one.code, one.labels.vi, one.labels.en, one.labels.ko, one.labels.ja)
    if name
}
_WAYS = {
    **dict.fromkeys(("", "-"), None),
    **dict.fromkeys(("in person", "in_person", "truc tiep"), Attendance.IN_PERSON),
    **dict.fromkeys(("online", "truc tuyen"), Attendance.ONLINE),
}
_LANGUAGES = {
    **dict.fromkeys(("", "vi", "vietnamese", "tieng viet", "viet"), "vi"),
    **dict.fromkeys(("en", "english", "tieng anh", "anh"), "en"),
}
_READ: dict[str, Any] = {
    "full_name": lambda _reader, text: person.full_name(text),
    "email": lambda _reader, text: person.email_address(text),
    "phone": _plain,
    "organization": _plain,
    "job_title": _plain,
    "delegation": _plain,
    "country": _country,
    "ticket_type": _Reader.ticket_type,
    "attendance": lambda _reader, text: _WAYS[fold(text)],
    "language": lambda _reader, text: _LANGUAGES[fold(text)],
}
