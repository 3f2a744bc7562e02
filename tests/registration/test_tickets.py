from datetime import date

import pytest

from matchmaking.core.bilingual import Bilingual
from matchmaking.events.services.editions import clone_edition
from matchmaking.events.services.lifecycle import NewEvent, create_event
from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.queries import ticket_types_of
from matchmaking.registration.services import ChangedMeanwhile
from matchmaking.registration.services.tickets import (
    PlacesTaken,
    TicketTypeInput,
    TicketTypeInUse,
    add_ticket_type,
    change_ticket_type,
    copy_ticket_types,
    move_ticket_type,
    preset,
    preset_ticket_types,
    remove_ticket_type,
)
from tests.factories import make_event, make_registration, make_ticket_type


def wanted(**values):
    values.setdefault("badge_type", "delegate")
    values.setdefault("name", Bilingual("Đại biểu", "Delegate"))
    values.setdefault("colour", "#B22222")
    return TicketTypeInput(**values)


def test_a_ticket_type_starts_as_its_badge_type_suggests(app):
    ticket_type = add_ticket_type(make_event(), preset("press", needs_approval=True))

    assert ticket_type.name == Bilingual("Báo chí", "Press")
    assert ticket_type.colour == "#F2B705"
    assert ticket_type.code == "press"


def test_a_second_one_of_a_badge_type_gets_a_code_of_its_own(app):
    event = make_event()

    codes = [add_ticket_type(event, preset("delegate")).code for _ in range(3)]

    assert codes == ["delegate", "delegate_2", "delegate_3"]


def test_places_cannot_fall_below_those_taken(app):
    ticket_type = make_ticket_type(places=10)
    for _ in range(3):
        make_registration(ticket_type=ticket_type)

    with pytest.raises(PlacesTaken) as refusal:
        change_ticket_type(ticket_type, wanted(places=2), version=1)

    assert "3" in str(refusal.value)
    change_ticket_type(ticket_type, wanted(places=3), version=1)


def test_more_places_let_those_who_wait_move_up(app):
    ticket_type = make_ticket_type(places=0, has_waiting_list=True)
    waiting = [
        make_registration(ticket_type=ticket_type, status=RegistrationStatus.WAITLISTED)
        for _ in range(3)
    ]

    change_ticket_type(ticket_type, wanted(places=2, has_waiting_list=True), version=1)

    assert [one.is_confirmed for one in waiting] == [True, True, False]


def test_two_organizers_do_not_overwrite_each_other(app):
    ticket_type = make_ticket_type()
    change_ticket_type(ticket_type, wanted(places=5), version=1)

    with pytest.raises(ChangedMeanwhile):
        change_ticket_type(ticket_type, wanted(places=7), version=1)


def test_a_ticket_type_with_delegates_stays(app):
    registration = make_registration()

    with pytest.raises(TicketTypeInUse):
        remove_ticket_type(registration.ticket_type)


def test_moving_changes_the_order_people_choose_from(app):
    event = make_event()
    first, second, third = (add_ticket_type(event, preset("delegate")) for _ in range(3))

    move_ticket_type(third, up=True)

    assert list(ticket_types_of(event)) == [first, third, second]


def test_a_new_event_has_the_ticket_types_of_its_modules(app):
    event = make_event(modules=["plenary", "b2b", "exhibition"])

    preset_ticket_types(event)

    offered = {one.code: one for one in ticket_types_of(event)}
    assert {"delegate", "business_vn", "business_foreign", "exhibitor", "press"} <= set(offered)
    assert offered["business_vn"].meets_companies
    assert not offered["vip"].is_listed


def test_creating_an_event_presets_them_and_cloning_it_copies_them(app):
    days = {"starts_on": date(2027, 3, 24), "ends_on": date(2027, 3, 25)}
    new = NewEvent(kind="gap_go_quoc_gia", name=Bilingual("Gặp gỡ", "Meet"), **days)

    event = create_event(new, owner=None)
    remove_ticket_type(ticket_types_of(event)[-1])
    edition = clone_edition(event, starts_on=date(2028, 3, 24), edition="2028")

    codes = [one.code for one in ticket_types_of(event)]
    assert codes[0] == "delegate"
    assert [one.code for one in ticket_types_of(edition)] == codes


def test_a_cloned_edition_has_the_ticket_types_with_all_places_free(app):
    source, target = make_event(), make_event()
    make_registration(ticket_type=make_ticket_type(source, code="delegate", places=9))

    copy_ticket_types(source, target)

    copied = ticket_types_of(target)
    assert [(one.code, one.places, one.used) for one in copied] == [("delegate", 9, 0)]
