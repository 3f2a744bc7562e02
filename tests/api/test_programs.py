"""The organizer's page about other programs."""

import re

import pytest

from matchmaking.api.models import Delivery, DeliveryState, Webhook
from matchmaking.api.services.webhooks import secret_of, tell
from matchmaking.core.database import db
from matchmaking.events.models import ApiToken, MemberRole, TokenScope
from matchmaking.events.services.tokens import create_token
from matchmaking.web.settings import settings
from tests.api.program import PLACES, Program
from tests.factories import make_member, make_webhook

PAGE = "/organize/han-quoc/programs"
HOOK = {"url": "https://example.com/news", "kinds": ["registration.created"]}


@pytest.fixture
def owner(browser_of, event):
    return browser_of(make_member(event, MemberRole.OWNER))


def test_new_token_is_shown_once_and_works(app, owner, event):
    made = owner.post(f"{PAGE}/tokens", {"name": "Cổng thông tin tỉnh", "scope": "read"})

    token = re.search(r"gapgo_[\w-]+", made.text)[0]
    assert made.status_code == 201
    assert Program(app, token).get(PLACES).status_code == 200
    assert token not in owner.get(PAGE).text
    assert "Cổng thông tin tỉnh" in owner.get(PAGE).text


def test_token_without_a_purpose_is_refused_with_everything_kept(owner):
    answer = owner.post(f"{PAGE}/tokens", {"name": " ", "scope": "read"})

    assert answer.status_code == 422
    assert "Write what it is for" in answer.text
    assert db.session.scalars(db.select(ApiToken)).all() == []


def test_revoked_token_opens_nothing(app, owner, event):
    token, secret = create_token(event, scope=TokenScope.READ, name="Bảng tin")

    owner.post(f"{PAGE}/tokens/{token.id}/revoke")

    assert Program(app, secret).get(PLACES).status_code == 401
    assert "Revoked" in owner.get(PAGE).text


def test_webhook_is_added_with_its_secret_and_removed(owner, event):
    added = owner.post(f"{PAGE}/webhooks", HOOK)
    webhook = db.session.scalars(db.select(Webhook)).one()

    page = owner.get(added.location)

    assert secret_of(webhook, secret=settings().data_secret) in page.text
    assert "Nothing was delivered yet" in page.text
    owner.post(f"{PAGE}/webhooks/{webhook.id}/remove")
    assert "https://example.com/news" not in owner.get(PAGE).text


@pytest.mark.parametrize(
    "wrong", [{"url": "ftp://example.com"}, {"url": "https://"}, {"url": ""}, {"kinds": []}]
)
def test_webhook_that_cannot_be_right_is_refused(owner, wrong):
    assert owner.post(f"{PAGE}/webhooks", {**HOOK, **wrong}).status_code == 422


def test_delivery_is_in_the_log_and_can_be_sent_again(owner, event):
    webhook = make_webhook(event, kinds=["schedule.published"])
    tell(event, "schedule.published", subject=str(event.id))
    (delivery,) = db.session.scalars(db.select(Delivery)).all()
    delivery.state, delivery.status, delivery.error = DeliveryState.FAILED, 500, "it answered 500"
    page = f"{PAGE}/webhooks/{webhook.id}"

    assert "it answered 500" in owner.get(page).text
    owner.post(f"{page}/deliveries/{delivery.id}/replay")

    assert "Waiting" in owner.get(page).text


def test_editors_and_strangers_do_not_see_the_page(browser_of, visitor, event):
    webhook = make_webhook(event)
    token, _secret = create_token(event, scope=TokenScope.READ, name="Bảng tin")
    editor = browser_of(make_member(event, MemberRole.EDITOR))

    assert editor.get(PAGE).status_code == 404
    assert editor.get(f"{PAGE}/webhooks/{webhook.id}").status_code == 404
    assert editor.post(f"{PAGE}/tokens/{token.id}/revoke").status_code == 404
    assert visitor.get(PAGE).status_code == 303
