from matchmaking.companies.models import CompanyStatus, Side
from matchmaking.companies.recommendations import Reason, fit_between, recommend
from matchmaking.core.bilingual import Bilingual
from tests.factories import make_company, make_event


def foreign(event, **values):
    return make_company(event, side=Side.FOREIGN, **values)


def test_a_company_is_shown_who_fits_it_and_why(app):
    event = make_event(priority_sectors=["electronics"])
    me = make_company(
        event, offering=["supporting_industry"], seeking=["electronics"], languages=["vi", "ko"]
    )
    hanil = foreign(
        event, offering=["electronics"], seeking=["supporting_industry"], languages=["ko", "en"]
    )

    (first,) = recommend(me)

    assert first.company is hanil
    assert first.score == 0.98
    assert first.reasons == (
        Reason("they_offer", ("electronics", "electronics")),
        Reason("they_seek", ("supporting_industry", "supporting_industry")),
        Reason("languages", ("ko",)),
        Reason("priority", ("electronics",)),
    )


def test_only_confirmed_companies_of_the_other_side_at_the_same_event_are_recommended(app):
    event = make_event()
    me = make_company(event, seeking=["electronics"])
    shown = foreign(event, offering=["electronics"])
    foreign(event, offering=["electronics"], status=CompanyStatus.PENDING)
    foreign(event, offering=["electronics"], status=CompanyStatus.WITHDRAWN)
    make_company(event, offering=["electronics"])
    foreign(make_event(), offering=["electronics"])

    assert [one.company for one in recommend(me)] == [shown]


def test_the_same_side_is_recommended_where_the_event_allows_it(app):
    event = make_event(same_side_meetings=True)
    me = make_company(event, seeking=["electronics"])
    neighbour = make_company(event, offering=["electronics"])

    assert [one.company for one in recommend(me)] == [neighbour]


def test_equal_fits_stand_in_the_order_of_their_names(app):
    event = make_event()
    me = make_company(event, seeking=["electronics"], languages=["vi"])
    for name in ("Đông Á", "An Bình", "Ánh Dương"):
        foreign(event, name=Bilingual(name, ""), offering=["electronics"], languages=["ko"])

    assert [one.company.name.vi for one in recommend(me)] == ["An Bình", "Ánh Dương", "Đông Á"]


def test_two_companies_with_nothing_in_common_have_no_fit(app):
    event = make_event()

    assert fit_between(make_company(event), foreign(event)) is None


def test_recommending_takes_as_many_queries_for_three_companies_as_for_one(app, count_queries):
    def queries_for(count: int) -> int:
        event = make_event()
        me = make_company(event, seeking=["electronics"])
        for _ in range(count):
            foreign(event, offering=["electronics"])
        with count_queries() as counted:
            assert len(recommend(me)) == count
        return counted.total

    assert queries_for(1) == queries_for(3)
