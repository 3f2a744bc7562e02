"""Questions to the scheduler that change nothing: what if, and what is one more worth; the nightly run."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor, event_for_viewer
from matchmaking.events.models import Event
from matchmaking.meetings.forms.schedule import NightlyForm, WhatIfForm
from matchmaking.meetings.models import RunMode, RunState
from matchmaking.meetings.pages import studies
from matchmaking.meetings.queries.runs import studies_of
from matchmaking.meetings.services.schedule import nightly, runs
from matchmaking.meetings.views.blueprint import bp
from matchmaking.web.charts import bars

SECONDS = 30


@bp.get("/organize/<slug>/schedule/what-if")
def what_if(slug: str) -> ResponseReturnValue:
    """What was supposed and what would come of it, beside today's figures."""
    event = event_for_viewer(slug)
    return _what_if(event, _form(event, empty=True))


def _form(event: Event, *, empty: bool = False) -> WhatIfForm:
    form = WhatIfForm(formdata=None) if empty else WhatIfForm()
    form.offer(studies.languages_wanted(event), studies.slot_minutes(event))
    return form


def _what_if(event: Event, form: WhatIfForm) -> str:
    done, running = studies.what_ifs(event)
    rows = [*studies.today(event), *done]
    return render_template(
        "meetings/what_if.html", event=event, form=form, rows=rows, running=running
    )


@bp.post("/organize/<slug>/schedule/what-if")
def suppose(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = _form(event)
    if form.validate():
        try:
            with transaction():
                plan = form.supposition.as_json()
                run = runs.start_run(
                    event, time_limit_seconds=SECONDS, mode=RunMode.WHAT_IF, plan=plan
                )
            return redirect(url_for("meetings.run", slug=slug, run_id=run.id))
        except DomainError as error:
            form.form_errors.append(str(error))
    return _what_if(event, form), 422


@bp.get("/organize/<slug>/schedule/bottlenecks")
def bottlenecks(slug: str) -> ResponseReturnValue:
    """What one more of everything scarce is worth, as the last study found."""
    event = event_for_viewer(slug)
    found = studies_of(event, RunMode.BOTTLENECKS, limit=1)
    run = found[0] if found else None
    worths = studies.worths(event, run) if run else []
    return render_template(
        "meetings/bottlenecks.html",
        event=event,
        run=run,
        worths=worths,
        bars=bars(studies.worth_bars(worths)),
        is_running=run is not None and run.state in (RunState.QUEUED, RunState.RUNNING),
    )


@bp.post("/organize/<slug>/schedule/bottlenecks")
def look_for_bottlenecks(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    with transaction():
        run = runs.start_run(event, time_limit_seconds=2 * SECONDS, mode=RunMode.BOTTLENECKS)
    return redirect(url_for("meetings.run", slug=slug, run_id=run.id))


@bp.post("/organize/<slug>/schedule/nightly")
def set_nightly(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = NightlyForm()
    if not form.validate():
        return render_template("errors/refused.html", message=form.error_list[0][1]), 422
    with transaction():
        nightly.switch_on(event, form.at.data)
    flash(
        _("The schedule is looked at every night. You get a mail when a draft is better."),
        "success",
    )
    return redirect(url_for("meetings.schedule", slug=slug))


@bp.post("/organize/<slug>/schedule/nightly/off")
def unset_nightly(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    with transaction():
        nightly.switch_off(event)
    flash(_("The nightly run is switched off."), "success")
    return redirect(url_for("meetings.schedule", slug=slug))
