import pytest
from flask_babel import force_locale

from matchmaking.web.throttle import EXTENSION, TooManyAttempts, counter, forgive, spend


@pytest.fixture(autouse=True)
def _limits(app, monkeypatch):
    monkeypatch.setitem(app.extensions, EXTENSION, counter())
    with app.test_request_context(), force_locale("en"):
        yield


def test_attempts_within_the_limit_pass_and_the_next_says_how_long_to_wait():
    spend("2 per 15 minutes", "door", "hoa")
    spend("2 per 15 minutes", "door", "hoa")

    with pytest.raises(TooManyAttempts) as refusal:
        spend("2 per 15 minutes", "door", "hoa")

    assert 0 < refusal.value.seconds <= 900
    assert str(refusal.value) == "Too many attempts. Try again in 15 minutes."


def test_short_wait_is_told_in_seconds():
    assert str(TooManyAttempts(1)) == "Too many attempts. Try again in 1 second."
    assert str(TooManyAttempts(89)) == "Too many attempts. Try again in 89 seconds."


def test_attempts_of_one_person_do_not_slow_down_another():
    spend("1 per minute", "door", "hoa")

    spend("1 per minute", "door", "duc")
    spend("1 per minute", "window", "hoa")


def test_an_attempt_that_went_well_clears_those_before_it():
    spend("1 per minute", "door", "hoa")
    forgive("1 per minute", "door", "hoa")

    spend("1 per minute", "door", "hoa")


def test_attempts_are_counted_here_while_redis_is_away(app, monkeypatch):
    away = "redis://127.0.0.1:1/0"
    monkeypatch.setitem(app.extensions, EXTENSION, counter(away))
    spend("1 per minute", "door", "hoa")

    with pytest.raises(TooManyAttempts):
        spend("1 per minute", "door", "hoa")
    forgive("1 per minute", "door", "hoa")
    spend("1 per minute", "door", "hoa")
