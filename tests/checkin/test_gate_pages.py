import re
import uuid

import pytest
from sqlalchemy import select

from matchmaking.checkin.models import Scan, Verdict
from matchmaking.core.audit import AuditEntry
from matchmaking.core.database import db
from matchmaking.events.models import MemberRole
from matchmaking.registration.models import RegistrationStatus
from tests.checkin.scanning import FETCH, address, event_today, form, kind_of, scan, send, token_of
from tests.factories.accounts import make_member
from tests.factories.registration import make_registration, make_ticket_type


def test_badge_is_answered_with_name_organization_delegation_and_kind(gate, event):
    vip = make_ticket_type(event, badge_type="vip")
    delegate = make_registration(
        ticket_type=vip, full_name="Kim Min-jun", organization="KOTRA", delegation="Busan"
    )

    answer = send(gate, event, token_of(delegate))

    assert (answer.status_code, kind_of(answer)) == (200, "yes")
    for words in (
        "Welcome",
        "Kim Min-jun",
        "KOTRA",
        "Delegation: Busan",
        "VIP / High-level delegate",
    ):
        assert words in answer.text
    assert "<html" not in answer.text


def test_second_scan_says_when_where_and_by_whom(app, gate, event):
    delegate = make_registration(event)
    send(gate, event, token_of(delegate))

    answer = send(gate, event, token_of(delegate))

    assert kind_of(answer) == "look"
    assert "Already inside" in answer.text
    assert re.search(
        r"\d\d:\d\d, \d\d/\d\d/\d{4}, gate A \(Main gate\), by Lê Thị Hoa, device \w{4}",
        answer.text,
    )


def test_cancelled_delegate_is_refused_by_name(gate, event):
    delegate = make_registration(event, full_name="Nguyễn Văn Ý")
    token = token_of(delegate)
    delegate.status = RegistrationStatus.CANCELLED

    answer = send(gate, event, token)

    assert kind_of(answer) == "no"
    assert "This registration has been cancelled." in answer.text
    assert "Nguyễn Văn Ý" in answer.text


@pytest.mark.parametrize("presented", ["hello", "https://example.com", "x" * 2000, "🌾", "e\u0301"])
def test_code_of_another_system_is_refused_and_kept(gate, event, presented):
    answer = send(gate, event, presented)

    assert (answer.status_code, kind_of(answer)) == (200, "no")
    assert "This is not a badge of this system." in answer.text
    assert db.session.scalars(select(Scan)).one().verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"presented": ""}, "Scan a badge, or type the code that stands on it."),
        ({"presented": "x" * 5000}, "This is too long to be a badge."),
    ],
)
def test_nothing_to_read_is_answered_beside_the_field(gate, event, values, sentence):
    answer = gate.post(f"{address(event)}/scans", form("") | values)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_unknown_gate_or_direction_is_no_scan(gate, event):
    for values in ({"gate": "Z"}, {"direction": "void"}):
        assert send(gate, event, "hello", **values).status_code == 422
    assert db.session.scalars(select(Scan)).all() == []


def test_without_a_script_the_answer_comes_as_a_page_that_can_be_reloaded(gate, event):
    delegate = make_registration(event)

    sent = gate.post(f"{address(event)}/scans", form(delegate.code))
    page = gate.get(sent.location)

    assert sent.status_code == 303
    assert 'data-kind="yes"' in page.text
    assert delegate.full_name in page.text
    assert gate.get(sent.location).status_code == 200
    assert len(db.session.scalars(select(Scan)).all()) == 1


def test_same_scan_sent_again_gets_the_same_answer(gate, event):
    delegate, scan_id = make_registration(event), str(uuid.uuid4())

    answers = [send(gate, event, token_of(delegate), scan_id=scan_id) for _again in range(3)]

    assert {kind_of(answer) for answer in answers} == {"yes"}
    assert len(db.session.scalars(select(Scan)).all()) == 1


def test_scan_id_used_for_another_badge_is_refused_and_written_down(gate, event):
    first, second = make_registration(event), make_registration(event)
    scan_id = str(uuid.uuid4())
    send(gate, event, token_of(first), scan_id=scan_id)

    answer = send(gate, event, token_of(second), scan_id=scan_id)

    assert answer.status_code == 409
    assert "Scan the badge again." in answer.text
    assert db.session.scalars(select(Scan)).one().registration_id == first.id
    assert "scan.id_reused" in set(db.session.scalars(select(AuditEntry.action)))


