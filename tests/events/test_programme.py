import uuid

import pytest

from matchmaking.core.audit import history_of
from matchmaking.core.bilingual import Bilingual
from matchmaking.events import queries
from matchmaking.events.forms.session import as_typed
from matchmaking.events.models import Hall, MemberRole, Speaker
from matchmaking.events.services import programme as services
from matchmaking.events.signals import b2b_session_changed, session_removal
from tests.factories import make_event, make_member, make_session
from tests.factories.base import add
from tests.factories.events import at


def typed(session, **changes):
    """What a browser sends when nothing but `changes` was touched."""
    sent = as_typed(services.details_of(session), session.event.zone, version=session.version)
    for place, speaker in enumerate(sent.pop("speakers")):
        sent |= {f"speakers-{place}-{name}": value for name, value in speaker.items()}
    sent |= {"starts": f"{sent['starts']:%H:%M}", "ends": f"{sent['ends']:%H:%M}"}
    sign_up = {"sign_up": "y"} if sent.pop("sign_up") else {}
    return {**{k: "" if v is None else v for k, v in sent.items()}, **sign_up, **changes}


def new(event, **values):
    return {
        "title_vi": "Phiên toàn thể",
        "kind": "plenary",
        "day": event.starts_on.isoformat(),
        "starts": "09:00",
        "ends": "10:00",
        **dict.fromkeys(("hall", "track", "parent"), ""),
        **values,
    }


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def editor(event, browser_of):
    return browser_of(make_member(event, MemberRole.EDITOR))


@pytest.fixture
def b2b_news():
    """The events of which b2b_session_changed told."""
    heard = []
    with b2b_session_changed.connected_to(heard.append):
        yield heard


def path_of(event, session=None, act=""):
    end = f"/{session.id}{act}" if session else "/new"
    return f"/organize/{event.slug}/programme/sessions{end}"


def only_session(event):
    (session,) = queries.sessions_of(event)
    return session


def test_an_editor_adds_a_session_with_speakers_and_a_new_hall(event, editor):
    sent = new(
        event,
        new_hall="Hội trường lớn",
        **{"speakers-0-full_name": "Nguyễn Văn Thi", "speakers-0-job_title_vi": "Phó Chủ tịch"},
    )

    answer = editor.post(path_of(event), sent)

    session = only_session(event)
    assert answer.status_code == 302
    assert session.starts_at == at(event, "09:00")
    assert session.hall.name.vi == "Hội trường lớn"
    assert [speaker.full_name for speaker in session.speakers] == ["Nguyễn Văn Thi"]
    assert history_of(session)[0].action == "session.added"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"starts": "25:00"}, "Write a time like 08:30."),
        ({"ends": "08:00"}, "It must end after it starts."),
        ({"day": "2001-01-01"}, "Please choose from the list."),
        ({"title_vi": "Phiên " * 900}, "Shorten this to 250 letters or fewer."),
        ({"kind": "b2b"}, "Say how long one meeting is"),
        ({"kind": "b2b", "slot_minutes": "20"}, "Say how many tables there are."),
        ({"slot_minutes": "90", "tables": "3"}, "no time for a single meeting"),
        ({"slot_minutes": "20", "tables": "3", "breaks": "soon"}, "Write each break on a line"),
        ({"slot_minutes": "20", "tables": "3", "breaks": "12:00-13:00"}, "12:00–13:00 does not"),
        (
            {"slot_minutes": "20", "tables": "3", "breaks": "09:10-09:30, 09:20-09:40"},
            "09:20–09:40",
        ),
        ({"speakers-0-job_title_vi": "Giám đốc"}, "Write the speaker"),
        ({"livestream_url": "ftp://x.example"}, "Write the whole address"),
        ({"hall": "3f0"}, "Please choose from the list."),
    ],
)
def test_wrong_input_is_answered_beside_its_field_and_kept(event, editor, changes, sentence):
    answer = editor.post(path_of(event), new(event, description_vi="Giữ lại 🌾", **changes))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Giữ lại 🌾" in answer.text
    assert queries.sessions_of(event) == []


def test_the_later_of_two_editors_sees_both_versions(event, editor, browser_of):
    session = make_session(event)
    opened = typed(session)
    browser_of(make_member(event)).post(path_of(event, session), {**opened, "title_vi": "Một"})

    answer = editor.post(path_of(event, session), {**opened, "title_vi": "Hai"})

    assert answer.status_code == 422
    assert "Một" in answer.text
    assert 'value="Hai"' in answer.text
    assert session.title.vi == "Một"


def test_a_moved_session_keeps_its_length_and_takes_along_what_is_inside(event, editor, b2b_news):
    outer = make_session(
        event, "08:00", "11:00", slot_minutes=20, tables=4, breaks=[["09:00", "09:20"]]
    )
    inner = make_session(event, "08:30", "09:00", parent_id=outer.id)

    editor.post(
        path_of(event, outer, "/move"), {"day": event.ends_on.isoformat(), "starts": "13h30"}
    )

    assert (outer.starts_at, outer.ends_at) == (
        at(event, "13:30", day=1),
        at(event, "16:30", day=1),
    )
    assert inner.starts_at == at(event, "14:00", day=1)
    assert outer.breaks == [["14:30", "14:50"]]
    assert b2b_news == [event]


