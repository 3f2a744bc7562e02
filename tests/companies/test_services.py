import unicodedata
from dataclasses import replace

import pytest

from matchmaking.companies import services
from matchmaking.companies.models import CompanyStatus, Side
from matchmaking.companies.services import Limits, Profile
from matchmaking.companies.services.profile import BadWebsite
from matchmaking.companies.services.standing import BoothTaken, LimitOutOfRange
from matchmaking.companies.signals import company_changed, company_withdrawn
from matchmaking.core.audit import history_of
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.text import clean
from matchmaking.events.models import Booth
from matchmaking.reference import sectors
from tests.factories import (
    make_company,
    make_event,
)
from tests.factories.base import add
from tests.factories.events import at

DONG_SON = Profile(
    name=Bilingual("Cơ khí Đông Sơn", "Dong Son Mechanics"),
    side=Side.LOCAL,
    country="VN",
    province_code="38",
    offering=("supporting_industry", "machinery_automation"),
    seeking=("electronics",),
    languages=("vi", "ko"),
)


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def news():
    """What the signals said, as (name, company)."""
    heard = []
    changed = lambda company: heard.append(("changed", company))  # noqa: E731
    withdrawn = lambda company: heard.append(("withdrawn", company))  # noqa: E731
    with company_changed.connected_to(changed), company_withdrawn.connected_to(withdrawn):
        yield heard


@pytest.mark.parametrize("website", ["javascript://a.vn/%0aalert(1)", "dongson", "https://a b.vn"])
def test_a_website_leads_to_the_web_wherever_it_was_written(event, website):
    with pytest.raises(BadWebsite):
        services.create(event, replace(DONG_SON, website=website))


def test_a_new_company_waits_for_the_organizer(event, news):
    company = services.create(event, DONG_SON)

    assert company.status is CompanyStatus.PENDING
    assert services.profile_of(company) == replace(
        DONG_SON, offering=("machinery_automation", "supporting_industry")
    )
    assert news == [("changed", company)]


def test_a_company_is_found_without_diacritics_by_name_sector_and_province(event):
    company = services.create(event, DONG_SON)

    for words in ("co khi dong son", "dien tu", "electronics", "thanh hoa", "viet nam"):
        assert words in company.search_text


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": Bilingual()}, services.NamelessCompany),
        ({"country": "XX"}, services.UnknownChoice),
        ({"province_code": "99"}, services.UnknownChoice),
        ({"languages": ("klingon",)}, services.UnknownChoice),
        ({"offering": ("magic",)}, services.UnknownChoice),
        ({"employees_band": "many"}, services.UnknownChoice),
    ],
)
def test_a_profile_that_cannot_be_kept_is_refused(event, values, refusal):
    with pytest.raises(refusal):
        services.create(event, replace(DONG_SON, **values))


def test_more_sectors_than_say_anything_are_refused(event):
    every = tuple(sector.code for sector in sectors())
    with pytest.raises(services.TooManySectors) as refusal:
        services.create(event, replace(DONG_SON, seeking=every))
    assert refusal.value.values == {"most": 12}


def test_a_second_company_of_the_same_name_is_refused_however_it_is_typed(event):
    services.create(event, DONG_SON)
    typed = unicodedata.normalize("NFD", "CƠ KHÍ ĐÔNG SƠN")

    with pytest.raises(services.CompanyAlreadyThere):
        services.create(event, replace(DONG_SON, name=Bilingual(clean(typed))))


def test_tax_codes_tell_two_companies_of_one_name_apart(event):
    services.create(event, replace(DONG_SON, tax_code="0090000019"))
    services.create(event, replace(DONG_SON, tax_code="0090000026"))


def test_a_name_is_free_again_once_its_company_withdrew_and_at_another_event(event):
    services.withdraw(services.create(event, DONG_SON))

    services.create(event, DONG_SON)
    services.create(make_event(), DONG_SON)


