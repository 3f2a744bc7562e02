"""Static files under an address that changes with their content, cached for ever."""

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    has_request_context,
    request,
    send_from_directory,
    url_for,
)

from matchmaking.config import ROOT

STATIC = ROOT / "static"
YEAR = 365 * 86400


@cache
def _version_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def asset_version() -> str:
    """A hash over all static files; worked out afresh at each call while debugging."""
    return (_version_of.__wrapped__ if current_app.debug else _version_of)(STATIC)


def asset(path: str) -> str:
    """The address of a static file. Modules may import each other by relative paths."""
    if not has_request_context():
        return url_for("asset", version=asset_version(), path=path)
    return _address(request.root_path, asset_version(), path)


@lru_cache(maxsize=1000)
def _address(_root: str, version: str, path: str) -> str:
    """Kept, for a page has a dozen of them; `_root` tells apart where the application stands."""
    return url_for("asset", version=version, path=path)


def _serve(version: str, path: str) -> Response:
    response = send_from_directory(STATIC, path, max_age=YEAR, conditional=True)
    if version == asset_version():
        response.cache_control.immutable = True
    else:
        response.cache_control.max_age = 0
    return response


def init_app(app: Flask) -> None:
    view: Any = _serve
    app.add_url_rule("/static/<version>/<path:path>", "asset", view)
    app.jinja_env.globals.update(asset=asset)
