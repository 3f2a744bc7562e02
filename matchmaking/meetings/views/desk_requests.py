"""The organizer's view of requests: all of them, and acting for a company."""

import uuid
from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.companies.access import may_edit
from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor, event_for_viewer
from matchmaking.events.models import Event
from matchmaking.meetings.forms.requests import PairForm
from matchmaking.meetings.models import MeetingRequest, RequestStatus
from matchmaking.meetings.own_access import request_at
from matchmaking.meetings.queries import desk
from matchmaking.meetings.services import requests as services
from matchmaking.meetings.views.blueprint import bp
from matchmaking.web.pagination import paginate
from matchmaking.web.paths import own_path


@bp.get("/organize/<slug>/requests")
def desk_requests(slug: str) -> ResponseReturnValue:
    return _list(event_for_viewer(slug))


def _list(event: Event, form: PairForm | None = None) -> str:
    wanted = _wanted()
    page = paginate(desk.requests_at(event, wanted))
    is_editor = may_edit(event)
    return render_template(
        "meetings/desk_requests.html",
        event=event,
        page=page,
        wanted=wanted,
        counts=desk.request_counts(event),
        meetings=desk.meetings_between(page.rows),
        may_edit=is_editor,
        form=form
        or (PairForm(desk.companies_to_meet(event), formdata=None) if is_editor else None),
    )


def _wanted() -> desk.Wanted:
    status, meeting = request.args.get("status", ""), request.args.get("meeting", "")
    return desk.Wanted(
        words=request.args.get("q", "")[:100],
        status=RequestStatus(status) if status in set(RequestStatus) else None,
        has_meeting={"yes": True, "no": False}.get(meeting),
    )


@bp.post("/organize/<slug>/requests")
def add_request(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = PairForm(desk.companies_to_meet(event))
    if form.validate():
        sender, receiver = form.pair
        try:
            with transaction():
                services.send(
                    sender, receiver, priority=form.priority.data, message=form.message.data
                )
            flash(_("The request is entered, and the company asked is told."), "success")
            return redirect(url_for("meetings.desk_requests", slug=slug))
        except DomainError as error:
            form.form_errors.append(str(error))
    return _list(event, form), 422


def _act(
    slug: str, request_id: uuid.UUID, act: Callable[[MeetingRequest], MeetingRequest]
) -> ResponseReturnValue:
    """Answer for a company; both are told as if it had answered itself."""
    asked = request_at(event_for_editor(slug), request_id)
    with transaction():
        act(asked)
    flash(_("Done on the company's behalf."), "success")
    back = own_path(request.form.get("next")) or url_for("meetings.desk_requests", slug=slug)
    return redirect(back)


@bp.post("/organize/<slug>/requests/<uuid:request_id>/accept")
def accept_for(slug: str, request_id: uuid.UUID) -> ResponseReturnValue:
    return _act(slug, request_id, services.accept)


@bp.post("/organize/<slug>/requests/<uuid:request_id>/decline")
def decline_for(slug: str, request_id: uuid.UUID) -> ResponseReturnValue:
    return _act(slug, request_id, services.decline)


@bp.post("/organize/<slug>/requests/<uuid:request_id>/withdraw")
def withdraw_for(slug: str, request_id: uuid.UUID) -> ResponseReturnValue:
    return _act(slug, request_id, services.withdraw)
