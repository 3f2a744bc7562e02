import os
import re
from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from matchmaking.core.database import db
from matchmaking.core.jobs import Job, JobState
from matchmaking.core.outbox import MailState, queue_mail
from tests.factories.base import add

TOKEN = "Zk3-vQ9_pL7xW2mN8cR5tY1bH6jD4fGs"


@pytest.fixture
def with_token(app):
    before = app.extensions["gap-go"]
    app.extensions["gap-go"] = replace(before, metrics_token=TOKEN)
    yield
    app.extensions["gap-go"] = before


def samples(visitor) -> dict[tuple[str, str], float]:
    """Every figure by its name and the values of its labels."""
    answer = visitor.get("/metrics")
    assert answer.mimetype == "text/plain"
    return {
        (sample.name, " ".join(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_are_counted_by_endpoint_and_status_and_timed(visitor):
    before = samples(visitor)
    visitor.get("/robots.txt")
    visitor.get("/nowhere")
    after = samples(visitor)

    def grown(name: str, labels: str) -> float:
        return after[name, labels] - before.get((name, labels), 0)

    assert grown("gapgo_http_requests_total", "events.robots GET 200") == 1
    assert grown("gapgo_http_requests_total", "nothing GET 404") == 1
    assert grown("gapgo_http_request_seconds_count", "events.robots") == 1
    assert grown("gapgo_http_request_seconds_bucket", "events.robots +Inf") == 1


def test_work_and_mails_are_counted_by_state(visitor):
    add(Job(kind="send_mail", state=JobState.FAILED))
    queue_mail("welcome", "lost@example.com", language="vi", name="Ánh").state = MailState.FAILED
    db.session.commit()

    figures = samples(visitor)

    assert figures["gapgo_jobs", "failed"] == 1
    assert figures["gapgo_jobs", "queued"] == 1
    assert figures["gapgo_mails", "failed"] == 1
    assert ("gapgo_jobs_oldest_seconds", "") in figures


def test_figures_are_for_this_machine_and_for_who_brings_the_token(visitor, with_token):
    def status(address: str, **headers: str) -> int:
        return visitor.get(
            "/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": address}
        ).status_code

    assert status("127.0.0.1") == 200
    assert status("::1") == 200
    assert status("127.0.0.1", **{"X-Forwarded-For": "127.0.0.1"}) == 404
    assert status("192.0.2.7") == 404
    assert status("192.0.2.7", Authorization="Bearer wrong") == 404
    assert status("192.0.2.7", Authorization=f"Bearer {TOKEN}") == 200


def test_nobody_gets_in_with_an_empty_token(visitor):
    for given in ("Bearer ", "Bearer x", "Basic Og==", "nonsense"):
        answer = visitor.get(
            "/metrics",
            headers={"Authorization": given},
            environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
        )
        assert answer.status_code == 404


def test_figures_hold_nobody(visitor):
    visitor.get("/r/K7QM2X9D/sEcReT")
    visitor.get("/events?q=anh@example.com")

    assert not re.search("K7QM2X9D|sEcReT|example.com", visitor.get("/metrics").text)
    assert "PROMETHEUS_MULTIPROC_DIR" not in os.environ
