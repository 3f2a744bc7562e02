"""What an organizer enters about other programs."""

from wtforms import RadioField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaking.api.posting import Forbidden, parsed
from matchmaking.api.services.webhooks import KINDS
from matchmaking.api.words import KIND_NAMES, SCOPE_NAMES
from matchmaking.core.i18n import _, _l
from matchmaking.web.forms import BaseForm, TextField


class TokenForm(BaseForm):
    name = TextField(
        _l("What it is for"),
        DataRequired(_l("Write what it is for, so that you know it later.")),
        most=80,
    )
    scope = RadioField(
        _l("What it may do"),
        [InputRequired(_l("Choose what it may do."))],
        choices=[SelectChoice(scope.value, name) for scope, name in SCOPE_NAMES.items()],
    )


class WebhookForm(BaseForm):
    url = TextField(
        _l("Address"), DataRequired(_l("Enter an address that starts with https://.")), most=500
    )
    kinds = SelectMultipleField(
        _l("What it is told"),
        [InputRequired(_l("Choose at least one."))],
        choices=[SelectChoice(kind, KIND_NAMES[kind]) for kind in KINDS],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def validate_url(self, field: TextField) -> None:
        try:
            is_address = bool(parsed(field.data or "")[0].hostname) and " " not in field.data
        except Forbidden:
            is_address = False
        if not is_address:
            raise ValidationError(_("Enter an address that starts with https://."))
