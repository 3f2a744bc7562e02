"""The three events, their programmes and hosts, on days that lie ahead."""

import json
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from matchmaking import reference
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.events.models import (
    AgendaSession,
    Booth,
    Event,
    EventHost,
    EventStatus,
    Hall,
    HostRole,
    Series,
    Track,
)

DATA = Path(__file__).parent / "data"
Facts = dict[str, Any]


@cache
def facts_of_events() -> tuple[Facts, ...]:
    return tuple(json.loads((DATA / "events.json").read_text()))


def load_events() -> list[Event]:
    """The three events: the first begins today, so that its gate can be tried at once.

    Its edition of 2022, on the days it was really held, is the past edition of its series.
    """
    loaded = []
    for facts in facts_of_events():
        series = Series(slug=facts["series"]["slug"], name=Bilingual(**facts["series"]["name"]))
        db.session.add(series)
        today = clock.now().astimezone(ZoneInfo(facts["timezone"])).date()
        starts_on = today + timedelta(days=facts["days_ahead"])
        loaded.append(_load(facts, series, starts_on, slug=facts["slug"]))
        if facts["days_ahead"] == 0:
            held_on = date.fromisoformat(facts["held_on"])
            _load(facts, series, held_on, slug=f"{facts['slug']}-{held_on.year}")
    return loaded


def _load(facts: Facts, series: Series, starts_on: date, *, slug: str) -> Event:
    zone = ZoneInfo(facts["timezone"])
    event = Event(
        series=series,
        edition=str(starts_on.year),
        slug=slug,
        kind=facts["kind"],
        modules=list(reference.event_type(facts["kind"]).modules),
        status=EventStatus.PUBLISHED,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=facts["days"] - 1),
        published_at=min(clock.now(), datetime.combine(starts_on, time(), zone)),
        contact_email="ban-to-chuc@example.com",
        check_in_opens_at=datetime.combine(starts_on - timedelta(days=1), time(7), zone),
        **{key: Bilingual(**facts[key]) for key in ("name", "theme", "description", "venue")},
        **{
            key: facts[key]
            for key in (
                "timezone",
                "languages",
                "province_code",
                "expected_delegates",
                "priority_sectors",
                "accent",
            )
        },
    )
    db.session.add(event)
    db.session.flush()
    _load_hosts(event, facts)
    _load_programme(event, facts)
    _load_booths(event, facts)
    db.session.flush()
    return event


def _load_hosts(event: Event, facts: Facts) -> None:
    for position, host in enumerate(facts["hosts"]):
        db.session.add(
            EventHost(
                event=event,
                role=HostRole(host["role"]),
                name=Bilingual(**host["name"]),
                position=position,
            )
        )


def _load_programme(event: Event, facts: Facts) -> None:
    halls = [
        Hall(event=event, name=Bilingual(**name), position=position)
        for position, name in enumerate(facts["halls"])
    ]
    tracks = {
        track["code"]: Track(
            event=event, code=track["code"], name=Bilingual(**track["name"]), position=position
        )
        for position, track in enumerate(facts["tracks"])
    }
    db.session.add_all([*halls, *tracks.values()])
    for session in facts["sessions"]:
        db.session.add(_session(event, session, halls[session["hall"]], tracks))


def _session(event: Event, facts: Facts, hall: Hall, tracks: dict[str, Track]) -> AgendaSession:
    on = event.starts_on + timedelta(days=facts["day"])
    title = {
        language: text.format(year=event.starts_on.year)
        for language, text in facts["title"].items()
    }
    return AgendaSession(
        event=event,
        kind=facts["kind"],
        title=Bilingual(**title),
        description=Bilingual(**facts.get("description", {})),
        starts_at=datetime.combine(on, time.fromisoformat(facts["start"]), event.zone),
        ends_at=datetime.combine(on, time.fromisoformat(facts["end"]), event.zone),
        hall=hall,
        track=tracks.get(facts.get("track", "")),
        capacity=facts.get("capacity"),
        sign_up=facts.get("sign_up", False),
        slot_minutes=facts.get("slot_minutes"),
        tables=facts.get("tables"),
        breaks=facts.get("breaks", []),
    )


def _load_booths(event: Event, facts: Facts) -> None:
    for booth in facts["booths"]:
        db.session.add(
            Booth(
                event=event,
                number=booth["number"],
                size=booth["size"],
                kind=booth["kind"],
                holder=Bilingual(**booth["holder"]),
            )
        )
