from matchmaking.scheduling import Assignment, served
from tests.factories.problems import make_company, make_meeting, make_problem


def test_the_worst_served_company_comes_first():
    problem = make_problem(
        companies=(make_company(), make_company(side="F"), make_company(available="1000")),
        meetings=(make_meeting(0, 1), make_meeting(0, 2), make_meeting(1, 2)),
    )

    companies = served(problem, [Assignment(0, 0, 0)])

    assert [(one.participant, one.wanted, one.target, one.placed) for one in companies] == [
        (2, 2, 1, 0),
        (0, 2, 2, 1),
        (1, 2, 2, 1),
    ]
    assert [one.shortfall for one in companies] == [1, 1, 1]


def test_a_company_that_could_hope_for_nothing_is_served_in_full():
    problem = make_problem(companies=(make_company(max_meetings=0), make_company()))

    assert {one.participant: one.share for one in served(problem, [])} == {0: 1.0, 1: 0.0}
