import io

import pytest
import python_calamine
import sqlalchemy as sa

from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.events.models import MemberRole
from matchmaking.registration.models import Registration, RegistrationStatus
from matchmaking.registration.queries import current_badge
from tests.factories import (
    make_event,
    make_member,
    make_registration,
    make_ticket_type,
    make_user,
)

PENDING = RegistrationStatus.PENDING
DELEGATE = {
    "full_name": "Đặng Thị Phượng",
    "organization": "Sở Ngoại vụ",
    "email": "phuong@example.com",
    "phone": "",
    "country": "VN",
    "ticket_type": "delegate",
    "attendance": "in_person",
    "language": "vi",
    "version": "1",
}


@pytest.fixture
def event(app):
    return make_event(slug="han-quoc")


@pytest.fixture
def ticket_type(event):
    return make_ticket_type(event, code="delegate", places=10)


@pytest.fixture
def editor(event, browser_of):
    return browser_of(make_member(event))


@pytest.fixture
def viewer(event, browser_of):
    return browser_of(make_member(event, MemberRole.VIEWER))


def desk(path=""):
    return f"/organize/han-quoc{path}"


PAGES = ("/tickets", "/tickets/new", "/delegates", "/delegates/new", "/delegates.xlsx",
         "/delegates/import", "/delegates/K7QM2X9D", "/delegates/K7QM2X9D/edit")  # fmt: skip
DEEDS = ("approve", "reject", "cancel", "reinstate", "new-badge", "send-link")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_an_editor_and_not_for_strangers(
    editor, browser_of, visitor, ticket_type, page
):
    make_registration(ticket_type=ticket_type, code="K7QM2X9D")

    assert editor.get(desk(page)).status_code == 200
    assert visitor.get(desk(page)).status_code == 303
    assert browser_of(make_user()).get(desk(page)).status_code == 404


def test_a_viewer_looks_and_changes_nothing(viewer, ticket_type):
    registration = make_registration(ticket_type=ticket_type, code="K7QM2X9D")

    assert viewer.get(desk("/delegates/K7QM2X9D")).status_code == 200
    for page in ("/tickets/new", "/delegates/new", "/delegates/import", "/delegates/K7QM2X9D/edit"):
        assert viewer.get(desk(page)).status_code == 404
    for deed in DEEDS:
        assert viewer.post(desk(f"/delegates/K7QM2X9D/{deed}")).status_code == 404
    assert registration.version == 1


def test_a_delegate_of_another_event_is_not_found(editor):
    make_registration(code="K7QM2X9D")

    assert editor.get(desk("/delegates/K7QM2X9D")).status_code == 404
    assert editor.post(desk("/delegates/K7QM2X9D/cancel")).status_code == 404


@pytest.mark.parametrize(
    "words",
    ["nguyen", "NGUYỄN", "Nguye\u0302\u0303n", "anh so cong", "K7QM2X9D", "0912345678", "anh@ex"],
)
def test_a_delegate_is_found_however_the_words_are_written(editor, ticket_type, words):
    editor.post(
        desk("/delegates/new"),
        {
            **DELEGATE,
            "full_name": "Nguyễn Thị Ánh",
            "organization": "Sở Công Thương",
            "email": "anh@example.com",
            "phone": "0912345678",
        },
    )
    make_registration(ticket_type=ticket_type, full_name="Trần Văn Bình")
    found = db.session.scalar(
        sa.select(Registration).where(Registration.email == "anh@example.com")
    )
    found.code = "K7QM2X9D"
    found.search_text = found.search_text + " k7qm2x9d"

    page = editor.get(desk("/delegates"), query_string={"q": words}).text

    assert "Nguyễn Thị Ánh" in page
    assert "Trần Văn Bình" not in page


@pytest.mark.parametrize("words", ["%", "_", "'; DROP TABLE", "🎉", "x" * 5000])
def test_strange_words_find_nobody_and_break_nothing(editor, ticket_type, words):
    make_registration(ticket_type=ticket_type)

    page = editor.get(desk("/delegates"), query_string={"q": words, "page": "🎉", "status": "🎉"})

    assert "No delegate is like that" in page.text


def test_the_list_sorts_by_given_name_and_filters_by_the_address(editor, event, ticket_type):
    guest = make_ticket_type(event, code="guest")
    for name in ("Nguyễn Văn Bình", "Trần Thị Ánh", "Đỗ Minh An"):
        make_registration(ticket_type=ticket_type, full_name=name)
    make_registration(ticket_type=guest, full_name="Kim Min-jun", country="KR", status=PENDING)

    page = editor.get(desk("/delegates")).text
    order = [page.index(name) for name in ("Đỗ Minh An", "Trần Thị Ánh", "Nguyễn Văn Bình")]
    assert order == sorted(order)
    for filters in ("status=pending", "ticket=guest", "country=KR"):
        shown = editor.get(desk(f"/delegates?{filters}")).text
        assert "Kim Min-jun" in shown
        assert "Đỗ Minh An" not in shown


def test_the_list_asks_no_more_with_three_delegates_than_with_one(
    editor, ticket_type, count_queries
):
    make_registration(ticket_type=ticket_type)
    with count_queries() as one:
        editor.get(desk("/delegates"))
    for _ in range(2):
        make_registration(ticket_type=ticket_type)
    with count_queries() as three:
        editor.get(desk("/delegates"))

    assert three.total == one.total


