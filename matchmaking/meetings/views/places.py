"""Tables and interpreters, as the organizer keeps them."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.companies.access import may_edit
from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor, event_for_viewer
from matchmaking.events.models import Event
from matchmaking.events.queries import booths_of
from matchmaking.meetings.forms.places import BoothTableForm, InterpreterForm, values_of
from matchmaking.meetings.own_access import interpreter_at, table_at
from matchmaking.meetings.queries import desk
from matchmaking.meetings.queries.grid import interpreters_of, slots_of, tables_of
from matchmaking.meetings.services import interpreters, tables
from matchmaking.meetings.views.blueprint import bp


@bp.get("/organize/<slug>/tables")
def desk_tables(slug: str) -> ResponseReturnValue:
    return _tables(event_for_viewer(slug))


def _tables(event: Event, form: BoothTableForm | None = None) -> str:
    booths = {booth.id: booth for booth in booths_of(event)}
    return render_template(
        "meetings/desk_tables.html",
        event=event,
        tables=tables_of(event),
        booths=booths,
        booked=desk.meetings_by_table(event),
        slots=len(slots_of(event)),
        may_edit=may_edit(event),
        form=form or BoothTableForm(list(booths.values()), formdata=None),
    )


@bp.post("/organize/<slug>/tables")
def add_booth_table(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = BoothTableForm(list(booths_of(event)))
    if form.validate():
        try:
            with transaction():
                tables.add_booth_table(event, form.chosen)
            flash(_("The booth has its own table now."), "success")
            return redirect(url_for("meetings.desk_tables", slug=slug))
        except DomainError as error:
            form.form_errors.append(str(error))
    return _tables(event, form), 422


@bp.post("/organize/<slug>/tables/<uuid:table_id>/<any(use, away):way>")
def use_table(slug: str, table_id: uuid.UUID, way: str) -> ResponseReturnValue:
    table = table_at(event_for_editor(slug), table_id)
    with transaction():
        tables.use(table, is_usable=way == "use")
    return redirect(url_for("meetings.desk_tables", slug=slug))


@bp.get("/organize/<slug>/interpreters")
def desk_interpreters(slug: str) -> ResponseReturnValue:
    event = event_for_viewer(slug)
    return render_template(
        "meetings/desk_interpreters.html",
        event=event,
        interpreters=interpreters_of(event),
        booked=desk.meetings_by_interpreter(event),
        slots=len(slots_of(event)),
        may_edit=may_edit(event),
    )


@bp.route("/organize/<slug>/interpreters/new", methods=["GET", "POST"])
def add_interpreter(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = InterpreterForm(event)
    if form.validate_on_submit():
        with transaction():
            interpreters.add(event, form.details())
        flash(_("The interpreter is added."), "success")
        return redirect(url_for("meetings.desk_interpreters", slug=slug))
    page = render_template("meetings/interpreter.html", event=event, form=form, interpreter=None)
    return page, 422 if request.method == "POST" else 200


@bp.route("/organize/<slug>/interpreters/<uuid:interpreter_id>", methods=["GET", "POST"])
def interpreter(slug: str, interpreter_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    found = interpreter_at(event, interpreter_id)
    form = InterpreterForm(event, data=values_of(found))
    if form.validate_on_submit():
        try:
            with transaction():
                interpreters.change(found, form.details())
            flash(_("The interpreter is saved."), "success")
            return redirect(url_for("meetings.desk_interpreters", slug=slug))
        except DomainError as error:
            form.form_errors.append(str(error))
    page = render_template("meetings/interpreter.html", event=event, form=form, interpreter=found)
    return page, 422 if request.method == "POST" else 200


@bp.post("/organize/<slug>/interpreters/<uuid:interpreter_id>/remove")
def remove_interpreter(slug: str, interpreter_id: uuid.UUID) -> ResponseReturnValue:
    found = interpreter_at(event_for_editor(slug), interpreter_id)
    with transaction():
        interpreters.remove(found)
    flash(_("The interpreter is removed."), "success")
    return redirect(url_for("meetings.desk_interpreters", slug=slug))
