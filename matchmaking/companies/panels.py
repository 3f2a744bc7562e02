"""What companies add to the pages of lower features."""

from flask import render_template

from matchmaking.companies import queries
from matchmaking.core.i18n import current_language
from matchmaking.events.models import Event
from matchmaking.reference import country, sector
from matchmaking.registration.models import Registration
from matchmaking.web.charts import bar, bars
from matchmaking.web.panels import panel

FEW = 8


@panel("my_page", order=40)
def business_of(delegate: Registration) -> str:
    """The way to the company's pages, or to creating the company."""
    company = queries.company_of(delegate)
    if delegate.is_cancelled or not (company or delegate.ticket_type.meets_companies):
        return ""
    return render_template("companies/_my_page.html", delegate=delegate, company=company)


@panel("event_page", order=40)
def who_comes(event: Event) -> str:
    """Confirmed companies by country and by sector."""
    countries = queries.by_country(event)
    if not countries:
        return ""
    return render_template(
        "companies/_event_page.html",
        event=event,
        total=sum(count for _code, count in countries),
        countries=bars([bar(_country(code), count) for code, count in countries[:FEW]]),
        sectors=bars([bar(_sector(code), count) for code, count in queries.by_branch(event)[:FEW]]),
    )


@panel("desk_overview", order=40)
def companies_at_a_glance(event: Event) -> str:
    """Figures an organizer acts on, each leading to the list behind it."""
    figures = queries.figures(event)
    if not (event.has("b2b") or figures.total):
        return ""
    return render_template("companies/_desk_overview.html", event=event, figures=figures)


def _country(code: str) -> str:
    return country(code).labels.in_(current_language())


def _sector(code: str) -> str:
    return sector(code).labels.in_(current_language())
