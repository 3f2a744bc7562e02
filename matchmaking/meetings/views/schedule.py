"""The organizer's schedule: run, look, compare, publish, go back."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.companies.access import may_edit
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor, event_for_viewer
from matchmaking.meetings.access import meeting_at, run_at
from matchmaking.meetings.forms.schedule import NightlyForm, RunForm
from matchmaking.meetings.models import RunMode
from matchmaking.meetings.pages.board import board_of
from matchmaking.meetings.pages.fairness import fairness_page
from matchmaking.meetings.pages.progress import course_of
from matchmaking.meetings.pages.report import report_of
from matchmaking.meetings.queries import runs as run_queries
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.schedule import publishing, runs
from matchmaking.meetings.views.blueprint import bp

STUDIES = {RunMode.WHAT_IF: "meetings.what_if", RunMode.BOTTLENECKS: "meetings.bottlenecks"}
"""Where the answer of a run is read that only answers a question."""


@bp.get("/organize/<slug>/schedule")
def schedule(slug: str) -> ResponseReturnValue:
    """The schedule in force, the runs, and the button that starts the next one."""
    event = event_for_viewer(slug)
    return render_template(
        "meetings/schedule.html",
        event=event,
        board=board_of(event),
        runs=run_queries.runs_of(event),
        versions=run_queries.versions_of(event),
        form=RunForm(data={"keeps": event.schedule_version > 0}),
        nightly=run_queries.nightly_at(event),
        night_form=NightlyForm(formdata=None, data=run_queries.nightly_values(event)),
        may_edit=may_edit(event),
    )


@bp.post("/organize/<slug>/schedule/runs")
def start_run(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = RunForm()
    seconds = int(form.seconds.data) if form.validate() else 30
    plan = {"keeps": True} if form.keeps.data and event.schedule_version else {}
    with transaction():
        run = runs.start_run(event, time_limit_seconds=seconds, plan=plan)
    return redirect(url_for("meetings.run", slug=slug, run_id=run.id))


@bp.get("/organize/<slug>/schedule/runs/<uuid:run_id>")
def run(slug: str, run_id: uuid.UUID) -> ResponseReturnValue:
    """How far a run is; once it is done, what it found and what publishing would change."""
    event = event_for_viewer(slug)
    found = run_at(event, run_id)
    job = run_queries.job_of(found)
    if job is not None and not job.is_finished:
        return render_template(
            "meetings/running.html", event=event, run=found, job=job, course=course_of(found)
        )
    if found.mode in STUDIES:
        return redirect(url_for(STUDIES[found.mode], slug=slug))
    return render_template(
        "meetings/run.html",
        event=event,
        run=found,
        course=course_of(found),
        report=report_of(event, found),
    )


@bp.get("/organize/<slug>/schedule/runs/<uuid:run_id>/fairness")
def fairness(slug: str, run_id: uuid.UUID) -> ResponseReturnValue:
    """Who got how much of what they wanted, by group and one by one."""
    event = event_for_viewer(slug)
    run = run_at(event, run_id)
    return render_template(
        "meetings/fairness.html", event=event, run=run, page=fairness_page(event, run)
    )


@bp.post("/organize/<slug>/schedule/runs/<uuid:run_id>/stop")
def stop_run(slug: str, run_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    with transaction():
        runs.stop(run_at(event, run_id))
    return redirect(url_for("meetings.run", slug=slug, run_id=run_id))


@bp.post("/organize/<slug>/schedule/runs/<uuid:run_id>/publish")
def publish(slug: str, run_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    with transaction():
        version = publishing.publish(run_at(event, run_id))
    flash(_("Schedule %(number)s is published.", number=version.number), "success")
    return redirect(url_for("meetings.schedule", slug=slug))


@bp.post("/organize/<slug>/schedule/revert")
def revert(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    with transaction():
        version = publishing.revert(event)
    flash(
        _("The schedule before is in force again, as number %(number)s.", number=version.number),
        "success",
    )
    return redirect(url_for("meetings.schedule", slug=slug))


@bp.post("/organize/<slug>/meetings/<uuid:meeting_id>/pin")
def pin(slug: str, meeting_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    with transaction():
        booking.pin(meeting_at(event, meeting_id), is_pinned=request.form.get("pinned") == "1")
    return redirect(url_for("meetings.schedule", slug=slug, _anchor="meetings"))


@bp.post("/organize/<slug>/meetings/<uuid:meeting_id>/cancel")
def cancel_for_both(slug: str, meeting_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    with transaction():
        booking.cancel(meeting_at(event, meeting_id))
    flash(_("The meeting is cancelled and both companies are told."), "success")
    return redirect(url_for("meetings.schedule", slug=slug, _anchor="meetings"))
