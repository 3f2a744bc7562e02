import re
from datetime import UTC

import pytest

from matchmaking.companies.models import Company, CompanyStatus, Side
from matchmaking.companies.queries import company_of
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from tests.factories import (
    make_company,
    make_event,
    make_registration,
    make_representative,
    make_session,
    make_ticket_type,
    make_user,
)
from tests.factories.events import at

PROFILE = {
    "name_vi": "Cơ khí Đông Sơn",
    "country": "VN",
    "side": "local",
    "offering": ["supporting_industry"],
    "seeking": ["electronics"],
    "languages": ["vi", "ko"],
    "persons_at_table": "2",
    "version": "1",
}


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def delegate(event):
    """A delegate who comes to meet companies, and has none yet."""
    ticket_type = make_ticket_type(event, meets_companies=True)
    return make_registration(ticket_type=ticket_type, organization="Đông Sơn", language="vi")


@pytest.fixture
def representative(visitor, delegate):
    """A browser of the delegate, whose company is confirmed."""
    company = make_company(delegate.event, name=Bilingual("Đông Sơn"), seeking=["electronics"])
    make_representative(company, delegate, is_contact=True)
    return visitor.holding(delegate)


def business(event, path=""):
    return f"/events/{event.slug}/business{path}"


def test_a_delegate_introduces_their_company_and_it_waits_for_the_organizer(
    visitor, delegate, event
):
    answer = visitor.holding(delegate).post(business(event, "/profile"), PROFILE)

    company = company_of(delegate)
    assert answer.location == business(event)
    assert company is not None
    assert company.name == Bilingual("Cơ khí Đông Sơn")
    assert company.status is CompanyStatus.PENDING
    assert company.persons_at_table == 2
    assert "is with the organizer" in visitor.get(business(event)).text


def test_the_form_knows_what_the_registration_said(visitor, delegate, event):
    page = visitor.holding(delegate).get(business(event, "/profile")).text

    assert 'value="Đông Sơn"' in page


def test_the_form_warns_of_a_company_that_may_be_the_same(visitor, delegate, event):
    make_company(event, name=Bilingual("Tập đoàn Đông Sơn"))

    page = visitor.holding(delegate).get(business(event, "/profile")).text

    assert "Tập đoàn Đông Sơn" in page
    assert delegate.code in page


