"""Everything that was done at the event, by whom."""

import uuid

from flask import render_template, request
from flask.typing import ResponseReturnValue

from matchmaking.core import audit
from matchmaking.events.access import event_for_viewer
from matchmaking.events.views.blueprint import bp
from matchmaking.web import acts
from matchmaking.web.pagination import paginate


@bp.get("/organize/<slug>/history")
def history(slug: str) -> ResponseReturnValue:
    event = event_for_viewer(slug)
    kind, person = request.args.get("kind", "")[:40], _person(request.args.get("person", ""))
    page = paginate(audit.entries_of_event(event.id, kind=kind, actor_id=person))
    return render_template(
        "events/history.html",
        event=event,
        page=page,
        lines=acts.lines(page.rows, event.zone),
        kinds=acts.kinds(),
        people=audit.actors_of_event(event.id),
        chosen={"kind": kind, "person": str(person or "")},
    )


def _person(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
