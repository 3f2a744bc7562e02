"""Who works on the event: for its owners."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.services.people import AccountClosed
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _, _l, current_language
from matchmaking.events.access import event_for_owner, part_of
from matchmaking.events.forms.members import MemberInvitationForm, RoleForm
from matchmaking.events.models import Event, EventMember, MemberRole
from matchmaking.events.roles import ROLE_NAMES, ROLE_TASKS
from matchmaking.events.services import members
from matchmaking.events.views.blueprint import bp
from matchmaking.web.acts import act, kind_of_acts
from matchmaking.web.forms import refuse

kind_of_acts("member", _l("People who work on the event"))
act("member.invited", _l("%(actor)s invited %(name)s. Role: %(role)s."), role=ROLE_NAMES)
act("member.role_changed", _l("%(actor)s gave %(name)s the role: %(role)s."), role=ROLE_NAMES)
act("member.removed", _l("%(actor)s took %(name)s off the event."))


@bp.get("/organize/<slug>/people")
def people(slug: str) -> ResponseReturnValue:
    event = event_for_owner(slug)
    return _people_page(event, MemberInvitationForm(formdata=None, language=current_language()))


@bp.post("/organize/<slug>/people")
def invite_member(slug: str) -> ResponseReturnValue:
    event = event_for_owner(slug)
    form = MemberInvitationForm()
    if not form.validate() or not _invited(event, form):
        return _people_page(event, form), 422
    flash(_("%(name)s is invited. A link is on its way.", name=form.full_name.data), "success")
    return redirect(url_for("events.people", slug=slug), 303)


@bp.post("/organize/<slug>/people/<uuid:member_id>/role")
def change_role(slug: str, member_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_owner(slug)
    member = part_of(event, EventMember, member_id)
    form = RoleForm()
    if not form.validate():
        return _people_page(event, MemberInvitationForm(formdata=None)), 422
    with transaction():
        members.change_role(member, form.role.data)
    flash(_("The role of %(name)s is changed.", name=member.user.full_name), "success")
    return redirect(url_for("events.people", slug=slug), 303)


@bp.post("/organize/<slug>/people/<uuid:member_id>/remove")
def remove_member(slug: str, member_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_owner(slug)
    member = part_of(event, EventMember, member_id)
    name = member.user.full_name
    with transaction():
        members.remove_member(member)
    flash(_("%(name)s no longer works on this event.", name=name), "success")
    return redirect(url_for("events.people", slug=slug), 303)


def _people_page(event: Event, form: MemberInvitationForm) -> str:
    rows = members.members_of(event)
    roles = {member.id: RoleForm(formdata=None, role=member.role) for member in rows}
    return render_template(
        "events/people.html", event=event, form=form, members=rows, roles=roles, tasks=ROLE_TASKS
    )


def _invited(event: Event, form: MemberInvitationForm) -> bool:
    """A refusal is put beside the address it is about."""
    try:
        with transaction():
            members.invite_member(
                event,
                form.email.data,
                form.full_name.data,
                role=MemberRole(form.role.data),
                language=form.language.data,
            )
    except (AccountClosed, members.AlreadyMember) as refusal:
        refuse(form.email, refusal)
        return False
    return True
