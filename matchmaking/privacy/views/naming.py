"""Who is named at an event without a registration, and where: found, and erased by an owner."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_proof
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_owner
from matchmaking.events.models import Speaker
from matchmaking.privacy.access import subject_for_owner
from matchmaking.privacy.forms import ConfirmForm, NamedForm
from matchmaking.privacy.mentions import mentions
from matchmaking.privacy.services.erasing import erase_interpreter, erase_speaker
from matchmaking.privacy.views.blueprint import bp


@bp.route("/organize/<slug>/personal-data/named", methods=["GET", "POST"])
def named(slug: str) -> ResponseReturnValue:
    """Names travel in the form, never in an address."""
    event = event_for_owner(slug)
    form = NamedForm()
    is_sent = form.validate_on_submit()
    found = mentions(event, [form.words.data]) if is_sent else None
    page = render_template("privacy/named.html", event=event, form=form, found=found)
    return page, 422 if form.is_submitted() and not is_sent else 200


@bp.route(
    "/organize/<slug>/personal-data/<any(speaker, interpreter):kind>/<uuid:subject_id>/erase",
    methods=["GET", "POST"],
)
def erase_subject(slug: str, kind: str, subject_id: uuid.UUID) -> ResponseReturnValue:
    subject = subject_for_owner(slug, kind, subject_id)
    event, form = event_for_owner(slug), ConfirmForm(subject.full_name)
    back = url_for("privacy.erase_subject", slug=slug, kind=kind, subject_id=subject_id)
    require_proof(back)
    if not form.validate_on_submit():
        page = render_template(
            "privacy/erase_subject.html", event=event, subject=subject, kind=kind, form=form
        )
        return page, 422 if form.is_submitted() else 200
    with transaction():
        erase_speaker(subject) if isinstance(subject, Speaker) else erase_interpreter(subject)
    flash(_("The data is erased."), "success")
    return redirect(url_for("privacy.named", slug=slug))
