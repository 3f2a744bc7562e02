"""How evenly a schedule serves companies: all of them, and by side, country and size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matchmaking import reference
from matchmaking.companies.forms.profile import SIDES
from matchmaking.companies.models import Company
from matchmaking.core.i18n import _, current_language
from matchmaking.events.models import Event
from matchmaking.meetings.models import ScheduleRun
from matchmaking.meetings.queries.runs import Share, names_at, shares
from matchmaking.scheduling.fairness import Distribution, Served, by_group, distribution
from matchmaking.web.charts import Bar, Column, bar, columns


@dataclass(frozen=True)
class Group:
    """One way to tell companies apart: each group's placed meetings of those wanted."""

    title: str
    bars: Sequence[Bar]


@dataclass(frozen=True)
class FairnessPage:
    """`tenths`: how many companies got so much of what they wanted. `shares`: the worst first."""

    overall: Distribution
    tenths: Sequence[Column]
    groups: Sequence[Group]
    shares: Sequence[Share]

    @property
    def median_percent(self) -> int:
        return round(100 * self.overall.quartiles[1])

    @property
    def evenness_percent(self) -> int:
        return round(100 * self.overall.evenness)


def fairness_page(event: Event, run: ScheduleRun) -> FairnessPage:
    found = shares(run, names_at(event))
    companies = [share.company for share in found]
    served = [
        Served(number, share.company.side.value, share.wanted, share.wanted, share.placed)
        for number, share in enumerate(found)
    ]
    overall = distribution(served)
    return FairnessPage(
        overall=overall,
        tenths=columns(
            [(f"{10 * tenth} %", count) for tenth, count in enumerate(overall.tenths)], ticks=6
        ),
        groups=[
            _group(_("By side"), served, companies, lambda one: str(SIDES[one.side])),
            _group(_("By country"), served, companies, _country),
            _group(_("By number of employees"), served, companies, _size),
        ],
        shares=found,
    )


def _group(
    title: str,
    served: Sequence[Served],
    companies: Sequence[Company],
    label: Callable[[Company], str],
) -> Group:
    """The worst served group first; the bar is what was placed of what was wanted."""
    found = by_group(served, lambda one: label(companies[one.participant]))
    return Group(title, [bar(one.label, one.placed, of=one.wanted) for one in found])


def _country(company: Company) -> str:
    return reference.country(company.country).labels.in_(current_language())


def _size(company: Company) -> str:
    if not company.employees_band:
        return _("not said")
    band = reference.choice("employee_bands", company.employees_band)
    return band.labels.in_(current_language())
