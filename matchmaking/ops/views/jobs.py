"""The background work, for the administrator."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_administrator
from matchmaking.core import clock
from matchmaking.core.database import transaction
from matchmaking.core.i18n import ngettext
from matchmaking.core.jobs import JobState, retry
from matchmaking.ops.access import failed_job, failed_jobs, failed_mail
from matchmaking.ops.lanes import lengths
from matchmaking.ops.mail import send_again
from matchmaking.ops.queries import (
    all_mails_by_state,
    failed_mails,
    jobs_by_kind,
    jobs_by_state,
    jobs_in,
    waiting_jobs,
)
from matchmaking.ops.views.blueprint import bp
from matchmaking.ops.words import JOB_KINDS, JOB_STATES, LANES, MAIL_STATES
from matchmaking.web.pagination import paginate

WORDS = {
    "states": JOB_STATES,
    "kinds": JOB_KINDS,
    "lane_names": LANES,
    "mail_states": MAIL_STATES,
    "zone": clock.HOME,
}


@bp.get("/jobs")
def jobs() -> ResponseReturnValue:
    require_administrator()
    asked = request.args.get("state", "")
    state = JobState(asked) if asked in set(JobState) else None
    return render_template(
        "ops/jobs.html", page=paginate(jobs_in(state)), state=asked, **_standing(), **WORDS
    )


def _standing() -> dict[str, Any]:
    """How queues, jobs and mails stand."""
    _, oldest_seconds = waiting_jobs()
    return {
        "counts": jobs_by_state(),
        "is_stuck": oldest_seconds > 120,
        "kinds_at_work": jobs_by_kind(),
        "lanes": lengths(),
        "mail_counts": all_mails_by_state(),
        "failed_mails": failed_mails(),
    }


@bp.post("/jobs/<uuid:job_id>/retry")
def retry_job(job_id: uuid.UUID) -> ResponseReturnValue:
    require_administrator()
    with transaction():
        retry(failed_job(job_id))
    return redirect(url_for("ops.jobs"))


@bp.post("/jobs/retry")
def retry_all() -> ResponseReturnValue:
    """Run everything again that was given up, as many at once as a page may hold up."""
    require_administrator()
    with transaction():
        failed = failed_jobs()
        for job in failed:
            retry(job)
    said = ngettext("%(num)d job is run again.", "%(num)d jobs are run again.", len(failed))
    flash(said, "success")
    return redirect(url_for("ops.jobs"))


@bp.post("/jobs/mails/<uuid:mail_id>/again")
def send_any_mail_again(mail_id: uuid.UUID) -> ResponseReturnValue:
    require_administrator()
    with transaction():
        send_again(failed_mail(mail_id))
    return redirect(url_for("ops.jobs"))
