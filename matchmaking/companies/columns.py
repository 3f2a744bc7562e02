"""A company as a row of a workbook: what is written is what can be read back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from matchmaking import reference
from matchmaking.companies.models import Company, CompanyStatus, SectorRole, Side
from matchmaking.companies.services import UnknownChoice
from matchmaking.companies.services.profile import whole_address
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import current_language
from matchmaking.core.text import fold

Read = Callable[[str], Any]

YES = {"x", "1", "co", "yes", "true", "can"}


@dataclass(frozen=True)
class Column:
    """`key` names a value of the profile, with `_vi` or `_en` for one language of it.

    A column without `read` is only written.
    """

    key: str
    head: Bilingual
    write: Callable[[Company], Any]
    read: Read | None = None

    @property
    def title(self) -> str:
        """Both languages, so that either office knows the column."""
        return f"{self.head.vi}\n{self.head.en}"

    def is_called(self, title: str) -> bool:
        """Whether a sheet's head means this column: both languages, one of them, or the key."""
        return fold(title) in {
            fold(self.title.replace("\n", " ")),
            fold(self.head.vi),
            fold(self.head.en),
            self.key,
        }


def columns() -> list[Column]:
    """Every column, in the order of the sheet."""
    return [
        Column("id", Bilingual("Mã", "Id"), lambda one: str(one.id), read=str),
        *_bilingual("name", Bilingual("Tên", "Name")),
        _listed("side", Bilingual("Phía", "Side"), _sides(), lambda one: one.side),
        _listed("country", Bilingual("Quốc gia", "Country"), _named(reference.countries())),
        _listed("province_code", Bilingual("Tỉnh, thành phố", "Province"), _provinces()),
        _list("offering", Bilingual("Cung cấp (lĩnh vực)", "Offers (sectors)")),
        _list("seeking", Bilingual("Cần tìm (lĩnh vực)", "Seeks (sectors)")),
        _list("sector", Bilingual("Lĩnh vực khác", "Other sectors")),
        *_bilingual("offering_text", Bilingual("Cung cấp (mô tả)", "Offers (in words)")),
        *_bilingual("seeking_text", Bilingual("Cần tìm (mô tả)", "Seeks (in words)")),
        *_bilingual("description", Bilingual("Giới thiệu", "About")),
        Column(
            "languages",
            Bilingual("Ngôn ngữ", "Languages"),
            lambda one: _join(reference.language(code).labels for code in one.languages),
            lambda text: tuple(_code(part, _languages()) for part in _parts(text)),
        ),
        Column(
            "needs_interpreter",
            Bilingual("Cần phiên dịch", "Needs an interpreter"),
            lambda one: "x" if one.needs_interpreter else "",
            lambda text: fold(text) in YES,
        ),
        Column(
            "persons_at_table",
            Bilingual("Số người tại bàn", "Persons at the table"),
            lambda one: one.persons_at_table,
            _number,
        ),
        _plain("website", Bilingual("Trang web", "Website"), read=whole_address),
        _plain("contact_email", Bilingual("Email", "E-mail")),
        _plain("tax_code", Bilingual("Mã số thuế", "Tax code")),
        _plain("employees_band", Bilingual("Số lao động", "Employees")),
        Column("people", Bilingual("Người tham dự", "Who comes"), _people),
        Column("status", Bilingual("Tình trạng", "State"), _status),
    ]


def _plain(key: str, head: Bilingual, *, read: Callable[[str], Any] = str) -> Column:
    return Column(key, head, lambda one: getattr(one, key), read)


def _bilingual(key: str, head: Bilingual) -> list[Column]:
    return [
        Column(
            f"{key}_{language}",
            Bilingual(f"{head.vi} ({name.vi})", f"{head.en} ({name.en})"),
            lambda one, language=language: getattr(getattr(one, key), language),  # type: ignore[misc]
            str,
        )
        for language, name in (
            ("vi", Bilingual("tiếng Việt", "Vietnamese")),
            ("en", Bilingual("tiếng Anh", "English")),
        )
    ]


def _listed(
    key: str,
    head: Bilingual,
    codes: Mapping[str, str],
    value: Callable[[Company], str | None] | None = None,
) -> Column:
    """One of a list, written by its name, read by code or name in either language."""

    def write(one: Company) -> str:
        code = value(one) if value else getattr(one, key)
        return _NAMES[key](code) if code else ""

    return Column(key, head, write, lambda text: _code(text, codes) if text else None)


def _list(key: str, head: Bilingual) -> Column:
    """Sectors of one role, with semicolons between."""
    return Column(
        key,
        head,
        lambda one: _join(
            reference.sector(code).labels for code in one.sector_ids(SectorRole(key))
        ),
        lambda text: tuple(_code(part, _named(reference.sectors())) for part in _parts(text)),
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:3]) <= 9):
        raise UnknownChoice(value=text)
    return int(text)


def _people(company: Company) -> str:
    return "; ".join(row.registration.full_name for row in company.representatives)


def _status(company: Company) -> str:
    return _STATUSES[company.status].in_(current_language())


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _join(labels: Iterable[reference.Labels]) -> str:
    return "; ".join(one.in_(current_language()) for one in labels)


def _code(text: str, codes: Mapping[str, str]) -> str:
    """The code behind a name as people write it; raises UnknownChoice."""
    if (code := codes.get(fold(text))) is None:
        raise UnknownChoice(value=text)
    return code


def _named(
    things: Iterable[reference.Choice | reference.Sector | reference.Language],
) -> dict[str, str]:
    """Code, Vietnamese and English name of each, folded, to its code."""
    return {
        fold(name): one.code for one in things for name in (one.labels.vi, one.labels.en, one.code)
    }


@cache
def _languages() -> dict[str, str]:
    native = {fold(one.native): one.code for one in reference.languages()}
    return native | _named(reference.languages())


@cache
def _provinces() -> dict[str, str]:
    return {
        fold(name): one.code
        for one in reference.provinces()
        for name in (one.code, *one.search_names)
    }


@cache
def _sides() -> dict[str, str]:
    return {
        fold(name): side.value
        for side, names in _SIDES.items()
        for name in (side.value, names.vi, names.en)
    }


_SIDES = {
    Side.LOCAL: Bilingual("Phía Việt Nam", "Vietnamese side"),
    Side.FOREIGN: Bilingual("Phía nước ngoài", "Foreign side"),
}
_STATUSES = {
    CompanyStatus.PENDING: Bilingual("Chờ xác nhận", "Waiting for confirmation"),
    CompanyStatus.CONFIRMED: Bilingual("Đã xác nhận", "Confirmed"),
    CompanyStatus.WITHDRAWN: Bilingual("Đã rút", "Withdrawn"),
}
_NAMES: dict[str, Callable[[str], str]] = {
    "side": lambda code: _SIDES[Side(code)].in_(current_language()),
    "country": lambda code: reference.country(code).labels.in_(current_language()),
    "province_code": lambda code: reference.province(code).labels.in_(current_language()),
}
