"""The mails of an event: what was sent, what waits, what failed and why."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.core.outbox import MailState
from matchmaking.events.access import event_for_editor
from matchmaking.ops.access import mail_of
from matchmaking.ops.mail import send_again
from matchmaking.ops.queries import mails_by_state, mails_of
from matchmaking.ops.views.blueprint import bp
from matchmaking.ops.words import MAIL_KINDS, MAIL_STATES
from matchmaking.web.pagination import paginate


@bp.get("/organize/<slug>/mail")
def outbox(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    asked = request.args.get("state", "")
    state = MailState(asked) if asked in set(MailState) else None
    words = request.args.get("q", "")[:200]
    return render_template(
        "ops/outbox.html",
        event=event,
        page=paginate(mails_of(event.id, state=state, words=words)),
        counts=mails_by_state(event.id),
        state=asked,
        words=words,
        states=MAIL_STATES,
        kinds=MAIL_KINDS,
    )


@bp.post("/organize/<slug>/mail/<uuid:mail_id>/again")
def send_mail_again(slug: str, mail_id: uuid.UUID) -> ResponseReturnValue:
    mail = mail_of(event_for_editor(slug), mail_id)
    with transaction():
        send_again(mail)
    flash(_("The mail to %(recipient)s is sent again.", recipient=mail.recipient), "success")
    return redirect(url_for("ops.outbox", slug=slug))
