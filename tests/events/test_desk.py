import pytest

from matchmaking.core.audit import history_of
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.events import queries
from matchmaking.events.models import Event, EventHost, EventStatus, MemberRole
from tests.factories import make_administrator, make_company, make_event, make_member, make_user
from tests.factories.base import add


def test_my_events_stand_by_what_is_coming_and_strangers_see_nothing(browser_of, visitor):
    event = make_event(name=Bilingual("", "Meet Korea"))
    make_event(name=Bilingual("", "Somebody else's"))
    member = make_member(event, MemberRole.VIEWER)

    page = browser_of(member).get("/organize")

    assert "Meet Korea" in page.text
    assert "Somebody else" not in page.text
    assert "/sign-in" in visitor.get("/organize").location
    assert browser_of(make_user()).get("/organize").status_code == 404


def test_an_administrator_without_events_is_told_what_to_do_first(browser_of):
    page = browser_of(make_administrator()).get("/organize")

    assert "Create the first event" in page.text


def test_a_new_event_needs_a_kind_a_name_and_a_day(browser_of):
    owner = make_member(make_event(), MemberRole.OWNER)
    browser = browser_of(owner)

    answer = browser.post(
        "/organize/events/new",
        {
            "kind": "dien_dan",
            "name_vi": "Diễn đàn Nhịp cầu Phát triển",
            "starts_on": "08/04/2027",
            "province_code": "79",
            "series": "",
        },
    )

    assert answer.location == "/organize/dien-dan-nhip-cau-phat-trien"
    event = db.session.scalar(db.select(Event).where(Event.kind == "dien_dan"))
    assert (event.status, event.ends_on, event.has("b2b")) == (
        EventStatus.DRAFT, event.starts_on, True,
    )  # fmt: skip
    assert browser.get(answer.location).status_code == 200
    assert history_of(event)[0].action == "event.created"


def test_a_new_event_may_begin_a_series_which_the_next_one_joins(browser_of):
    browser = browser_of(make_administrator())
    common = {"kind": "dien_dan", "province_code": "", "edition": "2027"}

    browser.post(
        "/organize/events/new",
        {
            **common,
            "name_vi": "Một",
            "starts_on": "08/04/2027",
            "series": "",
            "new_series": "Gặp gỡ",
        },
    )
    taken = browser.post(
        "/organize/events/new",
        {**common, "name_vi": "Hai", "starts_on": "08/04/2028", "series": "gap-go"},
    )

    assert "already has an edition 2027" in taken.text
    assert [series.slug for series in queries.all_series()] == ["gap-go"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"starts_on": "32/01/2027"}, "Write a day that exists"),
        ({"ends_on": "01/04/2027"}, "The last day is before the first one."),
        ({"name_vi": "🎉" * 5000}, "Shorten this to 160 letters or fewer."),
        ({"name_vi": ""}, "Please fill this in."),
        ({"kind": "party"}, "Please choose from the list."),
    ],
)
def test_wrong_answers_for_a_new_event_are_kept_and_explained(browser_of, changes, sentence):
    sent = {
        "kind": "dien_dan",
        "name_vi": "Diễn đàn",
        "starts_on": "08/04/2027",
        "province_code": "",
        "series": "",
        "venue_vi": "Nhà hát 🎭",
    }

    answer = browser_of(make_administrator()).post("/organize/events/new", {**sent, **changes})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Nhà hát 🎭" in answer.text


def test_a_name_of_symbols_alone_still_gets_an_address(browser_of):
    answer = browser_of(make_administrator()).post(
        "/organize/events/new",
        {
            "kind": "dien_dan",
            "name_vi": "🎉🎉",
            "starts_on": "08/04/2027",
            "province_code": "",
            "series": "",
        },
    )

    assert answer.location == "/organize/event"


def test_publishing_waits_for_what_is_essential(browser_of, visitor):
    event = make_event(status=EventStatus.DRAFT)
    owner = browser_of(make_member(event, MemberRole.OWNER))
    desk = f"/organize/{event.slug}"

    owner.post(f"{desk}/publish")
    assert "Still missing: Place, Hosts" in owner.get(desk).text
    assert visitor.get(f"/events/{event.slug}").status_code == 404

    event.venue = Bilingual("Hà Nội", "Ha Noi")
    add(EventHost(event_id=event.id, name=Bilingual("Bộ Ngoại giao", "MOFA")))
    owner.post(f"{desk}/publish")
    assert visitor.get(f"/events/{event.slug}").status_code == 200
    owner.post(f"{desk}/archive")
    assert "This event is over" in visitor.get(f"/events/{event.slug}").text
    owner.post(f"{desk}/unpublish")
    assert visitor.get(f"/events/{event.slug}").status_code == 404
    actions = [entry.action for entry in history_of(event)]
    assert actions == ["event.unpublished", "event.archived", "event.published"]


@pytest.mark.parametrize("act", ["publish", "unpublish", "archive"])
def test_only_an_owner_turns_the_event(browser_of, visitor, act):
    event = make_event()
    path = f"/organize/{event.slug}/{act}"

    assert browser_of(make_member(event, MemberRole.EDITOR)).post(path).status_code == 404
    assert "/sign-in" in visitor.post(path).location


