"""Inviting people to work on an event, and changing their role."""

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from matchmaking.accounts.forms import InvitationForm
from matchmaking.core.i18n import _l
from matchmaking.events.models import MemberRole
from matchmaking.events.roles import ROLE_NAMES
from matchmaking.web.forms import BaseForm

ROLES = [SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()]


class MemberInvitationForm(InvitationForm):
    role = RadioField(
        _l("Role at this event"),
        [InputRequired(_l("Choose what the person may do."))],
        choices=ROLES,
        coerce=str,
    )


class RoleForm(BaseForm):
    role = SelectField(_l("Role"), choices=ROLES, coerce=MemberRole)
