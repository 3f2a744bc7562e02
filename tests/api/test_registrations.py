import pytest

from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.registration.models import Registration, RegistrationStatus
from matchmaking.registration.tokens import read_token
from tests.api.program import ANH, PLACES, Program, problem_of
from tests.factories import make_registration, make_ticket_type
from tests.races import race


def test_delegate_is_registered_by_the_rules_and_letters_of_the_page(stranger, ticket_type):
    answer = stranger.post(
        PLACES,
        {
            **ANH,
            "organization": "Sở Công Thương",
            "job_title": "Chuyên viên",
            "country": "VN",
            "phone": "0912 345 678",
            "language": "vi",
            "attendance": "in_person",
            "answers": {"diet": "vegetarian", "hotel": "Mường Thanh"},
        },
    )

    made = db.session.scalars(db.select(Registration)).one()
    body = answer.get_json()
    assert answer.status_code == 201
    assert body["code"] == made.code
    assert body["status"] == "confirmed"
    assert read_token(body["badge_token"]).code == made.badges[0].code
    assert body["links"]["manage"].startswith("http")
    assert (made.phone, made.source) == ("+84912345678", "api")
    assert made.answers == {"diet": ["vegetarian"], "hotel": "Mường Thanh"}
    assert db.session.scalars(db.select(OutgoingMail.letter)).all() == ["registration_confirmed"]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"needs_approval": True}, "pending"),
        ({"places": 0, "has_waiting_list": True}, "waitlisted"),
    ],
)
def test_badge_and_papers_are_null_until_the_place_is_confirmed(organizer, event, values, status):
    make_ticket_type(event, code="delegate", **values)

    body = organizer.post(PLACES, ANH).get_json()

    assert body["status"] == status
    assert body["badge_token"] is None
    assert body["links"]["badge_pdf"] is body["links"]["agenda_ics"] is None


def test_sold_out_and_already_registered_and_closed_are_refused_with_their_codes(organizer, event):
    make_ticket_type(event, code="delegate", places=1)
    make_ticket_type(event, code="press", places=9)

    def code_of(**values):
        answer = organizer.post(PLACES, {**ANH, **values})
        return answer.status_code, answer.get_json()["code"]

    assert organizer.post(PLACES, ANH).status_code == 201
    assert code_of(email="b@example.com") == (409, "sold_out")
    assert code_of(ticket_type="press") == (409, "already_registered")
    event.registration_closes_at = event.created_at
    assert code_of(ticket_type="press", email="c@example.com") == (409, "registration_closed")


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ({"phone": "0912 345 67"}, "invalid_phone"),
        ({"email": "anh@example.test"}, "invalid_email"),
        ({"full_name": "Ng\u037ea \u2126" * 30 + "x" * 30}, "invalid"),
    ],
)
def test_detail_that_looks_right_and_is_not_is_refused_by_its_rule(
    organizer, ticket_type, detail, code
):
    assert problem_of(organizer.post(PLACES, {**ANH, **detail}))["code"] == code


def test_kinds_of_places_that_are_not_listed_are_for_tokens_only(stranger, organizer, event):
    make_ticket_type(event, code="vip", is_listed=False)

    assert stranger.post(PLACES, {**ANH, "ticket_type": "vip"}).status_code == 404
    assert organizer.post(PLACES, {**ANH, "ticket_type": "vip"}).status_code == 201


def test_last_places_are_given_once_whatever_arrives_at_once(organizer, event):
    make_ticket_type(event, code="delegate", places=2)

    def register(number):
        return organizer.post(PLACES, {**ANH, "email": f"d{number}@example.com"}).status_code

    assert sorted(race(register, [(n,) for n in range(5)])) == [201, 201, 409, 409, 409]


def test_delegates_are_found_without_diacritics_and_by_status(organizer, event, ticket_type):
    make_registration(ticket_type=ticket_type, full_name="Nguyễn Thị Ánh")
    make_registration(
        ticket_type=ticket_type, full_name="Trần Văn Bình", status=RegistrationStatus.PENDING
    )

    def names(query):
        return [one["full_name"] for one in organizer.get(f"{PLACES}?{query}").get_json()["items"]]

    assert names("q=NGUYEN+anh") == ["Nguyễn Thị Ánh"]
    assert names("status=pending") == ["Trần Văn Bình"]
    assert names("ticket_type=press") == []
    assert names("q=%25") == []


def test_reader_sees_delegates_without_what_opens_their_pages(reader, organizer, ticket_type):
    code = make_registration(ticket_type=ticket_type).code

    read = reader.get(f"{PLACES}/{code}").get_json()

    assert read["badge_token"] is None
    assert set(read["links"].values()) == {None}
    assert organizer.get(f"{PLACES}/{code}").get_json()["badge_token"]


