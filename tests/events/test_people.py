import pytest

from matchmaking.core import audit
from matchmaking.events.models import EventMember, MemberRole
from matchmaking.events.services.members import (
    AlreadyMember,
    LastOwner,
    change_role,
    invite_member,
    members_of,
    remove_member,
)
from tests.factories.accounts import make_administrator, make_member, make_user
from tests.factories.events import make_event

HOA = {"full_name": "Lê Thị Hoa", "email": "hoa@example.com", "role": "gate", "language": "en"}


def owner_of(event, **values):
    return make_member(event, MemberRole.OWNER, **values)


def membership(user):
    return next(m for m in members_of_all() if m.user_id == user.id)


def members_of_all():
    from matchmaking.core.database import db  # noqa: PLC0415

    return db.session.query(EventMember).all()


def test_owner_invites_gate_staff_who_are_mailed_a_link_to_the_gate(browser_of, visitor, mailbox):
    event = make_event()
    browser = browser_of(owner_of(event, full_name="Phạm Thu Hà"))

    answer = browser.post(f"/organize/{event.slug}/people", HOA)

    assert answer.location == f"/organize/{event.slug}/people"
    assert "Lê Thị Hoa" in browser.get(answer.location).text
    text = mailbox.newest_text()
    assert mailbox.messages[-1]["Subject"] == "You are invited to work on Meet Korea"
    assert "Checks people in at the gate, and sees nothing else." in text
    path = text.split("http://127.0.0.1:8000")[1].split()[0]
    assert visitor.post(path).location == f"/account/welcome?next=/events/{event.slug}/check-in"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "hoa"}, "Write an e-mail address like ten@example.com."),
        ({"role": "king"}, "Please choose from the list."),
        ({"role": ""}, "Choose what the person may do."),
        ({"full_name": "Đ" * 5000}, "Shorten this to 120 letters or fewer."),
        ({"email": "there@example.com"}, "Trần Minh Đức works on this event already."),
    ],
)
def test_invitation_that_cannot_be_sent_is_answered_beside_the_field(browser_of, change, sentence):
    event = make_event()
    make_member(event, MemberRole.VIEWER, email="there@example.com")

    answer = browser_of(owner_of(event)).post(f"/organize/{event.slug}/people", {**HOA, **change})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert ({**HOA, **change})["full_name"] in answer.text


def test_owner_changes_a_role_and_takes_a_person_off(browser_of):
    event = make_event()
    browser = browser_of(owner_of(event))
    member = membership(make_member(event, MemberRole.GATE))
    address = f"/organize/{event.slug}/people/{member.id}"

    browser.post(f"{address}/role", {"role": "editor"})
    assert member.role is MemberRole.EDITOR
    browser.post(f"{address}/remove")
    assert len(members_of(event)) == 1


def test_the_last_owner_stays(app):
    event = make_event()
    owner = membership(owner_of(event))

    with pytest.raises(LastOwner):
        remove_member(owner)
    with pytest.raises(LastOwner):
        change_role(owner, MemberRole.EDITOR)
    change_role(owner, MemberRole.OWNER)


def test_nobody_is_invited_twice_to_one_event(app):
    event = make_event()
    make_member(event, email="hoa@example.com")

    with pytest.raises(AlreadyMember):
        invite_member(event, "HOA@example.com", "Hoa", role=MemberRole.VIEWER, language="vi")


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.VIEWER, MemberRole.GATE])
def test_only_owners_see_and_change_who_works_on_the_event(browser_of, role):
    event = make_event()
    owner = membership(owner_of(event))
    browser = browser_of(make_member(event, role))
    address = f"/organize/{event.slug}/people"

    assert browser.get(address).status_code == 404
    assert browser.post(address, HOA).status_code == 404
    assert browser.post(f"{address}/{owner.id}/role", {"role": "gate"}).status_code == 404
    assert browser.post(f"{address}/{owner.id}/remove").status_code == 404
    assert owner.role is MemberRole.OWNER


def test_member_of_another_event_is_not_found(browser_of):
    event, other = make_event(), make_event()
    theirs = membership(make_member(other, MemberRole.GATE))
    browser = browser_of(owner_of(event))

    assert browser.post(f"/organize/{event.slug}/people/{theirs.id}/remove").status_code == 404


def test_list_of_people_asks_as_often_for_three_as_for_one(count_queries, browser_of):
    event = make_event()
    browser = browser_of(owner_of(event))
    address = f"/organize/{event.slug}/people"
    browser.get(address)
    with count_queries() as for_one:
        browser.get(address)
    for _more in range(2):
        make_member(event, MemberRole.GATE)
    with count_queries() as for_three:
        browser.get(address)

    assert for_three.total == for_one.total


def record(event, action, user, **details):
    with audit.acting_as(audit.Actor("user", user.id, user.full_name)):
        audit.record(action, event, **details)


def test_history_tells_everything_of_the_event_and_can_be_narrowed(browser_of):
    event, other = make_event(), make_event()
    hoa = make_user(full_name="Lê Thị Hoa")
    record(event, "member.invited", hoa, name="Đức", role="gate")
    record(event, "event.dusted", make_user(full_name="Kim Min-jun"))
    record(other, "event.elsewhere", hoa)
    browser = browser_of(make_member(event, MemberRole.VIEWER))
    address = f"/organize/{event.slug}/history"

    everything = browser.get(address).text
    assert "Lê Thị Hoa invited Đức. Role: Gate staff." in everything
    assert "event.dusted" in everything
    assert "event.elsewhere" not in everything
    for narrowed in (f"{address}?kind=member", f"{address}?person={hoa.id}"):
        page = browser.get(narrowed).text
        assert "invited Đức" in page
        assert "event.dusted" not in page
    assert "Nothing has been recorded yet." in browser.get(f"{address}?kind=%25").text
    assert browser.get(f"{address}?person=x&page=0").status_code == 200


def test_stranger_and_gate_staff_read_no_history(visitor, browser_of):
    event = make_event()
    address = f"/organize/{event.slug}/history"

    assert visitor.get(address).status_code == 303
    for stranger in (make_user(), make_member(event, MemberRole.GATE)):
        assert browser_of(stranger).get(address).status_code == 404
    assert browser_of(make_administrator()).get(address).status_code == 200
