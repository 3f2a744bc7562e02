"""Halls and tracks, which the programme's sessions are put into."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor, part_of
from matchmaking.events.forms.places import (
    HallForm,
    NamedForm,
    TrackForm,
    hall_as_typed,
    track_as_typed,
)
from matchmaking.events.models import Event, Hall, Track
from matchmaking.events.services import places
from matchmaking.events.views.blueprint import bp
from matchmaking.events.views.saving import after_removing, saved_over, status_of


def _edited(
    event: Event,
    form: NamedForm,
    act: Callable[[], Any],
    stored: Callable[[], dict[str, Any]] = dict,
    **shown: str,
) -> ResponseReturnValue:
    """Save the form with `act`, or show it; `stored` is what is there now, in its fields."""
    is_saved, conflict = saved_over(form, act, stored)
    if is_saved:
        flash(_("Saved."), "success")
        return redirect(url_for("events.programme", slug=event.slug))
    page = render_template("events/place.html", event=event, form=form, conflict=conflict, **shown)
    return page, status_of(form)


@bp.route("/organize/<slug>/programme/halls/new", methods=["GET", "POST"])
def new_hall(slug: str) -> ResponseReturnValue:
    event, form = event_for_editor(slug), HallForm()

    def add() -> Hall:
        return places.add_hall(event, form.name(), capacity=form.capacity.data)

    return _edited(event, form, add, page_title=_("New hall"))


@bp.route("/organize/<slug>/programme/halls/<uuid:hall_id>", methods=["GET", "POST"])
def hall(slug: str, hall_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    row = part_of(event, Hall, hall_id)
    form = HallForm(row)
    remove = url_for("events.remove_hall", slug=slug, hall_id=hall_id)

    def change() -> None:
        capacity, version = form.capacity.data, form.expected_version
        places.change_hall(row, form.name(), capacity=capacity, version=version)

    return _edited(
        event, form, change, lambda: hall_as_typed(row), page_title=_("Hall"), remove=remove
    )


@bp.post("/organize/<slug>/programme/halls/<uuid:hall_id>/remove")
def remove_hall(slug: str, hall_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    row = part_of(event, Hall, hall_id)
    return after_removing(event, "events.programme", lambda: places.remove_hall(row))


@bp.route("/organize/<slug>/programme/tracks/new", methods=["GET", "POST"])
def new_track(slug: str) -> ResponseReturnValue:
    event, form = event_for_editor(slug), TrackForm()

    def add() -> Track:
        return places.add_track(event, form.code.data, form.name())

    return _edited(event, form, add, page_title=_("New track"))


@bp.route("/organize/<slug>/programme/tracks/<uuid:track_id>", methods=["GET", "POST"])
def track(slug: str, track_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    row = part_of(event, Track, track_id)
    form = TrackForm(row)
    remove = url_for("events.remove_track", slug=slug, track_id=track_id)

    def change() -> None:
        places.change_track(row, form.code.data, form.name(), version=form.expected_version)

    return _edited(
        event, form, change, lambda: track_as_typed(row), page_title=_("Track"), remove=remove
    )


@bp.post("/organize/<slug>/programme/tracks/<uuid:track_id>/remove")
def remove_track(slug: str, track_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    row = part_of(event, Track, track_id)
    return after_removing(event, "events.programme", lambda: places.remove_track(row))
