"""The form every form is made from, and fields several features share."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import EmailField, Field, FieldList, FormField, StringField, TextAreaField
from wtforms.validators import Email, Length
from wtforms.widgets.core import Input, clean_key

from matchmaking.core.i18n import _l
from matchmaking.core.text import clean
from matchmaking.web.sentences import Sentences


def html_params(**values: Any) -> Markup:
    """What the library's function of this name says, in a tenth of its time."""
    shown = ((clean_key(key), value) for key, value in sorted(values.items()) if value is not False)
    drawn = (key if value is True else f'{key}="{_quoted(value)}"' for key, value in shown)
    return Markup(" ".join(drawn))  # noqa: S704  (each value is escaped)


def _quoted(value: Any) -> str:
    """Marked-up text may still hold quotes."""
    return str(escape(value)).replace('"', "&quot;")


Input.html_params = staticmethod(html_params)  # the place the library leaves for another one


class BaseForm(FlaskForm):  # type: ignore[misc]
    """CSRF is always on. `error_list` feeds the summary at the top of the page."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> Sentences:
            return Sentences()

    @property
    def error_list(self) -> list[tuple[str, str]]:
        """(id of the control, label and sentence) for every error; no id for the form's own."""
        own = [("", str(error)) for error in self.form_errors]
        return own + list(_errors_of(self))


def _errors_of(fields: Iterable[Field]) -> Iterator[tuple[str, str]]:
    for field in fields:
        if isinstance(field, FormField | FieldList):
            yield from _errors_of(field)
        else:
            yield from ((field.id, f"{field.label.text}: {error}") for error in field.errors)


def refuse(field: Field, sentence: object) -> None:
    """Put a service's refusal beside the field it is about."""
    field.errors = [*field.errors, str(sentence)]


def one_line(text: str | None) -> str:
    """A filter for fields: NFC, no control characters, never None."""
    return clean(text or "")


def paragraphs(text: str | None) -> str:
    """A filter for longer texts: every line cleaned, breaks kept, never None."""
    return "\n".join(clean(line) for line in (text or "").splitlines()).strip()


def _at_most(most: int) -> Length:
    return Length(max=most, message=_l("Shorten this to %(max)d letters or fewer."))


class TextField(StringField):  # type: ignore[misc]
    """One line of text of at most `most` letters, cleaned."""

    def __init__(self, label: Any, *rules: Any, most: int = 200, **options: Any) -> None:
        options.setdefault("filters", (one_line,))
        super().__init__(label, [*rules, _at_most(most)], **options)


class ParagraphField(TextAreaField):  # type: ignore[misc]
    """Several lines of text of at most `most` letters, cleaned."""

    def __init__(self, label: Any, *rules: Any, most: int = 4000, **options: Any) -> None:
        options.setdefault("filters", (paragraphs,))
        super().__init__(label, [*rules, _at_most(most)], **options)


class MailAddressField(EmailField):  # type: ignore[misc]
    """An e-mail address, in lower case."""

    def __init__(self, label: Any, *rules: Any, **options: Any) -> None:
        options.setdefault("filters", (one_line, str.lower))
        sentence = _l("Write an e-mail address like ten@example.com.")
        super().__init__(label, [*rules, _at_most(254), Email(message=sentence)], **options)
