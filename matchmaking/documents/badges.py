"""Badges: what stands on one, and how large each part of it can be set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.text import fold
from matchmaking.documents.fitting import Box, Fitted, fitted
from matchmaking.documents.pdf import label, laid_out, merged, saved, written
from matchmaking.events.models import Event
from matchmaking.reference.badges import badge_type
from matchmaking.reference.choices import choice
from matchmaking.reference.places import country
from matchmaking.registration.models import Badge, Registration
from matchmaking.registration.tokens import badge_token
from matchmaking.web.colours import LIGHT_PAPER, accent_on, mix
from matchmaking.web.qr import qr_address

if TYPE_CHECKING:
    from pikepdf import Object

CHUNK = 40
SCRIPTS = {"KR": "ko", "KP": "ko", "JP": "ja", "CN": "zh", "TW": "zh", "HK": "zh", "MO": "zh"}
"""Countries whose language the badge types are known in, besides Vietnamese and English."""
PERSON = ("honorific", "name", "job_title", "organization")
GAPS = 0.018
"""The space between those parts, as a share of the badge's height."""
EVERYDAY_HONORIFICS = ("", "mr", "ms", "quy_ong", "quy_ba")


@dataclass(frozen=True, eq=False)
class Size:
    """A size of paper, in millimetres, and the room for each text on it."""

    code: str
    width: float
    height: float
    person_top: float
    person_height: float
    boxes: dict[str, Box]


A6 = Size(
    "a6",
    105,
    148,
    33,
    54,
    {
        "event": Box(64, 11.5, lines=2, largest=12, weight=600, leading=1.28, slack=1),
        "event_en": Box(64, 7.5, lines=2, largest=8.5),
        "honorific": Box(89, 5, lines=1, largest=11, weight=500),
        "name": Box(89, 27, lines=3, largest=42, weight=700, leading=1.2, slack=1),
        "job_title": Box(89, 9.5, lines=2, largest=12),
        "organization": Box(89, 13, lines=3, largest=14, weight=600, leading=1.28),
        "delegation": Box(49, 14, lines=3, largest=11, weight=500),
        "country": Box(49, 9, lines=2, largest=17, weight=600, leading=1.28),
        "country_en": Box(49, 6, lines=1, largest=12),
        "type": Box(91, 9.5, lines=1, largest=23, weight=700, leading=1.2),
        "type_others": Box(91, 5.5, lines=1, largest=12, weight=500),
    },
)
CARD = Size(
    "card",
    86,
    54,
    13.5,
    23.5,
    {
        "event": Box(45, 5.6, lines=2, largest=7.5, weight=600, leading=1.28, slack=1),
        "event_en": Box(45, 2.6, lines=1, largest=5.75),
        "honorific": Box(45, 2.8, lines=1, largest=6.25, weight=500),
        "name": Box(45, 12.5, lines=3, largest=17, weight=700, leading=1.2, slack=1),
        "job_title": Box(45, 3.2, lines=1, largest=7),
        "organization": Box(45, 5.4, lines=2, largest=7.5, weight=600, leading=1.28),
        "delegation": Box(45, 2.8, lines=1, largest=6.25, weight=500),
        "country": Box(45, 3, lines=1, largest=6.75, weight=600, leading=1.28),
        "country_en": Box(20, 2.8, lines=1, largest=6.25),
        "type": Box(78, 5.4, lines=1, largest=13, weight=700, leading=1.2),
        "type_others": Box(78, 3.2, lines=1, largest=7, weight=500),
    },
)
SIZES = {size.code: size for size in (A6, CARD)}


@dataclass(frozen=True)
class Stationery:
    """What all badges of one type at one event have in common: printed once, laid under each."""

    event: Bilingual
    dates: str
    type_vi: str
    type_others: str
    script: str
    colour: str


@dataclass(frozen=True)
class BadgeFace:
    """Everything that is printed on one badge, as plain values."""

    stationery: Stationery
    name: str
    honorific: str
    organization: str
    job_title: str
    delegation: str
    country: Bilingual
    code: str
    token: str


@dataclass(frozen=True)
class BadgePage:
    """A person's part of a badge, ready for the template: texts fitted to a size."""

    texts: dict[str, Fitted]
    person_top: float
    code: str
    script: str
    qr: str


def face_of(badge: Badge) -> BadgeFace:
    """What the badge says today."""
    person = badge.registration
    home = country(person.country).labels
    return BadgeFace(
        stationery=_stationery_for(person),
        name=person.full_name,
        honorific=_honorific(person.salutation),
        organization=person.organization,
        job_title=person.job_title,
        delegation=person.delegation,
        country=Bilingual(home.vi, "" if fold(home.vi) == fold(home.en) else home.en),
        code=person.code,
        token=badge_token(badge),
    )


