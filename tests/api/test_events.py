from matchmaking.core.bilingual import Bilingual
from matchmaking.events.models import EventStatus, Speaker
from tests.factories import make_event, make_session, make_ticket_type
from tests.factories.base import add


def test_published_events_are_listed_with_the_places_left(stranger, event):
    make_ticket_type(event, code="delegate", places=40, used=3)
    make_ticket_type(event, code="vip", is_listed=False)
    make_event(slug="draft", status=EventStatus.DRAFT)

    answer = stranger.get("/events").get_json()

    assert [one["slug"] for one in answer["items"]] == ["han-quoc"]
    assert answer["items"][0]["title"] == {"vi": "Gặp gỡ Hàn Quốc", "en": "Meet Korea"}
    assert [(t["code"], t["places_left"]) for t in answer["items"][0]["ticket_types"]] == [
        ("delegate", 37)
    ]
    assert answer["next_cursor"] is None


def test_one_event_is_read_without_a_token_and_a_draft_is_not(stranger, event):
    make_event(slug="draft", status=EventStatus.DRAFT)

    assert stranger.get("/events/han-quoc").get_json()["registration"] == "open"
    assert stranger.get("/events/draft").status_code == 404
    assert stranger.get("/events/draft/agenda").status_code == 404


def test_programme_names_rooms_and_speakers(stranger, event):
    session = make_session(event, "08:00", "09:00")
    add(Speaker(event_id=event.id, session_id=session.id, full_name="Kim Min-jun"))
    make_session(event, "09:00", "10:00", parent_id=session.id)

    first, second = stranger.get("/events/han-quoc/agenda").get_json()["items"]

    assert first["starts_at"].endswith("T01:00:00Z")
    assert first["speakers"][0]["full_name"] == "Kim Min-jun"
    assert (first["room"], first["parent"]) == (None, None)
    assert second["parent"] == first["id"]


def test_public_answers_may_be_kept_by_any_cache_and_hold_no_cookie(stranger, event):
    for path in ("/events", "/events/han-quoc", "/events/han-quoc/agenda"):
        answer = stranger.get(path)
        assert answer.headers["Cache-Control"].startswith("public")
        assert "Set-Cookie" not in answer.headers


def test_number_of_queries_does_not_grow_with_the_list(stranger, event, count_queries):
    def queries(path):
        with count_queries() as counted:
            stranger.get(path)
        return counted.total

    make_ticket_type(event, code="delegate")
    make_session(event)
    one = queries("/events"), queries("/events/han-quoc/agenda")
    for number in range(2):
        make_ticket_type(make_event(slug=f"other-{number}", theme=Bilingual("A", "B")))
        make_session(event, "10:00", "11:00")

    assert (queries("/events"), queries("/events/han-quoc/agenda")) == one