def test_the_desk_shows_each_role_what_it_may_open(browser_of):
    event = make_event(modules=["plenary"])
    desk = f"/organize/{event.slug}"

    viewer = browser_of(make_member(event, MemberRole.VIEWER)).get(desk).text
    editor = browser_of(make_member(event, MemberRole.EDITOR)).get(desk).text

    assert f'href="{desk}/details"' not in viewer.split("</nav>")[0]
    assert f'href="{desk}/details"' in editor
    assert f'href="{desk}/programme" ' not in viewer.split("<main")[1]
    assert f"{desk}/booths" not in editor
    assert browser_of(make_member(event, MemberRole.GATE)).get(desk).status_code == 404


def test_hosts_are_added_ordered_changed_and_brought_back(browser_of):
    event = make_event()
    editor = browser_of(make_member(event))
    base = f"/organize/{event.slug}/hosts"
    for name in ("Bộ Ngoại giao", "UBND tỉnh Thanh Hóa"):
        editor.post(f"{base}/new", {"role": "host", "name_vi": name, "url": "www.example.vn"})
    first, second = event.hosts
    assert first.url == "https://www.example.vn"

    editor.post(f"{base}/{second.id}/up")
    assert [host.name.vi for host in event.hosts] == ["UBND tỉnh Thanh Hóa", "Bộ Ngoại giao"]
    editor.post(
        f"{base}/{first.id}", {"version": "1", "role": "partner", "name_vi": "Bộ Ngoại giao"}
    )
    assert first.role == "partner"
    removed = editor.post(f"{base}/{first.id}/remove")
    assert len(event.hosts) == 1
    assert "Bộ Ngoại giao" in editor.get(removed.location).text
    editor.post(removed.location.replace("/hosts?", "/restore?back=hosts&"))
    assert len(event.hosts) == 2


def test_booths_are_added_by_the_row(browser_of):
    event = make_event()
    editor = browser_of(make_member(event))
    base = f"/organize/{event.slug}/booths"
    common = {"kind": "company", "hall": ""}

    editor.post(f"{base}/new", {**common, "numbers": "A01–A03, B1", "size": "3x3m"})
    assert [booth.number for booth in queries.booths_of(event)] == ["A01", "A02", "A03", "B1"]

    again = editor.post(f"{base}/new", {**common, "numbers": "A03-A05"})
    assert "These booths exist already: A03." in again.text
    wrong = editor.post(f"{base}/new", {**common, "numbers": "A9-A1"})
    assert "no booth number and no range" in wrong.text
    many = editor.post(f"{base}/new", {**common, "numbers": "A1-A9999"})
    assert "at most 300 booths at once" in many.text


def test_a_booth_is_changed_and_removed_unless_a_company_stands_there(browser_of):
    event = make_event()
    editor = browser_of(make_member(event))
    base = f"/organize/{event.slug}/booths"
    editor.post(f"{base}/new", {"kind": "company", "hall": "", "numbers": "A1, A2"})
    one, two = queries.booths_of(event)
    make_company(event, booth_id=two.id)

    editor.post(
        f"{base}/{one.id}",
        {"kind": "locality", "hall": "", "number": "A9", "holder_vi": "Tỉnh Nghệ An"},
    )
    assert (one.number, one.holder.vi) == ("A9", "Tỉnh Nghệ An")
    taken = editor.post(f"{base}/{one.id}", {"kind": "locality", "hall": "", "number": "A2"})
    assert taken.status_code == 422
    used = editor.post(f"{base}/{two.id}/remove")
    assert "still in use" in editor.get(used.location).text
    editor.post(f"{base}/{one.id}/remove")
    assert [booth.number for booth in queries.booths_of(event)] == ["A2"]


@pytest.mark.parametrize(
    "page", ["", "/hosts", "/hosts/new", "/booths", "/booths/new", "/programme"]
)
def test_pages_of_the_desk_are_for_its_members(browser_of, visitor, page):
    event = make_event()
    path = f"/organize/{event.slug}{page}"

    assert "/sign-in" in visitor.get(path).location
    assert browser_of(make_member(make_event())).get(path).status_code == 404
    assert browser_of(make_member(event)).get(path).status_code == 200


@pytest.mark.parametrize("page", ["hosts", "booths"])
def test_lists_of_the_desk_ask_no_more_queries_for_three_rows(browser_of, count_queries, page):
    def queries_of(rows):
        event = make_event()
        editor = browser_of(make_member(event))
        for number in range(rows):
            add(EventHost(event_id=event.id, name=Bilingual(f"H{number}", "")))
        numbers = ", ".join(f"A{number}" for number in range(rows))
        editor.post(
            f"/organize/{event.slug}/booths/new",
            {"kind": "company", "hall": "", "numbers": numbers},
        )
        with count_queries() as counted:
            editor.get(f"/organize/{event.slug}/{page}")
        return counted.total

    assert queries_of(1) == queries_of(3)
