"""Other programs, for an event's owners: their tokens, and what they are told."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import has_just_proved, require_proof, require_user
from matchmaking.api.access import delivery_at, token_at, webhook_at
from matchmaking.api.forms import TokenForm, WebhookForm
from matchmaking.api.queries import deliveries_to, webhooks_of
from matchmaking.api.services import webhooks
from matchmaking.api.words import KIND_NAMES, SCOPE_NAMES, STATE_KINDS, STATE_NAMES
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_owner
from matchmaking.events.models import Event, TokenScope
from matchmaking.events.services import tokens
from matchmaking.web.forms import refuse
from matchmaking.web.pagination import paginate
from matchmaking.web.settings import settings

programs = Blueprint("programs", __name__, url_prefix="/organize/<slug>/programs")


@programs.get("")
def index(slug: str) -> ResponseReturnValue:
    return _page(event_for_owner(slug))


@programs.post("/tokens")
def create_token(slug: str) -> ResponseReturnValue:
    """The answer shows the token, this once; nothing keeps it for a second look."""
    event, form = event_for_owner(slug), TokenForm()
    require_proof(url_for("programs.index", slug=slug))
    if not form.validate():
        return _page(event, token_form=form), 422
    scope = TokenScope(form.scope.data)
    with transaction():
        _row, secret = tokens.create_token(
            event, scope=scope, name=form.name.data, by=require_user()
        )
    return _page(event, secret=secret), 201


@programs.post("/tokens/<uuid:token_id>/revoke")
def revoke_token(slug: str, token_id: uuid.UUID) -> ResponseReturnValue:
    token = token_at(event_for_owner(slug), token_id)
    with transaction():
        tokens.revoke_token(token)
    flash(_("%(name)s opens nothing any more.", name=token.name), "success")
    return redirect(url_for("programs.index", slug=slug), 303)


@programs.post("/webhooks")
def add_webhook(slug: str) -> ResponseReturnValue:
    event, form = event_for_owner(slug), WebhookForm()
    if not form.validate():
        return _page(event, webhook_form=form), 422
    try:
        with transaction():
            made = webhooks.add_webhook(
                event, form.url.data, form.kinds.data, secret=settings().data_secret
            )
    except webhooks.TooManyWebhooks as refusal:
        refuse(form.url, refusal)
        return _page(event, webhook_form=form), 409
    return redirect(url_for("programs.webhook", slug=slug, webhook_id=made.id), 303)


@programs.get("/webhooks/<uuid:webhook_id>")
def webhook(slug: str, webhook_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_owner(slug)
    found = webhook_at(event, webhook_id)
    return render_template(
        "api/webhook.html",
        event=event,
        webhook=found,
        secret=webhooks.secret_of(found, secret=settings().data_secret),
        page=paginate(deliveries_to(found)),
        kinds=KIND_NAMES,
        states=STATE_NAMES,
        state_kinds=STATE_KINDS,
    )


@programs.post("/webhooks/<uuid:webhook_id>/remove")
def remove_webhook(slug: str, webhook_id: uuid.UUID) -> ResponseReturnValue:
    found = webhook_at(event_for_owner(slug), webhook_id)
    with transaction():
        webhooks.remove_webhook(found)
    flash(_("This address is told nothing any more."), "success")
    return redirect(url_for("programs.index", slug=slug), 303)


@programs.post("/webhooks/<uuid:webhook_id>/deliveries/<uuid:delivery_id>/replay")
def replay(slug: str, webhook_id: uuid.UUID, delivery_id: uuid.UUID) -> ResponseReturnValue:
    found = webhook_at(event_for_owner(slug), webhook_id)
    with transaction():
        webhooks.replay(delivery_at(found, delivery_id))
    flash(_("It is sent again in a moment."), "success")
    return redirect(url_for("programs.webhook", slug=slug, webhook_id=webhook_id), 303)


def _page(
    event: Event,
    *,
    token_form: TokenForm | None = None,
    webhook_form: WebhookForm | None = None,
    secret: str = "",
) -> str:
    return render_template(
        "api/programs.html",
        event=event,
        tokens=tokens.tokens_of(event),
        webhooks=webhooks_of(event.id),
        token_form=token_form or TokenForm(formdata=None),
        webhook_form=webhook_form or WebhookForm(formdata=None),
        secret=secret,
        may_make_tokens=has_just_proved(),
        scopes=SCOPE_NAMES,
        kinds=KIND_NAMES,
    )
