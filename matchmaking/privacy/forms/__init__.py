"""What people and the office type about personal data."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from matchmaking.core.i18n import _, _l
from matchmaking.privacy.models import RequestKind, RequestState
from matchmaking.privacy.words import KINDS
from matchmaking.registration.forms.fields import choices_of
from matchmaking.web.forms import BaseForm, MailAddressField, ParagraphField, TextField, one_line

MONTHS = (6, 12, 24, 36, 60)
ASKED_FOR = (RequestKind.CORRECTION, RequestKind.STOP)
"""What a delegate asks the office for; the rest they do themselves."""


class AskForm(BaseForm):
    kind = RadioField(
        _l("What you ask for"),
        [InputRequired(_l("Choose what you ask for."))],
        choices=choices_of((kind.value, KINDS[kind]) for kind in ASKED_FOR),
    )
    said = ParagraphField(
        _l("In your words"), InputRequired(_l("Write what should happen.")), most=1000
    )


class NoteForm(BaseForm):
    """The office notes what somebody asked by letter, by telephone or in person."""

    kind = SelectField(
        _l("What they ask for"),
        choices=choices_of((kind.value, name) for kind, name in KINDS.items()),
    )
    said = ParagraphField(_l("In their words"), most=1000)


class AnswerForm(BaseForm):
    state = RadioField(
        _l("Outcome"),
        [InputRequired(_l("Choose what the answer is."))],
        choices=choices_of(
            [
                (RequestState.DONE.value, _l("It is done")),
                (RequestState.REFUSED.value, _l("It is refused, for a reason in law")),
            ]
        ),
    )
    words = ParagraphField(
        _l("What we write to them"),
        InputRequired(_l("Write the reason, or what was done.")),
        most=1000,
    )


class ConfirmForm(BaseForm):
    """What cannot be undone asks for the name of the thing."""

    confirmation = StringField(
        _l("Confirmation"), [InputRequired(_l("Type it to confirm."))], filters=[one_line]
    )

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(**options)
        self.name = name

    def validate_confirmation(self, field: StringField) -> None:
        if field.data.casefold() != self.name.casefold():
            raise ValidationError(_("Type %(name)s to confirm.", name=self.name))


class MonthsForm(BaseForm):
    months = SelectField(_l("After the event, people are known by name for"), coerce=int)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.months.choices = choices_of((str(n), _("%(n)s months", n=n)) for n in MONTHS)


class PersonForm(BaseForm):
    """An administrator looks somebody up; the address stays out of the page's own."""

    email = MailAddressField(_l("E-mail address"), InputRequired(_l("Write an address.")))


class NamedForm(BaseForm):
    """Somebody is looked for in all texts of an event."""

    words = TextField(
        _l("Name, e-mail or telephone"),
        InputRequired(_l("Write a name, an e-mail address or a telephone number.")),
        Length(min=3, message=_l("Write at least %(min)d letters.")),
        most=120,
    )
