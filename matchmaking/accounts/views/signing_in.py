"""Signing in, by password or mailed link, and out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts import access, services
from matchmaking.accounts.forms import ConfirmForm, MailLinkForm, SignInForm
from matchmaking.accounts.models import LinkPurpose, OneTimeLink, User
from matchmaking.accounts.services.links import LinkSpent, is_spent
from matchmaking.accounts.services.signing_in import SignInRefused
from matchmaking.core.audit import Actor, acting_as
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.web.forms import refuse
from matchmaking.web.paths import own_path
from matchmaking.web.throttle import TooManyAttempts, forgive, spend

bp = Blueprint("accounts", __name__)

TRIES = "10 per 15 minutes"
TRIES_FROM_ONE_ADDRESS = "300 per 15 minutes"
LINKS = "5 per hour"
LINKS_FROM_ONE_ADDRESS = "200 per hour"


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    if access.signed_in_user():
        return redirect(_next_path())
    return _sign_in_page(SignInForm(formdata=None))


@bp.post("/sign-in")
def sign_in_with_password() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form), 422
    try:
        user = _user_who_knows_the_password(form)
    except SignInRefused as refusal:
        refuse(form.password, refusal)
        return _sign_in_page(form), 422
    except TooManyAttempts as refusal:
        refuse(form.password, refusal)
        return _sign_in_page(form), 429, {"Retry-After": str(refusal.seconds)}
    access.start_session(user, remember=form.remember.data)
    return redirect(_next_path(), 303)


@bp.post("/sign-in/link")
def mail_link() -> ResponseReturnValue:
    """The answer is the same whether the address has an account or not."""
    form = MailLinkForm()
    if not form.validate():
        return _sign_in_page(form), 422
    _mail(form.email.data, LinkPurpose.SIGN_IN)
    return redirect(url_for("accounts.link_sent"), 303)


@bp.route("/sign-in/forgotten", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    form = MailLinkForm()
    if not form.is_submitted():
        return render_template("accounts/forgotten.html", form=form)
    if not form.validate():
        return render_template("accounts/forgotten.html", form=form), 422
    _mail(form.email.data, LinkPurpose.RESET_PASSWORD)
    return redirect(url_for("accounts.link_sent"), 303)


@bp.get("/sign-in/link-sent")
def link_sent() -> ResponseReturnValue:
    return render_template("accounts/link_sent.html")


@bp.get("/sign-in/link/<token>")
def open_link(token: str) -> ResponseReturnValue:
    """Only asks: programs that check mails open every link, and must not use it up."""
    link = access.one_time_link(token)
    if is_spent(link):
        return render_template("accounts/link_spent.html", form=MailLinkForm()), 410
    return render_template("accounts/open_link.html", form=ConfirmForm(), link=link)


@bp.post("/sign-in/link/<token>")
def use_link(token: str) -> ResponseReturnValue:
    link = access.one_time_link(token)
    try:
        with transaction():
            user = services.use_link(link)
            _note(user, by="link")
    except LinkSpent:
        return render_template("accounts/link_spent.html", form=MailLinkForm()), 410
    access.start_session(user, remember=True, by_link=True)
    return redirect(_first_page(link, user), 303)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    access.end_session()
    flash(_("You are signed out."), "success")
    return redirect(url_for("accounts.sign_in"), 303)


def _sign_in_page(form: SignInForm | MailLinkForm) -> str:
    full = form if isinstance(form, SignInForm) else SignInForm()
    if full is not form:
        full.email.errors = form.email.errors
    return render_template("accounts/sign_in.html", form=full, next_path=_asked_path())


def _user_who_knows_the_password(form: SignInForm) -> User:
    """Raises SignInRefused, TooManyAttempts."""
    spend(TRIES_FROM_ONE_ADDRESS, "sign-in")
    spend(TRIES, "sign-in", form.email.data)
    with transaction():
        user = services.user_with_password(form.email.data, form.password.data)
        _note(user, by="password")
    forgive(TRIES, "sign-in", form.email.data)
    return user


def _mail(email: str, purpose: LinkPurpose) -> None:
    spend(LINKS_FROM_ONE_ADDRESS, "sign-in-link")
    spend(LINKS, "sign-in-link", email)
    with transaction():
        services.mail_link(email, purpose=purpose, next_path=_asked_path())


def _note(user: User, *, by: str) -> None:
    with acting_as(Actor("user", user.id, user.full_name)):
        services.note_sign_in(user, by=by)


def _asked_path() -> str:
    return own_path(request.args.get("next") or request.form.get("next"))


def _next_path() -> str:
    return _asked_path() or url_for("account.home")


def _first_page(link: OneTimeLink, user: User) -> str:
    """Where a mailed link leads: to a password if it is about one, else where it was meant to."""
    if link.purpose is LinkPurpose.RESET_PASSWORD:
        return url_for("account.password")
    if link.purpose is LinkPurpose.INVITATION and not user.has_password:
        return url_for("account.welcome", next=own_path(link.next_path) or None)
    return own_path(link.next_path) or url_for("account.home")