def test_times_it_cannot_meet_are_chosen_from_the_meeting_sessions(visitor, delegate, event):
    make_session(event, "08:00", "09:30", kind="b2b", slot_minutes=20, tables=2)
    start = at(event, "08:30")
    code = start.astimezone(UTC).strftime("%Y%m%dT%H%MZ")

    visitor.holding(delegate).post(business(event, "/profile"), {**PROFILE, "absences": [code]})

    (absence,) = company_of(delegate).absences
    assert (absence.starts_at, absence.ends_at) == (start, at(event, "09:00"))
    boxes = re.findall(
        r"<input checked[^>]*absences[^>]*>", visitor.get(business(event, "/profile")).text
    )
    assert [code in box for box in boxes] == [True]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name_vi": ""}, "Give the company&#39;s name"),
        ({"name_vi": "Đ" * 5000}, "Shorten this to 200 letters or fewer."),
        ({"offering": [], "seeking": []}, "Choose at least one sector you offer or seek"),
        ({"offering": ["magic"]}, "Please choose from the list."),
        ({"languages": []}, "Choose at least one language."),
        ({"persons_at_table": "many"}, "Enter a number from 1 to 9."),
        ({"persons_at_table": "99"}, "Enter a number from 1 to 9."),
        ({"website": "not an address"}, "Enter an address such as https://example.vn."),
        ({"contact_email": "ten@"}, "Enter an e-mail address such as"),
        ({"country": ""}, "Choose a country."),
        ({"side": "both"}, "side"),
    ],
)
def test_wrong_input_is_answered_beside_its_field_and_nothing_typed_is_lost(
    visitor, delegate, event, wrong, sentence
):
    typed = {**PROFILE, "seeking_vi": "Linh kiện 한일 😀", **wrong}

    answer = visitor.holding(delegate).post(business(event, "/profile"), typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Linh kiện 한일 😀" in answer.text
    assert db.session.query(Company).count() == 0


def test_a_name_that_is_taken_is_refused_beside_the_name(visitor, delegate, event):
    make_company(event, name=Bilingual("Cơ khí Đông Sơn"))

    answer = visitor.holding(delegate).post(business(event, "/profile"), PROFILE)

    assert answer.status_code == 422
    assert "is already on the list of companies" in answer.text


def test_an_address_without_its_scheme_is_understood(visitor, delegate, event):
    visitor.holding(delegate).post(
        business(event, "/profile"), {**PROFILE, "website": "dongson.vn"}
    )

    assert company_of(delegate).website == "https://dongson.vn"


def test_of_two_people_who_edit_at_once_the_second_sees_what_the_first_saved(
    representative, delegate, event
):
    representative.post(business(event, "/profile"), PROFILE)
    answer = representative.post(
        business(event, "/profile"), {**PROFILE, "name_vi": "Đông Sơn Mới", "website": "a.vn"}
    )

    assert answer.status_code == 422
    assert "Saved by someone else in the meantime" in answer.text
    assert 'value="Đông Sơn Mới"' in answer.text
    assert "Cơ khí Đông Sơn" in answer.text


def test_a_delegate_whose_ticket_meets_nobody_is_told_so(visitor, event):
    answer = visitor.holding(make_registration(event)).get(business(event))

    assert answer.status_code == 403
    assert "does not include business meetings" in answer.text


def test_strangers_see_nothing_of_the_business_area(visitor, browser_of, event):
    for path in ("", "/profile", "/companies"):
        assert visitor.get(business(event, path)).status_code != 200
        assert browser_of(make_user()).get(business(event, path)).status_code == 404


def test_without_a_company_one_is_led_to_introduce_it(visitor, delegate, event):
    answer = visitor.holding(delegate).get(business(event, "/companies"))

    assert answer.location == business(event, "/profile")


def test_the_directory_begins_with_who_fits_and_why(representative, event):
    hanil = make_company(
        event, side=Side.FOREIGN, name=Bilingual("Hanil"), offering=["electronics"]
    )

    page = representative.get(business(event, "/companies")).text

    assert "They offer electronics and components, which you seek" in page
    assert business(event, f"/companies/{hanil.id}") in page


def test_the_directory_is_searched_without_diacritics_and_filtered(representative, event):
    make_company(
        event,
        name=Bilingual("Thủy sản Ánh Dương"),
        offering=["fisheries"],
        search_text="thuy san anh duong",
    )
    make_company(event, side=Side.FOREIGN, name=Bilingual("Hanil"), offering=["electronics"])

    def names(query):
        page = representative.get(business(event, f"/companies?{query}")).text
        return [name for name in ("Thủy sản Ánh Dương", "Hanil") if name in page]

    assert names("q=anh+duong") == ["Thủy sản Ánh Dương"]
    assert names("sector=agri_food") == ["Thủy sản Ánh Dương"]
    assert names("sector=fisheries&role=seeking") == []
    assert names("country=KR") == ["Hanil"]
    assert names("side=local") == ["Thủy sản Ánh Dương"]
    assert names("order=newest&page=x&side=zz&sector=zz") == ["Thủy sản Ánh Dương", "Hanil"]


def test_sectors_are_named_in_the_language_the_company_reads_too(visitor, delegate, event):
    company = make_company(event, side=Side.FOREIGN, languages=["ko"], seeking=["electronics"])
    make_representative(company, delegate)
    make_company(event, offering=["electronics"])

    assert "전자·부품" in visitor.holding(delegate).get(business(event, "/companies")).text


def test_a_partners_page_says_what_it_offers_and_seeks(representative, event):
    partner = make_company(
        event,
        side=Side.FOREIGN,
        name=Bilingual("Hanil"),
        offering=["electronics"],
        offering_text=Bilingual("Linh kiện", "Components"),
        contact_email="secret@hanil.example",
        tax_code="12345",
    )

    page = representative.get(business(event, f"/companies/{partner.id}")).text

    assert "Linh kiện" in page
    assert "Components" in page
    assert "secret@hanil.example" not in page
    assert "12345" not in page


@pytest.mark.parametrize("status", [CompanyStatus.PENDING, CompanyStatus.WITHDRAWN])
def test_companies_that_do_not_take_part_are_not_shown(representative, event, status):
    hidden = make_company(event, status=status, name=Bilingual("Ẩn Danh"))

    assert "Ẩn Danh" not in representative.get(business(event, "/companies?q=")).text
    assert representative.get(business(event, f"/companies/{hidden.id}")).status_code == 404


def test_a_company_of_another_event_and_ones_own_have_no_partner_page(
    representative, delegate, event
):
    elsewhere = make_company()

    for company in (elsewhere, company_of(delegate)):
        assert representative.get(business(event, f"/companies/{company.id}")).status_code == 404


def test_a_colleague_is_added_by_code_and_removed(representative, delegate, event):
    colleague = make_registration(event, full_name="Lê Văn Bình")

    representative.post(business(event, "/people"), {"code": colleague.code})
    company = company_of(delegate)
    (row,) = [one for one in company.representatives if one.registration == colleague]
    assert "Lê Văn Bình" in representative.get(business(event)).text

    representative.post(business(event, f"/people/{row.id}/remove"))
    assert company_of(colleague) is None


def test_a_code_nobody_has_is_refused_beside_its_field(representative, event):
    answer = representative.post(business(event, "/people"), {"code": "NOBODY22"})

    assert answer.status_code == 422
    assert "This person is not registered for this event" in answer.text


def test_nobody_is_removed_from_another_company(representative, event):
    other = make_representative(make_company(event))

    assert representative.post(business(event, f"/people/{other.id}/remove")).status_code == 404


def test_a_company_of_two_may_meet_at_two_tables_but_not_three(representative, delegate, event):
    make_representative(company_of(delegate), make_registration(event))

    assert representative.post(business(event, "/lines"), {"lines": "2"}).status_code == 302
    assert company_of(delegate).lines == 2
    refused = representative.post(business(event, "/lines"), {"lines": "3"})
    assert (refused.status_code, "at 2 tables at one time at most" in refused.text) == (422, True)
