import pytest

from matchmaking.companies.models import Side
from matchmaking.core import jobs
from matchmaking.core.database import db
from matchmaking.meetings.models import RequestStatus
from tests.api.program import problem_of
from tests.factories import make_company, make_request, make_slots, make_tables

RUNS = "/events/han-quoc/schedule-runs"


@pytest.fixture
def requests(event):
    """Three agreed requests, and slots for two of them."""
    make_tables(event)
    make_slots(event, 2)
    ours = make_company(event)
    guests = [make_company(event, side=Side.FOREIGN) for _ in range(3)]
    accepted = RequestStatus.ACCEPTED
    return [
        make_request(ours, guest, status=accepted, priority=n) for n, guest in enumerate(guests, 2)
    ]


def finished(organizer, **body):
    started = organizer.post(RUNS, {"time_limit_seconds": 240, **body}).get_json()
    db.session.commit()
    jobs.run_due()
    return organizer.get(f"{RUNS}/{started['id']}").get_json()


def test_run_is_queued_and_tells_what_it_found(organizer, requests):
    started = organizer.post(RUNS, {"mode": "full", "time_limit_seconds": 240, "seed": 7})
    assert (started.status_code, started.get_json()["state"]) == (202, "queued")
    assert problem_of(organizer.post(RUNS))["code"] == "already_running"
    db.session.commit()
    jobs.run_due()

    run = organizer.get(f"{RUNS}/{started.get_json()['id']}").get_json()

    assert (run["state"], run["placed"], run["requested"]) == ("done", 2, 3)
    assert run["objective"] <= run["bound"]
    assert 0 <= run["gap"] <= 1
    assert run["violations"] == []
    assert {one["request"] for one in run["assignments"]} <= {str(one.id) for one in requests}
    assert [change["kind"] for change in run["changes"]] == ["new", "new"]
    (left_out,) = run["unplaced"]
    assert left_out["explanation"]["vi"] != left_out["explanation"]["en"]


def test_run_says_what_one_more_table_would_do_for_all_left_out(organizer, event):
    make_tables(event, 1)
    make_slots(event, 1)
    left_out, _placed = [
        agreed(make_company(event), make_company(event, side=Side.FOREIGN), priority=priority)
        for priority in (1, 5)
    ]

    (relief,) = finished(organizer)["reliefs"]

    assert (relief["action"], relief["points"]) == ("add_table", 1)
    assert relief["requests"] == [str(left_out.id)]
    assert relief["text"]["vi"] != relief["text"]["en"]


def test_run_says_what_would_help_only_together(organizer, event):
    make_tables(event)
    make_slots(event, 2)
    ours = [make_company(event, max_meetings=1) for _ in range(2)]
    guests = [make_company(event, side=Side.FOREIGN, max_meetings=1) for _ in range(2)]
    for pair in zip(ours, guests, strict=True):
        agreed(*pair, priority=5)
    agreed(ours[0], guests[1], priority=1)

    (left_out,) = finished(organizer)["unplaced"]

    assert left_out["remedies"] == []
    assert [one["action"] for one in left_out["together"]][:2] == ["raise_limit"] * 2
    assert all(one["text"]["vi"] != one["text"]["en"] for one in left_out["together"])


def agreed(*companies, priority):
    return make_request(*companies, status=RequestStatus.ACCEPTED, priority=priority)


def test_published_run_books_every_meeting_and_going_back_takes_them_away(organizer, requests):
    run = finished(organizer)
    path = f"{RUNS}/{run['id']}"

    published = organizer.post(f"{path}/publish")

    assert (published.status_code, published.get_json()["version"]) == (200, 1)
    assert len(organizer.get("/events/han-quoc/meetings").get_json()["items"]) == 2
    assert problem_of(organizer.post(f"{path}/publish"))["code"] == "stale_run"
    back = organizer.post(f"{path}/revert").get_json()
    assert (back["version"], back["reverts_to"], back["run"]) == (2, 0, None)
    assert organizer.get("/events/han-quoc/meetings").get_json()["items"] == []
    assert problem_of(organizer.post(f"{path}/revert"))["code"] == "stale_run"


def test_repair_moves_nothing_that_can_stay(organizer, requests):
    first = finished(organizer)
    organizer.post(f"{RUNS}/{first['id']}/publish")

    repair = finished(organizer, mode="repair", seed=99)

    assert (repair["mode"], repair["placed"], repair["changes"]) == ("repair", 2, [])


def test_run_of_an_event_that_changed_is_stale_and_nothing_changes(organizer, requests):
    run = finished(organizer)
    requests[-1].to_company.status = "withdrawn"

    answer = organizer.post(f"{RUNS}/{run['id']}/publish")

    assert (answer.status_code, problem_of(answer)["code"]) == (409, "stale_run")
    assert organizer.get("/events/han-quoc/meetings").get_json()["items"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "magic"},
        {"seed": -1},
        {"seed": 10**40},
        {"time_limit_seconds": 0},
        {"time_limit_seconds": 601},
        {"time_limit_seconds": 1.5},
        {"seed": True},
    ],
)
def test_run_that_cannot_be_right_is_refused(organizer, wrong):
    assert organizer.post(RUNS, wrong).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", "/publish"), ("POST", "/revert")]
)
def test_run_of_another_event_is_not_there(organizer, other, reader, requests, method, path):
    started = organizer.post(RUNS).get_json()

    for address in (f"/events/nhat-ban/schedule-runs/{started['id']}", f"{RUNS}/{started['id']}"):
        assert other.send(method, address + path).status_code == 404
    if path:
        assert reader.send(method, f"{RUNS}/{started['id']}{path}").status_code == 403
