"""Every address of the application, looked at by everybody whom it is for."""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests import looks
from tests.journeys.accessibility import barriers_on, too_wide
from tests.journeys.conftest import SCREENS, go_on_as
from tests.journeys.fair import AUDIENCES, Fair, open_fair

LEAD_ELSEWHERE = {"account.home", "events.favicon", "registration.open_link"}
NO_PAGES = {"asset", "ops.letter", "ops.letter_attachment", "ops.readiness"}
"""Files, letters with their own rules, and a probe that wants a worker: each has its own tests."""
FOR_PROGRAMS = "/api/v1/"
"""What tokens open: `tests/api` looks at all of it."""
Look = Callable[[Page], list[str]]


@pytest.fixture
def fair(app: Flask, mailbox, demo) -> Fair:
    return open_fair(app)


def readable_rules(app: Flask) -> list[Rule]:
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    pages = [rule for rule in rules if not rule.rule.startswith(FOR_PROGRAMS)]
    return [rule for rule in pages if rule.endpoint not in NO_PAGES]


def first_answers(fair: Fair, language: str) -> Iterator[tuple[str, Rule, TestResponse]]:
    """Each rule with the first audience it opens for; with the last when it opens for nobody."""
    for rule in readable_rules(fair.app):
        address = fair.address_of(rule)
        for audience in sorted(AUDIENCES, key=lambda name: not address.startswith(AUDIENCES[name])):
            browser = fair.browsers[audience]
            answer = browser.get(f"{address}?lang={language}")
            if answer.status_code == 200:
                break
        yield audience, rule, answer


def is_page(answer: TestResponse) -> bool:
    return (answer.status_code, answer.mimetype) == (200, "text/html") and "<html" in answer.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_address_opens_for_somebody_as_valid_html_in_the_language_asked_for(fair, language):
    """Validity is checked by `Visitor` itself. A new address needs its values in `fair.py`."""
    closed, other_language, kept = [], [], []
    for audience, rule, answer in first_answers(fair, language):
        leads_elsewhere = rule.endpoint in LEAD_ELSEWHERE and answer.location
        if answer.status_code != 200 and not leads_elsewhere:
            closed.append(f"{rule.endpoint} {fair.address_of(rule)}: {answer.status}")
        if is_page(answer) and f'<html lang="{language}"' not in answer.text:
            other_language.append(rule.endpoint)
        if audience != "visitor" and not {"public", "no-store"} & set(answer.cache_control):
            kept.append(rule.endpoint)

    assert closed == kept == []
    assert other_language == []


@pytest.mark.parametrize("page", ["phone"], indirect=True)
@pytest.mark.parametrize(("language", "look"), [("vi", barriers_on), ("en", too_wide)])
def test_no_page_has_barriers_or_needs_scrolling_sideways(
    page: Page, address: str, fair: Fair, language: str, look: Look, monkeypatch: pytest.MonkeyPatch
):
    """On both screens. Barriers lie in the markup, which both languages share; widths differ."""
    monkeypatch.setattr(looks, "ARE_CHECKED", False)  # the test above looks at the same pages
    pages = [
        (audience, fair.address_of(rule))
        for audience, rule, answer in first_answers(fair, language)
        if is_page(answer)
    ]
    barriers = {}
    for audience, theirs in groupby(sorted(pages), itemgetter(0)):
        go_on_as(page, fair.browsers[audience], address)
        for _, path in theirs:
            wanted = f"{address}{path}?lang={language}"
            answer = page.goto(wanted)
            assert (answer.url, answer.status) == (wanted, 200)
            for screen, size in SCREENS.items():
                page.set_viewport_size(size)
                if found := look(page):
                    barriers[f"{path} {screen}"] = found

    assert barriers == {}
