"""A passkey, kept by Chromium's virtual authenticator."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from matchmaking.accounts.models import Passkey
from matchmaking.core.database import db
from tests.factories.accounts import make_user
from tests.journeys.accessibility import barriers_on
from tests.visitor import Visitor


@pytest.fixture
def site(app, address, monkeypatch):
    """Passkeys belong to a name, never to a bare address of the network."""
    origin = f"http://localhost:{urlsplit(address).port}"
    config = replace(app.extensions["gap-go"], base_url=origin)
    monkeypatch.setitem(app.extensions, "gap-go", config)
    return origin


@pytest.fixture
def lock(page):
    """A phone's lock, which its owner always opens."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in_here(page, app, user, site):
    cookie = Visitor(app).signed_in_as(user).client.get_cookie("gapgo")
    page.context.add_cookies([{"name": "gapgo", "value": cookie.value, "url": site}])
    db.session.rollback()


@pytest.mark.usefixtures("lock")
def test_passkey_made_on_a_phone_signs_its_owner_in(page, app, site):
    user = make_user(full_name="Lê Thị Hoa")
    sign_in_here(page, app, user, site)

    page.goto(f"{site}/account/second-step")
    assert barriers_on(page) == []
    page.get_by_label("Name of the passkey").fill("My phone")
    page.get_by_role("button", name="Add a passkey on this device").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert barriers_on(page) == []
    page.context.clear_cookies()
    page.goto(f"{site}/sign-in?next=/account&lang=en")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{site}/account")

    expect(page.get_by_label("Full name")).to_have_value("Lê Thị Hoa")
    passkey = db.session.scalars(db.select(Passkey)).one()
    assert (passkey.name, passkey.last_used_at is None) == ("My phone", False)
