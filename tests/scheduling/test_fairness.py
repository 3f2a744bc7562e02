from hypothesis import given
from hypothesis import strategies as st

from matchmaking.scheduling import Assignment, Served, by_group, distribution, served
from matchmaking.scheduling.score import unfairness
from tests.factories.problems import make_company, make_meeting, make_problem, random_problem


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


def of(*figures: tuple[int, int], side: str = "L") -> list[Served]:
    """Companies that could hope for so many meetings and have so many."""
    return [
        Served(number, side, wanted=target + 1, target=target, placed=placed)
        for number, (target, placed) in enumerate(figures)
    ]


def test_a_distribution_counts_companies_by_their_share():
    shares = distribution(of((4, 4), (4, 2), (4, 1), (4, 0), (0, 0)))

    assert (shares.companies, shares.target, shares.placed) == (4, 16, 7)
    assert (shares.in_full, shares.without_any, shares.unfairness) == (1, 1, 4 + 9 + 16)
    assert shares.tenths == (1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1)
    assert shares.quartiles == (0.1875, 0.375, 0.625)


def test_companies_served_alike_are_served_evenly():
    assert distribution(of((4, 2), (8, 4))).evenness == 1.0
    assert distribution(of((4, 4), (4, 0), (4, 0), (4, 0))).evenness == 0.25
    assert distribution(of((4, 0), (4, 0))).evenness == 1.0


def test_nobody_at_all_is_served_well():
    nobody = distribution([])

    assert (nobody.share, nobody.evenness, nobody.quartiles) == (1.0, 1.0, (1.0, 1.0, 1.0))


def test_the_worst_served_group_comes_first():
    companies = [*of((4, 4), (4, 2)), *of((4, 1), side="F")]

    groups = by_group(companies, lambda one: one.side)

    assert [(group.label, group.companies, group.share) for group in groups] == [
        ("F", 1, 0.25),
        ("L", 2, 0.75),
    ]


@given(st.integers(0, 10_000))
def test_a_distribution_agrees_with_the_objective(seed: int):
    problem = random_problem(seed)
    rows = [Assignment(number, 0, 0) for number in range(0, len(problem.meetings), 3)]
    companies = served(problem, rows)

    everybody = distribution(companies)

    assert everybody.unfairness == unfairness(problem, rows)
    assert sum(everybody.tenths) == everybody.companies
    assert 0 < everybody.evenness <= 1 + 1e-9
