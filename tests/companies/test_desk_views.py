import io

import pytest

from matchmaking.companies.models import Company, CompanyStatus, Side
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.spreadsheets import read_rows, write_rows
from matchmaking.events.models import MemberRole
from matchmaking.registration.models import RegistrationStatus
from tests.companies.test_business_views import PROFILE
from tests.factories import (
    make_company,
    make_event,
    make_member,
    make_registration,
    make_representative,
    make_user,
)


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def organizer(browser_of, event):
    return browser_of(make_member(event))


def desk(event, path=""):
    return f"/organize/{event.slug}/companies{path}"


def workbook(heads, *rows):
    return {"workbook": (io.BytesIO(write_rows("Companies", heads, rows)), "companies.xlsx")}


def test_the_list_is_searched_filtered_and_counted(organizer, event):
    waiting = make_company(event, name=Bilingual("Đông Sơn"), status=CompanyStatus.PENDING)
    make_representative(
        waiting, make_registration(event, full_name="Lê Bình", search_text="le binh")
    )
    make_company(
        event,
        name=Bilingual("Hanil"),
        side=Side.FOREIGN,
        offering=["electronics"],
        needs_interpreter=True,
    )

    def names(query):
        page = organizer.get(desk(event, f"?{query}")).text
        return [name for name in ("Đông Sơn", "Hanil") if name in page]

    assert names("") == ["Đông Sơn", "Hanil"]
    assert names("q=le+binh") == ["Đông Sơn"]
    assert names("status=pending") == ["Đông Sơn"]
    assert names("people=none") == ["Hanil"]
    assert names("interpreter=needed") == ["Hanil"]
    assert names("side=foreign&country=KR&sector=manufacturing") == ["Hanil"]
    assert names("q=nobody") == []


def test_the_list_asks_as_much_for_three_companies_as_for_one(browser_of, count_queries):
    def queries_for(count):
        event = make_event()
        for _ in range(count):
            make_representative(make_company(event, offering=["electronics"]))
        with count_queries() as counted:
            assert browser_of(make_member(event)).get(desk(event)).status_code == 200
        return counted.total

    queries_for(1)
    assert queries_for(1) == queries_for(3)


def test_an_empty_list_teaches_how_it_is_filled(organizer, event):
    assert "No company yet" in organizer.get(desk(event)).text


def test_a_viewer_looks_and_changes_nothing(browser_of, event):
    company = make_company(event, status=CompanyStatus.PENDING)
    viewer = browser_of(make_member(event, MemberRole.VIEWER))

    page = viewer.get(desk(event)).text
    assert viewer.get(desk(event, f"/{company.id}")).status_code == 200
    assert "Add a company" not in page
    for path in (
        "/confirm",
        f"/{company.id}/confirm",
        f"/{company.id}/withdraw",
        f"/{company.id}/limits",
    ):
        assert viewer.post(desk(event, path)).status_code == 404
    assert viewer.get(desk(event, "/new")).status_code == 404


def test_strangers_and_gate_staff_see_nothing(browser_of, visitor, event):
    company = make_company(event)
    gate = browser_of(make_member(event, MemberRole.GATE))

    for path in ("", "/new", f"/{company.id}", f"/{company.id}/edit", "/import", ".xlsx"):
        assert gate.get(desk(event, path)).status_code == 404
        assert browser_of(make_user()).get(desk(event, path)).status_code == 404
        assert visitor.get(desk(event, path)).status_code != 200


def test_an_organizer_of_one_event_sees_no_company_of_another(organizer, event):
    assert organizer.get(desk(event, f"/{make_company().id}")).status_code == 404


def test_a_company_is_added_by_hand_and_confirmed(organizer, event):
    answer = organizer.post(desk(event, "/new"), {**PROFILE, "offering": [], "seeking": []})

    company = db.session.query(Company).one()
    assert answer.location == desk(event, f"/{company.id}")
    assert company.is_confirmed


