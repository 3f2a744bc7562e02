"""Which language a reader gets, and the switch that keeps the page."""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, Response, has_request_context, request
from flask_babel import get_locale, get_translations
from flask_login import current_user

from matchmaking.core.i18n import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    current_language,
    forget_other_lands,
)
from matchmaking.web.problems import is_for_programs

COOKIE = "language"


def reader_language() -> str:
    """`?lang=`, else the cookie, else the account's, else the browser's, else Vietnamese.

    To a program the API speaks the language of `Accept-Language` alone.
    """
    if not has_request_context():
        return DEFAULT_LANGUAGE
    if is_for_programs():
        return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    if (kept := request.cookies.get(COOKIE)) in LANGUAGES:
        return kept
    if current_user.is_authenticated:
        return str(current_user.language)
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


def language_url(code: str) -> str:
    """The address of this page in another language, never another host's, as two slashes would be."""
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"/{quote(request.path.lstrip('/'))}?{urlencode([*arguments, ('lang', code)])}"


def _remember(response: Response) -> Response:
    asked = None if is_for_programs() else request.args.get("lang")
    if asked in LANGUAGES and not response.cache_control.public:
        response.set_cookie(
            COOKIE,
            asked,
            max_age=365 * 86400,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
    return response


_catalogues: dict[Any, Any] = {}


def _catalogue() -> Any:
    """The translations of this page: flask-babel's way to them is long, and pages have many texts."""
    locale = get_locale()
    if locale not in _catalogues:
        _catalogues[locale] = get_translations()
    return _catalogues[locale]


def init_app(app: Flask) -> None:
    forget_other_lands()
    app.after_request(_remember)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue().ugettext(text),
        lambda one, many, count: _catalogue().ungettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals.update(language=current_language, language_url=language_url)
