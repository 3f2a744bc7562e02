"""flask schedule: place an event's meetings from the command line."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from matchmaking.core import jobs
from matchmaking.core.database import db, transaction
from matchmaking.core.errors import DomainError
from matchmaking.events.models import Event
from matchmaking.meetings.models import RunState, ScheduleRun
from matchmaking.meetings.services.schedule import publishing, runs

LARGEST_SEED = 2**31 - 1

schedule = AppGroup("schedule", help="Place an event's meetings.")


@schedule.command("run")
@click.argument("slug")
@click.option(
    "--time-limit",
    type=click.IntRange(0),
    default=30,
    show_default=True,
    help="Seconds it may look.",
)
@click.option("--seed", type=click.IntRange(0, LARGEST_SEED), default=0, show_default=True)
@click.option("--publish", is_flag=True, help="Put what it finds in force at once.")
def run(slug: str, time_limit: int, seed: int, publish: bool) -> None:
    """Run the scheduler on an event and say what it found."""
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    if event is None:
        raise click.ClickException(f"There is no event {slug}.")
    try:
        found = _run(event, time_limit=time_limit, seed=seed)
        _report(found)
        if publish:
            with transaction():
                version = publishing.publish(found)
            click.echo(f"published as version {version.number}")
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from None


def _run(event: Event, *, time_limit: int, seed: int) -> ScheduleRun:
    with transaction():
        started = runs.start_run(event, time_limit_seconds=time_limit, seed=seed)
    if started.job_id is not None:
        jobs.run(started.job_id)
    return db.session.get_one(ScheduleRun, started.id, populate_existing=True)


def _report(found: ScheduleRun) -> None:
    if found.state is not RunState.DONE:
        raise click.ClickException("The run found no schedule that could be used.")
    quality = "proved optimal" if found.proved else f"at most {found.bound} possible"
    click.echo(f"placed {found.placed} of {found.requested} requests")
    click.echo(f"value {found.value}, {quality}")
    reasons: dict[str, int] = {}
    for row in found.unplaced:
        reasons[row["reason"]] = reasons.get(row["reason"], 0) + 1
    for reason, number in sorted(reasons.items()):
        click.echo(f"  {number} left out: {reason}")
