"""What people type to sign in, and about their account."""

from typing import Any

from wtforms import BooleanField, PasswordField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from matchmaking.accounts.services.passwords import MOST_LENGTH
from matchmaking.core.i18n import _l
from matchmaking.web.forms import BaseForm, MailAddressField, TextField

LANGUAGE_NAMES = [SelectChoice("vi", "Tiếng Việt"), SelectChoice("en", "English")]


class NewPasswordField(PasswordField):  # type: ignore[misc]
    """A password somebody chooses; spaces and every letter are welcome, and kept as typed."""

    def __init__(self, label: Any, **options: Any) -> None:
        missing = InputRequired(_l("Choose a password."))
        longest = Length(
            max=MOST_LENGTH, message=_l("Shorten this to %(max)d characters or fewer.")
        )
        super().__init__(label, [missing, longest], **options)


class SignInForm(BaseForm):
    email = MailAddressField(_l("E-mail"), InputRequired(_l("Write your e-mail address.")))
    password = PasswordField(
        _l("Password"),
        [
            InputRequired(_l("Write your password, or have a link mailed to you.")),
            Length(max=MOST_LENGTH, message=_l("Shorten this to %(max)d characters or fewer.")),
        ],
    )
    remember = BooleanField(_l("Keep me signed in on this device"))


class MailLinkForm(BaseForm):
    email = MailAddressField(_l("E-mail"), InputRequired(_l("Write your e-mail address.")))


class ConfirmForm(BaseForm):
    """One button."""


class OwnDetailsForm(BaseForm):
    full_name = TextField(_l("Full name"), InputRequired(_l("Write your name.")), most=120)
    language = SelectField(_l("Language"), choices=LANGUAGE_NAMES)


class NewPasswordForm(BaseForm):
    password = NewPasswordField(_l("New password"))


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(
        _l("Current password"),
        [
            InputRequired(_l("Write the password you have now.")),
            Length(max=MOST_LENGTH, message=_l("Shorten this to %(max)d characters or fewer.")),
        ],
    )


class InvitationForm(BaseForm):
    full_name = TextField(_l("Full name"), InputRequired(_l("Write the person's name.")), most=120)
    email = MailAddressField(_l("E-mail"), InputRequired(_l("Write the person's e-mail address.")))
    language = SelectField(_l("Language of the mail"), choices=LANGUAGE_NAMES)
