import pytest

from matchmaking.core.database import db
from matchmaking.events import queries
from matchmaking.events.models import AgendaSession
from tests.factories import make_event, make_member, make_session


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
    editor.post(f"{base}/halls/{hall.id}", {"name_vi": "Phòng 2", "capacity": ""})
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
