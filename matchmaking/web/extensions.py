"""The Flask extensions, made once and bound to the app in `app.create_app`."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect

babel = Babel()
csrf = CSRFProtect()
login = LoginManager()


class Sessions(SecureCookieSessionInterface):
    """Who brings no cookie, as programs do, has an empty session: there is nothing to check."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)
