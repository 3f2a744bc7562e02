"""Halls, tracks and booths: where things are, and what threads through them."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from matchmaking.core import audit
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import AgendaSession, Booth, Event, Hall, Track
from matchmaking.events.services.trash import Removed, bury
from matchmaking.events.services.versions import lock_version

MOST_AT_ONCE = 300
LONGEST_NUMBER = 12
_RANGE = re.compile(r"(?P<stem>.*?)(?P<first>\d+)\s*[-–—…]\s*(?P<again>.*?)(?P<last>\d+)")


class BoothRefused(DomainError):
    code = "booth_refused"
    about = "numbers"


class BoothsExist(BoothRefused):
    code = "booths_exist"
    message = _l("These booths exist already: %(numbers)s.")


class UnreadableNumbers(BoothRefused):
    code = "unreadable_numbers"
    message = _l("“%(text)s” is no booth number and no range. Write, for example: A01–A20, B1, C3.")


class TooManyBooths(BoothRefused):
    code = "too_many_booths"
    message = _l("Add at most %(most)s booths at once.")


class TrackCodeTaken(DomainError):
    code = "track_code_taken"
    about = "code"
    message = _l("Another track has the code %(code)s.")


class InUse(DomainError):
    code = "in_use"
    message = _l("%(title)s takes place here. Give it another place first.")


class TrackInUse(InUse):
    code = "track_in_use"
    message = _l("%(title)s belongs to this track. Take it out first.")


@dataclass(frozen=True, kw_only=True)
class BoothDetails:
    size: str = ""
    kind: str = "company"
    holder: Bilingual = Bilingual()
    hall_id: uuid.UUID | None = None


def booth_numbers(text: str) -> list[str]:
    """What "A01–A20, B1" stands for, in order, each once. Ranges keep leading zeros."""
    numbers: dict[str, None] = {}
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        numbers.update(dict.fromkeys(_expanded(part)))
        if len(numbers) > MOST_AT_ONCE:
            raise TooManyBooths(most=MOST_AT_ONCE)
    return list(numbers)


def _expanded(part: str) -> list[str]:
    found = _RANGE.fullmatch(part)
    if found is None:
        return [_number(part)]
    stem, first, last = found["stem"], int(found["first"]), int(found["last"])
    if found["again"].strip() not in ("", stem.strip()) or first > last:
        raise UnreadableNumbers(text=part)
    if last - first >= MOST_AT_ONCE:
        raise TooManyBooths(most=MOST_AT_ONCE)
    width = len(found["first"])
    return [_number(f"{stem}{number:0{width}}") for number in range(first, last + 1)]


def _number(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise UnreadableNumbers(text=text[:40])
    return text


def add_booths(event: Event, numbers: Sequence[str], details: BoothDetails) -> list[Booth]:
    _require_free_numbers(event, numbers)
    booths = [Booth(event_id=event.id, number=number) for number in numbers]
    for booth in booths:
        _write(booth, details)
    db.session.add_all(booths)
    db.session.flush()
    audit.record("booth.added", event, numbers=", ".join(numbers)[:500])
    return booths


def change_booth(booth: Booth, number: str, details: BoothDetails, *, version: int) -> None:
    lock_version(booth, version)
    if number != booth.number:
        _require_free_numbers(booth.event, [number])
    booth.number = _number(number)
    _write(booth, details)
    booth.version += 1
    audit.record("booth.changed", booth, title=booth.number)
    db.session.flush()


def remove_booth(booth: Booth) -> Removed:
    audit.record("booth.removed", booth, title=booth.number)
    return bury(booth.event, booth.number, [booth])


def _write(booth: Booth, details: BoothDetails) -> None:
    booth.size, booth.kind = details.size, details.kind
    booth.holder, booth.hall_id = details.holder, details.hall_id


def _require_free_numbers(event: Event, numbers: Sequence[str]) -> None:
    query = select(Booth.number).where(Booth.event_id == event.id, Booth.number.in_(numbers))
    taken = db.session.scalars(query.order_by(Booth.number)).all()
    if taken:
        raise BoothsExist(numbers=", ".join(taken))


def add_hall(event: Event, name: Bilingual, *, capacity: int | None = None) -> Hall:
    last = select(func.max(Hall.position)).where(Hall.event_id == event.id)
    position = (db.session.scalar(last) or 0) + 1
    hall = Hall(event_id=event.id, name=name, capacity=capacity, position=position)
    db.session.add(hall)
    db.session.flush()
    audit.record("hall.added", hall, title=name.vi or name.en)
    return hall


def change_hall(hall: Hall, name: Bilingual, *, capacity: int | None, version: int) -> None:
    lock_version(hall, version)
    hall.name, hall.capacity = name, capacity
    hall.version += 1
    audit.record("hall.changed", hall, title=name.vi or name.en)
    db.session.flush()


def remove_hall(hall: Hall) -> Removed:
    _require_unused(AgendaSession.hall_id == hall.id, InUse)
    title = hall.name.vi or hall.name.en
    audit.record("hall.removed", hall, title=title)
    return bury(hall.event, title, [hall])


def add_track(event: Event, code: str, name: Bilingual) -> Track:
    _require_free_code(event, code)
    last = select(func.max(Track.position)).where(Track.event_id == event.id)
    position = (db.session.scalar(last) or 0) + 1
    track = Track(event_id=event.id, code=code, name=name, position=position)
    db.session.add(track)
    db.session.flush()
    audit.record("track.added", track, title=name.vi or name.en)
    return track


def change_track(track: Track, code: str, name: Bilingual, *, version: int) -> None:
    lock_version(track, version)
    if code != track.code:
        _require_free_code(track.event, code)
    track.code, track.name = code, name
    track.version += 1
    audit.record("track.changed", track, title=name.vi or name.en)
    db.session.flush()


def remove_track(track: Track) -> Removed:
    _require_unused(AgendaSession.track_id == track.id, TrackInUse)
    title = track.name.vi or track.name.en
    audit.record("track.removed", track, title=title)
    return bury(track.event, title, [track])


def _require_free_code(event: Event, code: str) -> None:
    if db.session.scalar(select(Track.id).where(Track.event_id == event.id, Track.code == code)):
        raise TrackCodeTaken(code=code)


def _require_unused(condition: object, refusal: type[InUse]) -> None:
    query = select(AgendaSession).where(condition)  # type: ignore[arg-type]
    session = db.session.scalars(query.limit(1)).first()
    if session is not None:
        raise refusal(title=session.title.vi or session.title.en)
