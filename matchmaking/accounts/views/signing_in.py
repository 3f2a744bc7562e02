"""Signing in, by password or mailed link, and out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts import access, services
from matchmaking.accounts.forms import (
    CodeForm,
    ConfirmForm,
    MailLinkForm,
    PasskeyForm,
    SignInForm,
)
from matchmaking.accounts.models import LinkPurpose, OneTimeLink, User
from matchmaking.accounts.services.links import LinkSpent, is_spent
from matchmaking.accounts.services.passkeys import ask_to_sign_in, user_with_passkey
from matchmaking.accounts.services.second_step import check_code
from matchmaking.accounts.services.signing_in import SignInRefused
from matchmaking.accounts.views.passkeys import asked, challenge, site
from matchmaking.core.audit import Actor, acting_as
from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _
from matchmaking.web.forms import refuse
from matchmaking.web.paths import own_path
from matchmaking.web.settings import settings
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
    return _admitted(user, _next_path(), remember=form.remember.data)


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


@bp.get("/sign-in/again")
def signed_in_again() -> ResponseReturnValue:
    """For who signed in beside a form that waits in another tab."""
    access.require_user()
    return render_template("accounts/signed_in_again.html")


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
    return _admitted(user, _first_page(link, user), remember=True, by_link=True)


@bp.get("/sign-in/second-step")
def second_step() -> ResponseReturnValue:
    """For who has shown a password or a mailed link, and has a second step to go."""
    user = access.half_way_in()
    if user is None:
        return redirect(url_for("accounts.sign_in", next=_asked_path() or None))
    return _second_step_page(user, CodeForm(formdata=None))


@bp.post("/sign-in/second-step")
def take_second_step() -> ResponseReturnValue:
    user, form = access.half_way_in(), CodeForm()
    if user is None:
        return redirect(url_for("accounts.sign_in", next=_asked_path() or None), 303)
    if not form.validate():
        return _second_step_page(user, form), 422
    try:
        spend(TRIES, "second-step", str(user.id))
        with transaction():
            check_code(user, form.code.data, secret=settings().data_secret)
    except DomainError as refusal:
        refuse(form.code, refusal)
        return _second_step_page(user, form), refusal.status
    forgive(TRIES, "second-step", str(user.id))
    access.admit_half_way(user)
    return redirect(_next_path(), 303)


@bp.post("/sign-in/passkey")
def sign_in_with_passkey() -> ResponseReturnValue:
    """A passkey is both steps in one: the device, and the lock that it opens."""
    form = PasskeyForm()
    try:
        spend(TRIES_FROM_ONE_ADDRESS, "passkey")
        with transaction():
            user = user_with_passkey(form.answer.data or "", site=site(), challenge=challenge())
            _note(user, by="passkey")
    except DomainError as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("accounts.sign_in", next=_asked_path() or None), 303)
    access.start_session(user, remember=True)
    return redirect(_next_path(), 303)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    access.end_session()
    flash(_("You are signed out."), "success")
    return redirect(url_for("accounts.sign_in"), 303)


def _admitted(
    user: User, onwards: str, *, remember: bool, by_link: bool = False
) -> ResponseReturnValue:
    """On their way, over the second step if the account has one."""
    if access.admit(user, remember=remember, by_link=by_link):
        return redirect(onwards, 303)
    return redirect(url_for("accounts.second_step", next=onwards), 303)


def _second_step_page(user: User, form: CodeForm) -> str:
    return render_template(
        "accounts/second_step.html",
        form=form,
        passkey_form=PasskeyForm(formdata=None),
        asks_app=bool(user.app_secret),
        options=asked(ask_to_sign_in(site())),
        next_path=_asked_path(),
    )


def _sign_in_page(form: SignInForm | MailLinkForm) -> str:
    full = form if isinstance(form, SignInForm) else SignInForm()
    if full is not form:
        full.email.errors = form.email.errors
    return render_template(
        "accounts/sign_in.html",
        form=full,
        passkey_form=PasskeyForm(formdata=None),
        options=asked(ask_to_sign_in(site())),
        next_path=_asked_path(),
    )


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
