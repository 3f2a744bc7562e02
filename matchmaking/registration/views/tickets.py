"""The organizer's ticket types."""

import uuid
from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking import reference
from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor, event_for_viewer
from matchmaking.events.models import Event
from matchmaking.registration.access import may_edit, ticket_type_for_editor
from matchmaking.registration.forms.desk import TicketTypeForm, values_of_ticket_type
from matchmaking.registration.models import TicketType
from matchmaking.registration.queries import ticket_types_of
from matchmaking.registration.services import ChangedMeanwhile
from matchmaking.registration.services.tickets import (
    PlacesTaken,
    add_ticket_type,
    change_ticket_type,
    move_ticket_type,
    preset,
    remove_ticket_type,
)
from matchmaking.registration.views.blueprint import bp
from matchmaking.web.forms import refuse
from matchmaking.web.settings import absolute


@bp.get("/organize/<slug>/tickets")
def tickets(slug: str) -> ResponseReturnValue:
    event = event_for_viewer(slug)
    address = absolute(url_for("registration.register", slug=slug))
    return render_template(
        "registration/tickets.html",
        event=event,
        ticket_types=ticket_types_of(event),
        badge_types=reference.badge_types(),
        address=address,
        may_edit=may_edit(event),
    )


@bp.route("/organize/<slug>/tickets/new", methods=["GET", "POST"])
def add_ticket(slug: str) -> ResponseReturnValue:
    """`?badge=press` fills the form from that badge type."""
    event = event_for_editor(slug)
    asked = request.args.get("badge", "")
    known = {one.code for one in reference.badge_types()}
    suggested = preset(asked if asked in known else "delegate")
    form = TicketTypeForm(data=values_of_ticket_type(suggested))
    return _saved(event, form, lambda: add_ticket_type(event, form.wanted))


@bp.route("/organize/<slug>/tickets/<uuid:ticket_type_id>", methods=["GET", "POST"])
def edit_ticket(slug: str, ticket_type_id: uuid.UUID) -> ResponseReturnValue:
    ticket_type = ticket_type_for_editor(slug, ticket_type_id)
    form = TicketTypeForm(data=values_of_ticket_type(ticket_type))

    def save() -> TicketType:
        return change_ticket_type(ticket_type, form.wanted, version=form.seen_version)

    return _saved(ticket_type.event, form, save, ticket_type)


def _saved(
    event: Event,
    form: TicketTypeForm,
    save: Callable[[], TicketType],
    ticket_type: TicketType | None = None,
) -> ResponseReturnValue:
    """The form, or back to the list once it is saved."""
    form.offer_badge_types()
    if form.validate_on_submit() and _is_saved(form, save):
        flash(_("The ticket type is saved."), "success")
        return redirect(url_for("registration.tickets", slug=event.slug))
    page = render_template(
        "registration/ticket.html", event=event, form=form, ticket_type=ticket_type
    )
    return page, 422 if request.method == "POST" else 200


def _is_saved(form: TicketTypeForm, save: Callable[[], TicketType]) -> bool:
    """Whether no rule refused; if one did, why stands in the form."""
    try:
        with transaction():
            save()
    except PlacesTaken as refusal:
        refuse(form.places, refusal)
    except ChangedMeanwhile as refusal:
        form.take_over(values_of_ticket_type(refusal.current))
    else:
        return True
    return False


@bp.post("/organize/<slug>/tickets/<uuid:ticket_type_id>/move")
def move_ticket(slug: str, ticket_type_id: uuid.UUID) -> ResponseReturnValue:
    ticket_type = ticket_type_for_editor(slug, ticket_type_id)
    with transaction():
        move_ticket_type(ticket_type, up=bool(request.form.get("up")))
    return redirect(url_for("registration.tickets", slug=slug))


@bp.post("/organize/<slug>/tickets/<uuid:ticket_type_id>/remove")
def remove_ticket(slug: str, ticket_type_id: uuid.UUID) -> ResponseReturnValue:
    ticket_type = ticket_type_for_editor(slug, ticket_type_id)
    try:
        with transaction():
            remove_ticket_type(ticket_type)
        flash(_("The ticket type is removed."), "success")
    except DomainError as refusal:
        flash(str(refusal), "warning")
    return redirect(url_for("registration.tickets", slug=slug))
