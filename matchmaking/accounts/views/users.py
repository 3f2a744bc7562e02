"""Everybody's account, for the administrator."""

import uuid
from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts import access, queries, services
from matchmaking.accounts.forms import InvitationForm
from matchmaking.accounts.models import User
from matchmaking.accounts.services.people import AccountClosed
from matchmaking.core import clock
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _, current_language
from matchmaking.web import acts
from matchmaking.web.forms import refuse
from matchmaking.web.pagination import paginate

bp = Blueprint("users", __name__, url_prefix="/users")

CHANGES: dict[str, Callable[[User], None]] = {
    "make-administrator": services.make_administrator,
    "unmake-administrator": services.unmake_administrator,
    "close": services.close_account,
    "reopen": services.reopen_account,
    "sign-out": services.sign_out_everywhere,
}


@bp.get("")
def index() -> ResponseReturnValue:
    access.require_administrator()
    search = request.args.get("q", "")[:200]
    page = paginate(queries.users(search))
    return render_template("accounts/users.html", page=page, search=search, zone=clock.HOME)


@bp.route("/invite", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    access.require_administrator()
    form = InvitationForm(language=current_language())
    if not form.is_submitted():
        return render_template("accounts/invite.html", form=form)
    if not form.validate() or not (user := _invited(form)):
        return render_template("accounts/invite.html", form=form), 422
    flash(_("%(name)s is invited. A link is on its way.", name=user.full_name), "success")
    return redirect(url_for("users.show", user_id=user.id), 303)


@bp.get("/<uuid:user_id>")
def show(user_id: uuid.UUID) -> ResponseReturnValue:
    user = access.account(user_id)
    history = acts.history(user, clock.HOME)
    return render_template("accounts/user.html", user=user, history_lines=history, zone=clock.HOME)


@bp.post("/<uuid:user_id>/link")
def send_link(user_id: uuid.UUID) -> ResponseReturnValue:
    """A person who lost the mail gets another, good for seven days."""
    user = access.account(user_id)
    with transaction():
        services.invite(user.email, user.full_name)
    flash(_("A link is on its way to %(email)s.", email=user.email), "success")
    return redirect(url_for("users.show", user_id=user.id), 303)


@bp.post("/<uuid:user_id>/<any({}):change>".format(", ".join(f'"{name}"' for name in CHANGES)))
def change(user_id: uuid.UUID, change: str) -> ResponseReturnValue:
    user = access.account(user_id)
    with transaction():
        CHANGES[change](user)
    flash(_("The account of %(name)s is changed.", name=user.full_name), "success")
    return redirect(url_for("users.show", user_id=user.id), 303)


def _invited(form: InvitationForm) -> User | None:
    """A refusal is put beside the address it is about."""
    try:
        with transaction():
            return services.invite(
                form.email.data, form.full_name.data, language=form.language.data
            )
    except AccountClosed as refusal:
        refuse(form.email, refusal)
        return None
