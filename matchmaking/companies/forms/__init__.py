"""The shape of what people enter about companies."""

from matchmaking.companies.forms.people import (
    ColleagueForm,
    DelegateForm,
    LimitsForm,
    LinesForm,
    WorkbookForm,
)
from matchmaking.companies.forms.profile import (
    SIDES,
    CompanyForm,
    OwnCompanyForm,
    values_from,
    values_of,
)

__all__ = [
    "SIDES",
    "ColleagueForm",
    "CompanyForm",
    "DelegateForm",
    "LimitsForm",
    "LinesForm",
    "OwnCompanyForm",
    "WorkbookForm",
    "values_from",
    "values_of",
]
