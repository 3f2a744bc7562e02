"""The programme on the organizer's desk."""

import uuid
from datetime import time
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import signed_in_user
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events import queries
from matchmaking.events.access import event_for_editor, event_for_viewer, may, part_of
from matchmaking.events.forms.places import ConfirmForm
from matchmaking.events.forms.session import MoveForm, Places, SessionForm, as_typed
from matchmaking.events.models import AgendaSession, Event, MemberRole
from matchmaking.events.services import programme as services
from matchmaking.events.services import trash
from matchmaking.events.services.places import add_hall
from matchmaking.events.views.blueprint import bp
from matchmaking.events.views.saving import (
    after_removing,
    is_saved,
    removed_notice,
    saved_over,
    status_of,
)
from matchmaking.web.filters import local

SESSION = "/organize/<slug>/programme/sessions/<uuid:session_id>"


@bp.get("/organize/<slug>/programme")
def programme(slug: str) -> ResponseReturnValue:
    event = event_for_viewer(slug)
    sessions = queries.sessions_of(event)
    return render_template(
        "events/programme.html",
        event=event,
        days=queries.programme_of(event, sessions),
        clashes=queries.clashes(sessions),
        halls=queries.halls_of(event),
        tracks=queries.tracks_of(event),
        removed=removed_notice(event),
        may_edit=may(signed_in_user(), event, MemberRole.EDITOR),
    )


@bp.route("/organize/<slug>/programme/sessions/new", methods=["GET", "POST"])
def new_session(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = SessionForm(event, places_of(event), data=_beginning(event))
    if is_saved(form, lambda: services.add_session(event, details_with_hall(event, form))):
        flash(_("“%(title)s” is in the programme.", title=form.title_vi.data), "success")
        return redirect(url_for("events.programme", slug=slug, _anchor=f"day-{form.day.data}"))
    page = render_template("events/session.html", event=event, form=form, session=None)
    return page, status_of(form)


def _beginning(event: Event) -> dict[str, Any]:
    """What a new session begins with: the day and the session it was asked for."""
    begun = {"day": request.args.get("day"), "parent": request.args.get("parent")}
    return {"kind": "plenary", "starts": time(9), "ends": time(10), **begun}


@bp.route(SESSION, methods=["GET", "POST"])
def session(slug: str, session_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    row = part_of(event, AgendaSession, session_id)
    form = SessionForm(event, places_of(event, without=row), data=_typed(row))
    is_changed, conflict = saved_over(form, lambda: _change(row, form), lambda: _typed(row))
    if is_changed:
        flash(_("“%(title)s” is saved.", title=local(row.title)), "success")
        return redirect(url_for("events.programme", slug=slug, _anchor=f"day-{form.day.data}"))
    page = render_template(
        "events/session.html", event=event, form=form, session=row, conflict=conflict
    )
    return page, status_of(form)


def _typed(row: AgendaSession) -> dict[str, Any]:
    return as_typed(services.details_of(row), row.event.zone, version=row.version)


def _change(row: AgendaSession, form: SessionForm) -> None:
    details = details_with_hall(row.event, form)
    services.change_session(row, details, version=form.expected_version)


def details_with_hall(event: Event, form: SessionForm) -> services.SessionDetails:
    """What was typed, in the new hall if one was named."""
    if not form.new_hall.data:
        return form.details()
    hall = add_hall(event, Bilingual(vi=form.new_hall.data))
    return form.details(hall_id=hall.id)


def places_of(event: Event, *, without: AgendaSession | None = None) -> Places:
    """Halls, tracks and the sessions others may be part of."""
    inside = {one.id for one in services.descendants(without)} if without else set()
    hidden = inside | ({without.id} if without else set())
    parents = [one for one in queries.sessions_of(event) if one.id not in hidden]
    return Places(queries.halls_of(event), queries.tracks_of(event), parents)


@bp.post(f"{SESSION}/duplicate")
def duplicate_session(slug: str, session_id: uuid.UUID) -> ResponseReturnValue:
    row = part_of(event_for_editor(slug), AgendaSession, session_id)
    with transaction():
        copy = services.duplicate_session(row)
    flash(_("This is the copy. Change what is different."), "info")
    return redirect(url_for("events.session", slug=slug, session_id=copy.id))


@bp.route(f"{SESSION}/move", methods=["GET", "POST"])
def move_session(slug: str, session_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    row = part_of(event, AgendaSession, session_id)
    starts = row.starts_at.astimezone(event.zone)
    form = MoveForm(event, data={"day": starts.date().isoformat(), "starts": starts.time()})
    if is_saved(form, lambda: services.move_session(row, form.moment())):
        flash(_("“%(title)s” is moved.", title=local(row.title)), "success")
        return redirect(url_for("events.programme", slug=slug, _anchor=f"day-{form.day.data}"))
    page = render_template("events/move_session.html", event=event, form=form, session=row)
    return page, status_of(form)


@bp.route(f"{SESSION}/remove", methods=["GET", "POST"])
def remove_session(slug: str, session_id: uuid.UUID) -> ResponseReturnValue:
    """At once where it can be undone; where sign-ups or meetings would go, after its name."""
    event = event_for_editor(slug)
    row = part_of(event, AgendaSession, session_id)
    lost, form = services.lost_with(row), ConfirmForm()
    if not lost and request.method == "POST":
        return after_removing(event, "events.programme", lambda: services.remove_session(row))
    if "confirmation" in request.form and is_saved(form, lambda: _remove(row, form)):
        flash(_("“%(title)s” is removed.", title=form.confirmation.data), "success")
        return redirect(url_for("events.programme", slug=slug))
    page = render_template(
        "events/remove_session.html", event=event, session=row, form=form, lost=lost
    )
    return page, 422 if form.errors else 200


def _remove(row: AgendaSession, form: ConfirmForm) -> None:
    services.remove_session(row, typed_name=form.confirmation.data)


BACK = {"programme": "events.programme", "hosts": "events.hosts", "booths": "events.booths"}


@bp.post("/organize/<slug>/restore")
def restore(slug: str) -> ResponseReturnValue:
    """Bring back what was removed a moment ago."""
    event = event_for_editor(slug)
    removed = removed_notice(event)
    if removed is None:
        raise trash.CannotRestore
    with transaction():
        trash.restore(event, removed.id)
    flash(_("“%(name)s” is back.", name=removed.name), "success")
    endpoint = BACK.get(request.args.get("back", ""), "events.desk")
    return redirect(url_for(endpoint, slug=slug))
