"""A list of delegates taken over from a file."""

import uuid
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core import clock, files
from matchmaking.core.database import reading, transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.files import StoredFile
from matchmaking.core.i18n import ngettext
from matchmaking.core.spreadsheets import read_table
from matchmaking.events.access import event_for_editor
from matchmaking.events.models import Event
from matchmaking.registration import importing
from matchmaking.registration.access import UPLOADED_LIST, uploaded_list
from matchmaking.registration.columns import COLUMNS
from matchmaking.registration.forms.desk import ListForm, TakeOverForm
from matchmaking.registration.importing import Fate, Plan
from matchmaking.registration.models import TicketType
from matchmaking.registration.queries import ticket_types_of
from matchmaking.registration.views.blueprint import bp
from matchmaking.web.forms import refuse

KEPT = timedelta(hours=1)
"""How long an uploaded list waits for its review."""


@bp.route("/organize/<slug>/delegates/import", methods=["GET", "POST"])
def upload(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = ListForm()
    form.offer(event)
    if form.validate_on_submit():
        try:
            kept = _keep(event, form)
            return redirect(
                url_for(
                    "registration.review", slug=slug, file_id=kept.id, ticket=form.ticket_type.data
                )
            )
        except DomainError as refusal:
            refuse(form.file, refusal)
    page = render_template("registration/upload.html", event=event, form=form, columns=COLUMNS)
    return page, 422 if request.method == "POST" else 200


def _keep(event: Event, form: ListForm) -> StoredFile:
    """Read the file once to know that it can be read, and keep it for the review."""
    content = form.file.data.read()
    with reading():
        table = read_table(content)
        importing.plan(event, table, _default(event, form.ticket_type.data))
    with transaction():
        return files.store(
            content,
            name=UPLOADED_LIST,
            content_type="application/octet-stream",
            event_id=event.id,
            expires_at=clock.now() + KEPT,
        )


@bp.route("/organize/<slug>/delegates/import/<uuid:file_id>", methods=["GET", "POST"])
def review(slug: str, file_id: uuid.UUID) -> ResponseReturnValue:
    """What taking the list over would do, then doing it: all good rows at once."""
    event, stored = uploaded_list(slug, file_id)
    form = TakeOverForm()
    if form.validate_on_submit():
        return _take_over(event, stored, by_mail=form.by_mail.data)
    plan = _plan(event, stored)
    counts = {fate.value: len(plan.with_fate(fate)) for fate in Fate}
    return render_template(
        "registration/review.html",
        event=event,
        form=form,
        plan=plan,
        counts=counts,
        columns=COLUMNS,
    )


def _take_over(event: Event, stored: StoredFile, *, by_mail: bool) -> ResponseReturnValue:
    with reading():
        rows = importing.prepared(event, _plan(event, stored))
    with transaction():
        made = importing.carry_out(event, rows, by_mail=by_mail)
    taken = ngettext(
        "%(num)s delegate is taken over.", "%(num)s delegates are taken over.", len(made)
    )
    flash(taken, "success")
    if left := len(rows) - len(made):
        missed = ngettext(
            "%(num)s delegate registered meanwhile, or the last place went: not taken over.",
            "%(num)s delegates registered meanwhile, or the last places went: not taken over.",
            left,
        )
        flash(missed, "warning")
    return redirect(url_for("registration.delegates", slug=event.slug, order="newest"))


def _plan(event: Event, stored: StoredFile) -> Plan:
    """`?column=full_name&column=&…` names the columns in order, where the guess was wrong."""
    default = _default(event, request.args.get("ticket", ""))
    known = {column.key for column in COLUMNS}
    keys = [key if key in known else "" for key in request.args.getlist("column")]
    return importing.plan(event, read_table(stored.content), default, keys=keys)


def _default(event: Event, code: str) -> TicketType:
    ticket_types = ticket_types_of(event)
    return next((one for one in ticket_types if one.code == code), ticket_types[0])
