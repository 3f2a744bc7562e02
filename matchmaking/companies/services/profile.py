"""What a company says about itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select

from matchmaking import reference
from matchmaking.companies.models import Company, CompanySector, CompanyStatus, SectorRole, Side
from matchmaking.companies.signals import company_changed
from matchmaking.core import audit
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db, lock
from matchmaking.core.errors import DomainError
from matchmaking.core.files import StoredFile
from matchmaking.core.i18n import _l
from matchmaking.core.text import fold, sort_key
from matchmaking.events.models import Event
from matchmaking.reference.lookup import Coded

MOST_SECTORS = 12
"""In each of the three lists; more would say nothing about a company."""

MOST_LETTERS = {
    "name": 200,
    "description": 3000,
    "offering_text": 1500,
    "seeking_text": 1500,
    "website": 300,
    "contact_email": 254,
    "tax_code": 20,
}

WEB_ADDRESS = re.compile(r"https?://[^\s/]+\.\S{2,280}")

HOME = "VN"
"""The country whose provinces are known."""

NOTHING = Bilingual()


class CompanyError(DomainError):
    """A company may not be kept like this."""


class NamelessCompany(CompanyError):
    code = "nameless_company"
    message = _l("Give the company's name, in Vietnamese or in English.")


class CompanyAlreadyThere(CompanyError):
    code = "company_already_there"
    message = _l("“%(name)s” is already on the list of companies of this event.")


class UnknownChoice(CompanyError):
    code = "unknown_choice"
    message = _l("“%(value)s” is not on the list.")


class TooManySectors(CompanyError):
    code = "too_many_sectors"
    message = _l("Choose at most %(most)d sectors in each list.")


class TooLong(CompanyError):
    code = "too_long"
    message = _l("“%(start)s…” is too long: at most %(most)d letters.")


class BadWebsite(CompanyError):
    code = "bad_website"
    message = _l("Enter an address such as https://example.vn.")


class CompanyChangedMeanwhile(CompanyError):
    code = "company_changed_meanwhile"
    message = _l(
        "Someone else has changed this company in the meantime. "
        "What you wrote is kept below; compare it and save again."
    )


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The values of the profile form. Sectors, languages and places are codes of the lists."""

    name: Bilingual
    side: Side
    country: str
    province_code: str | None = None
    tax_code: str = ""
    website: str = ""
    contact_email: str = ""
    employees_band: str = ""
    description: Bilingual = NOTHING
    offering_text: Bilingual = NOTHING
    seeking_text: Bilingual = NOTHING
    languages: tuple[str, ...] = ()
    needs_interpreter: bool = False
    persons_at_table: int = 1
    sector: tuple[str, ...] = ()
    offering: tuple[str, ...] = ()
    seeking: tuple[str, ...] = ()

    def sectors(self, role: SectorRole) -> tuple[str, ...]:
        chosen: tuple[str, ...] = getattr(self, role.value)
        return tuple(dict.fromkeys(chosen))


COLUMNS = [one.name for one in fields(Profile) if one.name not in set(SectorRole)]


def profile_of(company: Company) -> Profile:
    """What the company says of itself now."""
    values: dict[str, Any] = {name: getattr(company, name) for name in COLUMNS}
    values["languages"] = tuple(company.languages)
    for role in SectorRole:
        values[role.value] = tuple(company.sector_ids(role))
    return Profile(**values)


def whole_address(text: str) -> str:
    """A web address as people type it: `dongson.vn` is meant as https."""
    return text if not text or "://" in text else f"https://{text}"


def create(event: Event, profile: Profile, *, is_confirmed: bool = False) -> Company:
    """A company at the event: pending until an organizer confirms it, or confirmed at once."""
    company = Company(
        event=event,
        status=CompanyStatus.CONFIRMED if is_confirmed else CompanyStatus.PENDING,
    )
    check(profile)
    _check_new(event, profile, besides=None)
    _apply(company, profile)
    db.session.add(company)
    db.session.flush()
    audit.record("company.created", company, status=company.status.value)
    company_changed.send(company)
    return company


