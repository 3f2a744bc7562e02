import re
from collections.abc import Iterable

import pytest

from matchmaking import reference
from matchmaking.reference.labels import Labels
from matchmaking.reference.lookup import Coded

CHOICES = (
    "honorifics",
    "organization_types",
    "business_forms",
    "employee_bands",
    "revenue_bands",
    "genders",
    "protocol_ranks",
    "delegation_roles",
    "interpreting",
    "diets",
    "cooperation_types",
    "certificates",
)
LISTS = {
    "sectors": reference.sectors,
    "badge types": reference.badge_types,
    "event types": reference.event_types,
    "event modules": reference.event_modules,
    "session types": reference.session_types,
    "provinces": reference.provinces,
    "countries": reference.countries,
    "languages": reference.languages,
    **{name: lambda name=name: reference.choices(name) for name in CHOICES},
}
every_list = pytest.mark.parametrize("things", [read() for read in LISTS.values()], ids=LISTS)


def codes(things: Iterable[Coded]) -> list[str]:
    return [thing.code for thing in things]


@every_list
def test_every_code_is_unique(things):
    assert len(set(codes(things))) == len(things) > 0


@every_list
def test_every_label_is_complete_in_vietnamese_and_english(things):
    assert [thing.code for thing in things if not (thing.labels.vi and thing.labels.en)] == []


@every_list
def test_no_label_has_stray_spaces_or_notes_in_square_brackets(things):
    names = [name for thing in things for name in vars(thing.labels).values()]
    assert [name for name in names if name != name.strip() or re.search(r"  |[\[\]]", name)] == []


def test_label_falls_back_to_english_and_then_to_vietnamese():
    assert Labels(vi="Đại biểu", en="Delegate", ko="대표").in_("ko") == "대표"
    assert Labels(vi="Đại biểu", en="Delegate").in_("ko") == "Delegate"
    assert Labels(vi="Đại biểu", en="").in_("en") == "Đại biểu"


def test_unknown_code_is_a_key_error():
    with pytest.raises(KeyError, match="astrology"):
        reference.sector("astrology")


def test_badge_types_name_themselves_in_five_languages():
    unnamed = [one.code for one in reference.badge_types() if not all(vars(one.labels).values())]

    assert unnamed == []


def test_badge_types_open_zones_that_have_a_name():
    assert [reference.zone(code).labels.vi for code in reference.badge_type("press").zones] == [
        "Khu vực báo chí trong hội trường",
        "Khu trưng bày",
        "Trung tâm báo chí",
    ]
    for badge_type in reference.badge_types():
        assert codes(map(reference.zone, badge_type.zones)) == list(badge_type.zones)


def test_badge_colours_are_written_in_full_and_differ():
    colours = [badge_type.colour for badge_type in reference.badge_types()]

    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in colours)
    assert len(set(colours)) == len(colours)


def test_event_types_are_made_of_modules_that_have_a_name():
    named = set(codes(reference.event_modules()))
    used = {module for event_type in reference.event_types() for module in event_type.modules}

    assert used == named


def test_event_types_last_no_less_than_half_a_day():
    for event_type in reference.event_types():
        assert 0.5 <= event_type.shortest_days <= event_type.longest_days


def test_countries_and_languages_name_themselves_in_five_languages():
    for thing in (*reference.countries(), *reference.languages()):
        assert all(vars(thing.labels).values()), thing.code


def test_choice_is_found_by_its_list_and_code():
    assert reference.choice("diets", "vegetarian").labels.in_("vi") == "Chay"
