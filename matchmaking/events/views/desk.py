"""The organizer's desk: my events, a new one, the overview, and an event's life."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import signed_in_user
from matchmaking.accounts.models import User
from matchmaking.core import clock
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events import queries
from matchmaking.events.access import (
    event_for_owner,
    event_for_viewer,
    may,
    require_event_maker,
    require_organizer,
)
from matchmaking.events.forms.new_event import EditionForm, NewEventForm
from matchmaking.events.labels import STATUSES
from matchmaking.events.models import Event, EventStatus, MemberRole
from matchmaking.events.readiness import checks
from matchmaking.events.services import lifecycle
from matchmaking.events.services.editions import clone_edition, next_number, next_year
from matchmaking.events.services.lifecycle import NotReady
from matchmaking.events.views.blueprint import bp
from matchmaking.events.views.saving import is_saved, status_of


@bp.get("/organize")
def desks() -> ResponseReturnValue:
    user = require_organizer()
    events = queries.desks_of(user)
    now = clock.now()
    drafts = [e for e in events if e.status is EventStatus.DRAFT]
    coming = [e for e in events if e.status is EventStatus.PUBLISHED and e.ends_at > now]
    past = [e for e in reversed(events) if e not in drafts and e not in coming]
    groups = [(_("Coming"), coming), (_("Drafts"), drafts), (_("Past and archived"), past)]
    return render_template(
        "events/desks.html",
        groups=groups,
        events=events,
        statuses=STATUSES,
        may_create=queries.works_on_events(user, queries.MAKERS),
    )


@bp.route("/organize/events/new", methods=["GET", "POST"])
def new_event() -> ResponseReturnValue:
    user = require_event_maker()
    form = NewEventForm()
    made: list[Event] = []
    if is_saved(form, lambda: made.append(_create(form, user))):
        return redirect(url_for("events.desk", slug=made[0].slug))
    return render_template("events/new.html", form=form), status_of(form)


def _create(form: NewEventForm, owner: User) -> Event:
    series = lifecycle.chosen_series(form.series.data, form.new_series.data)
    return lifecycle.create_event(form.answers(series), owner=owner)


@bp.get("/organize/<slug>")
def desk(slug: str) -> ResponseReturnValue:
    event = event_for_viewer(slug)
    now = clock.now()
    countdown = (event.starts_on - now.astimezone(event.zone).date()).days
    return render_template(
        "events/desk.html",
        event=event,
        checks=checks(event),
        status=STATUSES[event.status],
        countdown=countdown,
        is_over=now >= event.ends_at,
        may_own=may(signed_in_user(), event, MemberRole.OWNER),
    )


@bp.post("/organize/<slug>/publish")
def publish(slug: str) -> ResponseReturnValue:
    return _turn(event_for_owner(slug), lifecycle.publish, _("The event is public now."))


@bp.post("/organize/<slug>/unpublish")
def unpublish(slug: str) -> ResponseReturnValue:
    done = _("The event is a draft again. Only those who work on it can see it.")
    return _turn(event_for_owner(slug), lifecycle.unpublish, done)


@bp.post("/organize/<slug>/archive")
def archive(slug: str) -> ResponseReturnValue:
    done = _("The event is archived. Everyone may still read it; nobody can register any more.")
    return _turn(event_for_owner(slug), lifecycle.archive, done)


def _turn(event: Event, act: Callable[[Event], None], done: str) -> ResponseReturnValue:
    try:
        with transaction():
            act(event)
        flash(done, "success")
    except NotReady as error:
        flash(str(error), "warning")
    return redirect(url_for("events.desk", slug=event.slug))


@bp.route("/organize/<slug>/next-edition", methods=["GET", "POST"])
def next_edition(slug: str) -> ResponseReturnValue:
    user, event = require_event_maker(), event_for_viewer(slug)
    form = EditionForm(starts_on=next_year(event.starts_on), edition=next_number(event))
    form.take_name(event)
    made: list[Event] = []
    if is_saved(form, lambda: made.append(_next_edition(event, form, user))):
        flash(_("The new edition is a draft. Go through it and publish it."), "success")
        return redirect(url_for("events.desk", slug=made[0].slug))
    page = render_template("events/next_edition.html", event=event, form=form)
    return page, status_of(form)


def _next_edition(event: Event, form: EditionForm, user: User) -> Event:
    return clone_edition(
        event,
        starts_on=form.starts_on.data,
        edition=form.edition.data,
        name=form.name(),
        owner=user,
    )
