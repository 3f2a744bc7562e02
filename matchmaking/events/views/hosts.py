"""Who stands behind an event."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor, event_for_viewer, part_of
from matchmaking.events.forms.places import HostForm, host_as_typed
from matchmaking.events.models import EventHost
from matchmaking.events.page import host_groups
from matchmaking.events.services import hosts as services
from matchmaking.events.views.blueprint import bp
from matchmaking.events.views.saving import (
    after_removing,
    is_saved,
    removed_notice,
    saved_over,
    status_of,
)


@bp.get("/organize/<slug>/hosts")
def hosts(slug: str) -> ResponseReturnValue:
    event = event_for_viewer(slug)
    groups, removed = host_groups(event), removed_notice(event)
    return render_template("events/hosts.html", event=event, groups=groups, removed=removed)


@bp.route("/organize/<slug>/hosts/new", methods=["GET", "POST"])
def new_host(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = HostForm()
    if is_saved(form, lambda: services.add_host(event, form.details())):
        flash(_("%(name)s is on the list.", name=form.name_vi.data), "success")
        return redirect(url_for("events.hosts", slug=slug))
    page = render_template("events/host.html", event=event, form=form, host=None)
    return page, status_of(form)


@bp.route("/organize/<slug>/hosts/<uuid:host_id>", methods=["GET", "POST"])
def host(slug: str, host_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    row = part_of(event, EventHost, host_id)
    form = HostForm(row)

    def change() -> None:
        services.change_host(row, form.details(), version=form.expected_version)

    is_changed, conflict = saved_over(form, change, lambda: host_as_typed(row))
    if is_changed:
        flash(_("Saved."), "success")
        return redirect(url_for("events.hosts", slug=slug))
    page = render_template("events/host.html", event=event, form=form, host=row, conflict=conflict)
    return page, status_of(form)


@bp.post("/organize/<slug>/hosts/<uuid:host_id>/up")
def move_host_up(slug: str, host_id: uuid.UUID) -> ResponseReturnValue:
    row = part_of(event_for_editor(slug), EventHost, host_id)
    with transaction():
        services.move_host_up(row)
    return redirect(url_for("events.hosts", slug=slug))


@bp.post("/organize/<slug>/hosts/<uuid:host_id>/remove")
def remove_host(slug: str, host_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    row = part_of(event, EventHost, host_id)
    return after_removing(event, "events.hosts", lambda: services.remove_host(row))
