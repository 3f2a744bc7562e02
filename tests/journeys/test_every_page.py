"""Every address of the application, looked at by everybody whom it is for."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.journeys.accessibility import barriers_on
from tests.journeys.conftest import SCREENS, go_on_as
from tests.journeys.fair import AUDIENCES, Fair, open_fair

LEAD_ELSEWHERE = {"account.home", "events.favicon", "registration.open_link"}
NO_PAGES = {"asset", "ops.letter", "ops.letter_attachment", "ops.readiness"}
"""Files, letters with their own rules, and a probe that wants a worker: each has its own tests."""
FOR_PROGRAMS = "/api/v1/"
"""What tokens open: `tests/api` looks at all of it."""


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
    closed, other_language = [], []
    for _audience, rule, answer in first_answers(fair, language):
        leads_elsewhere = rule.endpoint in LEAD_ELSEWHERE and answer.location
        if answer.status_code != 200 and not leads_elsewhere:
            closed.append(f"{rule.endpoint} {fair.address_of(rule)}: {answer.status}")
        if is_page(answer) and f'<html lang="{language}"' not in answer.text:
            other_language.append(rule.endpoint)

    assert closed == []
    assert other_language == []


@pytest.mark.parametrize("page", ["phone"], indirect=True)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_has_barriers_or_needs_scrolling_sideways(
    page: Page, address: str, fair: Fair, language: str
):
    pages = [
        (audience, fair.address_of(rule))
        for audience, rule, answer in first_answers(fair, language)
        if is_page(answer)
    ]
    barriers = {}
    for audience, path in sorted(pages):
        go_on_as(page, fair.browsers[audience], address)
        page.goto(f"{path}?lang={language}")
        for screen, size in SCREENS.items():
            page.set_viewport_size(size)
            if found := barriers_on(page):
                barriers[f"{path} {screen}"] = found

    assert barriers == {}
