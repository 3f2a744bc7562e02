"""Personal data at one event: what people ask, and how long they are kept."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_proof
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor, event_for_owner
from matchmaking.privacy.access import is_owner, request_for_editor, request_for_owner
from matchmaking.privacy.copying import note_copied
from matchmaking.privacy.fates import GOES, STAYS
from matchmaking.privacy.forms import AnswerForm, ConfirmForm, MonthsForm, NoteForm
from matchmaking.privacy.mentions import of_registration
from matchmaking.privacy.models import DataRequest, RequestKind, RequestState
from matchmaking.privacy.person import person_of
from matchmaking.privacy.services import erasing, requests, retention
from matchmaking.privacy.views.answers import copy_file
from matchmaking.privacy.views.blueprint import bp
from matchmaking.privacy.words import WORDS
from matchmaking.registration.access import registration_for_editor
from matchmaking.registration.services.forgetting import forgotten_at
from matchmaking.web.pagination import paginate


@bp.get("/organize/<slug>/personal-data")
def desk(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    return render_template(
        "privacy/desk.html",
        event=event,
        page=paginate(requests.requests_at(event)),
        months=MonthsForm(formdata=None, months=event.people_kept_months),
        forgotten_at=forgotten_at(event),
        let_go_at=retention.let_go_at(event),
        is_owner=is_owner(event),
        **WORDS,
    )


@bp.post("/organize/<slug>/personal-data/months")
def keep_for(slug: str) -> ResponseReturnValue:
    event = event_for_owner(slug)
    form = MonthsForm()
    if form.validate():
        with transaction():
            retention.keep_for(event, form.months.data)
        flash(_("Saved."), "success")
    return redirect(url_for("privacy.desk", slug=slug))


@bp.post("/organize/<slug>/delegates/<code>/personal-data")
def note_request(slug: str, code: str) -> ResponseReturnValue:
    """What somebody asked by letter or telephone counts as much as what they ask here."""
    registration = registration_for_editor(slug, code)
    form = NoteForm()
    if registration.is_erased or not form.validate():
        return redirect(url_for("registration.delegate", slug=slug, code=code))
    with transaction():
        request = requests.ask(registration, RequestKind(form.kind.data), form.said.data)
    flash(_("The request is noted, and the delegate is told so."), "success")
    return redirect(url_for("privacy.show_request", slug=slug, request_id=request.id))


@bp.post("/organize/<slug>/delegates/<code>/personal-data.zip")
def copy_for(slug: str, code: str) -> ResponseReturnValue:
    """For an owner, to hand over; the history says so, and identity numbers are masked."""
    event_for_owner(slug)
    registration = registration_for_editor(slug, code)
    require_proof(url_for("registration.delegate", slug=slug, code=code))
    with transaction():
        note_copied(registration)
    return copy_file(person_of(registration))


@bp.route("/organize/<slug>/personal-data/<uuid:request_id>", methods=["GET", "POST"])
def show_request(slug: str, request_id: uuid.UUID) -> ResponseReturnValue:
    request = request_for_editor(slug, request_id)
    form = AnswerForm()
    if not form.validate_on_submit():
        page = render_template(
            "privacy/request.html",
            event=request.event,
            request=request,
            form=form,
            is_owner=is_owner(request.event),
            **WORDS,
        )
        return page, 422 if form.is_submitted() else 200
    with transaction():
        requests.answer(request, RequestState(form.state.data), form.words.data)
    flash(_("The answer is on its way."), "success")
    return redirect(url_for("privacy.desk", slug=slug))


@bp.route("/organize/<slug>/personal-data/<uuid:request_id>/erase", methods=["GET", "POST"])
def erase(slug: str, request_id: uuid.UUID) -> ResponseReturnValue:
    request = request_for_owner(slug, request_id)
    form = ConfirmForm(request.registration.code)
    if not _may_be_done(request):
        return redirect(url_for("privacy.show_request", slug=slug, request_id=request_id))
    require_proof(url_for("privacy.erase", slug=slug, request_id=request_id))
    if not form.validate_on_submit():
        page = _erase_page(request, form)
        return page, 422 if form.is_submitted() else 200
    with transaction():
        erasing.erase_registration(request.registration)
    flash(_("The data is erased. A last letter tells the person so."), "success")
    return redirect(url_for("privacy.desk", slug=slug))


def _erase_page(request: DataRequest, form: ConfirmForm) -> str:
    """What goes, what stays, and what others wrote, for the officer to decide about."""
    return render_template(
        "privacy/erase.html",
        event=request.event,
        request=request,
        form=form,
        goes=GOES,
        stays=STAYS,
        found=of_registration(request.registration),
    )


def _may_be_done(request: DataRequest) -> bool:
    is_asked = request.kind is RequestKind.ERASURE and request.is_open
    return is_asked and not request.registration.is_erased
