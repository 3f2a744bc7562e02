"""The background work, for the administrator."""

import uuid

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_administrator
from matchmaking.core.database import transaction
from matchmaking.core.jobs import JobState, retry
from matchmaking.ops.access import failed_job
from matchmaking.ops.queries import jobs_by_state, jobs_in, waiting_jobs
from matchmaking.ops.views.blueprint import bp
from matchmaking.ops.words import JOB_KINDS, JOB_STATES, ZONE
from matchmaking.web.pagination import paginate


@bp.get("/jobs")
def jobs() -> ResponseReturnValue:
    require_administrator()
    asked = request.args.get("state", "")
    state = JobState(asked) if asked in set(JobState) else None
    _, oldest_seconds = waiting_jobs()
    return render_template(
        "ops/jobs.html",
        page=paginate(jobs_in(state)),
        counts=jobs_by_state(),
        is_stuck=oldest_seconds > 120,
        state=asked,
        states=JOB_STATES,
        kinds=JOB_KINDS,
        zone=ZONE,
    )


@bp.post("/jobs/<uuid:job_id>/retry")
def retry_job(job_id: uuid.UUID) -> ResponseReturnValue:
    require_administrator()
    with transaction():
        retry(failed_job(job_id))
    return redirect(url_for("ops.jobs"))
