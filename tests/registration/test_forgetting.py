from datetime import timedelta

import pytest

from matchmaking.core import clock, jobs
from matchmaking.core.audit import history_of
from matchmaking.core.database import db
from matchmaking.core.jobs import Job
from matchmaking.registration.services import change
from matchmaking.registration.services.forgetting import JOB, forgotten_at
from tests.factories import make_event, make_registration, make_ticket_type

NEEDS = {"diet": ["vegetarian"], "hotel": "Lam Kinh, 2 đêm"}


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def delegate(event):
    delegate = make_registration(ticket_type=make_ticket_type(event))
    change(delegate, answers={**NEEDS, "delegation_role": "head"})
    db.session.commit()
    return delegate


def days_after(event, days, monkeypatch):
    moment = event.ends_at + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: moment)
    jobs.run_due()


def waiting_jobs():
    query = db.select(Job).where(Job.kind == JOB, Job.state == jobs.JobState.QUEUED)
    return db.session.scalars(query).all()


def test_what_was_asked_for_the_event_is_deleted_thirty_days_after_it(event, delegate, monkeypatch):
    days_after(event, 29, monkeypatch)
    assert delegate.answers["diet"] == ["vegetarian"]

    days_after(event, 30, monkeypatch)

    assert delegate.answers == {"delegation_role": "head"}
    assert [line.action for line in history_of(event)] == ["registration.forgotten"]
    assert waiting_jobs() == []


def test_an_event_moved_to_later_keeps_it_until_then(event, delegate, monkeypatch):
    first = forgotten_at(event)
    event.ends_on += timedelta(days=60)
    db.session.commit()

    monkeypatch.setattr(clock, "now", lambda: first)
    jobs.run_due()

    assert delegate.answers["hotel"] == NEEDS["hotel"]
    assert [job.run_after for job in waiting_jobs()] == [forgotten_at(event)]


def test_one_deletion_is_queued_for_an_event_and_none_where_nothing_was_told(event, delegate):
    change(delegate, answers={**NEEDS, "hotel": ""})
    other = make_registration(ticket_type=make_ticket_type(make_event()))
    change(other, answers={"delegation_role": "head"})

    assert [job.event_id for job in waiting_jobs()] == [event.id]
