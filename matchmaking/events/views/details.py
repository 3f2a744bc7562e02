"""The details of an event."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor
from matchmaking.events.forms.details import DetailsForm, as_typed
from matchmaking.events.forms.places import uploaded
from matchmaking.events.models import Event
from matchmaking.events.services.details import change_banner, change_event
from matchmaking.events.services.lifecycle import chosen_series
from matchmaking.events.views.blueprint import bp
from matchmaking.events.views.saving import saved_over, status_of


@bp.route("/organize/<slug>/details", methods=["GET", "POST"])
def details(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = DetailsForm(event)
    is_saved, conflict = saved_over(form, lambda: _save(event, form), lambda: as_typed(event))
    if is_saved:
        flash(_("The details are saved."), "success")
        return redirect(url_for("events.details", slug=event.slug))
    page = render_template("events/details.html", event=event, form=form, conflict=conflict)
    return page, status_of(form)


def _save(event: Event, form: DetailsForm) -> None:
    series = chosen_series(form.series.data, form.new_series.data)
    change_event(
        event,
        form.details(series_id=series.id if series else None),
        version=form.expected_version,
        shift_programme=form.shift_programme.data,
    )
    change_banner(event, uploaded(form.picture), remove=form.remove_picture.data)
