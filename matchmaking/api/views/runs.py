"""Runs of the scheduler: starting, reading, publishing, going back."""

import uuid

from matchmaking.api.access import ORGANIZER, READER
from matchmaking.api.endpoint import endpoint
from matchmaking.api.runs import run_out, version_out
from matchmaking.api.schemas.base import Nothing
from matchmaking.api.schemas.runs import NewRun, RunOut, RunQueued, VersionOut
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.meetings.access import run_at
from matchmaking.meetings.services.schedule import publishing, runs
from matchmaking.meetings.services.schedule.switching import StaleRun

PATH = "/events/<slug>/schedule-runs"


@endpoint(
    f"POST {PATH}",
    topic="schedule-runs",
    summary=_l("Start the scheduler"),
    access=ORGANIZER,
    body=NewRun,
    answer=RunQueued,
    status=202,
    refusals=(runs.AlreadyRunning,),
)
def start_run(event: Event, body: NewRun) -> RunQueued:
    started = runs.start_run(
        event,
        time_limit_seconds=body.time_limit_seconds,
        seed=body.seed,
        plan={"keeps": True} if body.mode == "repair" else None,
    )
    return RunQueued(id=started.id, state=started.state)


@endpoint(
    f"GET {PATH}/<uuid:run_id>",
    topic="schedule-runs",
    summary=_l("Read a run: how far it is, what it found, what it left out and why"),
    access=READER,
    answer=RunOut,
)
def schedule_run(event: Event, run_id: uuid.UUID) -> RunOut:
    return run_out(event, run_at(event, run_id))


@endpoint(
    f"POST {PATH}/<uuid:run_id>/publish",
    topic="schedule-runs",
    summary=_l("Put a run's schedule in force, all of it or nothing"),
    access=ORGANIZER,
    body=Nothing,
    answer=RunOut,
    refusals=(StaleRun, publishing.NotPublishable),
)
def publish_run(event: Event, run_id: uuid.UUID, body: Nothing) -> RunOut:
    run = run_at(event, run_id)
    publishing.publish(run)
    return run_out(event, run)


@endpoint(
    f"POST {PATH}/<uuid:run_id>/revert",
    topic="schedule-runs",
    summary=_l("Put the schedule before this run's in force again"),
    access=ORGANIZER,
    body=Nothing,
    answer=VersionOut,
    refusals=(StaleRun, publishing.NothingToRevert),
)
def revert_run(event: Event, run_id: uuid.UUID, body: Nothing) -> VersionOut:
    return version_out(publishing.revert(event, of=run_at(event, run_id)))
