"""Who is where, and every scan: on the screen, and as a workbook of what the screen shows."""

from flask import Blueprint, Response, render_template, request
from sqlalchemy import Select

from matchmaking.checkin import book, columns, filters, stays
from matchmaking.checkin.models import Scan
from matchmaking.checkin.words import DIRECTION_NAMES, REASONS, VERDICT_NAMES
from matchmaking.core.database import db
from matchmaking.core.i18n import _
from matchmaking.core.spreadsheets import WORKBOOK, write_rows
from matchmaking.events.access import event_for_viewer
from matchmaking.web.pagination import paginate

bp = Blueprint("checkin_lists", __name__, url_prefix="/organize/<slug>/check-in")

KINDS = {
    "admitted": "success",
    "duplicate": "warning",
    "refused": "error",
    "held": "warning",
    "voided": "neutral",
}


@bp.get("/people")
def people(slug: str) -> str:
    event, wanted = event_for_viewer(slug), filters.wanted_stays(request.args)
    page = paginate(stays.stays(event, wanted), whole=True)
    return render_template(
        "checkin/people.html",
        event=event,
        wanted=wanted,
        page=page,
        stays=[stays.Stay.of(row) for row in page.rows],
        inside=stays.inside_by_zone(event),
        options=filters.options_of(event),
    )


@bp.get("/people.xlsx")
def people_workbook(slug: str) -> Response:
    event = event_for_viewer(slug)
    rows = db.session.execute(stays.stays(event, filters.wanted_stays(request.args)))
    told = (columns.stay_row(stays.Stay.of(row), event) for row in rows)
    content = write_rows(_("People"), columns.heads(columns.STAY), told)
    return _workbook(content, f"{slug}-people")


@bp.get("/scans")
def scans(slug: str) -> str:
    event, wanted = event_for_viewer(slug), filters.wanted_scans(request.args)
    return render_template(
        "checkin/scans.html",
        event=event,
        wanted=wanted,
        page=paginate(book.scans(event, wanted)),
        options=filters.options_of(event),
        verdicts=VERDICT_NAMES,
        directions=DIRECTION_NAMES,
        reasons=REASONS,
        kinds=KINDS,
    )


@bp.get("/scans.xlsx")
def scans_workbook(slug: str) -> Response:
    event = event_for_viewer(slug)
    query: Select[Scan] = book.scans(event, filters.wanted_scans(request.args))
    told = (columns.scan_row(scan, event) for scan in db.session.scalars(query))
    content = write_rows(_("Scans"), columns.heads(columns.SCAN), told)
    return _workbook(content, f"{slug}-scans")


def _workbook(content: bytes, name: str) -> Response:
    response = Response(content, mimetype=WORKBOOK)
    response.headers["Content-Disposition"] = f"attachment; filename={name}.xlsx"
    return response
