import re

import pytest
from sqlalchemy import select

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.events import queries
from matchmaking.events.models import AgendaSession, Booth, EventHost, Hall, Track
from tests.factories import make_event, make_member, make_session
from tests.factories.base import add


@pytest.fixture
def event(app):
    return make_event()


def test_programme_is_in_order_by_day_with_parallel_sessions_together(event):
    late = make_session(event, "10:00", "11:00")
    one = make_session(event, "08:00", "09:00")
    other = make_session(event, "08:00", "09:00")
    next_day = make_session(event, "07:00", "08:00", day=1)

    first, second = queries.programme(event)

    assert [block.is_parallel for block in first.blocks] == [True, False]
    assert {item.session.id for item in first.blocks[0].items} == {one.id, other.id}
    assert first.blocks[1].items[0].session is late
    assert [item.session for item in second.items] == [next_day]


def test_halls_and_tracks_are_added_changed_and_removed_unless_used(event, browser_of):
    editor = browser_of(make_member(event))
    base = f"/organize/{event.slug}/programme"
    editor.post(f"{base}/halls/new", {"name_vi": "Phòng 1", "capacity": "80"})
    (hall,) = queries.halls_of(event)
    editor.post(f"{base}/tracks/new", {"name_vi": "Năng lượng", "code": "A"})
    (track,) = queries.tracks_of(event)
    editor.post(f"{base}/halls/{hall.id}", {"version": "1", "name_vi": "Phòng 2", "capacity": ""})
    taken = editor.post(f"{base}/tracks/new", {"name_vi": "Khác", "code": "A"})
    session = make_session(event, hall_id=hall.id, track_id=track.id)

    assert (hall.name.vi, hall.capacity) == ("Phòng 2", None)
    assert "Another track has the code A" in taken.text
    editor.post(f"{base}/halls/{hall.id}/remove")
    editor.post(f"{base}/tracks/{track.id}/remove")
    assert (len(queries.halls_of(event)), len(queries.tracks_of(event))) == (1, 1)

    db.session.delete(db.session.get(AgendaSession, session.id))
    removed = editor.post(f"{base}/halls/{hall.id}/remove")
    assert queries.halls_of(event) == []
    editor.post(removed.location.replace("/programme?", "/restore?back=programme&"))
    assert [hall.name.vi for hall in queries.halls_of(event)] == ["Phòng 2"]


PARTS = {
    "hosts": (EventHost, {"role": "host", "url": ""}),
    "programme/halls": (Hall, {"capacity": ""}),
    "programme/tracks": (Track, {"code": "A"}),
}


def version_on(page):
    found = re.search(r'name="version"[^>]*value="(\d+)"', page.text)
    assert found
    return found[1]


@pytest.mark.parametrize("part", PARTS)
def test_who_saves_second_is_shown_both_names_and_may_replace_the_first(event, browser_of, part):
    one, other = (browser_of(make_member(event)) for _ in range(2))
    base, (kind, values) = f"/organize/{event.slug}/{part}", PARTS[part]
    one.post(f"{base}/new", {**values, "name_vi": "Cũ"})
    row = db.session.scalars(select(kind)).one()
    seen = version_on(other.get(f"{base}/{row.id}"))
    one.post(f"{base}/{row.id}", {**values, "name_vi": "Của người khác", "version": seen})

    answer = other.post(f"{base}/{row.id}", {**values, "name_vi": "Của tôi", "version": seen})

    assert answer.status_code == 422
    assert "Saved by someone else meanwhile" in answer.text
    assert "Của người khác" in answer.text
    assert "Của tôi" in answer.text
    assert row.name.vi == "Của người khác"
    other.post(f"{base}/{row.id}", {**values, "name_vi": "Của tôi", "version": version_on(answer)})
    assert row.name.vi == "Của tôi"


def test_a_booth_saved_meanwhile_is_not_overwritten(event, browser_of):
    one, other = (browser_of(make_member(event)) for _ in range(2))
    booth = add(Booth(event_id=event.id, number="A1"))
    path, values = f"/organize/{event.slug}/booths/{booth.id}", {"kind": "company", "hall": ""}
    seen = version_on(other.get(path))
    one.post(path, {**values, "number": "A1", "size": "3x3m", "version": seen})

    answer = other.post(path, {**values, "number": "A1", "size": "6x3m", "version": seen})

    assert "Saved by someone else meanwhile" in answer.text
    assert booth.size == "3x3m"


def test_a_hall_removed_meanwhile_says_so(event, browser_of):
    one, other = (browser_of(make_member(event)) for _ in range(2))
    hall = add(Hall(event_id=event.id, name=Bilingual("Phòng 1", "")))
    path = f"/organize/{event.slug}/programme/halls/{hall.id}"
    one.post(f"{path}/remove")

    assert other.post(path, {"name_vi": "Phòng 2", "version": "1"}).status_code == 404
