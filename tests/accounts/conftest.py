import pytest

from matchmaking.web.throttle import EXTENSION, counter


@pytest.fixture
def limits(app, monkeypatch):
    """Attempts are counted, from nothing."""
    monkeypatch.setitem(app.extensions, EXTENSION, counter())
