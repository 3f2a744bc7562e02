"""The organizer's delegates: the list, one delegate, deciding about them."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core.database import db, transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _, ngettext
from matchmaking.events.access import event_for_editor, event_for_viewer
from matchmaking.events.models import Event
from matchmaking.registration import columns, filters, queries, services
from matchmaking.registration.access import (
    may_edit,
    registration_for_editor,
    registration_for_viewer,
)
from matchmaking.registration.delegate_page import page_of
from matchmaking.registration.forms.desk import DelegateForm, ReasonForm, values_of_delegate
from matchmaking.registration.models import Registration
from matchmaking.registration.own_page import STATUS_KINDS, STATUSES
from matchmaking.registration.views.answers import workbook
from matchmaking.registration.views.blueprint import bp
from matchmaking.web.forms import BaseForm, refuse
from matchmaking.web.pagination import paginate

BESIDE = {
    "already_registered": "email",
    "sold_out": "ticket_type",
    "attendance_not_offered": "attendance",
    "invalid_phone": "phone",
}
"""Which field a refusal is about."""


@bp.get("/organize/<slug>/delegates")
def delegates(slug: str) -> ResponseReturnValue:
    event = event_for_viewer(slug)
    wanted = filters.wanted(request.args)
    return render_template(
        "registration/delegates.html",
        event=event,
        wanted=wanted,
        page=paginate(wanted.of(event)),
        options=filters.options_of(event),
        counts=queries.counts_by_status(event),
        kinds=filters.seats(event),
        statuses=STATUSES,
        status_kinds=STATUS_KINDS,
        may_edit=may_edit(event),
        form=BaseForm(),
    )


@bp.get("/organize/<slug>/delegates.xlsx")
def export(slug: str) -> ResponseReturnValue:
    """The list as the screen shows it, all its pages."""
    event = event_for_viewer(slug)
    wanted = filters.wanted(request.args).of(event)
    rows = db.session.scalars(wanted.execution_options(yield_per=200))
    return workbook(
        _("Delegates"), columns.heads(), map(columns.row_of, rows), name=f"{slug}-delegates"
    )


@bp.post("/organize/<slug>/delegates/approve")
def approve_several(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    chosen = queries.with_codes(event, request.form.getlist("chosen"))
    with transaction():
        left_over = services.approve_all(chosen)
    done = len(chosen) - len(left_over)
    flash(
        ngettext("%(num)s delegate is approved.", "%(num)s delegates are approved.", done),
        "success",
    )
    if left_over:
        names = ", ".join(one.full_name for one in left_over)
        flash(_("No place was left for: %(names)s", names=names), "warning")
    return redirect(url_for("registration.delegates", slug=slug, status="pending"))


@bp.get("/organize/<slug>/delegates/<code>")
def delegate(slug: str, code: str) -> ResponseReturnValue:
    return _page(registration_for_viewer(slug, code))


def _page(registration: Registration, *, reason: ReasonForm | None = None) -> str:
    return render_template(
        "registration/delegate.html",
        event=registration.event,
        registration=registration,
        page=page_of(registration, sees_all=may_edit(registration.event)),
        status=STATUSES[registration.status],
        status_kind=STATUS_KINDS[registration.status],
        reason=reason or ReasonForm(formdata=None),
        may_edit=may_edit(registration.event) and not registration.is_erased,
    )


@bp.route("/organize/<slug>/delegates/new", methods=["GET", "POST"])
def add_delegate(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = DelegateForm()

    def add() -> Registration:
        wanted = services.RegistrationInput(**form.values)
        return services.register(event, wanted, source="organizer", by_organizer=True)

    return _saved(event, form, add)


@bp.route("/organize/<slug>/delegates/<code>/edit", methods=["GET", "POST"])
def edit_delegate(slug: str, code: str) -> ResponseReturnValue:
    registration = registration_for_editor(slug, code)
    form = DelegateForm(data=values_of_delegate(registration))

    def save() -> Registration:
        return services.change(registration, version=form.seen_version, **form.values)

    return _saved(registration.event, form, save, registration)


def _saved(
    event: Event,
    form: DelegateForm,
    save: Callable[[], Registration],
    registration: Registration | None = None,
) -> ResponseReturnValue:
    """The form, or on to the delegate's page once it is saved."""
    form.offer(event, registration)
    if form.validate_on_submit() and (saved := _try(form, save)):
        flash(_("%(name)s is saved.", name=saved.full_name), "success")
        return redirect(url_for("registration.delegate", slug=event.slug, code=saved.code))
    page = render_template(
        "registration/delegate_form.html", event=event, form=form, registration=registration
    )
    return page, 422 if request.method == "POST" else 200


def _try(form: DelegateForm, save: Callable[[], Registration]) -> Registration | None:
    """None when a rule refused; why stands in the form."""
    try:
        with transaction():
            return save()
    except services.ChangedMeanwhile as refusal:
        form.take_over(values_of_delegate(refusal.current))
    except DomainError as refusal:
        refuse(form[BESIDE.get(refusal.code, "full_name")], refusal)
    return None


def _done(
    slug: str, code: str, act: Callable[[Registration], Any], sentence: str
) -> ResponseReturnValue:
    """Do one thing to a delegate, say so, show the delegate again."""
    registration = registration_for_editor(slug, code)
    try:
        with transaction():
            act(registration)
        flash(sentence, "success")
    except DomainError as refusal:
        flash(str(refusal), "warning")
    return redirect(url_for("registration.delegate", slug=slug, code=code))


@bp.post("/organize/<slug>/delegates/<code>/approve")
def approve(slug: str, code: str) -> ResponseReturnValue:
    return _done(slug, code, services.approve, _("The registration is approved."))


@bp.post("/organize/<slug>/delegates/<code>/reject")
def reject(slug: str, code: str) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate():
        return _page(registration_for_editor(slug, code), reason=form), 422
    reason = form.reason.data

    def turn_away(registration: Registration) -> None:
        services.reject(registration, reason)

    return _done(slug, code, turn_away, _("The registration is rejected."))


@bp.post("/organize/<slug>/delegates/<code>/cancel")
def cancel(slug: str, code: str) -> ResponseReturnValue:
    return _done(slug, code, services.cancel, _("The registration is cancelled."))


@bp.post("/organize/<slug>/delegates/<code>/reinstate")
def reinstate(slug: str, code: str) -> ResponseReturnValue:
    def take_back(registration: Registration) -> None:
        services.reinstate(registration, by_organizer=True)

    return _done(slug, code, take_back, _("The registration stands again."))


@bp.post("/organize/<slug>/delegates/<code>/new-badge")
def new_badge(slug: str, code: str) -> ResponseReturnValue:
    sentence = _("A new badge is issued. The QR code of the old one is refused from now on.")
    return _done(slug, code, services.reissue_badge, sentence)


@bp.post("/organize/<slug>/delegates/<code>/send-link")
def send_link(slug: str, code: str) -> ResponseReturnValue:
    return _done(slug, code, services.send_personal_link, _("The letter is on its way."))
