"""Companies out to a workbook and back from one."""

import uuid
from datetime import timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.companies import filters, importing, queries
from matchmaking.companies.access import uploaded_workbook
from matchmaking.companies.columns import columns
from matchmaking.companies.forms import WorkbookForm
from matchmaking.companies.importing import Fate
from matchmaking.companies.views.blueprint import bp
from matchmaking.core import clock, files
from matchmaking.core.database import db, reading, transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.files import StoredFile
from matchmaking.core.i18n import _, ngettext
from matchmaking.core.spreadsheets import WORKBOOK, read_rows, write_rows
from matchmaking.events.access import event_for_editor, event_for_viewer
from matchmaking.events.models import Event
from matchmaking.web.forms import BaseForm, refuse

KEPT = timedelta(hours=1)
"""How long an uploaded workbook waits for its review."""


@bp.get("/organize/<slug>/companies.xlsx")
def export(slug: str) -> ResponseReturnValue:
    """The list as the screen shows it, all its pages."""
    event = event_for_viewer(slug)
    rows = db.session.scalars(queries.companies(event, filters.wanted(request.args)))
    shown = columns()
    content = write_rows(
        _("Companies"),
        [column.title for column in shown],
        ([column.write(one) for column in shown] for one in rows),
    )
    response = Response(content, mimetype=WORKBOOK)
    response.headers["Content-Disposition"] = f"attachment; filename={slug}-companies.xlsx"
    return response


@bp.route("/organize/<slug>/companies/import", methods=["GET", "POST"])
def upload(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = WorkbookForm()
    if form.validate_on_submit():
        content = form.workbook.data.read()
        try:
            kept = _keep(event, content)
            return redirect(url_for(".review", slug=slug, file_id=kept.id))
        except DomainError as error:
            refuse(form.workbook, error)
    page = render_template("companies/upload.html", event=event, form=form)
    return page, 422 if request.method == "POST" else 200


def _keep(event: Event, content: bytes) -> StoredFile:
    """Read the workbook once to know that it can be read, and keep it for the review."""
    with reading():
        importing.plan(event, read_rows(content))
    with transaction():
        return files.store(
            content,
            name="companies.xlsx",
            content_type=WORKBOOK,
            event_id=event.id,
            expires_at=clock.now() + KEPT,
        )


@bp.route("/organize/<slug>/companies/import/<uuid:file_id>", methods=["GET", "POST"])
def review(slug: str, file_id: uuid.UUID) -> ResponseReturnValue:
    """What taking the workbook over would do, then doing it."""
    event, workbook = uploaded_workbook(slug, file_id)
    form = BaseForm()
    content = workbook.content
    with reading():
        rows = read_rows(content)
    lines = importing.plan(event, rows)
    if form.validate_on_submit():
        with transaction():
            done = importing.carry_out(event, lines)
        flash(
            ngettext("%(num)s company is taken over.", "%(num)s companies are taken over.", done),
            "success",
        )
        return redirect(url_for(".desk", slug=slug))
    counts = {fate.value: sum(line.fate is fate for line in lines) for fate in Fate}
    return render_template(
        "companies/review.html", event=event, form=form, lines=lines, counts=counts
    )
