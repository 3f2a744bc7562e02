"""Showing once more who is at this browser, before what decides who may come in is changed."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts import access, services
from matchmaking.accounts.forms import CodeForm, OwnPasswordForm, PasskeyForm
from matchmaking.accounts.models import User
from matchmaking.accounts.services.passkeys import (
    PasskeyRefused,
    ask_to_sign_in,
    user_with_passkey,
)
from matchmaking.accounts.services.passwords import password_is_right
from matchmaking.accounts.services.second_step import check_code
from matchmaking.accounts.views.passkeys import asked, challenge, site
from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _
from matchmaking.web.forms import refuse
from matchmaking.web.paths import own_path
from matchmaking.web.settings import settings
from matchmaking.web.throttle import spend

bp = Blueprint("confirming", __name__, url_prefix="/account/confirm")

TRIES = "10 per 15 minutes"
Proof = OwnPasswordForm | CodeForm


@bp.get("")
def show() -> ResponseReturnValue:
    user = access.require_user()
    return _page(user, _proof_of(user))


@bp.post("")
def confirm() -> ResponseReturnValue:
    user = access.require_user()
    form = _proof_of(user)
    if form is None or not form.validate() or not _is_right(user, form):
        return _page(user, form), 422
    access.note_proof()
    return redirect(_onwards(), 303)


@bp.post("/passkey")
def confirm_with_passkey() -> ResponseReturnValue:
    user, form = access.require_user(), PasskeyForm()
    try:
        with transaction():
            owner = user_with_passkey(form.answer.data or "", site=site(), challenge=challenge())
    except PasskeyRefused as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("confirming.show", next=_onwards()), 303)
    if owner.id == user.id:
        access.note_proof()
    return redirect(_onwards(), 303)


@bp.post("/link")
def mail_link() -> ResponseReturnValue:
    """For who has neither password nor second step: their mailbox is what shows who they are."""
    user = access.require_user()
    spend("5 per hour", "sign-in-link", user.email)
    with transaction():
        services.mail_link(user.email, next_path=_onwards())
    flash(_("We have sent a link to %(email)s.", email=user.email), "success")
    return redirect(url_for("confirming.show", next=_onwards()), 303)


def _proof_of(user: User) -> Proof | None:
    """What this person is asked for; None where there is nothing to type."""
    if user.has_password:
        return OwnPasswordForm()
    return CodeForm() if user.app_secret else None


def _is_right(user: User, form: Proof) -> bool:
    if isinstance(form, OwnPasswordForm):
        return _password_is_right(user, form)
    try:
        spend(TRIES, "second-step", str(user.id))
        with transaction():
            check_code(user, form.code.data, secret=settings().data_secret)
    except DomainError as refusal:
        refuse(form.code, refusal)
        return False
    return True


def _password_is_right(user: User, form: OwnPasswordForm) -> bool:
    spend(TRIES, "current-password", str(user.id))
    if password_is_right(user, form.password.data):
        return True
    refuse(form.password, _("This is not your current password."))
    return False


def _page(user: User, form: Proof | None) -> str:
    return render_template(
        "accounts/confirm.html",
        user=user,
        form=form,
        passkey_form=PasskeyForm(formdata=None),
        options=asked(ask_to_sign_in(site())),
        onwards=_onwards(),
    )


def _onwards() -> str:
    return own_path(request.args.get("next")) or url_for("account.show")
