"""The schedule board: look, lift a card, put it down, undo, tell the companies."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.companies.access import may_edit
from matchmaking.core import audit
from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _, ngettext
from matchmaking.events.access import event_for_editor, event_for_viewer
from matchmaking.events.models import Event
from matchmaking.meetings.access import change_at, meeting_at
from matchmaking.meetings.forms.board import CardForm, Cell, PutForm
from matchmaking.meetings.models import MeetingStatus
from matchmaking.meetings.own_access import request_at, slot_at, table_at
from matchmaking.meetings.pages.lifting import Look, board_page
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.board import acting
from matchmaking.meetings.services.board.acting import Drop
from matchmaking.meetings.services.board.cells import Card
from matchmaking.meetings.services.board.situation import card_of_meeting, card_of_request
from matchmaking.meetings.views.blueprint import bp


@bp.get("/organize/<slug>/schedule/board")
def board(slug: str) -> ResponseReturnValue:
    """The board; `?lift=meeting.<id>` shows what every place is for that card."""
    event = event_for_viewer(slug)
    form = CardForm(formdata=None, data={"card": request.args.get("lift")})
    is_card = may_edit(event) and form.card_is_named
    return _page(event, _card(event, form) if is_card else None)


def _page(event: Event, card: Card | None, error: str = "") -> str:
    return render_template(
        "meetings/board.html",
        event=event,
        board=board_page(event, _look(), card, audit.current_actor().id),
        look=_look(),
        error=error,
        may_edit=may_edit(event),
    )


def _look() -> Look:
    given = request.args
    return Look(
        rows="companies" if given.get("rows") == "companies" else "tables",
        day=max(1, given.get("day", 1, type=int)),
        words=given.get("q", "")[:100],
        page=max(1, given.get("page", 1, type=int)),
    )


def _address(slug: str, **more: Any) -> str:
    """The board as it is looked at now, with nothing in the hand."""
    kept = {
        name: value for name, value in request.args.items() if name in ("rows", "day", "q", "page")
    }
    return url_for("meetings.board", slug=slug, **kept | more)


def _card(event: Event, form: CardForm) -> Card | None:
    """The card a form or address names; none when its meeting has been cancelled."""
    if not form.is_meeting:
        return card_of_request(request_at(event, form.card_id))
    meeting = meeting_at(event, form.card_id)
    return None if meeting.status is MeetingStatus.CANCELLED else card_of_meeting(meeting)


@bp.post("/organize/<slug>/schedule/board")
def put_card(slug: str) -> ResponseReturnValue:
    """Put the card down; when that is no longer possible, say why and show the board as it is."""
    event = event_for_editor(slug)
    form = PutForm()
    if not form.validate():
        return _page(event, None, _("Choose a card, then one of the places it can go to.")), 422
    card = _card(event, form)
    try:
        with transaction():
            acting.put(
                card or _gone(event, form), _drop(event, form.place), sequence=form.sequence.data
            )
    except DomainError as error:
        return _page(event, _card(event, form), _refusal(event, error)), 409
    return redirect(_address(slug, done=1))


def _gone(event: Event, form: CardForm) -> Card:
    """The card of a meeting cancelled meanwhile: the service refuses it in words."""
    return card_of_meeting(meeting_at(event, form.card_id))


def _drop(event: Event, cell: Cell) -> Drop:
    slot = slot_at(event, cell.slot)
    table = table_at(event, cell.table) if cell.table else None
    if cell.other is None or cell.to_slot is None or cell.to_table is None:
        return Drop(slot, table)
    elsewhere = slot_at(event, cell.to_slot), table_at(event, cell.to_table)
    return Drop(slot, table, meeting_at(event, cell.other), cell.other_sequence, elsewhere)


def _refusal(event: Event, error: DomainError) -> str:
    """The sentence, with the times that are still possible."""
    slots = getattr(error, "alternatives", ())[:6]
    if not slots:
        return str(error)
    times = ", ".join(slot.starts_at.astimezone(event.zone).strftime("%H:%M") for slot in slots)
    return _("%(reason)s Still possible: %(times)s.", reason=str(error), times=times)


@bp.post("/organize/<slug>/schedule/board/off")
def take_card_off(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = CardForm()
    if not form.validate():
        return _page(event, None), 422
    try:
        with transaction():
            acting.take_off(meeting_at(event, form.card_id), sequence=form.sequence.data or 0)
    except DomainError as error:
        return _page(event, _card(event, form), str(error)), 409
    return redirect(_address(slug, done=1))


@bp.post("/organize/<slug>/schedule/board/pin")
def pin_card(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = CardForm()
    if not form.validate():
        return _page(event, None), 422
    meeting = meeting_at(event, form.card_id)
    with transaction():
        booking.pin(meeting, is_pinned=not meeting.is_pinned)
    return redirect(_address(slug, lift=form.card.data))


@bp.post("/organize/<slug>/schedule/board/changes/<uuid:change_id>/undo")
def undo_change(slug: str, change_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    try:
        with transaction():
            acting.undo(change_at(event, change_id))
    except DomainError as error:
        return _page(event, None, str(error)), 409
    flash(_("Undone: everything is where it was."), "success")
    return redirect(_address(slug))


@bp.post("/organize/<slug>/schedule/board/tell")
def tell_changes(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    with transaction():
        told = acting.tell(event)
    flash(
        ngettext(
            "%(num)s company is told where its meetings are now.",
            "%(num)s companies are told where their meetings are now.",
            len(told),
        ),
        "success",
    )
    return redirect(_address(slug))
