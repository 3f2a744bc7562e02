"""What requests and meetings add to the pages of companies and delegates."""

import uuid
from collections.abc import Sequence

from flask import render_template, request
from markupsafe import Markup

from matchmaking.companies.models import Company
from matchmaking.companies.navigation import business_item, partner_actions
from matchmaking.companies.queries import company_of
from matchmaking.core import clock
from matchmaking.core.i18n import _l
from matchmaking.meetings.forms.requests import AskForm
from matchmaking.meetings.models import RequestStatus
from matchmaking.meetings.pages.own_reasons import why_no_time
from matchmaking.meetings.queries.meetings import meetings_of, requests_by, requests_received
from matchmaking.meetings.queries.standing import Standing, standings, waiting_for
from matchmaking.meetings.services.asking import refusals, requests_left
from matchmaking.registration.models import Registration
from matchmaking.web.panels import panel

FEW = 3


@partner_actions
def actions(company: Company, partners: Sequence[Company]) -> dict[uuid.UUID, Markup]:
    """Ask, answer, or how things stand: one line beside each partner's name."""
    stand = standings(company, partners)
    refused = refusals(company, partners)
    return {
        partner.id: _rendered(
            "meetings/_standing.html",
            company=company,
            standing=stand[partner.id],
            refusal=refused.get(partner.id),
        )
        for partner in partners
    }


@panel("partner_page", order=10)
def asking(subject: tuple[Company, Company]) -> str:
    """On a partner's page: asking with a rank and a word, and booking at once."""
    company, partner = subject
    standing = standings(company, [partner])[partner.id]
    refusal = refusals(company, [partner]).get(partner.id)
    return render_template(
        "meetings/_asking.html",
        company=company,
        event=company.event,
        standing=standing,
        refusal=refusal,
        left=requests_left(company),
        form=AskForm(formdata=None),
        may_book=_may_book(standing, refusal is None or standing.is_agreed),
        why=why_no_time(company, [standing]).get(partner.id),
    )


def _may_book(standing: Standing, is_allowed: bool) -> bool:
    return standing.partner.event.instant_booking and is_allowed and standing.meeting is None


@panel("my_page", order=10)
def next_meetings(delegate: Registration) -> str:
    """The next meeting first, then what waits for an answer."""
    company = company_of(delegate)
    if company is None or delegate.is_cancelled:
        return ""
    coming = [one for one in meetings_of(company) if one.slot.ends_at > clock.now()]
    received = requests_received(company)
    waiting = [one for one in received if one.status is RequestStatus.PENDING]
    if not (coming or waiting):
        return ""
    return render_template(
        "meetings/_my_page.html",
        company=company,
        event=company.event,
        coming=coming[:FEW],
        waiting=waiting[:FEW],
        more=len(waiting) - FEW,
    )


@panel("desk_company", order=10)
def meetings_and_requests(company: Company) -> str:
    """On the organizer's page of a company: whom it meets, and how much it asks and is asked."""
    return render_template(
        "meetings/_desk_company.html",
        company=company,
        event=company.event,
        meetings=meetings_of(company),
        received=len(requests_received(company)),
        sent=len(requests_by(company)),
    )


def _rendered(template: str, **values: object) -> Markup:
    return Markup(render_template(template, here=request.full_path, **values))  # noqa: S704


def declare_pages() -> None:
    business_item(30, _l("Requests"), "meetings.requests", icon="message-square", count=waiting_for)
    business_item(40, _l("Meetings"), "meetings.mine", icon="calendar-clock")
