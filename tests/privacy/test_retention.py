from datetime import timedelta

import pytest

from matchmaking.core import clock, jobs
from matchmaking.core.audit import history_of
from matchmaking.core.database import db
from matchmaking.core.jobs import Job
from matchmaking.events.models import MemberRole
from matchmaking.privacy.services import retention
from matchmaking.registration.services.consents import give_consent, withdraw_consent
from tests.factories import make_event, make_interpreter, make_member, make_registration


@pytest.fixture
def event(app):
    return make_event(slug="hoi-cho")


def on(moment, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: moment)
    jobs.run_due()


def waiting():
    query = db.select(Job).where(Job.kind == retention.JOB, Job.state == jobs.JobState.QUEUED)
    return db.session.scalars(query).all()


def test_people_are_let_go_when_the_time_of_the_event_is_over(event, monkeypatch):
    delegate, interpreter = make_registration(event), make_interpreter(event)
    retention.keep_for(event, 6)
    db.session.commit()

    on(retention.let_go_at(event) - timedelta(days=1), monkeypatch)
    assert not delegate.is_erased
    on(retention.let_go_at(event), monkeypatch)

    assert delegate.is_erased
    assert interpreter.email == ""
    assert history_of(event)[0].details == {"count": 1}
    assert waiting() == []


def test_who_wants_to_hear_of_later_events_is_kept_until_they_take_it_back(event, monkeypatch):
    reader = make_registration(event)
    give_consent(reader, "newsletter")
    retention.see_to_letting_go(event)
    db.session.commit()

    on(retention.let_go_at(event), monkeypatch)
    assert not reader.is_erased
    withdraw_consent(reader, "newsletter")
    db.session.commit()
    on(waiting()[0].run_after, monkeypatch)

    assert reader.is_erased


def test_an_owner_chooses_how_long_and_others_do_not(browser_of, event):
    path = "/organize/hoi-cho/personal-data/months"
    owner = browser_of(make_member(event, role=MemberRole.OWNER))
    editor = browser_of(make_member(event, role=MemberRole.EDITOR))

    owner.post(path, {"months": "12"})
    owner.post(path, {"months": "1000"})

    assert event.people_kept_months == 12
    assert waiting()[0].run_after == retention.let_go_at(event)
    assert editor.post(path, {"months": "6"}).status_code == 404
