"""Printing for many, from the event's desk."""

import uuid

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_user
from matchmaking.core.database import transaction
from matchmaking.core.i18n import current_language
from matchmaking.documents.access import file_of_batch, registration_to_hand_out
from matchmaking.documents.answers import paper
from matchmaking.documents.badges import A6, badge_pdf
from matchmaking.documents.errors import NoBadge
from matchmaking.documents.forms import BadgesForm
from matchmaking.documents.labels import PAPERS
from matchmaking.documents.orders import Paper, PrintOrder
from matchmaking.documents.queries import batches_of, number_of_subjects
from matchmaking.documents.services import NothingToPrint, count_prints, order_print
from matchmaking.documents.views.blueprint import bp
from matchmaking.events.access import event_for_editor
from matchmaking.events.models import Event
from matchmaking.registration.queries import current_badge
from matchmaking.web.forms import refuse

OTHER_PAPERS = ", ".join(kind.value for kind in Paper if kind is not Paper.BADGES)
ABOUT_MEETINGS = (Paper.COMPANY_AGENDAS, Paper.TABLE_CARDS, Paper.INTERPRETER_AGENDAS)


def _page(event: Event, form: BadgesForm) -> str:
    offered = [kind for kind in Paper if kind not in ABOUT_MEETINGS or event.has("b2b")]
    counts = {kind: number_of_subjects(event, PrintOrder(kind)) for kind in offered}
    return render_template(
        "printing/index.html",
        event=event,
        form=form,
        counts=counts,
        papers=PAPERS,
        batches=batches_of(event),
    )


@bp.get("/organize/<slug>/documents")
def index(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    return _page(event, BadgesForm.of(event))


@bp.post("/organize/<slug>/documents/badges")
def print_badges(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = BadgesForm.of(event)
    if not form.validate():
        return _page(event, form), 422
    try:
        with transaction():
            order_print(event, form.order(), by=require_user())
    except NothingToPrint as refusal:
        refuse(form.organization, refusal)
        return _page(event, form), 422
    return redirect(url_for("documents.index", slug=slug) + "#batches")


@bp.post(f"/organize/<slug>/documents/<any({OTHER_PAPERS}):kind>")
def print_papers(slug: str, kind: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    order = PrintOrder(Paper(kind), languages=(current_language(),))
    with transaction():
        order_print(event, order, by=require_user())
    return redirect(url_for("documents.index", slug=slug) + "#batches")


@bp.get("/organize/<slug>/documents/<uuid:job_id>.pdf")
def batch(slug: str, job_id: uuid.UUID) -> Response:
    file = file_of_batch(event_for_editor(slug), job_id)
    answer = paper(file.content, file.name)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    return answer


@bp.post("/registrations/<code>/badge/print")
def print_badge(code: str) -> Response:
    """One badge at the desk, counted; staff print it again when it is lost."""
    registration = registration_to_hand_out(code)
    badge = current_badge(registration)
    if badge is None:
        raise NoBadge
    pdf = badge_pdf([badge], A6)
    with transaction():
        count_prints(registration.event, [badge.id])
    return paper(pdf, f"badge-{code}.pdf")
