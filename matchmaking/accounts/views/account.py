"""One's own account: name, language, password, sessions."""

import uuid
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts import access, lasting, queries, services
from matchmaking.accounts.forms import ChangePasswordForm, NewPasswordForm, OwnDetailsForm
from matchmaking.accounts.models import LinkPurpose, User
from matchmaking.accounts.services.passwords import PasswordRefused, password_is_right
from matchmaking.core import clock
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.web.forms import refuse
from matchmaking.web.homes import home_of
from matchmaking.web.paths import own_path
from matchmaking.web.settings import settings
from matchmaking.web.throttle import spend

bp = Blueprint("account", __name__, url_prefix="/account")

TRIES = "10 per 15 minutes"


@bp.get("/home")
def home() -> ResponseReturnValue:
    """Where somebody goes who signed in without being on the way anywhere."""
    user = access.require_user()
    return redirect(home_of(user) or url_for("account.show"))


@bp.route("", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    user = access.require_user()
    form = OwnDetailsForm(obj=user)
    if not form.is_submitted():
        return _account_page(form, user)
    if not form.validate():
        return _account_page(form, user), 422
    with transaction():
        services.change_own_details(
            user, full_name=form.full_name.data, language=form.language.data
        )
    flash(_("Your account is saved."), "success")
    return redirect(url_for("account.show", lang=user.language), 303)


@bp.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    user = access.require_user()
    form = _password_form(user)
    if not form.is_submitted():
        return render_template("accounts/password.html", form=form, user=user)
    if not form.validate() or not _change_password(form, user):
        return render_template("accounts/password.html", form=form, user=user), 422
    flash(_("Your new password is saved. Your other devices are signed out."), "success")
    return redirect(url_for("account.show"), 303)


@bp.route("/welcome", methods=["GET", "POST"])
def welcome() -> ResponseReturnValue:
    """The first page after an invitation: a password, or straight on without one."""
    user = access.require_user()
    onwards = own_path(request.args.get("next")) or url_for("account.home")
    if not access.came_by_link_just_now():
        return redirect(onwards)
    form = NewPasswordForm()
    page = {"form": form, "user": user, "onwards": onwards}
    if not form.is_submitted():
        return render_template("accounts/welcome.html", **page)
    if not form.validate() or not _change_password(form, user):
        return render_template("accounts/welcome.html", **page), 422
    flash(_("Your password is saved."), "success")
    return redirect(onwards, 303)


@bp.post("/password/link")
def mail_link() -> ResponseReturnValue:
    """For somebody who is signed in and no longer knows the password."""
    user = access.require_user()
    spend("5 per hour", "sign-in-link", user.email)
    with transaction():
        services.mail_link(user.email, purpose=LinkPurpose.RESET_PASSWORD)
    flash(_("We have sent a link to %(email)s.", email=user.email), "success")
    return redirect(url_for("account.show"), 303)


@bp.post("/sessions/<uuid:session_id>/end")
def end_session(session_id: uuid.UUID) -> ResponseReturnValue:
    """Sign out in another browser; in this one there is signing out."""
    user = access.require_user()
    with transaction():
        services.close_session(user, session_id)
    flash(_("That device is signed out."), "success")
    return redirect(url_for("account.show"), 303)


@bp.post("/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    user = access.require_user()
    with transaction():
        services.sign_out_everywhere(user)
    access.end_session()
    flash(_("You are signed out on every device."), "success")
    return redirect(url_for("accounts.sign_in"), 303)


def _account_page(form: OwnDetailsForm, user: User) -> str:
    return render_template(
        "accounts/account.html",
        form=form,
        user=user,
        sessions=queries.sessions_of(user, since=lasting.earliest_start()),
        here=access.session_here(),
        idle_minutes=settings().session_idle_minutes,
        hours=settings().session_hours,
        zone=clock.HOME,
    )


def _password_form(user: User) -> NewPasswordForm:
    """The current password is asked for, unless a mailed link has just taken its place."""
    if user.has_password and not access.came_by_link_just_now():
        return ChangePasswordForm()
    access.require_proof(url_for("account.password"))
    return NewPasswordForm()


def _site() -> str:
    """What this installation is called, in its address and in its mails."""
    return f"{urlsplit(settings().base_url).hostname} {settings().mail_from}"


def _change_password(form: NewPasswordForm, user: User) -> bool:
    """Save it and stay signed in here; a refusal is put beside its field."""
    if isinstance(form, ChangePasswordForm):
        spend(TRIES, "current-password", str(user.id))
        if not password_is_right(user, form.current.data):
            refuse(form.current, _("This is not your current password."))
            return False
    try:
        with transaction():
            services.change_password(user, form.password.data, site=_site())
    except PasswordRefused as refusal:
        refuse(form.password, refusal)
        return False
    access.renew_session(user)
    return True
