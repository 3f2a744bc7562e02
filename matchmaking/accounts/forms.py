"""What people type to sign in, and about their account."""

from typing import Any

from wtforms import BooleanField, HiddenField, PasswordField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

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


class OwnPasswordForm(BaseForm):
    password = PasswordField(
        _l("Password"),
        [
            InputRequired(_l("Write your password.")),
            Length(max=MOST_LENGTH, message=_l("Shorten this to %(max)d characters or fewer.")),
        ],
    )


class MailLinkForm(BaseForm):
    email = MailAddressField(_l("E-mail"), InputRequired(_l("Write your e-mail address.")))


class ConfirmForm(BaseForm):
    """One button."""


class CodeForm(BaseForm):
    code = TextField(_l("Code"), InputRequired(_l("Write the code.")), most=40)


class PasskeyForm(BaseForm):
    """Filled in by the browser, when its owner has unlocked the passkey."""

    answer = HiddenField()


class NewPasskeyForm(PasskeyForm):
    name = TextField(_l("Name of the passkey"), Optional(), most=80)


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