def test_a_change_is_recorded_with_the_fields_that_differ(event):
    company = services.create(event, DONG_SON)

    services.change(company, replace(DONG_SON, website="https://dongson.vn", seeking=()), version=1)

    assert company.version == 2
    assert company.sector_ids("seeking") == []
    assert history_of(company)[0].details == {"fields": ["website", "seeking"]}


def test_saving_the_same_again_changes_nothing(event, news):
    company = services.create(event, DONG_SON)
    news.clear()

    services.change(company, DONG_SON, version=1)

    assert (company.version, news) == (1, [])


def test_of_two_people_who_change_a_company_at_once_the_second_is_told(event):
    company = services.create(event, DONG_SON)
    services.change(company, replace(DONG_SON, website="https://a.vn"), version=1)

    with pytest.raises(services.CompanyChangedMeanwhile):
        services.change(company, replace(DONG_SON, website="https://b.vn"), version=1)
    assert company.website == "https://a.vn"


def test_a_company_abroad_has_no_vietnamese_province(event):
    company = services.create(event, replace(DONG_SON, country="KR", side=Side.FOREIGN))

    assert company.province_code is None


def test_confirming_and_withdrawing_can_be_undone_and_are_heard_once(event, news):
    company = services.create(event, DONG_SON)
    news.clear()

    services.confirm(company)
    services.confirm(company)
    services.withdraw(company)
    services.withdraw(company)
    services.confirm(company)

    assert company.is_confirmed
    assert [name for name, _ in news] == ["changed", "withdrawn", "changed"]


def test_a_companys_own_limit_lies_within_reason(event):
    company = make_company(event)

    services.limit(company, Limits(lines=1, max_meetings=3))
    with pytest.raises(LimitOutOfRange):
        services.limit(company, Limits(lines=1, max_meetings=0))
    assert company.max_meetings == 3
    services.limit(company, Limits(lines=1))
    assert company.max_meetings is None


def test_one_company_stands_at_a_booth(event):
    booth = add(Booth(event_id=event.id, number="A12"))
    company = make_company(event)
    services.limit(company, Limits(lines=1, booth_id=booth.id))

    with pytest.raises(BoothTaken):
        services.limit(make_company(event), Limits(lines=1, booth_id=booth.id))
    assert company.booth is booth


def test_a_booth_of_another_event_is_refused(event):
    booth = add(Booth(event_id=make_event().id, number="A12"))

    with pytest.raises(services.UnknownChoice):
        services.limit(make_company(event), Limits(lines=1, booth_id=booth.id))


def test_all_companies_that_wait_are_confirmed_at_once(event):
    waiting = [make_company(event, status=CompanyStatus.PENDING) for _ in range(2)]
    gone = make_company(event, status=CompanyStatus.WITHDRAWN)
    elsewhere = make_company(status=CompanyStatus.PENDING)

    assert services.confirm_waiting(event) == 2
    assert [one.is_confirmed for one in [*waiting, gone, elsewhere]] == [True, True, False, False]


def test_times_it_cannot_meet_are_joined_where_they_touch(event):
    company = make_company(event)
    half_hours = [
        (at(event, "09:00"), at(event, "09:30")),
        (at(event, "08:30"), at(event, "09:00")),
    ]

    services.set_absences(
        company, [*half_hours, (at(event, "14:00", day=1), at(event, "14:30", day=1))]
    )

    assert [(row.starts_at, row.ends_at) for row in company.absences] == [
        (at(event, "08:30"), at(event, "09:30")),
        (at(event, "14:00", day=1), at(event, "14:30", day=1)),
    ]


@pytest.mark.parametrize("times", [("08:00", "09:00", 5), ("09:00", "08:00", 0)])
def test_times_outside_the_event_or_backwards_are_refused(event, times):
    start, end, day = times
    with pytest.raises(services.AbsenceOutsideEvent):
        services.set_absences(
            make_company(event), [(at(event, start, day=day), at(event, end, day=day))]
        )
