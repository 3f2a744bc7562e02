import runpy
from dataclasses import replace

import pytest
from flask import Flask, request
from gunicorn.config import Config as Gunicorn
from gunicorn.http.parser import RequestParser

from matchmaking.config import ROOT, Config
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


def test_gunicorn_believes_no_neighbour_who_names_a_scheme_or_another_address(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "its own: a server of PostgreSQL does not start without")
    gunicorn = Gunicorn()
    for name, value in runpy.run_path(str(ROOT / "gunicorn.conf.py")).items():
        if name in gunicorn.settings:
            gunicorn.set(name, value)
    sent = b"GET / HTTP/1.1\r\nX-Forwarded-Proto: https\r\nSCRIPT_NAME: /x\r\nPATH_INFO: /y\r\n\r\n"

    for neighbour in (("127.0.0.1", 1), ""):
        request = next(RequestParser(gunicorn, [sent], neighbour))

        assert request.scheme == "http"
        assert request.headers == [("X-FORWARDED-PROTO", "https")]


@pytest.mark.parametrize("path", ["/events//evil.example", "/api/v1//events"])
def test_address_with_two_slashes_leads_nowhere(visitor, path):
    assert visitor.client.get(path, base_url="http://evil.example").status_code == 404


def test_every_answer_says_what_a_browser_may_do_with_it(visitor):
    for path in ("/", "/sign-in", "/nothing/here", "/api/v1/events", "/static/css/base.css"):
        headers = visitor.get(path, base_url="https://localhost").headers

        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert (policy["default-src"], policy["object-src"]) == ("'self'", "'none'"), path
        assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "max-age=31536000; includeSubDomains" in headers["Strict-Transport-Security"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"]


def test_cookie_of_a_session_stays_with_this_host_and_out_of_scripts(config):
    settings = replace(config, base_url="https://event.example.gov.vn").flask_settings()

    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["SESSION_COOKIE_SAMESITE"] == "Lax"


@pytest.mark.parametrize("path", ["/?lang=en", "/sign-in"])
def test_no_cookie_is_told_to_scripts_or_other_sites(visitor, path):
    answer = visitor.get(path, base_url="https://localhost")

    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


@pytest.mark.parametrize("path", ["/?q=%00", "/events/a%00b", "/sign-in?next=%00"])
def test_address_that_no_database_keeps_leads_nowhere(visitor, path):
    assert visitor.get(path).status_code == 404
