"""Small forms: who comes, at how many tables, how much a company may meet."""

import uuid
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from matchmaking.companies import queries
from matchmaking.companies.forms.fields import options
from matchmaking.companies.models import Company
from matchmaking.companies.services import Limits
from matchmaking.core.i18n import _l
from matchmaking.web.forms import BaseForm, TextField


class LinesForm(BaseForm):
    lines = IntegerField(
        _l("Tables at one time"),
        [
            InputRequired(_l("Enter a number from 1 to 9.")),
            NumberRange(1, 9, _l("Enter a number from 1 to 9.")),
        ],
    )


class LimitsForm(LinesForm):
    """What only an organizer decides."""

    max_meetings = IntegerField(
        _l("Most meetings"), [Optional(), NumberRange(1, 99, _l("Enter a number from 1 to 99."))]
    )
    booth = SelectField(_l("Booth"), default="")

    def __init__(self, company: Company, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = queries.free_booths(company)
        self.booth.choices = options(
            [("", _l("None")), *((str(one.id), one.number) for one in free)]
        )

    @classmethod
    def of(cls, company: Company) -> "LimitsForm":
        """As the company's limits are now."""
        kept = {
            "lines": company.lines,
            "max_meetings": company.max_meetings,
            "booth": str(company.booth_id or ""),
        }
        return cls(company, formdata=None, data=kept)

    def limits(self) -> Limits:
        booth_id = uuid.UUID(self.booth.data) if self.booth.data else None
        return Limits(lines=self.lines.data, max_meetings=self.max_meetings.data, booth_id=booth_id)


class ColleagueForm(BaseForm):
    code = TextField(
        _l("Registration code of your colleague"),
        DataRequired(_l("Enter the code, such as K7QM2X9D.")),
        most=20,
    )


class DelegateForm(BaseForm):
    """An organizer may also name a delegate by e-mail."""

    code = TextField(
        _l("Registration code or e-mail of a delegate"),
        DataRequired(_l("Enter a code such as K7QM2X9D, or an e-mail address.")),
        most=254,
    )


class WorkbookForm(BaseForm):
    workbook = FileField(
        _l("Excel workbook (.xlsx)"), [FileRequired(_l("Choose a workbook on your device."))]
    )
