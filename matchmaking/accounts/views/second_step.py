"""One's own second step of signing in: an app's codes, passkeys, recovery codes."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts import access
from matchmaking.accounts.browsers import browser_in_words
from matchmaking.accounts.forms import CodeForm, NewPasskeyForm
from matchmaking.accounts.models import User
from matchmaking.accounts.services import second_step as services
from matchmaking.accounts.services.passkeys import (
    PasskeyRefused,
    add_passkey,
    ask_for_new,
    remove_passkey,
)
from matchmaking.accounts.views.passkeys import asked, challenge, site
from matchmaking.core import clock
from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _
from matchmaking.web.forms import refuse
from matchmaking.web.qr import qr_address
from matchmaking.web.settings import settings
from matchmaking.web.throttle import spend

bp = Blueprint("second_step", __name__, url_prefix="/account/second-step")

SETTING_UP = "second_step_secret"
TRIES = "10 per 15 minutes"


@bp.get("")
def show() -> ResponseReturnValue:
    return _page(_proved_user(), CodeForm(formdata=None))


@bp.post("")
def turn_on() -> ResponseReturnValue:
    """The first code of the app shows that it was set up well; then recovery codes, once."""
    user, form = _proved_user(), CodeForm()
    if not form.validate() or not (codes := _turned_on(user, form)):
        return _page(user, form), 422
    session.pop(SETTING_UP, None)
    return render_template("accounts/recovery_codes.html", codes=codes)


@bp.post("/off")
def turn_off() -> ResponseReturnValue:
    user, form = access.require_user(), CodeForm()
    if not form.validate() or not _is_right(user, form):
        return _page(user, form), 422
    with transaction():
        services.turn_off(user)
    flash(_("The second step is turned off."), "success")
    return redirect(url_for("account.show"), 303)


@bp.post("/recovery-codes")
def recovery_codes() -> ResponseReturnValue:
    """Ten new ones, in exchange for a code; those given before are void."""
    user, form = access.require_user(), CodeForm()
    if not form.validate() or not _is_right(user, form):
        return _page(user, form), 422
    return _new_recovery_codes(user)


@bp.post("/passkeys")
def add() -> ResponseReturnValue:
    user, form = _proved_user(), NewPasskeyForm()
    is_first = not user.has_second_step
    name = form.name.data or browser_in_words(request.user_agent.string) or _("Passkey")
    try:
        with transaction():
            add_passkey(user, form.answer.data or "", site=site(), challenge=challenge(), name=name)
    except PasskeyRefused as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("second_step.show"), 303)
    if is_first:
        return _new_recovery_codes(user)
    flash(_("The passkey is added."), "success")
    return redirect(url_for("second_step.show"), 303)


@bp.post("/passkeys/<uuid:passkey_id>/remove")
def remove(passkey_id: uuid.UUID) -> ResponseReturnValue:
    _proved_user()
    passkey = access.own_passkey(passkey_id)
    with transaction():
        remove_passkey(passkey)
    flash(_("The passkey is removed."), "success")
    return redirect(url_for("second_step.show"), 303)


def _proved_user() -> User:
    """Turning off and new recovery codes need no proof besides: they ask for a code."""
    user = access.require_user()
    access.require_proof(url_for("second_step.show"))
    return user


def _page(user: User, form: CodeForm) -> str:
    """Until it is on, the secret for the app waits in this browser's session."""
    app_secret = session.setdefault(SETTING_UP, services.new_app_secret())
    return render_template(
        "accounts/own_second_step.html",
        form=form,
        user=user,
        app_secret=app_secret,
        app_code=qr_address(services.app_address(user, app_secret), quiet=4),
        passkey_form=NewPasskeyForm(formdata=None),
        options=asked(ask_for_new(site(), user, user.passkeys)),
        zone=clock.HOME,
    )


def _turned_on(user: User, form: CodeForm) -> list[str]:
    """The recovery codes; none, and why beside the field, when the app's code was wrong."""
    try:
        spend(TRIES, "second-step", str(user.id))
        with transaction():
            app_secret, secret = session.get(SETTING_UP, ""), settings().data_secret
            return services.turn_on(user, app_secret, form.code.data, secret=secret)
    except DomainError as refusal:
        refuse(form.code, refusal)
        return []


def _is_right(user: User, form: CodeForm) -> bool:
    try:
        spend(TRIES, "second-step", str(user.id))
        with transaction():
            services.check_code(user, form.code.data, secret=settings().data_secret)
    except DomainError as refusal:
        refuse(form.code, refusal)
        return False
    return True


def _new_recovery_codes(user: User) -> str:
    with transaction():
        codes = services.new_recovery_codes(user)
    return render_template("accounts/recovery_codes.html", codes=codes)