def test_a_session_stays_within_the_one_it_is_part_of(event, editor):
    outer = make_session(event, "08:00", "10:00", title=Bilingual("Toàn thể", "Plenary"))
    inner = make_session(event, "08:00", "09:00", parent_id=outer.id, title=Bilingual("Mở", "Open"))

    too_late = editor.post(path_of(event, inner), typed(inner, ends="10:30"))
    too_short = editor.post(path_of(event, outer), typed(outer, ends="08:30"))
    circular = editor.post(path_of(event, outer), typed(outer, parent=str(inner.id)))

    assert "“Toàn thể” it is part of takes place at another time" in too_late.text
    assert "“Mở” inside it would no longer fit" in too_short.text
    assert circular.status_code == 422


def test_two_sessions_in_one_hall_at_one_time_are_pointed_out(event, editor):
    hall = add(Hall(event_id=event.id, name=Bilingual("Phòng 1", "Room 1")))
    outer = make_session(event, "08:00", "10:00", hall_id=hall.id)
    make_session(event, "08:00", "09:00", hall_id=hall.id, parent_id=outer.id)
    make_session(event, "09:30", "11:00", hall_id=hall.id, title=Bilingual("Họp báo", "Press"))

    page = editor.get(f"/organize/{event.slug}/programme").text

    assert page.count("Room 1 is used twice at one time") == 1


def test_removing_can_be_undone_with_everything_inside(event, editor, b2b_news):
    outer = make_session(event, "08:00", "10:00", slot_minutes=20, tables=2)
    inner = make_session(event, "08:00", "09:00", parent_id=outer.id)
    add(Speaker(event_id=event.id, session_id=inner.id, full_name="Kim Min-jun"))
    kept = (outer.id, inner.id)

    removed = editor.post(path_of(event, outer, "/remove"))
    assert queries.sessions_of(event) == []
    undo = removed.location.replace("/programme?", "/restore?back=programme&")
    assert "Undo" in editor.get(removed.location).text
    assert editor.post(undo).location == f"/organize/{event.slug}/programme"

    back = {session.id: session for session in queries.sessions_of(event)}
    assert set(back) == set(kept)
    assert [speaker.full_name for speaker in back[kept[1]].speakers] == ["Kim Min-jun"]
    assert back[kept[0]].starts_at == at(event, "08:00")
    assert b2b_news == [event, event]
    assert editor.post(undo).status_code == 409


def test_what_would_be_lost_for_good_asks_for_the_name(event, editor):
    session = make_session(event, title=Bilingual("Khảo sát thực địa", "Field trip"))
    path = path_of(event, session, "/remove")

    def lose_three(_sender):
        return 3

    with session_removal.connected_to(lose_three):
        assert "3 sign-ups and meetings" in editor.post(path).text
        wrong = editor.post(path, {"confirmation": "something"})
        assert wrong.status_code == 422
        assert "not the name of this session" in wrong.text
        assert editor.post(path, {"confirmation": "Field trip"}).status_code == 302

    assert queries.sessions_of(event) == []


def test_a_duplicate_is_opened_to_be_changed(event, editor):
    session = make_session(event, title=Bilingual("Hội thảo", ""))
    add(Speaker(event_id=event.id, session_id=session.id, full_name="Kim Min-jun"))

    answer = editor.post(path_of(event, session, "/duplicate"))

    copy = next(one for one in queries.sessions_of(event) if one.id != session.id)
    assert answer.location == path_of(event, copy)
    assert [speaker.full_name for speaker in copy.speakers] == ["Kim Min-jun"]


@pytest.mark.parametrize("act", ["", "/move", "/remove", "/duplicate"])
def test_strangers_viewers_and_other_events_editors_find_nothing(event, browser_of, visitor, act):
    session = make_session(event)
    path = path_of(event, session, act)
    others_event = make_event()
    stranger = browser_of(make_member(others_event))
    viewer = browser_of(make_member(event, MemberRole.VIEWER))

    assert "/sign-in" in visitor.post(path).location
    for browser in (stranger, viewer):
        assert browser.post(path, typed(session)).status_code == 404
    crossed = path.replace(event.slug, others_event.slug)
    assert stranger.post(crossed, typed(session)).status_code == 404


def test_nothing_is_restored_from_another_event_or_a_made_up_id(event, editor, browser_of):
    other = make_event()
    session = make_session(other)
    removed = browser_of(make_member(other)).post(path_of(other, session, "/remove")).location

    stolen = removed.replace(f"{other.slug}/programme?", f"{event.slug}/restore?")
    made_up = f"/organize/{event.slug}/restore?removed={uuid.uuid4()}"
    for path in (stolen, made_up, f"/organize/{event.slug}/restore?removed=x"):
        assert editor.post(path).status_code == 409


def test_a_viewer_reads_the_programme_without_being_offered_to_change_it(event, browser_of):
    make_session(event)

    page = browser_of(make_member(event, MemberRole.VIEWER)).get(
        f"/organize/{event.slug}/programme"
    )

    assert page.status_code == 200
    assert "Add a session" not in page.text


def test_the_desks_programme_asks_no_more_queries_for_three_sessions(browser_of, count_queries):
    def queries_of(sessions):
        event = make_event()
        editor = browser_of(make_member(event))
        for number in range(sessions):
            make_session(event, f"{8 + number:02}:00", f"{9 + number:02}:00")
        with count_queries() as counted:
            editor.get(f"/organize/{event.slug}/programme")
        return counted.total

    assert queries_of(1) == queries_of(3)
