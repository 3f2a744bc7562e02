"""The form for an identity number."""

from wtforms import BooleanField, RadioField, ValidationError
from wtforms.validators import InputRequired

from matchmaking.core.i18n import _l
from matchmaking.registration.forms.fields import choices_of
from matchmaking.registration.purposes import BY_CODE, SECURITY_LIST
from matchmaking.registration.services.identities import (
    BadIdentity,
    Identity,
    IdentityKind,
    identity,
)
from matchmaking.web.forms import BaseForm, TextField

KINDS = {
    IdentityKind.CITIZEN_ID: _l("Vietnamese citizen identity card"),
    IdentityKind.PASSPORT: _l("Passport"),
}


class IdentityForm(BaseForm):
    """Which paper, its number, and a yes to this one use of it."""

    kind = RadioField(
        _l("Identity paper"),
        [InputRequired(_l("Choose the paper you will carry."))],
        choices=choices_of(KINDS.items()),
    )
    number = TextField(_l("Its number"), InputRequired(_l("Write the number.")), most=40)
    agreed = BooleanField(
        BY_CODE[SECURITY_LIST].sentence,
        [InputRequired(_l("Tick this box: without it we may not keep the number."))],
    )

    @property
    def identity(self) -> Identity:
        return identity(IdentityKind(self.kind.data), self.number.data)

    def validate_number(self, field: TextField) -> None:
        if self.kind.data not in set(IdentityKind):
            return
        try:
            identity(IdentityKind(self.kind.data), field.data)
        except BadIdentity as refusal:
            raise ValidationError(str(refusal)) from None
