"""Refusals and faults in the reader's language: as pages, to programs as problems."""

import logging
from contextlib import suppress

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from gunicorn.http.errors import ParseException
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import BadRequest, HTTPException

from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _
from matchmaking.web import problems
from matchmaking.web.extensions import login

log = logging.getLogger(__name__)

RETRY = {"Retry-After": "5"}
HEARD_OUT, PIECE = 32 * 1024 * 1024, 64 * 1024


def _refused(error: DomainError) -> ResponseReturnValue:
    if problems.is_for_programs():
        return problems.refusal(error)
    return render_template("errors/refused.html", message=str(error)), error.status


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    db.session.rollback()
    if error.code == 413:
        _hear_out()
    if problems.is_for_programs():
        return problems.http_error(error)
    sentence = _sentence(error.code)
    page = render_template("errors/error.html", status=error.code, message=sentence)
    return page, error.code, dict(_kept_headers(error))


def _hear_out() -> None:
    """Read what is too large to its end: many clients listen for an answer only when all is sent."""
    if (request.content_length or 0) > HEARD_OUT:
        return
    left, stream = HEARD_OUT, request.environ["wsgi.input"]
    with suppress(OSError, ParseException):
        while left > 0 and (piece := stream.read(PIECE)):
            left -= len(piece)


def _garbled(_error: ParseException) -> ResponseReturnValue:
    """The pieces of a body do not fit together."""
    return _http(BadRequest())


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
    if problems.is_for_programs():
        return problems.problem(500)
    return render_template("errors/error.html", status=500, message=_sentence(500)), 500


def _unreachable(error: Exception) -> ResponseReturnValue:
    """The database is away, full, or too busy to answer in time."""
    db.session.rollback()
    log.error("the database did not answer: %s", getattr(error, "orig", error))
    _ask_nobody()
    if problems.is_for_programs():
        return problems.problem(503, headers=RETRY)
    page = render_template("errors/error.html", status=503, message=problems.title(503))
    return page, 503, RETRY


def _ask_nobody() -> None:
    """The page that says so is the same for everybody: who asks is in the database, too."""
    g._login_user = login.anonymous_user()


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(ParseException, _garbled)
    if not app.testing:
        for away in (OperationalError, InterfaceError, NoConnectionFree):
            app.register_error_handler(away, _unreachable)
        app.register_error_handler(Exception, _fault)
