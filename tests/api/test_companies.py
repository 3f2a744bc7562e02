import uuid

import pytest

from matchmaking.companies.models import Side
from tests.api.program import problem_of
from tests.factories import make_company, make_slots

COMPANIES = "/events/han-quoc/companies"
DONG_SON = {
    "name": {"vi": "Cơ khí Đông Sơn", "en": "Dong Son Mechanics"},
    "side": "local",
    "country": "VN",
    "sectors": [],
    "offering": ["fisheries"],
    "seeking": ["electronics"],
    "languages": ["vi", "en"],
}


def test_company_is_added_and_takes_part_at_once(organizer, event):
    slots = make_slots(event)

    answer = organizer.post(COMPANIES, {**DONG_SON, "unavailable_slots": [str(slots[1].id)]})

    body = answer.get_json()
    assert answer.status_code == 201
    assert body["status"] == "confirmed"
    assert body["name"] == DONG_SON["name"]
    assert body["unavailable_slots"] == [str(slots[1].id)]
    assert organizer.get(f"{COMPANIES}/{body['id']}").get_json() == body


def test_name_alone_is_the_vietnamese_one(organizer):
    body = organizer.post(COMPANIES, {**DONG_SON, "name": "Hanwha Bình Dương"}).get_json()

    assert body["name"] == {"vi": "Hanwha Bình Dương", "en": ""}


def test_second_company_of_one_name_is_refused(organizer):
    organizer.post(COMPANIES, DONG_SON)

    assert problem_of(organizer.post(COMPANIES, DONG_SON))["code"] == "company_already_there"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"name": {"vi": "", "en": ""}}, 409),
        ({"name": ""}, 422),
        ({"side": "middle"}, 422),
        ({"country": "Korea"}, 422),
        ({"offering": ["dragons"]}, 422),
        ({"offering": ["fisheries"] * 13}, 422),
        ({"languages": ["xx"]}, 422),
        ({"unavailable_slots": ["soon"]}, 422),
        ({"unavailable_slots": [str(uuid.uuid4())]}, 404),
        ({"lines": 10**30}, 422),
    ],
)
def test_what_cannot_be_right_is_refused(organizer, wrong, status):
    assert organizer.post(COMPANIES, {**DONG_SON, **wrong}).status_code == status


def test_change_keeps_what_it_does_not_name(organizer, event):
    slots = make_slots(event)
    made = organizer.post(COMPANIES, DONG_SON)
    path = f"{COMPANIES}/{made.get_json()['id']}"

    changed = organizer.patch(
        path,
        {"seeking": [], "unavailable_slots": [str(slots[0].id)]},
        headers={"If-Match": made.headers["ETag"]},
    )

    assert changed.get_json() == {
        **made.get_json(),
        "seeking": [],
        "unavailable_slots": [str(slots[0].id)],
    }
    late = organizer.patch(path, {"seeking": []}, headers={"If-Match": made.headers["ETag"]})
    assert late.status_code == 412


def test_companies_are_found_by_side_and_words(organizer, event):
    make_company(event)
    guest = make_company(event, side=Side.FOREIGN)

    found = organizer.get(f"{COMPANIES}?side=foreign&q=dong+son").get_json()["items"]

    assert [one["id"] for one in found] == [str(guest.id)]


def test_best_partners_come_with_score_and_reasons(organizer, event):
    ours = make_company(event, offering=["fisheries"], seeking=["electronics"])
    guest = make_company(event, side=Side.FOREIGN, offering=["electronics"])
    make_company(event, side=Side.FOREIGN, offering=["textile_garment"])

    (best,) = organizer.get(f"{COMPANIES}/{ours.id}/recommendations?limit=1").get_json()["items"]

    assert best["company"]["id"] == str(guest.id)
    assert 0 < best["score"] <= 1
    assert best["reasons"][0]["code"] == "they_offer"
    assert "electronics" in best["reasons"][0]["text"]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("PATCH", ""), ("GET", "/recommendations")]
)
def test_company_of_another_event_is_not_there(other, organizer, method, path):
    one = make_company()

    answer = organizer.send(method, f"{COMPANIES}/{one.id}{path}", json={})

    assert answer.status_code == 404
    assert other.send(method, f"{COMPANIES}/{one.id}{path}", json={}).status_code == 404


def test_companies_are_for_organizers_alone(reader, gate):
    assert reader.get(COMPANIES).status_code == 403
    assert reader.get(f"{COMPANIES}/{uuid.uuid4()}").status_code == 403
    assert reader.post(COMPANIES, DONG_SON).status_code == 403
    assert gate.get(COMPANIES).status_code == 403


def test_number_of_queries_does_not_grow_with_the_list(organizer, event, count_queries):
    ours = make_company(event, offering=["fisheries"])

    def queries(path=""):
        with count_queries() as counted:
            assert organizer.get(COMPANIES + path).status_code == 200
        return counted.total

    make_company(event, side=Side.FOREIGN, seeking=["fisheries"])
    one = queries(), queries(f"/{ours.id}/recommendations")
    for _ in range(2):
        make_company(event, side=Side.FOREIGN, seeking=["fisheries"])

    assert (queries(), queries(f"/{ours.id}/recommendations")) == one
