"""What an event still needs before it is shown: a list to which the features above add."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matchmaking.events.models import Event


@dataclass(frozen=True)
class Check:
    """One thing to see to. `endpoint` takes the event's slug; `essential` holds publishing up."""

    label: Any
    hint: Any
    endpoint: str
    is_done: bool
    is_essential: bool = False


Question = Callable[[Event], Check | None]
_questions: dict[str, tuple[int, Question]] = {}


def check(order: int) -> Callable[[Question], Question]:
    """Declare a thing to see to; the function answers None where it does not apply."""

    def declare(question: Question) -> Question:
        _questions[f"{question.__module__}.{question.__name__}"] = (order, question)
        return question

    return declare


def checks(event: Event) -> list[Check]:
    ordered = sorted(_questions.values(), key=lambda entry: entry[0])
    answers = (question(event) for _, question in ordered)
    return [answer for answer in answers if answer is not None]


def missing(event: Event) -> list[Check]:
    """The essential things that are not done."""
    return [item for item in checks(event) if item.is_essential and not item.is_done]
