"""Identity numbers: the delegate's own, and the security list of an event."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_proof, signed_in_user
from matchmaking.core.database import db, transaction
from matchmaking.core.i18n import _, _l
from matchmaking.events.access import event_for_editor, event_for_owner, may
from matchmaking.events.models import MemberRole
from matchmaking.registration.access import own_registration
from matchmaking.registration.forms.identity import KINDS, IdentityForm
from matchmaking.registration.models import Registration
from matchmaking.registration.own_page import personal_nav
from matchmaking.registration.person import shown_phone
from matchmaking.registration.services import identities
from matchmaking.registration.views.answers import workbook
from matchmaking.registration.views.blueprint import bp
from matchmaking.web.forms import BaseForm
from matchmaking.web.labels import country_name
from matchmaking.web.pagination import paginate
from matchmaking.web.settings import settings

HEADS = (
    _l("Full name"),
    _l("Organization"),
    _l("Position"),
    _l("Country or territory"),
    _l("Telephone"),
    _l("Identity paper"),
    _l("Identity number"),
)


def _asked(code: str) -> Registration:
    """The visitor's own registration, at an event that asks for the number."""
    registration = own_registration(code)
    if not registration.event.security_list or registration.is_cancelled:
        abort(404)
    return registration


def _given(registration: Registration) -> identities.Identity | None:
    return identities.identity_of(registration, secret=settings().data_secret)


@bp.route("/registrations/<code>/identity", methods=["GET", "POST"])
def identity(code: str) -> ResponseReturnValue:
    """The number is never shown whole again, not to its owner either."""
    registration = _asked(code)
    form = IdentityForm()
    if not form.validate_on_submit():
        page = render_template(
            "registration/identity.html",
            registration=registration,
            event=registration.event,
            personal_nav=personal_nav(registration),
            form=form,
            given=_given(registration),
            kinds=KINDS,
        )
        return page, 422 if form.is_submitted() else 200
    with transaction():
        identities.give_identity(registration, form.identity, secret=settings().data_secret)
    flash(_("Thank you. The number is kept encrypted."), "success")
    return redirect(url_for("registration.show", code=code))


@bp.post("/registrations/<code>/identity/remove")
def remove_identity(code: str) -> ResponseReturnValue:
    registration = _asked(code)
    with transaction():
        identities.remove_identity(registration)
    flash(_("The number is deleted."), "success")
    return redirect(url_for("registration.show", code=code))


@bp.get("/organize/<slug>/security-list")
def security_list(slug: str) -> ResponseReturnValue:
    """Who has given a number; the numbers themselves masked."""
    event = event_for_editor(slug)
    if not event.security_list:
        abort(404)
    page = paginate(identities.on_the_list(event))
    return render_template(
        "registration/security_list.html",
        event=event,
        page=page,
        given={one.id: _given(one) for one in page.rows},
        kinds=KINDS,
        missing=identities.still_missing(event),
        is_owner=may(signed_in_user(), event, MemberRole.OWNER),
        form=BaseForm(),
    )


@bp.post("/organize/<slug>/security-list")
def take_out_list(slug: str) -> ResponseReturnValue:
    """The whole list with its numbers, for an owner; the history says who took it."""
    event = event_for_owner(slug)
    if not event.security_list:
        abort(404)
    require_proof(url_for("registration.security_list", slug=slug))
    rows = [_row(one) for one in db.session.scalars(identities.on_the_list(event))]
    with transaction():
        identities.note_taken_out(event, len(rows))
    heads = [str(head) for head in HEADS]
    return workbook(_("Security list"), heads, rows, name=f"{slug}-security-list")


def _row(delegate: Registration) -> tuple[str, ...]:
    given = _given(delegate)
    return (
        delegate.full_name,
        delegate.organization,
        delegate.job_title,
        country_name(delegate.country),
        shown_phone(delegate.phone),
        str(KINDS[given.kind]) if given else "",
        given.number if given else "",
    )
