import uuid

import pytest

from matchmaking.companies.models import Side
from tests.api.program import problem_of
from tests.factories import (
    make_company,
    make_event,
    make_interpreter,
    make_request,
    make_slots,
    make_tables,
)
from tests.races import race

MEETINGS = "/events/han-quoc/meetings"
REQUESTS = "/events/han-quoc/meeting-requests"


@pytest.fixture
def fair(event):
    """Two companies of each side, four slots, two tables."""
    make_tables(event)
    return {
        "slots": [str(slot.id) for slot in make_slots(event)],
        "ours": [str(make_company(event).id) for _ in range(2)],
        "guests": [str(make_company(event, side=Side.FOREIGN).id) for _ in range(2)],
    }


def meeting_of(fair, *, slot=0, ours=0, guest=0, **values):
    companies = [fair["ours"][ours], fair["guests"][guest]]
    return {"companies": companies, "slot": fair["slots"][slot], **values}


def test_slots_tables_and_interpreters_are_listed(reader, event, fair):
    make_interpreter(event, languages=["ko"])

    def items(name):
        return reader.get(f"/events/han-quoc/{name}").get_json()["items"]

    assert [slot["id"] for slot in items("slots")] == fair["slots"]
    assert [table["number"] for table in items("tables")] == [1, 2]
    assert [one["languages"] for one in items("interpreters")] == [["ko"]]


def test_slots_are_read_in_parts(reader, fair):
    first = reader.get("/events/han-quoc/slots?limit=3").get_json()
    rest = reader.get(f"/events/han-quoc/slots?cursor={first['next_cursor']}").get_json()

    assert [slot["id"] for slot in first["items"] + rest["items"]] == fair["slots"]


def test_company_asks_and_the_other_accepts(organizer, fair):
    sent = organizer.post(
        REQUESTS,
        {
            "from_company": fair["ours"][0],
            "to_company": fair["guests"][0],
            "priority": 5,
            "message": "Rất mong\nđược gặp",
        },
    )
    path = f"{REQUESTS}/{sent.get_json()['id']}"

    assert (sent.status_code, sent.get_json()["status"]) == (201, "pending")
    assert organizer.post(f"{path}/accept").get_json()["status"] == "accepted"
    assert problem_of(organizer.post(f"{path}/accept"))["code"] == "already_answered"
    assert (
        organizer.post(f"{path}/decline", {"answer": "Tiếc quá"}).get_json()["status"] == "declined"
    )
    assert organizer.post(f"{path}/withdraw").status_code == 409
    assert organizer.get(path).get_json()["answer"] == "Tiếc quá"
    assert len(organizer.get(f"{REQUESTS}?status=declined").get_json()["items"]) == 1


def test_request_that_breaks_a_rule_is_refused_with_its_code(organizer, event, fair):
    def code_of(sender, receiver, **values):
        body = {"from_company": sender, "to_company": receiver, **values}
        return organizer.post(REQUESTS, body).get_json().get("code")

    ours, guests = fair["ours"], fair["guests"]
    assert code_of(ours[0], ours[1]) == "same_side"
    assert code_of(ours[0], ours[0]) == "same_company"
    assert code_of(ours[0], guests[0]) is None
    assert code_of(ours[0], guests[0]) == "already_requested"
    assert code_of(ours[0], str(uuid.uuid4())) == "not_found"
    assert code_of(ours[0], str(make_company().id)) == "not_found"
    assert code_of(ours[0], guests[1], priority=6) == "invalid"
    event.requests_per_company = 1
    assert code_of(ours[0], guests[1]) == "limit_reached"


def test_one_request_at_once_is_made_once(organizer, fair):
    body = {"from_company": fair["ours"][0], "to_company": fair["guests"][0]}

    def ask(_number):
        return organizer.post(REQUESTS, body).status_code

    assert sorted(race(ask, [(n,) for n in range(4)])) == [201, 409, 409, 409]


def test_meeting_is_booked_at_once(organizer, reader, fair):
    answer = organizer.post(MEETINGS, meeting_of(fair))

    body = answer.get_json()
    assert answer.status_code == 201
    assert body["companies"] == [fair["ours"][0], fair["guests"][0]]
    assert (body["slot"], body["interpreter"]) == (fair["slots"][0], None)
    for query in (f"company={fair['ours'][0]}", f"slot={fair['slots'][0]}", ""):
        assert reader.get(f"{MEETINGS}?{query}").get_json()["items"] == [body]
    assert reader.get(f"{MEETINGS}?slot={fair['slots'][1]}").get_json()["items"] == []


def test_refused_booking_names_times_that_are_left(organizer, fair):
    organizer.post(MEETINGS, meeting_of(fair))

    answer = organizer.post(MEETINGS, meeting_of(fair, guest=1))

    body = problem_of(answer)
    assert (answer.status_code, body["code"]) == (409, "slot_taken")
    assert [one["slot"] for one in body["alternatives"]] == fair["slots"][1:]
    taken = meeting_of(fair, guest=1) | {"slot": body["alternatives"][0]["slot"]}
    assert organizer.post(MEETINGS, taken).status_code == 201


