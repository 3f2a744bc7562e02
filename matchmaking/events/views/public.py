"""What everyone may read: the home page and the page of an event."""

from flask import (
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import signed_in_user
from matchmaking.core import clock
from matchmaking.core.i18n import LANGUAGES
from matchmaking.events import queries
from matchmaking.events.access import may, public_event
from matchmaking.events.models import Event, MemberRole
from matchmaking.events.page import alternates, page_of
from matchmaking.events.share import share_picture, share_picture_of
from matchmaking.events.views.blueprint import bp
from matchmaking.web.assets import YEAR, asset
from matchmaking.web.colours import theme_css
from matchmaking.web.settings import absolute

MINUTE = 60
DAY = 86_400


@bp.get("/")
def home() -> ResponseReturnValue:
    calendar = queries.public_calendar(clock.now())
    address = absolute(url_for("events.home"))
    page = render_template("events/home.html", calendar=calendar, alternates=alternates(address))
    return _public(page)


@bp.get("/events/<slug>")
def show(slug: str) -> ResponseReturnValue:
    event = public_event(slug)
    works_here = may(signed_in_user(), event, MemberRole.VIEWER)
    page = render_template(
        "events/show.html", event=event, page=page_of(event), works_here=works_here
    )
    return _public(page, is_draft=not event.is_public)


def _public(page: str, *, is_draft: bool = False) -> Response:
    """A page strangers may share a copy of: only when nothing in it is about this reader."""
    response = make_response(page)
    response.vary.update(("Cookie", "Accept-Language"))
    if not (is_draft or session or "lang" in request.args):
        response.cache_control.public = True
        response.cache_control.max_age = MINUTE
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/events/<slug>/theme.css")
def theme(slug: str) -> ResponseReturnValue:
    """The event's accent as custom properties; its address changes with the accent."""
    event = public_event(slug)
    if not event.accent:
        abort(404)
    return _immutable(Response(theme_css(event.accent), mimetype="text/css"), event)


@bp.get("/events/<slug>/share/<language>.png")
def share(slug: str, language: str) -> ResponseReturnValue:
    """The picture a link to the event is shown with; its address changes with its words."""
    event = public_event(slug)
    if language not in LANGUAGES:
        abort(404)
    picture = share_picture(share_picture_of(event, language))
    return _immutable(Response(picture, mimetype="image/png"), event)


def _immutable(response: Response, event: Event) -> Response:
    if event.is_public:
        response.cache_control.public = True
    else:
        response.cache_control.private = True
    response.cache_control.max_age = YEAR
    response.cache_control.immutable = True
    return response


@bp.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Search engines may read what is public, and need not knock anywhere else."""
    closed = ("/organize", "/registrations/", "/r/", "/users", "/account", "/sign-in")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    response = Response("\n".join([*lines, ""]), mimetype="text/plain")
    response.cache_control.public = True
    response.cache_control.max_age = DAY
    return response


@bp.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    response = make_response(redirect(asset("img/mark.svg")))
    response.cache_control.public = True
    response.cache_control.max_age = DAY
    return response
