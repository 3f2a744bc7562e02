import re

import pytest
from sqlalchemy import select

from matchmaking.checkin.models import Direction, Gate, Scan
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.events.models import MemberRole
from tests.checkin.scanning import address, event_today, scan, send, token_of
from tests.factories.accounts import make_member, make_user
from tests.factories.base import add
from tests.factories.registration import make_registration, make_ticket_type


def test_figures_count_who_came_by_ticket_type_and_quarter_hour(gate, event):
    guests, press = (
        make_ticket_type(event, name=Bilingual("Khách", "Guests")),
        make_ticket_type(event),
    )
    came, left, back = (make_registration(ticket_type=guests) for _ in range(3))
    make_registration(ticket_type=press)
    scan(came)
    scan(came)
    scan(left)
    scan(left, direction=Direction.EXIT)
    send(gate, event, token_of(back))
    gate.post(
        f"{address(event)}/scans/{db.session.scalars(select(Scan.id).where(Scan.device != '')).one()}/undo"
    )
    scan(came, "hello")

    page = gate.get(f"{address(event)}/live").text
    figures = [
        " ".join(text.split()) for text in re.findall(r'stat__value">(.*?)</dd>', page, re.S)
    ]

    assert [re.sub(r"<[^>]+>", "", figure).split()[0] for figure in figures] == ["2", "1", "1"]
    assert "Guests" in page
    assert "2 / 3" in " ".join(page.split())
    assert "Arrived, by quarter of an hour" in page


def test_figures_ask_the_database_as_often_for_three_arrivals_as_for_one(
    gate, event, count_queries
):
    live = f"{address(event)}/live"
    scan(make_registration(event))
    gate.get(live)
    with count_queries() as for_one:
        gate.get(live)
    for _more in range(2):
        scan(make_registration(event), scanned_by=make_user())
    with count_queries() as for_three:
        gate.get(live)

    assert for_three.total == for_one.total


def test_editor_adds_and_renames_gates_and_staff_choose_among_them(event, gate, browser_of):
    desk = browser_of(make_member(event, MemberRole.EDITOR))
    base = f"/organize/{event.slug}/check-in"

    assert (
        desk.post(f"{base}/gates", {"code": "b2", "vi": "Cổng Đông", "en": "East gate"}).status_code
        == 303
    )
    made = db.session.scalars(select(Gate)).one()
    assert (made.code, made.name) == ("B2", Bilingual("Cổng Đông", "East gate"))
    desk.post(f"{base}/gates/{made.id}", {"vi": "Cổng Tây", "en": ""})

    assert made.name == Bilingual("Cổng Tây", "")
    assert "B2 – Cổng Tây" in gate.get(address(event)).text
    assert "Cổng Tây" in desk.get(base).text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"code": "", "vi": "Cổng"}, "Give the gate a short mark, such as B or C2."),
        ({"code": "Đông!", "vi": "Cổng"}, "Use one to four letters or digits."),
        ({"code": "a", "vi": "Cổng"}, "There is a gate with the mark A already."),
        ({"code": "B", "vi": ""}, "Name the gate, as its sign does."),
        ({"code": "B", "vi": "Đ" * 5000}, "Shorten this to 60 letters or fewer."),
    ],
)
def test_gate_that_cannot_be_added_is_answered_beside_the_field(
    event, browser_of, values, sentence
):
    add(Gate(event_id=event.id, code="A", name=Bilingual("Cổng A")))
    desk = browser_of(make_member(event, MemberRole.EDITOR))

    answer = desk.post(f"/organize/{event.slug}/check-in/gates", {"en": "", **values})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_viewers_read_the_figures_and_change_no_gate(event, browser_of):
    gate = add(Gate(event_id=event.id, code="A", name=Bilingual("Cổng A")))
    viewer = browser_of(make_member(event, MemberRole.VIEWER))
    base = f"/organize/{event.slug}/check-in"

    assert "Add a gate" not in viewer.get(base).text
    assert viewer.post(f"{base}/gates", {"code": "B", "vi": "B"}).status_code == 404
    assert viewer.get(f"{base}/gates/{gate.id}").status_code == 404
    assert browser_of(make_user()).get(base).status_code == 404


def test_gate_of_another_event_is_not_found(event, browser_of):
    theirs = add(Gate(event_id=event_today().id, code="A", name=Bilingual("Cổng A")))
    desk = browser_of(make_member(event, MemberRole.EDITOR))

    assert desk.get(f"/organize/{event.slug}/check-in/gates/{theirs.id}").status_code == 404