def test_the_export_has_exactly_what_the_screen_shows_as_text(editor, ticket_type):
    make_registration(ticket_type=ticket_type, full_name="=SUM(A1:A9) Ánh", organization="+84")
    make_registration(ticket_type=ticket_type, full_name="Trần Văn Bình")

    answer = editor.get(desk("/delegates.xlsx?q=anh"))

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Full name", "=SUM(A1:A9) Ánh"]
    assert rows[1][3] == "+84"


def test_several_are_approved_at_once_and_those_without_a_place_are_named(editor, event):
    ticket_type = make_ticket_type(event, places=1, needs_approval=True)
    first = make_registration(ticket_type=ticket_type, status=PENDING, full_name="Lê Thị Một")
    second = make_registration(ticket_type=ticket_type, status=PENDING, full_name="Lê Thị Hai")

    answer = editor.post(
        desk("/delegates/approve"),
        {"chosen": [first.code, second.code, "🎉"]},
        follow_redirects=True,
    )

    assert (first.is_confirmed, second.is_confirmed) == (True, False)
    assert "1 delegate is approved." in answer.text
    assert "No place was left for: Lê Thị Hai" in answer.text


def test_rejecting_sends_the_reason(editor, ticket_type):
    registration = make_registration(ticket_type=ticket_type, status=PENDING, code="K7QM2X9D")

    editor.post(desk("/delegates/K7QM2X9D/reject"), {"reason": "Hết chỗ"})

    assert registration.status is RegistrationStatus.REJECTED
    assert db.session.scalars(sa.select(OutgoingMail)).one().about["reason"] == "Hết chỗ"


def test_a_reason_too_long_is_refused_beside_the_field(editor, ticket_type):
    registration = make_registration(ticket_type=ticket_type, status=PENDING, code="K7QM2X9D")

    answer = editor.post(desk("/delegates/K7QM2X9D/reject"), {"reason": "x" * 5000})

    assert answer.status_code == 422
    assert registration.status is PENDING


def test_cancel_undo_new_badge_and_letter_from_the_delegates_page(editor, ticket_type):
    registration = make_registration(ticket_type=ticket_type, code="K7QM2X9D")
    old = current_badge(registration).code

    editor.post(desk("/delegates/K7QM2X9D/cancel"))
    assert registration.is_cancelled
    editor.post(desk("/delegates/K7QM2X9D/reinstate"))
    editor.post(desk("/delegates/K7QM2X9D/new-badge"))
    editor.post(desk("/delegates/K7QM2X9D/send-link"))

    assert registration.is_confirmed
    assert current_badge(registration).code != old
    page = editor.get(desk("/delegates/K7QM2X9D")).text
    assert "New badge issued" in page
    assert "Personal link sent again" in page


def test_what_was_decided_meanwhile_is_said_not_failed(editor, ticket_type):
    make_registration(ticket_type=ticket_type, code="K7QM2X9D")

    answer = editor.post(desk("/delegates/K7QM2X9D/approve"), follow_redirects=True)

    assert "Someone has decided about this registration meanwhile" in answer.text


def test_a_walk_in_is_confirmed_even_after_closing(editor, event, ticket_type):
    event.registration_closes_at = event.starts_at.replace(year=2020)

    answer = editor.post(desk("/delegates/new"), DELEGATE)

    registration = db.session.scalars(sa.select(Registration)).one()
    assert answer.location == desk(f"/delegates/{registration.code}")
    assert (registration.is_confirmed, registration.source) == (True, "organizer")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("full_name", "🎉"),
        ("email", "x"),
        ("phone", "1"),
        ("country", "🎉"),
        ("ticket_type", "🎉"),
        ("note", "x" * 5000),
    ],
)
def test_a_delegate_written_wrongly_is_refused_with_everything_kept(
    editor, ticket_type, field, text
):
    answer = editor.post(desk("/delegates/new"), {**DELEGATE, field: text})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert 'value="Sở Ngoại vụ"' in answer.text


def test_an_address_that_is_taken_is_refused_beside_it(editor, ticket_type):
    make_registration(ticket_type=ticket_type, email="phuong@example.com")

    answer = editor.post(desk("/delegates/new"), DELEGATE)

    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


def test_a_full_ticket_type_is_refused_beside_it(editor, event):
    make_ticket_type(event, code="delegate", places=0)

    assert 'id="ticket_type-error"' in editor.post(desk("/delegates/new"), DELEGATE).text


def test_of_two_organizers_the_later_sees_both_versions(editor, ticket_type):
    registration = make_registration(
        ticket_type=ticket_type, code="K7QM2X9D", organization="Sở Công Thương", version=2
    )

    answer = editor.post(desk("/delegates/K7QM2X9D/edit"), DELEGATE)

    assert answer.status_code == 422
    assert "Your colleague" in answer.text
    assert "Sở Công Thương" in answer.text
    assert 'value="Sở Ngoại vụ"' in answer.text
    assert registration.organization == "Sở Công Thương"
    editor.post(desk("/delegates/K7QM2X9D/edit"), {**DELEGATE, "version": "2"})
    assert registration.organization == "Sở Ngoại vụ"