def test_exit_is_scanned_at_the_same_page(gate, event):
    delegate = make_registration(event)
    send(gate, event, token_of(delegate))

    answer = send(gate, event, token_of(delegate), direction="exit")

    assert kind_of(answer) == "yes"
    assert "Goodbye" in answer.text


def test_last_admission_is_taken_back_with_one_tap(gate, event):
    delegate = make_registration(event)
    send(gate, event, token_of(delegate))
    admitted = db.session.scalars(select(Scan)).one()

    undone = gate.post(f"{address(event)}/scans/{admitted.id}/undo", headers=FETCH)
    again = gate.post(f"{address(event)}/scans/{admitted.id}/undo", headers=FETCH)

    assert "Taken back" in undone.text
    assert again.status_code == 409
    assert kind_of(send(gate, event, token_of(delegate))) == "yes"


def test_gate_staff_do_not_take_back_what_another_admitted_and_editors_do(event, browser_of, gate):
    admitted = scan(make_registration(event), scanned_by=make_member(event, MemberRole.GATE))
    path = f"{address(event)}/scans/{admitted.id}/undo"

    assert gate.post(path).status_code == 404
    assert browser_of(make_member(event, MemberRole.EDITOR)).post(path).status_code == 303


def test_delegates_are_found_from_three_letters_without_diacritics(gate, event):
    make_registration(
        event, full_name="Nguyễn Thị Ánh", search_text="nguyen thi anh so cong thuong busan"
    )
    make_registration(event, full_name="Đỗ Văn Bình", search_text="do van binh")
    make_registration(event_today(), full_name="Nguyễn Nơi Khác", search_text="nguyen noi khac")

    for words in ("nguyen", "NGUYỄN", "cong thuong", "busan", "anh ngu"):
        page = gate.get(f"{address(event)}?q={words}").text
        assert "Nguyễn Thị Ánh" in page
        assert "Đỗ Văn Bình" not in page
        assert "Nguyễn Nơi Khác" not in page
    assert "Nguyễn Thị Ánh" not in gate.get(f"{address(event)}?q=ng").text
    assert "Nobody with these letters." in gate.get(f"{address(event)}?q=zzz").text


def test_found_delegate_is_admitted_from_the_list_and_then_shown_as_inside(gate, event):
    delegate = make_registration(event, search_text="nguyen thi anh")
    page = gate.get(f"{address(event)}?q=nguyen").text
    assert f'value="{delegate.code}"' in page

    send(gate, event, delegate.code)

    page = gate.get(f"{address(event)}?q=nguyen").text
    assert "Inside since" in page
    assert f'value="{delegate.code}"' not in page


def test_cancelled_delegate_is_found_and_cannot_be_admitted_from_the_list(gate, event):
    delegate = make_registration(event, search_text="nguyen", status=RegistrationStatus.CANCELLED)

    page = gate.get(f"{address(event)}?q=nguyen").text

    assert "Cancelled" in page
    assert f'value="{delegate.code}"' not in page


def test_only_the_gate_page_may_compile_the_reader(gate, event):
    assert "'wasm-unsafe-eval'" in gate.get(address(event)).headers["Content-Security-Policy"]
    assert "wasm" not in gate.get("/account").headers["Content-Security-Policy"]


def test_strangers_do_not_see_the_gate_and_gate_staff_see_nothing_else(
    event, gate, visitor, browser_of
):
    theirs = browser_of(make_member(event_today(), MemberRole.OWNER))
    for path in ("", "/live"):
        assert visitor.get(address(event) + path).status_code == 303
        assert theirs.get(address(event) + path).status_code == 404
    assert theirs.post(f"{address(event)}/scans", form("hello")).status_code == 404
    assert theirs.post(f"{address(event)}/scans/{uuid.uuid4()}/undo").status_code == 404
    assert db.session.scalars(select(Scan)).all() == []

    assert gate.get(f"/organize/{event.slug}/check-in").status_code == 404
    assert gate.get(f"/organize/{event.slug}/history").status_code == 404
    assert gate.get(f"/organize/{event.slug}").status_code == 404
