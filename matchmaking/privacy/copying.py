"""A person's copy of their data: one file for people, and the same for programs."""

import io
import json
import zipfile

from matchmaking.accounts.models import User
from matchmaking.core import audit, clock
from matchmaking.core.spreadsheets import Sheet, write_sheets
from matchmaking.meetings.models import Interpreter
from matchmaking.privacy.holdings import Table, held_about
from matchmaking.privacy.holdings.table import both
from matchmaking.privacy.person import Person
from matchmaking.registration.models import Registration

WORKBOOK, RECORD = "du-lieu-ca-nhan.xlsx", "personal-data.json"


def copy_of(person: Person) -> bytes:
    """A ZIP with a workbook and the same as JSON, its words in both languages."""
    tables = list(held_about(person))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(WORKBOOK, write_sheets([_sheet(table) for table in tables]))
        archive.writestr(RECORD, _record(tables))
    return written.getvalue()


def note_copied(held: Registration | Interpreter | User) -> None:
    """Write down that the office made a copy; a delegate's own is nobody's business."""
    audit.record("personal_data.copied", held)


def _sheet(table: Table) -> Sheet:
    return Sheet(both(table.title), [both(head) for head in table.heads], table.rows)


def _record(tables: list[Table]) -> str:
    content = {
        "made_at": clock.now().isoformat(),
        "held": [
            {
                "title": both(table.title),
                "rows": [dict(zip(map(both, table.heads), row, strict=True)) for row in table.rows],
            }
            for table in tables
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)