def _stationery_for(person: Registration) -> Stationery:
    kind = badge_type(person.ticket_type.badge_type)
    script = SCRIPTS.get(person.country, "")
    own_words = kind.labels.in_(script) if script else ""
    return Stationery(
        event=person.event.name,
        dates=dates_of(person.event),
        type_vi=kind.labels.vi,
        type_others=" · ".join(filter(None, (kind.labels.en, own_words))),
        script=script,
        colour=kind.colour,
    )


def _honorific(code: str) -> str:
    if code in EVERYDAY_HONORIFICS:
        return ""
    labels = choice("honorifics", code).labels
    return f"{labels.vi} · {labels.en}"


def dates_of(event: Event) -> str:
    """24/03/2022, or 28–30/11/2022: read alike in every language."""
    first, last = event.starts_on, event.ends_on
    if first == last:
        return f"{last:%d/%m/%Y}"
    same_month = (first.year, first.month) == (last.year, last.month)
    start = f"{first:%d}" if same_month else f"{first:%d/%m}"
    return f"{start}–{last:%d/%m/%Y}"


def page_of(face: BadgeFace, size: Size) -> BadgePage:
    """The person's part, set as large as it fits."""
    texts = _set(
        size,
        honorific=face.honorific,
        name=face.name,
        job_title=face.job_title,
        organization=face.organization,
        delegation=face.delegation,
        country=face.country.vi,
        country_en=face.country.en,
    )
    return BadgePage(
        texts=texts,
        person_top=_centred(texts, size),
        code=f"{face.code[:4]} {face.code[4:]}",
        script=face.stationery.script,
        qr=qr_address(face.token),
    )


def _set(size: Size, **texts: str) -> dict[str, Fitted]:
    return {part: fitted(text, size.boxes[part]) for part, text in texts.items()}


def _centred(texts: dict[str, Fitted], size: Size) -> float:
    """Where the person's block starts, so that a short one does not leave a hole below."""
    filled = sum(texts[part].height for part in PERSON) + GAPS * size.height
    return round(size.person_top + max(0.0, size.person_height - filled) * 0.45, 2)


def badge_chunks(faces: Sequence[BadgeFace], size: Size) -> Iterator[tuple[int, bytes]]:
    """(badges so far, a PDF of the latest of them): long documents would take much memory."""
    done = 0
    for start in range(0, len(faces), CHUNK):
        chunk = faces[start : start + CHUNK]
        done += len(chunk)
        yield done, _printed([page_of(face, size) for face in chunk], size)


def _printed(pages: Sequence[BadgePage], size: Size) -> bytes:
    styles = ("badge", f"badge-{size.code}")
    return written([laid_out("badges", styles=styles, pages=pages)], variant=None)


@lru_cache(maxsize=64)
def _stationery_pdf(stationery: Stationery, size: Size) -> bytes:
    accent = accent_on(LIGHT_PAPER, stationery.colour)
    texts = _set(
        size,
        event=stationery.event.vi or stationery.event.en,
        event_en=stationery.event.en if stationery.event.vi else "",
        type=stationery.type_vi,
        type_others=stationery.type_others,
    )
    sheet = laid_out(
        "badge_stationery",
        styles=("badge", f"badge-{size.code}"),
        texts=texts,
        stationery=stationery,
        accent=accent,
        motif=mix(accent.fill, "#ffffff", 0.22).removeprefix("#"),
    )
    return written([sheet], variant=None)


def finished(parts: Sequence[bytes], faces: Sequence[BadgeFace], size: Size) -> bytes:
    """The chunks as one document, each page on the stationery of its type."""
    from pikepdf import Pdf, Rectangle  # noqa: PLC0415  slow to load

    with Pdf.open(BytesIO(merged(parts))) as whole:
        drawn: dict[Stationery, Object] = {}
        for page, face in zip(whole.pages, faces, strict=True):
            if face.stationery not in drawn:
                sheet = Pdf.open(BytesIO(_stationery_pdf(face.stationery, size)))
                drawn[face.stationery] = whole.copy_foreign(sheet.pages[0].as_form_xobject())
            page.add_underlay(drawn[face.stationery], Rectangle(page.mediabox))
        label(whole, title=faces[0].stationery.event.in_("vi"), language="vi")
        return saved(whole)


def badge_pdf(badges: Sequence[Badge], size: Size) -> bytes:
    """The badges in this order, a page each."""
    faces = [face_of(badge) for badge in badges]
    return finished([part for _, part in badge_chunks(faces, size)], faces, size)
