import pytest
import sqlalchemy as sa

from matchmaking.core.database import db
from matchmaking.registration.models import TicketType
from tests.factories import make_event, make_member, make_registration, make_ticket_type

TICKET = {
    "badge_type": "press",
    "name_vi": "Báo chí",
    "name_en": "Press",
    "colour": "#F2B705",
    "places": "30",
    "attendances": "in_person",
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


def desk(path=""):
    return f"/organize/han-quoc{path}"


def test_a_ticket_type_is_added_from_a_badge_type_and_changed(editor, event):
    suggested = editor.get(desk("/tickets/new?badge=press")).text
    editor.post(desk("/tickets/new"), TICKET)
    ticket_type = db.session.scalars(sa.select(TicketType)).one()
    editor.post(desk(f"/tickets/{ticket_type.id}"), {**TICKET, "places": "", "by_link": "y"})

    assert 'value="Báo chí"' in suggested
    assert (ticket_type.code, ticket_type.places, ticket_type.is_listed) == ("press", None, False)
    assert str(ticket_type.id) in editor.get(desk("/tickets")).text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("places", "-1"),
        ("places", "many"),
        ("places", "9" * 30),
        ("name_vi", ""),
        ("name_vi", "x" * 5000),
        ("colour", "red"),
        ("attendances", "🎉"),
        ("badge_type", "🎉"),
    ],
)
def test_a_ticket_type_written_wrongly_is_refused_beside_the_field(editor, event, field, text):
    answer = editor.post(desk("/tickets/new"), {**TICKET, field: text})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert db.session.scalars(sa.select(TicketType)).all() == []


def test_fewer_places_than_taken_are_refused_with_the_number(editor, ticket_type):
    for _ in range(3):
        make_registration(ticket_type=ticket_type)

    answer = editor.post(desk(f"/tickets/{ticket_type.id}"), {**TICKET, "places": "2"})

    assert answer.status_code == 422
    assert "3 places are taken already" in answer.text


def test_ticket_types_are_moved_and_removed(editor, event, ticket_type):
    other = make_ticket_type(event, position=1)

    editor.post(desk(f"/tickets/{other.id}/move"), {"up": "1"})
    assert (other.position, ticket_type.position) == (0, 1)
    editor.post(desk(f"/tickets/{other.id}/remove"))

    assert db.session.scalars(sa.select(TicketType)).all() == [ticket_type]


def test_a_ticket_type_in_use_is_not_removed(editor, ticket_type):
    make_registration(ticket_type=ticket_type)

    answer = editor.post(desk(f"/tickets/{ticket_type.id}/remove"), follow_redirects=True)

    assert "Delegates have registered for this" in answer.text
