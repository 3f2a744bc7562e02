from dataclasses import replace

import pytest
from flask import Flask, request

from matchmaking.config import Config
from matchmaking.web import security

FORWARDED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


def address_seen_by(config: Config) -> str:
    app = Flask("behind a proxy")
    app.extensions["gap-go"] = config
    security.init_app(app)
    app.add_url_rule("/", "address", lambda: f"{request.scheme} {request.remote_addr}")
    return app.test_client().get("/", headers=FORWARDED).text


@pytest.mark.parametrize(("proxies", "seen"), [(0, "http 127.0.0.1"), (1, "https 203.0.113.9")])
def test_forwarded_address_is_believed_from_a_trusted_proxy_only(config, proxies, seen):
    assert address_seen_by(replace(config, trusted_proxies=proxies)) == seen
