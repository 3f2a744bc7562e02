"""Taking companies over from a workbook: first what would happen, row by row, then the deed."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaking.companies import services
from matchmaking.companies.columns import Column, columns
from matchmaking.companies.models import Company, CompanyStatus, Side
from matchmaking.companies.services import Profile
from matchmaking.companies.services.profile import sort_name
from matchmaking.core import audit
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _, _l, current_language
from matchmaking.events.models import Event


class NoNameColumn(DomainError):
    code = "no_name_column"
    message = _l("The first row must name the columns, and one of them must hold the name.")


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True)
class Line:
    """What one row of the sheet means. `number` is the row as Excel counts."""

    number: int
    name: str
    fate: Fate
    profile: Profile | None = None
    company: Company | None = None
    changes: tuple[str, ...] = ()
    problem: str = ""


def plan(event: Event, rows: Sequence[Sequence[str]]) -> list[Line]:
    """What taking the sheet over would do. Raises NoNameColumn."""
    heads = _heads(rows[0] if rows else [])
    kept = _kept(event)
    lines: list[Line] = []
    seen: set[str] = set()
    for number, row in enumerate(rows[1:], start=2):
        cells = {column: row[at] if at < len(row) else "" for at, column in heads.items()}
        if any(cells.values()):
            lines.append(_line(number, cells, kept, seen))
    return lines


def carry_out(event: Event, lines: Sequence[Line]) -> int:
    """Create and change what the plan says; how many companies that were."""
    done = 0
    for line in lines:
        if line.profile is None or line.fate is Fate.SAME:
            continue
        if line.company is None:
            services.create(event, line.profile, is_confirmed=True)
        else:
            services.change(line.company, line.profile, version=line.company.version)
        done += 1
    if done:
        audit.record("company.imported", event, count=done)
    return done


def _heads(titles: Sequence[str]) -> dict[int, Column]:
    heads = {
        at: column
        for at, title in enumerate(titles)
        for column in columns()
        if column.is_called(title)
    }
    if not {"name_vi", "name_en"} & {column.key for column in heads.values()}:
        raise NoNameColumn
    return heads


def _kept(event: Event) -> dict[str, Company]:
    """The event's companies by id, and the living ones by name."""
    query = select(Company).where(Company.event_id == event.id)
    found = db.session.scalars(query.options(selectinload(Company.sectors))).all()
    by_name = {one.sort_name: one for one in found if one.status is not CompanyStatus.WITHDRAWN}
    return by_name | {str(one.id): one for one in found}


def _line(
    number: int, cells: Mapping[Column, str], kept: Mapping[str, Company], seen: set[str]
) -> Line:
    texts = {column.key: text for column, text in cells.items()}
    name = Bilingual(texts.get("name_vi", ""), texts.get("name_en", ""))
    shown = name.vi or name.en
    company = kept.get(_as_id(texts.get("id", ""))) or kept.get(sort_name(name))
    if sort_name(name) in seen:
        return Line(number, shown, Fate.WRONG, problem=_("The sheet has this name twice."))
    seen.add(sort_name(name))
    try:
        profile = _profile(cells, company)
        services.check(profile)
    except DomainError as error:
        return Line(number, shown, Fate.WRONG, problem=str(error))
    if company is None:
        return Line(number, shown, Fate.NEW, profile)
    changes = tuple(_changes(cells, company, profile))
    return Line(number, shown, Fate.CHANGED if changes else Fate.SAME, profile, company, changes)


def _profile(cells: Mapping[Column, str], company: Company | None) -> Profile:
    """The row's values over the company's own; a column the sheet lacks stays as it is."""
    read = {column.key: column.read(text) for column, text in cells.items() if column.read}
    read.pop("id", None)
    before = services.profile_of(company) if company else _blank(read)
    values: dict[str, Any] = {}
    for key, value in read.items():
        stem, _dot, language = key.rpartition("_")
        if language in ("vi", "en"):
            text = values.get(stem) or getattr(before, stem)
            values[stem] = replace(text, **{language: value})
        elif value is not None or key == "province_code":
            values[key] = value
    if "side" in values:
        values["side"] = Side(values["side"])
    return replace(before, **values)


def _blank(read: Mapping[str, Any]) -> Profile:
    """Where nothing is said: of Viet Nam, and at the side its country tells."""
    country = read.get("country") or services.HOME
    side = Side.LOCAL if country == services.HOME else Side.FOREIGN
    return Profile(name=Bilingual(), side=side, country=country)


def _changes(cells: Mapping[Column, str], company: Company, profile: Profile) -> Iterator[str]:
    """Each differing cell as "column: before → after"."""
    if profile == services.profile_of(company):
        return
    for column, text in cells.items():
        before = str(column.write(company))
        if column.read and column.key != "id" and column.read(before) != column.read(text):
            yield f"{column.head.in_(current_language())}: {before or '–'} → {text or '–'}"


def _as_id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""
