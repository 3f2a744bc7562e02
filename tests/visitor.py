"""A browser for tests: cookies, redirects, and forms sent with their CSRF token."""

import secrets
import time
from typing import Any, Self

from flask import Flask, g
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from matchmaking.accounts.models import User
from matchmaking.accounts.services import open_session
from matchmaking.core.database import db
from matchmaking.registration.models import Registration
from tests import looks
from tests.markup import faults_in


class Visitor:
    """Sends what a person's browser would send. CSRF stays on: `post` carries a real token."""

    def __init__(self, app: Flask, *, language: str = "en") -> None:
        self.app = app
        self.client = app.test_client()
        self.headers = {"Accept-Language": language}

    def signed_in_as(self, user: User) -> Self:
        opened = open_session(user, browser="Firefox, Linux")
        db.session.commit()
        with self.client.session_transaction() as session:
            session["_user_id"] = str(opened.id)
            session["_fresh"] = True
            session["proved_at"] = session["used_at"] = int(time.time())
        return self

    def holding(self, registration: Registration) -> Self:
        """This browser has opened the registration's personal link."""
        db.session.commit()
        with self.client.session_transaction() as session:
            session["registrations"] = {registration.code: registration.link_version}
        return self

    def get(self, path: str, **options: Any) -> TestResponse:
        self._step_away()
        options.setdefault("headers", self.headers)
        return self._answer(self.client.get(path, **options))

    def post(self, path: str, form: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        self._step_away()
        options.setdefault("headers", self.headers)
        form = {"csrf_token": self._csrf_token(), **(form or {})}
        return self._answer(self.client.post(path, data=form, **options))

    @staticmethod
    def _step_away() -> None:
        """Save what the test made, and forget what an earlier request left in the shared context."""
        db.session.commit()
        for name in list(g):
            g.pop(name)

    @staticmethod
    def _answer(response: TestResponse) -> TestResponse:
        """Every page that any test fetches is valid HTML. What the test holds is read anew."""
        db.session.rollback()
        is_page = response.mimetype == "text/html" and not response.location
        if is_page and looks.ARE_CHECKED:
            faults = faults_in(response.text)
            assert faults == [], f"{response.request.path}: {faults}"
        return response

    def _csrf_token(self) -> str:
        with self.client.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        signer = URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token")
        return str(signer.dumps(raw))
