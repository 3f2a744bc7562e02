"""Mending the schedule on the day in three steps: find, say what happened, apply one way out."""

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core.database import reading, transaction
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor
from matchmaking.events.models import Event
from matchmaking.meetings.access import run_at, trouble_of, trouble_subject
from matchmaking.meetings.forms.repair import TroubleForm
from matchmaking.meetings.pages.repair import happened, subject_name, ways_out_of
from matchmaking.meetings.queries.troubles import (
    coming_slots,
    left_to_come,
    missable,
    requests_changed,
    ways_out,
)
from matchmaking.meetings.services.schedule import repairing
from matchmaking.meetings.services.schedule.troubles import Trouble, What
from matchmaking.meetings.views.blueprint import bp

KINDS = "any(company, interpreter, table, session)"


@bp.get("/organize/<slug>/schedule/repair")
def repair(slug: str) -> ResponseReturnValue:
    """Step one: find the company, interpreter, table or session, or take in what has changed."""
    event = event_for_editor(slug)
    words = request.args.get("q", "")[:100]
    return render_template(
        "meetings/repair.html",
        event=event,
        words=words,
        found=missable(event, words),
        changed=requests_changed(event),
    )


@bp.get(f"/organize/<slug>/schedule/repair/<{KINDS}:kind>/<uuid:subject_id>")
def trouble(slug: str, kind: str, subject_id: uuid.UUID) -> ResponseReturnValue:
    """Step two: absent, away for a time, lost, or longer."""
    event = event_for_editor(slug)
    return _trouble(event, kind, subject_id, TroubleForm(formdata=None))


def _trouble(event: Event, kind: str, subject_id: uuid.UUID, form: TroubleForm) -> str:
    slots = coming_slots(event)
    subject = trouble_subject(event, kind, subject_id)
    form.offer(subject, slots, event.zone)
    return render_template(
        "meetings/trouble.html",
        event=event,
        kind=kind,
        subject=subject,
        name=subject_name(subject),
        left=left_to_come(event).get(subject_id, 0),
        form=form,
        slots=slots,
    )


@bp.post(f"/organize/<slug>/schedule/repair/<{KINDS}:kind>/<uuid:subject_id>")
def find_ways_out(slug: str, kind: str, subject_id: uuid.UUID) -> ResponseReturnValue:
    """Look for ways out and show them; nothing has changed yet."""
    event = event_for_editor(slug)
    form = TroubleForm()
    form.offer(trouble_subject(event, kind, subject_id), coming_slots(event), event.zone)
    if not form.validate():
        return _trouble(event, kind, subject_id, form), 422
    return _proposed(event, form.trouble)


@bp.post("/organize/<slug>/schedule/repair/requests")
def take_in_requests(slug: str) -> ResponseReturnValue:
    """Look for ways to place requests that came and drop meetings whose requests went."""
    event = event_for_editor(slug)
    return _proposed(event, Trouble(event, What.CHANGED))


def _proposed(event: Event, trouble: Trouble) -> ResponseReturnValue:
    with reading():
        found = repairing.propose(event, trouble)
    with transaction():
        repairing.keep(found)
    if not found:
        flash(_("Nothing that waits fits in now. The schedule board says why."), "warning")
        return redirect(url_for("meetings.repair", slug=event.slug))
    group = uuid.UUID(found[0].plan["group"])
    return redirect(url_for("meetings.choices", slug=event.slug, group=group))


@bp.get("/organize/<slug>/schedule/repair/choices/<uuid:group>")
def choices(slug: str, group: uuid.UUID) -> ResponseReturnValue:
    """Step three: at most three ways out, the smallest first."""
    event = event_for_editor(slug)
    runs = ways_out(event, group)
    return render_template(
        "meetings/choices.html",
        event=event,
        ways=ways_out_of(event, runs),
        happened=happened(event, trouble_of(event, runs[0]) if runs else abort(404)),
        is_current=runs[0].based_on == event.schedule_version,
    )


@bp.post("/organize/<slug>/schedule/repair/<uuid:run_id>/apply")
def apply_repair(slug: str, run_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    run = run_at(event, run_id)
    if "trouble" not in run.plan:
        abort(404)
    with transaction():
        version = repairing.apply(run, trouble_of(event, run))
        told = len(run.plan["companies"])
    flash(
        _(
            "Done, as version %(number)s. %(told)s companies are told.",
            number=version.number,
            told=told,
        ),
        "success",
    )
    return redirect(url_for("meetings.schedule", slug=slug))
