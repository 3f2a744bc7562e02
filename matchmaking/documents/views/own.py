"""A delegate's own papers."""

from flask import Response, request
from flask_babel import force_locale

from matchmaking.documents.access import registration_to_print
from matchmaking.documents.agendas import personal_sheet, sheets_pdf
from matchmaking.documents.answers import paper
from matchmaking.documents.badges import A6, SIZES, badge_pdf
from matchmaking.documents.calendar import CONTENT_TYPE
from matchmaking.documents.errors import NoBadge
from matchmaking.documents.feeds import personal_calendar
from matchmaking.documents.views.blueprint import bp
from matchmaking.registration.access import registration_of_calendar
from matchmaking.registration.queries import current_badge
from matchmaking.registration.tokens import badge_token
from matchmaking.web.qr import qr_png


@bp.get("/registrations/<code>/badge.pdf")
def badge(code: str) -> Response:
    """`?size=card` for 86 × 54 mm."""
    found = current_badge(registration_to_print(code))
    if found is None:
        raise NoBadge
    size = SIZES.get(request.args.get("size", ""), A6)
    return paper(badge_pdf([found], size), f"badge-{code}.pdf")


@bp.get("/registrations/<code>/qr.png")
def qr(code: str) -> Response:
    """The badge's QR for the screen of a phone; `?save=1` keeps it on the phone."""
    found = current_badge(registration_to_print(code))
    if found is None:
        raise NoBadge
    picture = paper(qr_png(badge_token(found), quiet=4, scale=12), f"badge-{code}.png", "image/png")
    if request.args.get("save"):
        picture.headers.set("Content-Disposition", "attachment", filename=f"badge-{code}.png")
    return picture


@bp.get("/registrations/<code>/agenda.ics")
def calendar(code: str) -> Response:
    registration = registration_to_print(code)
    return paper(personal_calendar(registration), f"agenda-{code}.ics", CONTENT_TYPE)


@bp.get("/calendars/<code>/<key>.ics")
def calendar_feed(code: str, key: str) -> Response:
    """What a phone's calendar subscribes to; the address itself is the permission."""
    registration = registration_of_calendar(code, key)
    with force_locale(registration.language):
        return paper(personal_calendar(registration), f"agenda-{code}.ics", CONTENT_TYPE)


@bp.get("/registrations/<code>/agenda.pdf")
def agenda(code: str) -> Response:
    registration = registration_to_print(code)
    return paper(sheets_pdf([personal_sheet(registration)]), f"agenda-{code}.pdf")
