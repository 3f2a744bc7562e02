"""Headers every answer carries, and the read-only mark of requests that may not write."""

from flask import Flask, Response, abort, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.middleware.proxy_fix import ProxyFix

from matchmaking.config import Config
from matchmaking.core.database import read_only
from matchmaking.web.problems import is_for_programs

POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def content_security_policy(**additions: str) -> str:
    """The policy as a header's value; `script_src="'wasm-unsafe-eval'"` widens one page's."""
    policy = dict(POLICY)
    for name, sources in additions.items():
        directive = name.replace("_", "-")
        policy[directive] = f"{policy.get(directive, POLICY['default-src'])} {sources}"
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


USUAL = (
    ("Content-Security-Policy", content_security_policy()),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(self), geolocation=(), microphone=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
"""Unless the page says something else."""
READING = ("GET", "HEAD", "OPTIONS")
HSTS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


class Sessions(SecureCookieSessionInterface):
    """What anybody may keep a copy of neither carries a session nor depends on one."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not response.cache_control.public:
            super().save_session(app, session, response)


def _before() -> None:
    read_only.set(request.method in READING)
    if not is_for_programs() and ("\0" in request.path or b"%00" in request.query_string):
        abort(404)  # no database keeps this character, so nothing has it in its address


def _teardown(_fault: BaseException | None) -> None:
    read_only.set(False)


def _after(response: Response) -> Response:
    headers = response.headers
    for name, value in USUAL:
        if name not in headers:
            headers.add(name, value)
    if "Cache-Control" not in headers:
        headers.add("Cache-Control", "no-store" if _is_personal() else "private, no-cache")
    if request.is_secure and HSTS[0] not in headers:
        headers.add(*HSTS)
    return response


def _is_personal() -> bool:
    """Whether the session knows somebody, or what was sent may stand in the answer.

    The key of an empty form names nobody: who goes back to such a page shall find what they typed.
    """
    return request.method not in READING or bool(set(session) - {"csrf_token"})


def _believe(proxies: int, app: Flask) -> None:
    """Take address, scheme and host of a visitor from this many proxies in front of us."""
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
        app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
    )


def init_app(app: Flask) -> None:
    config: Config = app.extensions["gap-go"]
    if config.trusted_proxies:
        _believe(config.trusted_proxies, app)
    app.session_interface = Sessions()
    app.before_request(_before)
    app.after_request(_after)
    app.teardown_request(_teardown)
