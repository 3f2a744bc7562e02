from itertools import product

import pytest

from matchmaking import reference
from matchmaking.reference import files, sector_affinity


def test_sector_tree_has_ten_branches_and_every_sector_once():
    tree = reference.sector_tree()

    assert len(tree) == 10
    assert sum(len(children) for children in tree.values()) + len(tree) == 77


def test_every_parent_exists_and_has_no_parent_itself():
    for sector in reference.sectors():
        assert sector.parent is None or reference.sector(sector.parent).parent is None


def test_sectors_name_themselves_in_five_languages():
    assert [one.code for one in reference.sectors() if not all(vars(one.labels).values())] == []


def test_listed_affinities_join_two_different_leaves_once():
    pairs = [frozenset((one, other)) for one, other, _ in files.read("sector_affinities")]
    leaves = {child.code for children in reference.sector_tree().values() for child in children}

    assert len(set(pairs)) == len(pairs)
    assert all(len(pair) == 2 and pair <= leaves for pair in pairs)


def test_affinity_is_symmetric_and_between_nothing_and_one():
    codes = [sector.code for sector in reference.sectors()]

    for one, other in product(codes, codes):
        assert 0 <= sector_affinity(one, other) == sector_affinity(other, one) <= 1


@pytest.mark.parametrize(
    ("one", "other", "affinity"),
    [
        ("renewable_energy", "renewable_energy", 1.0),
        ("renewable_energy", "offshore_wind", 0.8),
        ("renewable_energy", "carbon_esg", 0.6),
        ("renewable_energy", "thermal_nuclear", 0.3),
        ("renewable_energy", "leather_footwear", 0.0),
        ("energy", "offshore_wind", 1.0),
        ("energy", "carbon_esg", 0.6),
        ("energy", "energy", 1.0),
    ],
)
def test_affinity_is_that_of_the_nearest_sectors_meant(one, other, affinity):
    assert sector_affinity(one, other) == affinity
