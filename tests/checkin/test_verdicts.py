"""The specification of the check-in, tried on any sets of scans in any order."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.checkin.verdicts import (
    EntryRule,
    Fact,
    Outcome,
    Result,
    effective_at,
    inside,
    verdicts,
)
from tests.checkin.facts import CASES, VECTORS, all_vectors, random_facts

sets_of_scans = st.integers(min_value=0, max_value=2**32).map(random_facts)


def entry(scan_id, at, device="g1", **values):
    return Fact(id=scan_id, at=at, device=device, holder="an", **values)


@given(sets_of_scans, st.randoms(use_true_random=False))
@settings(max_examples=400)
def test_order_repetition_and_splitting_of_uploads_change_no_verdict(facts, dice):
    known: dict[str, Fact] = {}
    uploads = [facts[: dice.randrange(len(facts) + 1)] for _ in range(3)] + [list(facts)]
    dice.shuffle(uploads)
    for upload in uploads:
        dice.shuffle(upload)
        known |= {fact.id: fact for fact in upload}

    assert verdicts(known.values()) == verdicts(facts)
    assert inside(known.values()) == inside(facts)


@given(sets_of_scans)
@settings(max_examples=400)
def test_every_scan_has_a_verdict_and_nobody_is_admitted_twice_while_inside(facts):
    outcomes = verdicts(facts)
    within: dict[tuple[str, str], str] = {}

    assert set(outcomes) == {fact.id for fact in facts}
    for fact in sorted(facts, key=lambda fact: fact.order):
        is_movement = fact.direction in ("entry", "exit") and fact.rule in ("venue", "room")
        if outcomes[fact.id].result is not Result.ADMITTED or not is_movement:
            continue
        place = (fact.holder, fact.zone)
        assert (place in within) == (fact.direction == "exit")
        if fact.direction == "entry":
            within[place] = fact.id
        else:
            del within[place]
    assert within == inside(facts)


@given(sets_of_scans)
@settings(max_examples=300)
def test_badges_and_rooms_do_not_reach_into_each_other(facts):
    alone = [fact for fact in facts if (fact.holder, fact.zone) == ("an", "")]
    voids = [fact for fact in facts if fact.direction == "void"]
    apart = verdicts([*alone, *voids])

    assert {fact.id: apart[fact.id] for fact in alone} == {
        fact.id: verdicts(facts)[fact.id] for fact in alone
    }


@given(sets_of_scans)
@settings(max_examples=300)
def test_held_scans_count_for_nothing_and_all_the_same_once_released(facts):
    counted = [fact for fact in facts if not fact.is_held]
    outcomes, without = verdicts(facts), verdicts(counted)
    held_targets = {fact.id for fact in facts if fact.is_held}

    assert all(outcomes[fact.id] == without[fact.id] for fact in counted)
    assert {outcomes[scan].result for scan in held_targets} <= {Result.HELD, Result.VOIDED}
    released = [replace(fact, is_held=False) for fact in facts]
    assert Result.HELD not in {outcome.result for outcome in verdicts(released).values()}


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(-100, 100)), min_size=1, max_size=9))
def test_a_wrong_clock_changes_no_order_and_reaches_no_future(scans):
    """The device's corrected times never fall; clamping keeps that, so the sequence decides ties."""
    times = sorted(at for at, _ in scans)
    clamped = [effective_at(at + 10**12, synced_at=20, received_at=40) for at in times]

    assert clamped == sorted(clamped)
    assert all(at == 40 for at in clamped)
    assert effective_at(-(10**12), synced_at=20, received_at=40) == 20
    assert effective_at(5, synced_at=None, received_at=40) == 5


def test_one_badge_at_two_gates_is_admitted_once_and_the_conflict_names_the_first():
    scans = [entry("a", 1, "g1", is_green=True), entry("b", 2, "g2", is_green=True)]

    for order in permutations(scans):
        assert verdicts(order) == {
            "a": Outcome(Result.ADMITTED),
            "b": Outcome(Result.DUPLICATE, first="a", is_conflict=True),
        }
        assert inside(order) == {("an", ""): "a"}


@pytest.mark.parametrize(
    ("second", "is_conflict"),
    [
        (entry("b", 2, "g1", is_green=True), False),
        (entry("b", 2, "g2", is_green=False), False),
        (entry("b", 2, "g2", is_green=None), True),
    ],
)
def test_only_a_green_of_another_device_is_a_conflict(second, is_conflict):
    assert verdicts([entry("a", 1), second])["b"].is_conflict is is_conflict


def test_a_green_for_a_revoked_badge_is_flagged():
    revoked = entry("a", 1, reason="revoked", is_green=True)

    assert verdicts([revoked])["a"] == Outcome(Result.REFUSED, "revoked", is_conflict=True)
    assert inside([revoked]) == {}


def test_whoever_left_comes_in_again_and_an_exit_twice_names_the_first():
    scans = [
        entry("a", 1),
        entry("b", 2, direction="exit"),
        entry("c", 3, direction="exit"),
        entry("d", 4),
    ]

    assert [verdicts(scans)[scan].result for scan in "abcd"] == [
        "admitted", "admitted", "duplicate", "admitted",
    ]  # fmt: skip
    assert verdicts(scans)["c"].first == "b"


def test_a_void_works_whenever_it_comes_and_only_on_a_scan_of_its_own_device():
    scans = [entry("a", 1), entry("b", 2, "g2", is_green=True)]
    own = Fact(id="v", at=3, device="g1", direction="void", voids="a")

    assert verdicts([own, *scans])["b"] == Outcome(Result.ADMITTED)
    assert verdicts([replace(own, device="g3"), *scans])["a"] == Outcome(Result.ADMITTED)
    assert verdicts([replace(own, device=""), *scans])["a"] == Outcome(Result.VOIDED)


@pytest.mark.parametrize(
    ("rule", "results"),
    [
        (EntryRule.MANY, ["admitted", "admitted", "admitted"]),
        (EntryRule.DAILY, ["admitted", "duplicate", "admitted"]),
        (EntryRule.ONCE, ["admitted", "duplicate", "duplicate"]),
        (EntryRule.ROOM, ["admitted", "duplicate", "duplicate"]),
    ],
)
def test_meals_gifts_and_rooms_count_by_their_own_rule(rule, results):
    days = ("d1", "d1", "d2")
    scans = [
        entry(f"s{number}", number, zone="X", rule=rule, day=day) for number, day in enumerate(days)
    ]

    assert [verdicts(scans)[scan.id].result for scan in scans] == results
    assert verdicts([*scans, entry("gate", 9)])["gate"] == Outcome(Result.ADMITTED)


def test_the_cases_for_the_browser_are_those_of_the_specification():
    assert VECTORS.read_text() == all_vectors(), "run python -m tests.checkin.facts"


def test_the_cases_for_the_browser_show_every_kind_of_verdict():
    facts = [fact for seed in range(CASES) for fact in verdicts(random_facts(seed)).values()]

    assert {fact.result for fact in facts} == set(Result)
    assert sum(fact.is_conflict for fact in facts) > 20
