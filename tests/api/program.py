"""Another program that uses the API: sends JSON with its token, keeps every answer to the contract."""

from typing import Any

from flask import Flask, g
from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from matchmaking.api.endpoint import ENDPOINTS, Endpoint
from matchmaking.api.openapi import address_of, document
from matchmaking.core.database import db
from matchmaking.events.models import Event, TokenScope
from matchmaking.events.services.tokens import create_token

API = "/api/v1"
PLACES = "/events/han-quoc/registrations"
ANH = {
    "full_name": "Nguyễn Thị Ánh",
    "email": "anh@example.com",
    "ticket_type": "delegate",
    "consents": ["processing"],
}


class Program:
    """Each answer is checked against the OpenAPI document."""

    def __init__(self, app: Flask, token: str = "", *, language: str = "en") -> None:
        self.client = app.test_client()
        self.headers = {"Accept-Language": language}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.send("POST", path, json={} if body is None else body, **options)

    def patch(self, path: str, body: Any, **options: Any) -> TestResponse:
        return self.send("PATCH", path, json=body, **options)

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {**self.headers, **options.pop("headers", {})}
        db.session.commit()
        for name in list(g):
            g.pop(name)
        answer = self.client.open(API + path, method=method, headers=headers, **options)
        db.session.rollback()
        self._assert_documented(answer)
        return answer

    def _assert_documented(self, answer: TestResponse) -> None:
        """Status, media type and body are those the OpenAPI document names for this call."""
        call = self._call_of(answer)
        if call is None or answer.status_code == 304:
            return
        responses = document()["paths"][address_of(call)][call.method.lower()]["responses"]
        assert str(answer.status_code) in responses, (answer.request.path, answer.text)
        content = responses[str(answer.status_code)]["content"]
        assert answer.mimetype in content
        if schema := content[answer.mimetype].get("schema"):
            whole = {**schema, "components": document()["components"]}
            Draft202012Validator(whole).validate(answer.get_json(force=True))

    def _call_of(self, answer: TestResponse) -> Endpoint | None:
        """None where no call was reached."""
        addresses = self.client.application.url_map.bind("localhost")
        try:
            name, _parts = addresses.match(answer.request.path, answer.request.method)
        except HTTPException:
            return None
        return next((call for call in ENDPOINTS if f"api.{call.name}" == name), None)


def program_of(app: Flask, event: Event, scope: TokenScope = TokenScope.ORGANIZER) -> Program:
    _row, secret = create_token(event, scope=scope, name="Chamber of Commerce")
    db.session.commit()
    return Program(app, secret)


def problem_of(answer: TestResponse) -> dict[str, Any]:
    assert answer.mimetype == "application/problem+json"
    return answer.get_json()
