"""The organizer's devices: adding one by a QR, what each last said, ending it, what it still brings."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_user
from matchmaking.checkin import queries, services
from matchmaking.checkin.access import device_of
from matchmaking.checkin.forms import DeviceForm, ReleaseForm
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor
from matchmaking.events.models import Event
from matchmaking.web.qr import qr_address
from matchmaking.web.settings import absolute

bp = Blueprint("checkin_devices", __name__, url_prefix="/organize/<slug>/check-in/devices")


@bp.get("")
def show(slug: str) -> str:
    event = event_for_editor(slug)
    return _page(event, DeviceForm(queries.gate_names(event), formdata=None))


@bp.post("")
def add(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = DeviceForm(queries.gate_names(event))
    if not form.validate():
        return _page(event, form), 422
    with transaction():
        device = services.add_device(
            event, name=form.name.data, gates=form.gates.data, language=form.language.data
        )
    return redirect(url_for("checkin_devices.device", slug=slug, device_id=device.id), 303)


@bp.get("/<uuid:device_id>")
def device(slug: str, device_id: uuid.UUID) -> str:
    event = event_for_editor(slug)
    return _device_page(event, device_id, ReleaseForm(formdata=None))


@bp.post("/<uuid:device_id>/enrolment")
def offer(slug: str, device_id: uuid.UUID) -> str:
    """The QR is on this one answer only: whoever holds its secret becomes the device."""
    event = event_for_editor(slug)
    chosen = device_of(event, device_id)
    with transaction():
        secret = services.offer_enrolment(chosen)
    address = absolute(url_for("checkin_device.show", slug=slug)) + f"#{secret}"
    picture = qr_address(address, quiet=4)
    page = {"event": event, "device": chosen, "address": address, "picture": picture}
    return render_template("checkin/enrolment.html", **page)


@bp.post("/<uuid:device_id>/revoke")
def revoke(slug: str, device_id: uuid.UUID) -> ResponseReturnValue:
    chosen = device_of(event_for_editor(slug), device_id)
    with transaction():
        services.revoke_device(chosen)
    flash(_("%(name)s is revoked. What it still brings is held.", name=chosen.name), "success")
    return redirect(url_for("checkin_devices.show", slug=slug), 303)


@bp.post("/<uuid:device_id>/release")
def release(slug: str, device_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = ReleaseForm()
    if not form.validate():
        return _device_page(event, device_id, form), 422
    chosen = device_of(event, device_id)
    with transaction():
        services.release(chosen, released_by=require_user(), reason=form.reason.data)
    flash(_("The scans of %(name)s count now.", name=chosen.name), "success")
    return redirect(url_for("checkin_devices.device", slug=slug, device_id=device_id), 303)


def _page(event: Event, form: DeviceForm) -> str:
    devices = queries.devices_of(event)
    return render_template("checkin/devices.html", event=event, form=form, devices=devices)


def _device_page(event: Event, device_id: uuid.UUID, form: ReleaseForm) -> str:
    chosen = device_of(event, device_id)
    return render_template(
        "checkin/device_detail.html",
        event=event,
        device=chosen,
        form=form,
        held=services.held_scans(chosen),
    )
