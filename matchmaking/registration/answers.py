"""The questions asked after registering, a screen at a time; all are optional."""

from dataclasses import dataclass
from typing import Any

from matchmaking.core.i18n import _l


@dataclass(frozen=True)
class Question:
    """`choices` names a list of the reference data; without it the answer is text.

    `most` is the longest text; `is_sensitive` marks what may reveal health or belief.
    """

    code: str
    label: Any
    hint: Any = ""
    choices: str = ""
    several: bool = False
    most: int = 200
    is_sensitive: bool = False


@dataclass(frozen=True)
class Screen:
    """What is asked together. `is_temporary`: the answers are deleted after the event."""

    code: str
    title: Any
    privacy: Any
    questions: tuple[Question, ...]
    is_temporary: bool = False


SCREENS = (
    Screen(
        "about",
        _l("About you"),
        _l("Seen by the organizer, for lists, seating and the protocol."),
        (
            Question("salutation", _l("Form of address"), choices="honorifics"),
            Question("job_title", _l("Position"), _l("It stands on the badge."), most=120),
            Question("delegation", _l("Delegation"), _l("If you come with one."), most=120),
            Question("delegation_role", _l("Role in the delegation"), choices="delegation_roles"),
        ),
    ),
    Screen(
        "needs",
        _l("Meals and access"),
        _l(
            "May reveal health or belief: only the people who arrange it see this. Deleted 30 days after the event."
        ),
        (
            Question("diet", _l("Diet"), choices="diets", several=True, is_sensitive=True),
            Question(
                "diet_note", _l("Allergies"), _l("Write what you must avoid."), is_sensitive=True
            ),
            Question(
                "accessibility",
                _l("Access"),
                _l("A wheelchair, a seat in front, sign language: what should we prepare?"),
                most=500,
                is_sensitive=True,
            ),
            Question("interpreter", _l("Interpreting"), choices="interpreting"),
        ),
        is_temporary=True,
    ),
    Screen(
        "travel",
        _l("Arrival and stay"),
        _l("Seen by the organizer, to meet you and to book. Deleted 30 days after the event."),
        (
            Question("arrival", _l("Arrival"), _l("Flight or train, day and time.")),
            Question("departure", _l("Departure"), _l("Flight or train, day and time.")),
            Question("pickup", _l("Pick-up"), _l("Where should someone meet you?")),
            Question("hotel", _l("Hotel"), _l("Name, and nights.")),
            Question(
                "vehicle_plate", _l("Number plate"), _l("For the car park, if you drive."), most=20
            ),
            Question("companion", _l("Who comes with you"), _l("Name, and as what.")),
        ),
        is_temporary=True,
    ),
)
SCREEN = {screen.code: screen for screen in SCREENS}
TEMPORARY = frozenset(
    question.code for screen in SCREENS if screen.is_temporary for question in screen.questions
)
COLUMNS = frozenset({"salutation", "job_title", "delegation"})
"""Answers with a column of their own; the others are kept in `answers`."""