def test_change_is_made_only_to_the_version_it_was_meant_for(organizer, ticket_type):
    path = f"{PLACES}/{make_registration(ticket_type=ticket_type).code}"
    etag = organizer.get(path).headers["ETag"]

    changed = organizer.patch(path, {"organization": "Sở Ngoại vụ"}, headers={"If-Match": etag})
    late = organizer.patch(path, {"organization": "Bộ Ngoại giao"}, headers={"If-Match": etag})

    assert changed.get_json()["organization"] == "Sở Ngoại vụ"
    assert changed.headers["ETag"] != etag
    assert (late.status_code, problem_of(late)["code"]) == (412, "changed_meanwhile")
    again = organizer.patch(
        path, {"phone": ""}, headers={"If-Match": f'"x", W/{changed.headers["ETag"]}'}
    )
    assert again.status_code == 200


def test_of_two_changes_of_one_version_at_once_one_is_made(organizer, ticket_type):
    path = f"{PLACES}/{make_registration(ticket_type=ticket_type).code}"
    etag = organizer.get(path).headers["ETag"]

    def change(name):
        return organizer.patch(path, {"full_name": name}, headers={"If-Match": etag}).status_code

    assert sorted(race(change, [("Nguyễn An",), ("Nguyễn Bình",), ("Nguyễn Chi",)])) == [
        200,
        412,
        412,
    ]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"full_name": ""}, 422),
        ({"status": "confirmed"}, 422),
        ({"ticket_type": "king"}, 404),
        ({"attendance": "online"}, 409),
        ({"attendance": None}, 200),
        ({"answers": {"hotel": "Rex"}}, 200),
        ({}, 200),
    ],
)
def test_change_is_checked_like_a_registration(organizer, ticket_type, change, status):
    path = f"{PLACES}/{make_registration(ticket_type=ticket_type).code}"

    assert organizer.patch(path, change).status_code == status


def test_pending_delegate_is_approved_once(organizer, ticket_type):
    one = make_registration(ticket_type=ticket_type, status=RegistrationStatus.PENDING)
    path = f"{PLACES}/{one.code}/approve"

    assert organizer.post(path).get_json()["status"] == "confirmed"
    assert problem_of(organizer.post(path))["code"] == "wrong_status"


def test_pending_delegate_is_turned_down_with_a_reason(organizer, ticket_type):
    one = make_registration(ticket_type=ticket_type, status=RegistrationStatus.PENDING)

    answer = organizer.post(f"{PLACES}/{one.code}/reject", {"reason": "Hội trường đã kín"})

    assert answer.get_json()["status"] == "rejected"


def test_cancelled_delegate_has_no_badge(organizer, ticket_type):
    code = make_registration(ticket_type=ticket_type).code

    cancelled = organizer.post(f"{PLACES}/{code}/cancel").get_json()

    assert (cancelled["status"], cancelled["badge_token"]) == ("cancelled", None)
    assert organizer.post(f"{PLACES}/{code}/cancel").status_code == 409


def test_reissued_badge_has_another_token(organizer, ticket_type):
    path = f"{PLACES}/{make_registration(ticket_type=ticket_type).code}"
    before = organizer.get(path)

    after = organizer.post(f"{path}/reissue-badge")

    assert after.get_json()["badge_token"] not in (None, before.get_json()["badge_token"])
    assert after.headers["ETag"] != before.headers["ETag"]


@pytest.mark.parametrize("action", ["", "/approve", "/reject", "/cancel", "/reissue-badge"])
def test_delegate_of_another_event_and_one_that_is_none_answer_alike(
    other, organizer, ticket_type, action
):
    one = make_registration(ticket_type=make_ticket_type(code="elsewhere"))
    method = "POST" if action else "PATCH"

    answers = [
        organizer.send(method, f"{PLACES}/{code}{action}", json={})
        for code in (one.code, "ABCDEFGH")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].get_json() == answers[1].get_json()


def test_papers_open_with_a_token_or_the_signed_link(app, organizer, ticket_type):
    made = organizer.post(PLACES, ANH).get_json()
    for name, kind in (
        ("badge_pdf", "application/pdf"),
        ("agenda_pdf", "application/pdf"),
        ("agenda_ics", "text/calendar"),
    ):
        link = made["links"][name].split("/api/v1")[1]
        bare = link.split("?")[0]
        assert Program(app).get(link).mimetype == kind
        assert organizer.get(bare).mimetype == kind
        assert Program(app).get(bare).status_code == 401
        assert Program(app).get(f"{bare}?key=wrong").status_code == 404


def test_delegate_without_a_badge_has_no_badge_to_print(organizer, ticket_type):
    one = make_registration(ticket_type=ticket_type, status=RegistrationStatus.PENDING)

    assert problem_of(organizer.get(f"{PLACES}/{one.code}/badge.pdf"))["code"] == "no_badge"


def test_number_of_queries_does_not_grow_with_the_list(organizer, ticket_type, count_queries):
    def queries():
        with count_queries() as counted:
            assert organizer.get(PLACES).status_code == 200
        return counted.total

    make_registration(ticket_type=ticket_type)
    one = queries()
    make_registration(ticket_type=ticket_type)
    make_registration(ticket_type=ticket_type)

    assert queries() == one
