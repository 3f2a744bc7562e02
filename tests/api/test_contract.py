"""What other systems rely on: the calls, in the document the service publishes and in docs/api.md."""

import re
from pathlib import Path

from matchmaking.api.openapi import document

PROMISED = """
GET /events
GET /events/{slug}
GET /events/{slug}/agenda
POST /events/{slug}/registrations
GET /events/{slug}/registrations
GET /events/{slug}/registrations/{code}
PATCH /events/{slug}/registrations/{code}
POST /events/{slug}/registrations/{code}/approve
POST /events/{slug}/registrations/{code}/reject
POST /events/{slug}/registrations/{code}/cancel
POST /events/{slug}/registrations/{code}/reissue-badge
GET /events/{slug}/registrations/{code}/badge.pdf
GET /events/{slug}/registrations/{code}/agenda.pdf
GET /events/{slug}/registrations/{code}/agenda.ics
POST /events/{slug}/check-ins
POST /events/{slug}/check-ins/batch
POST /events/{slug}/check-ins/undo
GET /events/{slug}/check-in/snapshot
GET /events/{slug}/check-in/stats
POST /events/{slug}/companies
GET /events/{slug}/companies
GET /events/{slug}/companies/{id}
PATCH /events/{slug}/companies/{id}
GET /events/{slug}/companies/{id}/recommendations
GET /events/{slug}/slots
GET /events/{slug}/tables
GET /events/{slug}/interpreters
POST /events/{slug}/meeting-requests
POST /events/{slug}/meeting-requests/{id}/accept
POST /events/{slug}/meeting-requests/{id}/decline
POST /events/{slug}/meeting-requests/{id}/withdraw
GET /events/{slug}/meetings
POST /events/{slug}/meetings
PATCH /events/{slug}/meetings/{id}
POST /events/{slug}/meetings/{id}/cancel
POST /events/{slug}/meetings/{id}/outcome
POST /events/{slug}/schedule-runs
GET /events/{slug}/schedule-runs/{id}
POST /events/{slug}/schedule-runs/{id}/publish
POST /events/{slug}/schedule-runs/{id}/revert
POST /events/{slug}/documents
GET /events/{slug}/documents/{id}
"""
ADDED = """
POST /events/{slug}/check-in/walk-ins
POST /events/{slug}/check-in/badges
GET /events/{slug}/documents/{id}/file.pdf
GET /events/{slug}/meeting-requests
GET /events/{slug}/meeting-requests/{id}
GET /events/{slug}/meetings/{id}
"""
"""What clients and devices at the gates need besides."""


def calls(text):
    return set(re.findall(r"^(?:GET|POST|PATCH) \S+$", text, re.MULTILINE))


def described():
    """The calls of the document; every id is called so."""
    return {
        f"{method.upper()} {re.sub(r'{[a-z]+_id}', '{id}', path)}"
        for path, operations in document()["paths"].items()
        for method in operations
    }


def test_every_promised_call_is_in_the_document_and_no_other(app):
    assert described() == calls(PROMISED) | calls(ADDED)


def test_every_call_is_in_the_guide(app):
    guide = Path("docs/api.md").read_text()
    rows = set(re.findall(r"^\| `((?:GET|POST|PATCH) [^`?]+)", guide, re.MULTILINE))

    assert rows == described()


def test_every_change_takes_the_version_it_was_made_from_and_every_reading_gives_it(app):
    for path, operations in document()["paths"].items():
        if "patch" in operations:
            takes = [one["name"] for one in operations["patch"]["parameters"]]
            gives = [operations[method]["responses"]["200"] for method in ("get", "patch")]
            assert "If-Match" in takes, path
            assert all("ETag" in answer["headers"] for answer in gives), path


def test_document_is_served_to_everyone_and_is_openapi_3_1(stranger):
    answer = stranger.get("/openapi.json")

    assert answer.get_json()["openapi"] == "3.1.0"
    assert answer.get_json() == document()


def test_documentation_loads_nothing_from_elsewhere(visitor):
    page = visitor.get("/api/docs")

    assert page.status_code == 200
    assert "/api/v1/events/{slug}/registrations" in page.text
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", page.text) == []
    assert "unsafe" not in page.headers["Content-Security-Policy"]


def test_every_answer_of_the_document_can_be_a_problem(app):
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    assert list(answer["content"]) == ["application/problem+json"], (method, path)
