import itertools
import random
import time

import pytest

from matchmaking.companies.matching import Pair, Party, fits
from matchmaking.reference import languages, sectors

ME = "me"


def score(me: Party, other: Party, **options) -> float:
    found = fits(me, [other], **options)
    return found[0].score if found else 0.0


def test_what_one_seeks_is_held_against_what_the_other_offers():
    me = Party(ME, seeking=("electronics",))

    (fit,) = fits(
        me, [Party("hanil", offering=("electronics",)), Party("sen", seeking=("electronics",))]
    )

    assert (fit.key, fit.wanted, fit.wanting) == (
        "hanil",
        Pair("electronics", "electronics", 1.0),
        Pair(),
    )


def test_mutual_fit_is_above_the_same_fit_in_one_direction():
    me = Party(ME, offering=("electronics",), seeking=("offshore_wind",))
    one_way = Party("one", offering=("offshore_wind",))
    mutual = Party("both", offering=("offshore_wind",), seeking=("electronics",))

    assert [fit.key for fit in fits(me, [one_way, mutual])] == ["both", "one"]


def test_a_nearer_sector_is_a_better_fit():
    me = Party(ME, seeking=("renewable_energy",))
    exact, listed, sibling, unrelated = (
        Party(code, offering=(code,))
        for code in ("renewable_energy", "offshore_wind", "thermal_nuclear", "leather_footwear")
    )

    found = fits(me, [unrelated, sibling, listed, exact])

    assert [fit.key for fit in found] == ["renewable_energy", "offshore_wind", "thermal_nuclear"]


def test_a_chosen_branch_covers_its_sectors():
    assert score(
        Party(ME, seeking=("energy",)), Party("wind", offering=("offshore_wind",))
    ) == pytest.approx(0.65)


def test_the_more_of_the_sought_sectors_are_found_the_better():
    me = Party(ME, seeking=("electronics", "fisheries"))

    assert score(me, Party("all", offering=("electronics", "fisheries"))) > score(
        me, Party("one", offering=("electronics",))
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "options"),
    [
        ({"languages": ("ko",)}, {"languages": ("vi", "ko")}, {}),
        ({"province": "38"}, {"province": "38"}, {}),
        ({}, {}, {"priorities": ["manufacturing"]}),
    ],
    ids=["a shared language", "the same province", "a priority of the event"],
)
def test_small_things_help_but_never_outweigh_a_nearer_sector(mine, theirs, options):
    me = Party(ME, seeking=("electronics",), **mine)
    plain = score(Party(ME, seeking=("electronics",)), Party("plain", offering=("electronics",)))
    helped = score(me, Party("near", offering=("electronics",), **theirs), **options)
    farther = score(me, Party("far", offering=("semiconductor",), **theirs), **options)

    assert helped > plain > farther


def test_nothing_in_common_but_a_language_is_no_reason_to_meet():
    assert (
        fits(
            Party(ME, seeking=("electronics",), languages=("ko",)),
            [Party("quiet", languages=("ko",))],
        )
        == []
    )


def test_a_perfect_fit_scores_one_and_no_fit_is_above():
    me = Party(ME, ("electronics",), ("fisheries",), ("ko",), "38")
    other = Party("twin", ("fisheries",), ("electronics",), ("ko",), "38")

    assert score(me, other, priorities=["fisheries"]) == 1.0


def some_parties(count: int, seed: int = 1) -> list[Party]:
    chance = random.Random(seed)
    codes = [sector.code for sector in sectors()]
    spoken = [language.code for language in languages()[:5]]
    return [
        Party(
            n,
            offering=tuple(sorted(chance.sample(codes, chance.randint(0, 4)))),
            seeking=tuple(sorted(chance.sample(codes, chance.randint(0, 4)))),
            languages=tuple(chance.sample(spoken, 2)),
            province=chance.choice(["01", "38", None]),
        )
        for n in range(count)
    ]


def test_the_score_is_the_same_from_either_side_and_between_nothing_and_one():
    for one, other in itertools.combinations(some_parties(40), 2):
        assert (
            0
            <= score(one, other, priorities=["energy"])
            == score(other, one, priorities=["energy"])
            <= 1
        )


def test_the_order_does_not_change_from_run_to_run():
    me, *others = some_parties(60)

    assert fits(me, others) == fits(me, others)


def test_a_thousand_companies_are_ranked_in_far_less_than_a_tenth_of_a_second():
    me, *others = some_parties(1001)
    fits(me, others)

    start = time.process_time()
    fits(me, others)
    assert time.process_time() - start < 0.1
