"""Going over to another key without losing what the former one sealed or signed."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from matchmaking.accounts.links import link_token
from matchmaking.accounts.models import LinkPurpose
from matchmaking.accounts.services import change_password, issue_link
from matchmaking.accounts.services.second_step import turn_on
from matchmaking.core import clock
from matchmaking.events.models import MemberRole
from matchmaking.registration.access import personal_link
from matchmaking.registration.services.identities import Identity, IdentityKind, give_identity
from matchmaking.web.settings import settings
from tests.factories import make_event, make_member, make_registration, make_user, make_webhook
from tests.visitor import Visitor

GOOD = "cá rô phi đi xe đạp"
NUMBER = "001099012345"


@pytest.fixture
def keys(app, monkeypatch):
    """Sets the keys of this installation: `keys(data_key="new", former_data_keys=("old",))`."""
    first = settings()

    def set_keys(**values):
        monkeypatch.setitem(app.extensions, "gap-go", replace(first, **values))
        monkeypatch.setitem(app.config, "SECRET_KEY", settings().secret_key)
        fallbacks = list(settings().former_secret_keys)
        monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", fallbacks)

    return set_keys


def seal_again(app):
    return app.test_cli_runner().invoke(args=["keys", "seal-again"])


def test_everything_sealed_with_the_former_key_is_read_and_then_needs_it_no_more(
    app, keys, visitor, browser_of, monkeypatch
):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    keys(data_key="the first key")
    event = make_event(security_list=True)
    secret_page = f"/organize/{event.slug}/programs/webhooks/{make_webhook(event).id}"
    owner = browser_of(make_member(event, MemberRole.OWNER))
    secret = owner.get(secret_page).text.split("whsec_")[1][:44]
    registration = make_registration(event)
    given = Identity(IdentityKind.CITIZEN_ID, NUMBER)
    give_identity(registration, given, secret=settings().data_secret)
    delegate = Visitor(app).holding(registration)
    user, app_key = make_user(), pyotp.random_base32()
    change_password(user, GOOD)
    turn_on(user, app_key, pyotp.TOTP(app_key).at(now), secret=settings().data_secret)
    user.app_step = 0

    def opens_everything(*, seconds):
        assert f"whsec_{secret}" in owner.get(secret_page).text
        page = delegate.get(f"/registrations/{registration.code}/identity")
        assert f"•{NUMBER[-3:]}" in page.text
        visitor.post("/sign-in", {"email": user.email, "password": GOOD})
        code = pyotp.TOTP(app_key).at(now + timedelta(seconds=seconds))
        assert visitor.post("/sign-in/second-step", {"code": code}).status_code == 303
        visitor.post("/sign-out")

    keys(data_key="the second key", former_data_keys=("the first key",))
    opens_everything(seconds=0)
    answer = seal_again(app)
    keys(data_key="the second key")

    assert answer.exit_code == 0, answer.output
    assert sorted(answer.output.splitlines()) == [
        "Registration.identity: 1",
        "User.app_secret: 1",
        "Webhook.sealed_secret: 1",
    ]
    opens_everything(seconds=30)


def test_what_no_key_opens_is_left_and_told(app, keys):
    keys(data_key="a key that is lost")
    make_webhook(make_event())
    keys(data_key="another")

    answer = seal_again(app)

    assert answer.exit_code == 1
    assert "1 could be opened with no key that is set" in answer.output


def test_links_and_sessions_of_the_former_secret_key_go_on(app, keys, browser_of, visitor):
    registration, user = make_registration(), make_user()
    link = issue_link(user, LinkPurpose.SIGN_IN)
    personal, token = personal_link(registration), link_token(link.id)
    signed_in, long_closed = browser_of(user), browser_of(user)

    keys(secret_key="another secret of the tests", former_secret_keys=(settings().secret_key,))

    assert personal_link(registration) != personal
    assert visitor.get(personal.removeprefix(settings().base_url)).status_code in {302, 303}
    assert visitor.get(f"/sign-in/link/{token}").status_code == 200
    assert signed_in.get("/account").status_code == 200

    keys(secret_key="another secret of the tests")
    assert visitor.get(personal.removeprefix(settings().base_url)).status_code == 404
    assert visitor.get(f"/sign-in/link/{token}").status_code == 404
    assert signed_in.get("/account").status_code == 200
    assert long_closed.get("/account").status_code == 303
