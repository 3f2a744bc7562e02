"""A delegate as a row of a table: what the list, its export and an import call things."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matchmaking.core.i18n import _l
from matchmaking.core.text import fold
from matchmaking.registration.forms.public import ATTENDANCES
from matchmaking.registration.models import Attendance, Registration
from matchmaking.registration.own_page import STATUSES
from matchmaking.registration.person import shown_phone
from matchmaking.web.filters import local, moment
from matchmaking.web.labels import country_name


@dataclass(frozen=True)
class Column:
    """A column an import knows. `aliases` are what people write above it, folded."""

    key: str
    label: Any
    aliases: frozenset[str]

    def is_called(self, head: str) -> bool:
        return fold(head).strip(" *:.") in self.aliases


def _column(key: str, label: Any, *aliases: str) -> Column:
    return Column(key, label, frozenset(map(fold, aliases)))


COLUMNS = (
    _column("full_name", _l("Full name"), "Họ và tên", "Họ tên", "Tên", "Họ và tên đại biểu", "Full name", "Name", "Delegate"),
    _column("email", _l("E-mail"), "Email", "E-mail", "Thư điện tử", "Địa chỉ email", "E-mail address", "Email address"),
    _column("phone", _l("Telephone"), "Điện thoại", "Số điện thoại", "SĐT", "Di động", "Điện thoại di động", "Phone", "Telephone", "Mobile", "Tel"),
    _column("organization", _l("Organization"), "Cơ quan", "Đơn vị", "Cơ quan/Đơn vị", "Cơ quan, đơn vị", "Tổ chức", "Công ty", "Doanh nghiệp", "Organization", "Organisation", "Company"),
    _column("job_title", _l("Position"), "Chức vụ", "Chức danh", "Vị trí", "Position", "Title", "Job title"),
    _column("delegation", _l("Delegation"), "Đoàn", "Tên đoàn", "Delegation"),
    _column("country", _l("Country or territory"), "Quốc gia", "Quốc tịch", "Nước", "Quốc gia, vùng lãnh thổ", "Country", "Country or territory", "Nationality"),
    _column("ticket_type", _l("Ticket type"), "Loại vé", "Loại thẻ", "Loại đại biểu", "Ticket type", "Badge type", "Type"),
    _column("attendance", _l("Attendance"), "Hình thức", "Hình thức tham dự", "Cách tham dự", "Attendance", "Mode"),
    _column("language", _l("Language"), "Ngôn ngữ", "Language"),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}


def guessed(head: str) -> str:
    """The key of the column this head means; "" for none."""
    return next((column.key for column in COLUMNS if column.is_called(head)), "")


def heads() -> list[str]:
    """The first row of an export."""
    more = (_l("State"), _l("Code"), _l("Registered at"))
    return [*(str(column.label) for column in COLUMNS), *map(str, more)]


def row_of(registration: Registration) -> Sequence[str]:
    """One delegate's row of an export, all text."""
    zone = registration.event.zone
    return (
        registration.full_name,
        registration.email,
        shown_phone(registration.phone),
        registration.organization,
        registration.job_title,
        registration.delegation,
        country_name(registration.country),
        local(registration.ticket_type.name),
        str(ATTENDANCES[Attendance(registration.attendance)]),
        registration.language,
        str(STATUSES[registration.status]),
        registration.code,
        moment(registration.registered_at, zone),
    )
