"""Text travels compressed where nobody can learn a secret from its length.

Those are static files, and pages for visitors without a session. A page of somebody who is
signed in holds tokens beside text that others may have chosen, and is sent as it is.
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, current_app, request

SMALLEST = 1_000
PACKED = {"application/json", "application/wasm", "image/svg+xml"}


@lru_cache(maxsize=64)
def _packed_once(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def _is_file() -> bool:
    return request.endpoint == "asset"


def _may_differ(response: Response) -> bool:
    """Whether a reader who can unpack gets another answer than one who cannot."""
    if request.method != "GET":
        return False
    kind = response.mimetype or ""
    is_text = kind.startswith("text/") or kind in PACKED
    is_whole = response.status_code == 200 and (_is_file() or not response.is_streamed)
    holds_no_secret = _is_file() or (
        current_app.config["SESSION_COOKIE_NAME"] not in request.cookies
    )
    return is_text and is_whole and holds_no_secret


def _compress(response: Response) -> Response:
    if not _may_differ(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        response.direct_passthrough = False
        _pack(response)
    return response


def _pack(response: Response) -> None:
    content = response.get_data()
    if len(content) < SMALLEST:
        return
    response.set_data(_packed_once(content) if _is_file() else gzip.compress(content, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)
    etag, _is_weak = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)


def init_app(app: Flask) -> None:
    app.after_request(_compress)