def change(company: Company, profile: Profile, *, version: int) -> None:
    """Keep the new profile, unless the row is no longer the `version` the writer saw."""
    lock(company)
    if company.version != version:
        raise CompanyChangedMeanwhile(company)
    check(profile)
    _check_new(company.event, profile, besides=company)
    if changed := _apply(company, profile):
        company.version += 1
        db.session.flush()
        audit.record("company.changed", company, fields=changed)
        company_changed.send(company)


def check(profile: Profile) -> None:
    """Refuse a profile that could not be kept at any event."""
    if not profile.name:
        raise NamelessCompany
    for name, most in MOST_LETTERS.items():
        value = getattr(profile, name)
        for text in (value.vi, value.en) if isinstance(value, Bilingual) else (value,):
            if len(text) > most:
                raise TooLong(start=text[:20], most=most)
    if profile.website and not WEB_ADDRESS.fullmatch(profile.website):
        raise BadWebsite
    _check_codes([profile.country], reference.countries())
    _check_codes([profile.province_code or ""], reference.provinces())
    _check_codes([profile.employees_band], reference.choices("employee_bands"))
    _check_codes(profile.languages, reference.languages())
    for role in SectorRole:
        _check_codes(profile.sectors(role), reference.sectors())
        if len(profile.sectors(role)) > MOST_SECTORS:
            raise TooManySectors(most=MOST_SECTORS)


def _check_codes(codes: Iterable[str], things: Iterable[Coded]) -> None:
    known = {thing.code for thing in things} | {""}
    for code in codes:
        if code not in known:
            raise UnknownChoice(value=code)


def _check_new(event: Event, profile: Profile, *, besides: Company | None) -> None:
    """No second company of this name; a tax code tells two of one name apart."""
    twins = select(Company).where(
        Company.event_id == event.id,
        Company.sort_name == sort_name(profile.name),
        Company.status != CompanyStatus.WITHDRAWN,
    )
    for twin in db.session.scalars(twins):
        told_apart = twin.tax_code and profile.tax_code and twin.tax_code != profile.tax_code
        if twin is not besides and not told_apart:
            raise CompanyAlreadyThere(twin, name=profile.name.vi or profile.name.en)


def _apply(company: Company, profile: Profile) -> list[str]:
    """Copy the profile to the row; the names of what differed."""
    values = {name: getattr(profile, name) for name in COLUMNS}
    values["languages"] = list(dict.fromkeys(profile.languages))
    values["province_code"] = (profile.province_code or None) if profile.country == HOME else None
    changed = [name for name, value in values.items() if getattr(company, name) != value]
    for name in changed:
        setattr(company, name, values[name])
    changed += [role.value for role in SectorRole if _apply_sectors(company, profile, role)]
    company.sort_name = sort_name(profile.name)
    company.search_text = _search_text(company)
    return changed


def _apply_sectors(company: Company, profile: Profile, role: SectorRole) -> bool:
    wanted, kept = set(profile.sectors(role)), set(company.sector_ids(role))
    for row in [row for row in company.sectors if row.role is role]:
        if row.sector_id not in wanted:
            company.sectors.remove(row)
    for sector_id in sorted(wanted - kept):
        company.sectors.append(CompanySector(role=role, sector_id=sector_id))
    return wanted != kept


def sort_name(name: Bilingual) -> str:
    """By what a company is sorted, and known as the same."""
    return sort_key(name.vi or name.en)[:500]


def _search_text(company: Company) -> str:
    """Everything a company may be looked for by, without diacritics."""
    texts = [company.name, company.description, company.offering_text, company.seeking_text]
    words = [text for one in texts for text in (one.vi, one.en)]
    labels = [reference.sector(row.sector_id).labels for row in company.sectors]
    labels.append(reference.country(company.country).labels)
    words += [word for label in labels for word in (label.vi, label.en)]
    if company.province_code:
        words += reference.province(company.province_code).search_names
    return fold(" ".join([*words, company.tax_code]))


def set_logo(company: Company, logo: StoredFile) -> None:
    company.logo_id = logo.id
    db.session.flush()
    audit.record("company.changed", company, fields=["logo_id"])