def test_table_interpreter_and_absence_are_refused_with_their_codes(organizer, event, fair):
    def code_of(**values):
        body = problem_of(organizer.post(MEETINGS, meeting_of(fair, **values)))
        assert "alternatives" in body
        return body["code"]

    table = organizer.post(MEETINGS, meeting_of(fair)).get_json()["table"]
    assert code_of(ours=1, guest=1, table=table) == "table_taken"
    company = f"/events/han-quoc/companies/{fair['guests'][1]}"
    organizer.patch(company, {"unavailable_slots": [fair["slots"][1]]})
    assert code_of(ours=1, guest=1, slot=1) == "company_unavailable"
    organizer.patch(company, {"languages": ["ko"], "needs_interpreter": True})
    assert code_of(ours=1, guest=1, slot=2) == "no_interpreter"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"companies": []}, 422),
        ({"companies": ["a", "b"]}, 422),
        ({"slot": None}, 422),
        ({"slot": str(uuid.uuid4())}, 404),
        ({"table": str(uuid.uuid4())}, 404),
        ({"companies": [str(uuid.uuid4()), str(uuid.uuid4())]}, 404),
    ],
)
def test_what_cannot_be_booked_is_refused(organizer, fair, wrong, status):
    assert organizer.post(MEETINGS, {**meeting_of(fair), **wrong}).status_code == status


def test_slot_of_another_event_is_not_there(organizer, fair):
    (slot, *_) = make_slots(make_event())

    answer = organizer.post(MEETINGS, {**meeting_of(fair), "slot": str(slot.id)})

    assert answer.status_code == 404


def test_meeting_is_moved_if_it_is_where_it_was(organizer, fair):
    made = organizer.post(MEETINGS, meeting_of(fair))
    path = f"{MEETINGS}/{made.get_json()['id']}"
    etag = {"If-Match": made.headers["ETag"]}

    moved = organizer.patch(path, {"slot": fair["slots"][2]}, headers=etag)

    assert moved.get_json()["slot"] == fair["slots"][2]
    assert organizer.patch(path, {"slot": fair["slots"][1]}, headers=etag).status_code == 412
    assert organizer.get(path).get_json() == moved.get_json()


def test_failed_move_changes_nothing(organizer, fair):
    organizer.post(MEETINGS, meeting_of(fair, slot=1))
    made = organizer.post(MEETINGS, meeting_of(fair, guest=1)).get_json()
    path = f"{MEETINGS}/{made['id']}"

    assert organizer.patch(path, {"slot": fair["slots"][1]}).status_code == 409
    assert organizer.get(path).get_json() == made


def test_cancelled_meeting_frees_its_place_and_keeps_its_row(organizer, fair):
    made = organizer.post(MEETINGS, meeting_of(fair)).get_json()
    path = f"{MEETINGS}/{made['id']}"

    assert organizer.post(f"{path}/cancel").get_json()["status"] == "cancelled"
    assert problem_of(organizer.post(f"{path}/cancel"))["code"] == "already_cancelled"
    assert organizer.post(MEETINGS, meeting_of(fair, guest=1)).status_code == 201
    assert len(organizer.get(f"{MEETINGS}?status=cancelled").get_json()["items"]) == 1


def test_outcome_is_recorded(organizer, fair):
    made = organizer.post(MEETINGS, meeting_of(fair)).get_json()
    path = f"{MEETINGS}/{made['id']}/outcome"

    answer = organizer.post(path, {"outcome": "held", "note": "Sẽ ký biên bản"})

    assert answer.get_json()["outcome"] == "held"
    assert organizer.post(path, {"outcome": "so-so"}).status_code == 422


@pytest.mark.parametrize("path", ["", "/cancel", "/outcome"])
def test_meeting_of_another_event_is_not_there(organizer, other, fair, path):
    made = organizer.post(MEETINGS, meeting_of(fair)).get_json()
    body = {"outcome": "held"} if path == "/outcome" else {}
    method = "POST" if path else "PATCH"

    for address in (
        f"/events/nhat-ban/meetings/{made['id']}{path}",
        f"{MEETINGS}/{made['id']}{path}",
    ):
        assert other.send(method, address, json=body).status_code == 404


def test_one_slot_wanted_at_once_is_given_once(organizer, fair):
    def book(guest):
        answer = organizer.post(MEETINGS, meeting_of(fair, guest=guest))
        return answer.status_code, "alternatives" in answer.get_json()

    assert sorted(race(book, [(0,), (1,), (0,), (1,)])) == [
        (201, False),
        (409, True),
        (409, True),
        (409, True),
    ]


def test_number_of_queries_does_not_grow_with_the_list(organizer, event, fair, count_queries):
    def queries(path):
        with count_queries() as counted:
            assert organizer.get(path).status_code == 200
        return counted.total

    paths = [MEETINGS, REQUESTS, "/events/han-quoc/interpreters", "/events/han-quoc/tables"]
    organizer.post(MEETINGS, meeting_of(fair))
    make_interpreter(event)
    one = [queries(path) for path in paths]
    organizer.post(MEETINGS, meeting_of(fair, slot=1, guest=1))
    organizer.post(MEETINGS, meeting_of(fair, slot=2, ours=1))
    make_interpreter(event)
    for sender, receiver in (("ours", "guests"), ("guests", "ours")):
        organizer.post(REQUESTS, {"from_company": fair[sender][0], "to_company": fair[receiver][1]})

    assert [queries(path) for path in paths] == one


def test_request_of_another_event_is_not_there(organizer):
    ours = make_company()
    one = make_request(ours, make_company(ours.event, side=Side.FOREIGN))

    assert organizer.get(f"{REQUESTS}/{one.id}").status_code == 404
    assert organizer.post(f"{REQUESTS}/{one.id}/accept").status_code == 404
