"""What was done to companies, in sentences."""

from matchmaking.companies.filters import STATUSES
from matchmaking.core.i18n import _l
from matchmaking.web.acts import act, kind_of_acts

kind_of_acts("company", _l("Companies"))
act(
    "company.created",
    _l("Entered the company: %(status)s."),
    status={status.value: name for status, name in STATUSES.items()},
)
act("company.changed", _l("Changed the company's profile."))
act("company.confirmed", _l("Confirmed the company."))
act("company.withdrawn", _l("Withdrew the company."))
act("company.limited", _l("Set how much the company meets."))
act("company.lines_changed", _l("Let the company meet at %(lines)s tables at one time."))
act("company.absences_changed", _l("Changed the times the company cannot meet."))
act("company.representative_added", _l("Let %(name)s speak for the company."))
act("company.representative_removed", _l("%(name)s no longer speaks for the company."))
act("company.imported", _l("Took companies over from a workbook: %(count)s."))
