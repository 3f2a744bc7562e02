"""The exhibition's booths."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core.i18n import _
from matchmaking.events import queries
from matchmaking.events.access import event_for_editor, event_for_viewer, part_of
from matchmaking.events.forms.places import NewBoothsForm, OneBoothForm, booth_as_typed
from matchmaking.events.labels import BOOTH_KINDS
from matchmaking.events.models import Booth, Event
from matchmaking.events.services import places
from matchmaking.events.views.blueprint import bp
from matchmaking.events.views.saving import (
    after_removing,
    is_saved,
    removed_notice,
    saved_over,
    status_of,
)


@bp.get("/organize/<slug>/booths")
def booths(slug: str) -> ResponseReturnValue:
    event = event_for_viewer(slug)
    return render_template(
        "events/booths.html",
        event=event,
        booths=queries.booths_of(event),
        kinds=BOOTH_KINDS,
        removed=removed_notice(event),
    )


@bp.route("/organize/<slug>/booths/new", methods=["GET", "POST"])
def new_booths(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = NewBoothsForm(queries.halls_of(event))
    if is_saved(form, lambda: _add(event, form)):
        flash(_("Booths added: %(numbers)s.", numbers=form.numbers.data), "success")
        return redirect(url_for("events.booths", slug=slug))
    page = render_template("events/booth.html", event=event, form=form, booth=None)
    return page, status_of(form)


def _add(event: Event, form: NewBoothsForm) -> None:
    places.add_booths(event, places.booth_numbers(form.numbers.data), form.details())


@bp.route("/organize/<slug>/booths/<uuid:booth_id>", methods=["GET", "POST"])
def booth(slug: str, booth_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    row = part_of(event, Booth, booth_id)
    form = OneBoothForm(queries.halls_of(event), row)

    def change() -> None:
        number, version = form.number.data, form.expected_version
        places.change_booth(row, number, form.details(), version=version)

    is_changed, conflict = saved_over(form, change, lambda: booth_as_typed(row))
    if is_changed:
        flash(_("Saved."), "success")
        return redirect(url_for("events.booths", slug=slug))
    page = render_template(
        "events/booth.html", event=event, form=form, booth=row, conflict=conflict
    )
    return page, status_of(form)


@bp.post("/organize/<slug>/booths/<uuid:booth_id>/remove")
def remove_booth(slug: str, booth_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    row = part_of(event, Booth, booth_id)
    return after_removing(event, "events.booths", lambda: places.remove_booth(row))
