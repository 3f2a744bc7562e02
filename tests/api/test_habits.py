"""What every call does alike, shown on a few of them."""

import pytest

from matchmaking.core.database import db
from matchmaking.events.models import ApiToken, TokenScope
from matchmaking.events.services.tokens import create_token, revoke_token
from matchmaking.web.throttle import EXTENSION, counter
from tests.api.program import ANH, PLACES, Program, problem_of
from tests.factories import make_administrator, make_registration


def test_token_opens_its_own_event_only(event, organizer, other, ticket_type):
    assert organizer.get(PLACES).status_code == 200
    assert other.get(PLACES).status_code == 404


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nothing", "Basic YTpi", "Bearer \x01"])
def test_call_without_a_valid_token_is_answered_401(app, event, header):
    program = Program(app)
    program.headers["Authorization"] = header

    answer = program.get(PLACES)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert problem_of(answer)["code"] == "unauthorized"


def test_wrong_scope_is_answered_403(gate, reader):
    assert gate.get(PLACES).status_code == 403
    assert reader.post(f"{PLACES}/ABCDEFGH/cancel").status_code == 403


def test_event_of_another_and_event_that_is_none_answer_alike(event, other):
    of_another, of_nobody = other.get(PLACES), other.get("/events/none/registrations")

    assert of_another.status_code == of_nobody.status_code == 404
    assert of_another.get_json() == of_nobody.get_json()


def test_revoked_token_opens_nothing(app, event):
    token, secret = create_token(event, scope=TokenScope.READ, name="Cổng thông tin")
    assert Program(app, secret).get(PLACES).status_code == 200

    revoke_token(db.session.get(ApiToken, token.id))

    assert Program(app, secret).get(PLACES).status_code == 401


def test_only_a_hash_of_a_token_is_kept(event):
    token, secret = create_token(event, scope=TokenScope.READ, name="Cổng thông tin")

    assert secret not in {str(value) for value in vars(token).values()}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "There is nothing at this address"),
        ("vi", "Địa chỉ này"),
        ("", "Địa chỉ này"),
        ("fr", "Địa chỉ này"),
    ],
)
def test_problems_are_told_in_the_language_of_accept_language(app, language, title):
    answer = Program(app, language=language).get("/nothing/here")

    assert problem_of(answer)["title"].startswith(title)
    assert set(answer.get_json()) == {"type", "title", "status", "detail", "code"}


def test_method_that_is_not_offered_is_answered_405_with_those_that_are(stranger):
    answer = stranger.send("DELETE", "/events")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert problem_of(answer)["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"full_name": "\xff"}', b'{"full_name": "\\ud800"}', b"[" * 100_000, b"nul"],
)
def test_malformed_json_is_answered_400(organizer, body):
    answer = organizer.send("POST", PLACES, data=body, content_type="application/json")

    assert answer.status_code == 400
    assert problem_of(answer)["code"] == "malformed"


def test_other_kinds_of_content_are_answered_415(organizer):
    answer = organizer.send("POST", PLACES, data="full_name=Anh", content_type="text/plain")

    assert answer.status_code == 415


def test_body_over_one_mebibyte_is_answered_413(organizer):
    answer = organizer.post(PLACES, {**ANH, "note": "x" * 10_000_000})

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"full_name": 5}, "full_name"),
        ({"full_name": None}, "full_name"),
        ({"full_name": "\0\0\0"}, "full_name"),
        ({"full_name": "🙂🙂"}, "full_name"),
        ({"full_name": "x" * 121}, "full_name"),
        ({"email": "anh"}, "email"),
        ({"email": ["anh@example.com"]}, "email"),
        ({"ticket_type": ""}, "ticket_type"),
        ({"country": "XX"}, "country"),
        ({"country": 10**400}, "country"),
        ({"phone": "call me"}, "phone"),
        ({"salutation": "Your Majesty"}, "salutation"),
        ({"language": "fr"}, "language"),
        ({"attendance": "asleep"}, "attendance"),
        ({"answers": {"diet": "stones"}}, "answers.diet.0"),
        ({"answers": {"diet": 5}}, "answers.diet"),
        ({"answers": {"shoe_size": "44"}}, "answers.shoe_size"),
        ({"answers": []}, "answers"),
        ({"consents": ["everything"]}, "consents.0"),
        ({"consents": []}, "consents"),
        ({"nickname": "Bé Ánh"}, "nickname"),
    ],
)
def test_what_cannot_be_right_is_answered_422_with_a_sentence_for_its_field(
    organizer, ticket_type, wrong, field
):
    answer = organizer.post(PLACES, {**ANH, **wrong})

    assert answer.status_code == 422
    errors = problem_of(answer)["errors"]
    assert list(errors) == [field]
    assert all(sentence for sentences in errors.values() for sentence in sentences)


def test_choices_are_listed_without_a_word_of_another_language(app, event, ticket_type):
    answer = Program(app, language="vi").post(PLACES, {**ANH, "language": "fr"})

    assert problem_of(answer)["errors"] == {"language": ["Giá trị phải là một trong 'vi', 'en'."]}


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "limit=x",
        f"limit={10**400}",
        "cursor=x",
        "page=2",
        "limit=1&limit=2",
        "status=asleep",
        "cursor=%00",
    ],
)
def test_query_out_of_range_is_answered_422(organizer, query):
    answer = organizer.get(f"{PLACES}?{query}")

    assert answer.status_code == 422
    assert problem_of(answer)["errors"]


def test_address_with_a_nul_is_answered_404(organizer, stranger):
    assert organizer.get("/events/han-quoc/registrations/%00").status_code == 404
    assert stranger.get("/events/%00/agenda").status_code == 404


def test_list_is_read_in_parts_to_its_end(organizer, ticket_type):
    codes = [make_registration(ticket_type=ticket_type).code for _ in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        part = organizer.get(f"{PLACES}?limit=2&cursor={cursor}").get_json()
        seen += [one["code"] for one in part["items"]]
        cursor = part["next_cursor"]

    assert seen == codes


def test_public_calls_of_one_network_are_limited_and_those_of_a_token_are_not(
    app, monkeypatch, stranger, organizer, ticket_type
):
    monkeypatch.setitem(app.extensions, EXTENSION, counter())
    monkeypatch.setattr("matchmaking.registration.limits.FROM_ONE_NETWORK", "2 per hour")

    def statuses(program, name):
        return [
            program.post(PLACES, {**ANH, "email": f"{name}{n}@example.com"}).status_code
            for n in range(3)
        ]

    assert statuses(organizer, "organizer") == [201, 201, 201]
    assert statuses(stranger, "stranger") == [201, 201, 429]


def test_too_many_requests_say_when_to_come_back(app, monkeypatch, stranger, ticket_type):
    monkeypatch.setitem(app.extensions, EXTENSION, counter())
    monkeypatch.setattr("matchmaking.registration.limits.FROM_ONE_NETWORK", "0 per hour")

    answer = stranger.post(PLACES, ANH)

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert problem_of(answer)["code"] == "too_many_attempts"


def test_session_of_a_browser_opens_nothing(browser_of, event):
    answer = browser_of(make_administrator()).get("/api/v1/events/han-quoc/registrations")

    assert answer.status_code == 401