def test_a_company_is_changed_and_its_history_tells(organizer, event):
    company = make_company(event, name=Bilingual("Đông Sơn"))

    organizer.post(desk(event, f"/{company.id}/edit"), {**PROFILE, "name_vi": "Đông Sơn Mới"})

    page = organizer.get(desk(event, f"/{company.id}")).text
    assert "Đông Sơn Mới" in page
    assert "Changed the company&#39;s profile." in page


def test_what_is_wrong_in_a_company_is_said_beside_its_field(organizer, event):
    for path in ("/new", f"/{make_company(event).id}/edit"):
        answer = organizer.post(desk(event, path), {**PROFILE, "name_vi": "Đ" * 5000})
        assert (answer.status_code, "Shorten this to 200" in answer.text) == (422, True)


def test_a_company_is_confirmed_withdrawn_and_confirmed_again(organizer, event):
    company = make_company(event, status=CompanyStatus.PENDING)

    for act, status in (
        ("confirm", "confirmed"),
        ("withdraw", "withdrawn"),
        ("confirm", "confirmed"),
    ):
        organizer.post(desk(event, f"/{company.id}/{act}"))
        assert db.session.get(Company, company.id).status == status


def test_all_that_wait_are_confirmed_by_one_button(organizer, event):
    for _ in range(2):
        make_company(event, status=CompanyStatus.PENDING)

    assert "2 companies wait for your confirmation" in organizer.get(desk(event)).text
    organizer.post(desk(event, "/confirm"))
    assert "wait for your confirmation" not in organizer.get(desk(event)).text


def test_people_are_added_named_contact_and_removed(organizer, event):
    company = make_company(event)
    first, second = make_registration(event), make_registration(event, full_name="Lê Bình")

    organizer.post(desk(event, f"/{company.id}/people"), {"code": first.code})
    organizer.post(desk(event, f"/{company.id}/people"), {"code": second.email.upper()})
    rows = {row.registration_id: row for row in db.session.get(Company, company.id).representatives}
    organizer.post(desk(event, f"/{company.id}/people/{rows[second.id].id}/contact"))
    organizer.post(desk(event, f"/{company.id}/people/{rows[first.id].id}/remove"))

    (left,) = db.session.get(Company, company.id).representatives
    assert (left.registration_id, left.is_contact) == (second.id, True)


def test_a_delegate_who_cannot_speak_for_it_is_refused_beside_the_field(organizer, event):
    taken = make_representative(make_company(event)).registration
    gone = make_registration(event, status=RegistrationStatus.CANCELLED)
    company = make_company(event)

    for code, sentence in (
        (taken.code, "already speaks for another company"),
        (gone.code, "is not registered for this event"),
        ("", "Enter a code such as"),
    ):
        answer = organizer.post(desk(event, f"/{company.id}/people"), {"code": code})
        assert (answer.status_code, sentence in answer.text) == (422, True)


def test_limits_are_kept_or_refused_beside_their_field(organizer, event):
    company = make_company(event)

    organizer.post(desk(event, f"/{company.id}/limits"), {"lines": "1", "max_meetings": "4"})
    assert db.session.get(Company, company.id).max_meetings == 4
    answer = organizer.post(
        desk(event, f"/{company.id}/limits"), {"lines": "5", "max_meetings": ""}
    )
    assert (answer.status_code, "one for each person" in answer.text) == (422, True)


def test_a_company_nobody_comes_for_needs_attention(organizer, event):
    company = make_company(event)

    assert "Needs your attention" in organizer.get(desk(event, f"/{company.id}")).text


def test_recommendations_are_told_about_the_company(organizer, event):
    company = make_company(event, name=Bilingual("Đông Sơn"), seeking=["electronics"])
    make_company(event, side=Side.FOREIGN, offering=["electronics"], languages=["ko"])

    page = organizer.get(desk(event, f"/{company.id}")).text

    assert "It seeks electronics and components, the other offers electronics" in page


