"""Every address of the application, tried by people whom it is not for."""

import uuid
from collections.abc import Iterator

import pytest
from flask import Flask, url_for
from werkzeug.routing import AnyConverter, IntegerConverter, Rule, UUIDConverter

from matchmaking.core.database import db
from matchmaking.events.models import Event, MemberRole
from tests.factories import make_event, make_member, make_registration
from tests.journeys.fair import Fair, open_fair
from tests.visitor import Visitor

FOR_PROGRAMS = "/api/v1/"
"""What tokens open, and no cookie: `tests/api` looks at all of it."""

WITHOUT_COOKIES = {"checkin_device.enrol"}
"""Taken from a phone that has nothing but what a QR code told it."""

OWN_DOING = {MemberRole.VIEWER: {"checkin_vips.watch"}, MemberRole.GATE: set()}
"""What a role without the right to change an event sets for itself all the same."""

OF_NOTHING = {"documents.print_papers", "events.share"}
"""The rest of the address names a kind or a language, and no row of any event."""


@pytest.fixture
def fair(app: Flask, mailbox, demo) -> Fair:
    return open_fair(app)


def addresses(fair: Fair, method: str) -> Iterator[tuple[Rule, str]]:
    for rule in fair.app.url_map.iter_rules():
        if method in (rule.methods or ()) and not rule.rule.startswith(FOR_PROGRAMS):
            yield rule, address_of(fair, rule)


def address_of(fair: Fair, rule: Rule) -> str:
    """What no page of the fair shows is made up: it must be refused as well."""
    known = fair.values | fair.own.get(rule.endpoint, {})
    values = {name: made_up(rule, name, known.get(name)) for name in rule.arguments}
    with fair.app.test_request_context():
        return url_for(rule.endpoint, **values)


def made_up(rule: Rule, name: str, known: object) -> object:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return known if known in converter.items else min(converter.items)
    if isinstance(converter, UUIDConverter):
        return known or uuid.uuid4()
    return known or (0 if isinstance(converter, IntegerConverter) else "x")


def works_as(fair: Fair, role: MemberRole) -> Visitor:
    event = db.session.scalars(db.select(Event).where(Event.slug == fair.values["slug"])).one()
    return Visitor(fair.app).signed_in_as(make_member(event, role))


def test_no_address_takes_a_form_without_its_token(fair):
    taken = []
    for rule, path in addresses(fair, "POST"):
        for name in ("administrator", "delegate", "representative"):
            browser = fair.browsers[name]
            answer = browser.client.post(path, data={"a": "1"}, headers=browser.headers)
            if answer.status_code != 400 and rule.endpoint not in WITHOUT_COOKIES:
                taken.append((name, path, answer.status))

    assert taken == []


def addresses_of_a_stranger(rule: Rule, path: str) -> Iterator[str]:
    """This event's desk, and its rows under the name of the stranger's own event."""
    if path.startswith("/organize/hoi-cho"):
        yield path
    if "slug" in rule.arguments and len(rule.arguments) > 1 and rule.endpoint not in OF_NOTHING:
        yield path.replace("/hoi-cho", "/khac")


def test_owner_of_another_event_reaches_nothing_of_this_one(fair):
    other = make_event(slug="khac")
    stranger = Visitor(fair.app).signed_in_as(make_member(other, MemberRole.OWNER))
    reached = []
    for ask, method in ((stranger.get, "GET"), (stranger.post, "POST")):
        for rule, path in addresses(fair, method):
            for tried in addresses_of_a_stranger(rule, path):
                answer = ask(tried)
                if answer.status_code != 404:
                    reached.append((rule.endpoint, method, tried, answer.status))

    assert reached == []


def test_who_may_only_look_changes_nothing(fair):
    for role, own_doing in OWN_DOING.items():
        browser = works_as(fair, role)
        changed = {
            rule.endpoint
            for rule, path in addresses(fair, "POST")
            if path.startswith("/organize/hoi-cho") and browser.post(path).status_code != 404
        }
        assert changed == own_doing


def test_delegate_of_another_event_reaches_no_delegate_and_no_company_of_this_one(fair):
    elsewhere = make_registration()
    reached = []
    for rule, path in addresses(fair, "POST"):
        is_of_a_delegate = "code" in rule.arguments and not {"key", "slug"} & rule.arguments
        if is_of_a_delegate or "/business/" in path:
            answer = Visitor(fair.app).holding(elsewhere).post(path)
            is_sent_away = (answer.location or "").startswith("/sign-in")
            if answer.status_code not in {403, 404} and not is_sent_away:
                reached.append((rule.endpoint, path, answer.status))

    assert reached == []


def test_who_works_elsewhere_or_at_a_gate_reads_nothing_of_the_desk_and_its_delegates(fair):
    browsers = {
        "nobody": Visitor(fair.app),
        "delegate": Visitor(fair.app).holding(make_registration()),
        "gate": works_as(fair, MemberRole.GATE),
    }
    read = []
    for rule, path in addresses(fair, "GET"):
        is_of_a_delegate = "code" in rule.arguments and not {"key", "slug"} & rule.arguments
        if path.startswith("/organize/hoi-cho") or is_of_a_delegate or "/business/" in path:
            for name, browser in browsers.items():
                status = browser.get(path).status_code
                if status not in {301, 302, 303, 308, 403, 404}:
                    read.append((name, rule.endpoint, path, status))

    assert read == []
