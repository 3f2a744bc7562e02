"""Refusals and faults as pages in the reader's language."""

import logging

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _

log = logging.getLogger(__name__)


def _refused(error: DomainError) -> ResponseReturnValue:
    return render_template("errors/refused.html", message=str(error)), error.status


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    db.session.rollback()
    sentence = _sentence(error.code)
    page = render_template("errors/error.html", status=error.code, message=sentence)
    return page, error.code, dict(_kept_headers(error))


def _sentence(status: int) -> str:
    sentences = {
        400: _("The request could not be understood. Go back and try again."),
        403: _("You may not do this."),
        404: _("There is nothing at this address, or you may not see it."),
        405: _("This address does not accept that kind of request."),
        413: _("What you sent is too large."),
        429: _("Too many attempts. Please wait a minute and try again."),
    }
    return str(
        sentences.get(status, _("Something went wrong on our side. Nothing you saved is lost."))
    )


def _kept_headers(error: HTTPException) -> list[tuple[str, str]]:
    kept = {"retry-after", "allow"}
    return [(name, value) for name, value in error.get_headers() if name.lower() in kept]


def _csrf(error: CSRFError) -> ResponseReturnValue:
    message = _("This page was open for too long. Go back, reload it and send it again.")
    return render_template("errors/error.html", status=400, message=message), 400


def _fault(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.exception("unexpected fault")
    return render_template("errors/error.html", status=500, message=_sentence(500)), 500


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    if not app.testing:
        app.register_error_handler(Exception, _fault)