def test_the_workbook_holds_exactly_what_the_screen_shows(organizer, event):
    make_company(event, name=Bilingual("Đông Sơn"), offering=["electronics", "fisheries"])
    make_company(event, name=Bilingual("Hanil"), side=Side.FOREIGN)

    rows = read_rows(organizer.get(desk(event, ".xlsx?country=VN")).data)

    assert len(rows) == 2
    assert rows[0][1:3] == ["Tên (tiếng Việt) Name (Vietnamese)", "Tên (tiếng Anh) Name (English)"]
    assert rows[1][1] == "Đông Sơn"
    assert rows[1][6] == "Electronics and components; Fisheries and seafood"


def test_a_downloaded_workbook_sent_back_unchanged_changes_nothing(organizer, event):
    make_company(event, name=Bilingual("Đông Sơn"), offering=["electronics"], province_code="38")
    content = organizer.get(desk(event, ".xlsx"), headers={"Accept-Language": "vi"}).data

    answer = organizer.post(desk(event, "/import"), {"workbook": (io.BytesIO(content), "a.xlsx")})

    assert "There is nothing to take over" in organizer.get(answer.location).text


def test_a_workbook_is_shown_row_by_row_and_then_taken_over(organizer, event):
    kept = make_company(
        event, name=Bilingual("Đông Sơn"), website="https://old.vn", languages=["vi"]
    )
    sent = workbook(
        ["Tên (tiếng Việt)", "Quốc gia", "Cung cấp (lĩnh vực)", "Website"],
        ["Đông Sơn", "Việt Nam", "Điện tử và linh kiện", "https://new.vn"],
        ["Hanil 한일", "KR", "electronics; Fisheries and seafood", ""],
        ["Sai Ngành", "VN", "phép thuật", ""],
    )

    review = organizer.post(desk(event, "/import"), sent).location
    page = organizer.get(review).text
    assert "Website: https://old.vn → https://new.vn" in page
    assert "“phép thuật” is not on the list." in page
    assert db.session.query(Company).count() == 1

    organizer.post(review)
    kept = db.session.get(Company, kept.id)
    hanil = db.session.query(Company).filter(Company.country == "KR").one()
    assert (kept.website, kept.languages, kept.sector_ids("offering")) == (
        "https://new.vn",
        ["vi"],
        ["electronics"],
    )
    assert (hanil.side, hanil.status) == (Side.FOREIGN, CompanyStatus.CONFIRMED)
    assert hanil.sector_ids("offering") == ["electronics", "fisheries"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"workbook": (io.BytesIO(b"no workbook"), "a.xlsx")}, "not an Excel workbook"),
        ({}, "Choose a workbook on your device."),
        (workbook(["Quốc gia"], ["VN"]), "The first row must name the columns"),
        (workbook([]), "The first row must name the columns"),
    ],
    ids=["no workbook", "nothing", "no name", "empty"],
)
def test_a_workbook_that_cannot_be_read_is_refused(organizer, event, sent, sentence):
    answer = organizer.post(desk(event, "/import"), sent)

    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_a_row_that_is_too_long_or_twice_in_the_sheet_is_left_out(organizer, event):
    sent = workbook(["Tên (tiếng Việt)"], ["Đ" * 5000], ["Hanil"], ["HANIL"])

    page = organizer.get(organizer.post(desk(event, "/import"), sent).location).text

    assert "is too long: at most 200 letters" in page
    assert "The sheet has this name twice." in page


def test_a_workbook_of_another_event_is_not_reviewed(organizer, event, browser_of):
    other = make_event()
    location = (
        browser_of(make_member(other))
        .post(desk(other, "/import"), workbook(["Name (English)"], ["A"]))
        .location
    )
    file_id = location.rpartition("/")[2]

    assert organizer.get(desk(event, f"/import/{file_id}")).status_code == 404
