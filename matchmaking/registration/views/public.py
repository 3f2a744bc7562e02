"""Registering, and asking for the personal link again."""

from dataclasses import dataclass
from functools import cached_property

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from matchmaking.core.audit import Actor, acting_as
from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _, _l
from matchmaking.events.access import public_event
from matchmaking.events.models import Event
from matchmaking.registration import services
from matchmaking.registration.access import registration_at, remember
from matchmaking.registration.forms.public import (
    LinkForm,
    PersonForm,
    PlaceForm,
    is_gone,
    note_on,
    typed_in,
    wanted_by,
)
from matchmaking.registration.limits import FROM_ONE_NETWORK, spend_attempt
from matchmaking.registration.models import Registration, TicketType
from matchmaking.registration.person import email_address
from matchmaking.registration.queries import (
    offered_ticket_types,
    registration_of_address,
    ticket_type_by_link,
)
from matchmaking.registration.services import (
    AlreadyRegistered,
    AttendanceNotOffered,
    EventOver,
    NotYetOpen,
    RegistrationClosed,
    SoldOut,
    send_personal_link,
)
from matchmaking.registration.services.registering import check_open
from matchmaking.registration.views.blueprint import bp
from matchmaking.web.forms import refuse
from matchmaking.web.throttle import TooManyAttempts, spend


@dataclass
class Screens:
    """Both screens of one visitor. What the other screen was told travels along unseen."""

    event: Event
    person: PersonForm
    offered: list[TicketType]
    invited: TicketType | None

    @cached_property
    def place(self) -> PlaceForm:
        place = PlaceForm()
        place.offer(self.offered, chosen=self.invited)
        return place

    @property
    def notes(self) -> dict[str, str]:
        return {ticket_type.code: note_on(ticket_type) for ticket_type in self.offered}

    @property
    def ticket_type(self) -> TicketType:
        return next(one for one in self.offered if one.code == self.place.ticket_type.data)


def _screens_of(event: Event) -> Screens:
    invited = ticket_type_by_link(event, request.args.get("ticket", ""))
    offered = offered_ticket_types(event, invited=invited)
    return Screens(event, PersonForm(), offered, invited)


ADVICE = {
    NotYetOpen: _l("Come back later; the programme is on the event's page meanwhile."),
    EventOver: _l("Thank you to everyone who came. The event's page stays where it is."),
    SoldOut: _l("Write to the organizer if you must be there: places sometimes become free."),
}


@bp.get("/events/<slug>/register")
def register(slug: str) -> ResponseReturnValue:
    event = public_event(slug)
    screens = _screens_of(event)
    try:
        check_open(event)
    except RegistrationClosed as refusal:
        return _closed(event, refusal)
    if all(is_gone(ticket_type) for ticket_type in screens.offered):
        return _closed(event, SoldOut())
    return _first(screens)


@bp.post("/events/<slug>/register")
def go_on(slug: str) -> ResponseReturnValue:
    screens = _screens_of(public_event(slug))
    go = request.form.get("go")
    if go == "back":
        return _first(screens)
    if not screens.person.validate():
        return _first(screens), 422
    if go == "next":
        return _second(screens)
    if not screens.place.validate():
        return _second(screens), 422
    return _send(screens)


def _closed(event: Event, refusal: DomainError) -> str:
    advice = ADVICE.get(
        type(refusal), _l("If you should be there all the same, write to the organizer.")
    )
    opens_at = event.registration_opens_at if isinstance(refusal, NotYetOpen) else None
    return render_template(
        "registration/closed.html", event=event, refusal=refusal, advice=advice, opens_at=opens_at
    )


def _first(screens: Screens) -> str:
    mine = registration_at(screens.event)
    kept = typed_in(screens.place) if request.form else []
    return render_template("registration/who.html", screens=screens, kept=kept, mine=mine)


def _second(screens: Screens) -> str:
    kept = typed_in(screens.person)
    return render_template("registration/what.html", screens=screens, kept=kept)


def _send(screens: Screens) -> ResponseReturnValue:
    """Register, or say beside the field why not; what was typed stays."""
    delegate = Actor("delegate", name=screens.person.full_name.data)
    try:
        spend_attempt(screens.person.email.data)
        with acting_as(delegate), transaction():
            wanted = wanted_by(screens.person, screens.place, screens.ticket_type)
            registration = services.register(screens.event, wanted)
            mine = registration.code, registration.link_version, registration.email
    except AlreadyRegistered as refusal:
        return _already(screens, refusal.earlier)
    except SoldOut as refusal:
        return _not_now(screens, screens.place.ticket_type, refusal)
    except AttendanceNotOffered as refusal:
        return _not_now(screens, screens.place.attendance, refusal)
    except (RegistrationClosed, TooManyAttempts) as refusal:
        screens.place.form_errors.append(str(refusal))
        return _second(screens), refusal.status
    return _welcome(*mine)


def _welcome(code: str, link_version: int, email: str) -> ResponseReturnValue:
    """Told what it needs: after the commit the row would have to be read again."""
    remember(code, link_version)
    flash(_("A letter with all this is on its way to %(email)s.", email=email), "success")
    return redirect(url_for("registration.show", code=code))


def _not_now(screens: Screens, field: Field, refusal: DomainError) -> ResponseReturnValue:
    """The second screen again, with what is still free by now."""
    fresh = _screens_of(screens.event)
    fresh.place.validate()
    refuse(fresh.place[field.short_name], refusal)
    return _second(fresh), 409


def _already(screens: Screens, earlier: Registration) -> ResponseReturnValue:
    """Whoever asks learns nothing; the owner of the address gets the link."""
    with transaction():
        send_personal_link(earlier)
    kept = [*typed_in(screens.person), *typed_in(screens.place)]
    page = render_template("registration/already.html", screens=screens, kept=kept)
    return page, 409


@bp.route("/events/<slug>/my-registration", methods=["GET", "POST"])
def find_mine(slug: str) -> ResponseReturnValue:
    """Mail the personal link again. The answer is the same for every address."""
    event = public_event(slug)
    form = LinkForm()
    if not form.validate_on_submit():
        page = render_template("registration/find_mine.html", event=event, form=form)
        return page, 422 if form.is_submitted() else 200
    spend(FROM_ONE_NETWORK, "personal-link")
    with transaction():
        if registration := registration_of_address(event, email_address(form.email.data)):
            send_personal_link(registration)
    flash(
        _("If this address is registered here, a letter with the personal link is on its way."),
        "success",
    )
    return redirect(url_for("registration.find_mine", slug=slug))
