import gzip

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from matchmaking.web.assets import STATIC, asset

STYLES = "css/components.css"


@pytest.fixture
def fetch(bare_app: Flask):
    def answer(path: str, *, encoding: str = "gzip", cookie: bool = False) -> TestResponse:
        client = bare_app.test_client()
        if cookie:
            client.set_cookie(bare_app.config["SESSION_COOKIE_NAME"], "x")
        with client.get(path, headers={"Accept-Encoding": encoding}) as response:
            response.get_data()
            return response

    return answer


@pytest.fixture
def styles(bare_app: Flask) -> str:
    with bare_app.test_request_context("/"):
        return asset(STYLES)


def test_a_stylesheet_travels_compressed_even_to_somebody_signed_in(fetch, styles):
    response = fetch(styles, cookie=True)
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.data) == (STATIC / STYLES).read_bytes()
    assert len(response.data) < 10_000


def test_a_browser_that_cannot_unpack_gets_the_file_as_it_is(fetch, styles):
    response = fetch(styles, encoding="identity")
    assert "Content-Encoding" not in response.headers
    assert response.data == (STATIC / STYLES).read_bytes()
    assert "Accept-Encoding" in response.headers["Vary"]


def test_a_compressed_file_is_known_again(bare_app, fetch, styles):
    etag = fetch(styles).headers["ETag"]
    known = {"Accept-Encoding": "gzip", "If-None-Match": etag}
    with bare_app.test_client().get(styles, headers=known) as response:
        assert response.status_code == 304


def test_a_font_is_not_compressed_again(bare_app, fetch):
    with bare_app.test_request_context("/"):
        font = asset("vendor/fonts/be-vietnam-pro-latin-400-normal.woff2")
    assert "Content-Encoding" not in fetch(font).headers


def test_a_page_is_compressed_for_a_stranger_only(app, fetch):
    assert fetch("/").headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in fetch("/", cookie=True).headers
