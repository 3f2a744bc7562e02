"""A company's meetings: the list, booking one now, moving and cancelling it."""

import uuid
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.companies.access import delegate_for_business, own_company, partner_of
from matchmaking.companies.models import Company
from matchmaking.companies.views.business import business_page
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.meetings.forms.requests import AnswerForm, TimeForm
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.own_access import meeting_of
from matchmaking.meetings.pages.own_reasons import why_no_time
from matchmaking.meetings.queries.meetings import meetings_of, partners_asked
from matchmaking.meetings.queries.standing import standings
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.errors import MeetingError
from matchmaking.meetings.services.places import free_slots
from matchmaking.meetings.views.blueprint import bp
from matchmaking.registration.models import Registration


@bp.get("/events/<slug>/business/meetings")
def mine(slug: str) -> ResponseReturnValue:
    delegate = delegate_for_business(slug)
    company = own_company(slug)
    stand = standings(company, partners_asked(company)).values()
    reasons = why_no_time(company, stand)
    return business_page(
        "meetings/mine.html",
        delegate,
        company=company,
        days=_by_day(meetings_of(company), company),
        waiting=[one for one in stand if one.partner.id in reasons],
        reasons=reasons,
        form=AnswerForm(),
    )


def _by_day(meetings: Iterable[Meeting], company: Company) -> list[tuple[date, list[Meeting]]]:
    """Meetings in order of time, under the day each falls on in the event's zone."""
    zone = company.event.zone
    by_day = groupby(meetings, key=lambda one: one.slot.starts_at.astimezone(zone).date())
    return [(day, list(ones)) for day, ones in by_day]


@bp.route("/events/<slug>/business/companies/<uuid:partner_id>/book", methods=["GET", "POST"])
def book(slug: str, partner_id: uuid.UUID) -> ResponseReturnValue:
    """Book a time both have; when another was faster, the times left are shown."""
    delegate = delegate_for_business(slug)
    company = own_company(slug)
    partner = partner_of(company, partner_id)
    form = TimeForm()
    form.offer(free_slots(company, partner), company.event.zone)
    if form.validate_on_submit():
        agreed = standings(company, [partner])[partner.id]
        try:
            with transaction():
                booking.book(
                    (company, partner), form.chosen, request=agreed.asked or agreed.asked_by
                )
            flash(_("The meeting is booked."), "success")
            return redirect(url_for("meetings.mine", slug=slug))
        except MeetingError as error:
            _refuse(form, error, company, partner)
    return _times(delegate, form, partner, None)


@bp.route("/events/<slug>/business/meetings/<uuid:meeting_id>/move", methods=["GET", "POST"])
def move(slug: str, meeting_id: uuid.UUID) -> ResponseReturnValue:
    delegate = delegate_for_business(slug)
    company = own_company(slug)
    meeting = meeting_of(company, meeting_id)
    partner = meeting.partner_of(company.id)
    form = TimeForm()
    form.offer(free_slots(company, partner), company.event.zone)
    if form.validate_on_submit():
        try:
            with transaction():
                booking.move(meeting, form.chosen)
            flash(_("The meeting is moved. Your partner is told."), "success")
            return redirect(url_for("meetings.mine", slug=slug))
        except MeetingError as error:
            _refuse(form, error, company, partner)
    return _times(delegate, form, partner, meeting)


def _refuse(form: TimeForm, error: MeetingError, company: Company, partner: Company) -> None:
    """Say why, and offer what is left now."""
    form.form_errors.append(str(error))
    form.offer(error.alternatives or free_slots(company, partner), company.event.zone)


def _times(
    delegate: Registration, form: TimeForm, partner: Company, meeting: Meeting | None
) -> ResponseReturnValue:
    page = business_page(
        "meetings/times.html", delegate, form=form, partner=partner, meeting=meeting
    )
    if request.method == "GET":
        return page
    return page, 409 if form.form_errors or form.is_late else 422


@bp.post("/events/<slug>/business/meetings/<uuid:meeting_id>/cancel")
def cancel(slug: str, meeting_id: uuid.UUID) -> ResponseReturnValue:
    company = own_company(slug)
    meeting = meeting_of(company, meeting_id)
    form = AnswerForm()
    reason = form.answer.data if form.validate() else ""
    with transaction():
        booking.call_off(meeting, company, reason=reason)
    flash(_("The meeting is cancelled. Your partner is told."), "success")
    return redirect(url_for("meetings.mine", slug=slug))
