"""What the gate's page is made of, so that a device has all of it before the network goes."""

import json
from functools import cache
from typing import Any

from flask import url_for

from matchmaking.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, _, current_language
from matchmaking.web.assets import STATIC, asset, asset_version

PATTERNS = (
    "css/tokens.css", "css/base.css", "css/layout.css", "css/components.css", "css/gate.css",
    "css/device.css", "js/app.js", "js/mount.js", "js/camera.js", "js/decoder.js",
    "js/gate-signal.js", "js/gate/*.js", "img/*.svg", "img/touch-icon.png", "vendor/fonts/*",
    "vendor/idb/*", "vendor/ed25519/*", "vendor/zxing/*.js", "vendor/zxing/reader/*",
    "vendor/zxing/writer/*",
)  # fmt: skip
WORKER = "js/gate/worker.js"


@cache
def _files(version: str) -> list[str]:
    found = (path for pattern in PATTERNS for path in sorted(STATIC.glob(pattern)))
    return [str(path.relative_to(STATIC)) for path in found if path.is_file()]


def worker_script(slug: str) -> str:
    """The service worker of one event's gate; new files make a new one."""
    version, page = asset_version(), url_for("checkin_device.show", slug=slug)
    shell = {
        "page": page,
        "version": version,
        "language": DEFAULT_LANGUAGE,
        "pages": [f"{page}?lang={language}" for language in LANGUAGES],
        "files": [asset(path) for path in _files(version) if path != WORKER],
    }
    return f"const SHELL = {json.dumps(shell)};\n\n{(STATIC / WORKER).read_text()}"


def manifest_of(slug: str) -> dict[str, Any]:
    """What a browser needs to put the gate on the home screen."""
    page = url_for("checkin_device.show", slug=slug)
    return {
        "id": page,
        "name": _("Gate"),
        "short_name": _("Gate"),
        "lang": current_language(),
        "start_url": page,
        "scope": page,
        "display": "standalone",
        "background_color": "#faf7f0",
        "theme_color": "#11161f",
        "icons": [
            {"src": asset("img/touch-icon.png"), "sizes": "180x180", "type": "image/png"},
            {"src": asset("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        ],
    }
