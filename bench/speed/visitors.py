"""Those who ask: browsers with cookies, programs with tokens, several at once."""

import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import TypeVar
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')

Task = TypeVar("Task")


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes

    @property
    def hidden(self) -> dict[str, str]:
        """The fields of the page's form that nobody sees."""
        fields = (dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(self.body.decode()))
        return {one["name"]: one.get("value", "") for one in fields if "name" in one}


@dataclass
class Visitor:
    """One connection, kept open; `asked` counts its requests."""

    port: int
    headers: dict[str, str] = field(default_factory=lambda: {"Accept-Language": "vi"})
    asked: int = 0

    def __post_init__(self) -> None:
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, form: dict[str, str]) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(form).encode(), kind)

    def send(self, path: str, content: object) -> Answer:
        kind = {"Content-Type": "application/json"}
        return self._ask("POST", path, json.dumps(content).encode(), kind)

    def _ask(self, method: str, path: str, body: bytes | None, more: dict[str, str]) -> Answer:
        headers = {**self.headers, **more}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={kept}" for name, kept in self.cookies.items())
        self.asked += 1
        try:
            answer = self._answered(method, path, body, headers)
        except (ConnectionError, http.client.RemoteDisconnected):
            self.connection.close()  # the server closed the idle one
            answer = self._answered(method, path, body, headers)
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: kept.value for name, kept in SimpleCookie(line).items()}
        content = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:2000].decode()}")
        return Answer(answer.status, answer.headers.get("Location", ""), content)

    def _answered(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        self.connection.request(method, path, body, headers)
        return self.connection.getresponse()


def program(port: int, token: str) -> Visitor:
    return Visitor(port, {"Authorization": f"Bearer {token}"})


def together(
    tasks: Sequence[Task],
    clients: int,
    *,
    act: Callable[[Visitor, Task], object],
    make: Callable[[], Visitor],
) -> float:
    """Do all tasks with so many clients at once; seconds it took. Raises what went wrong first."""
    faults: list[BaseException] = []

    def client(part: Sequence[Task]) -> None:
        visitor = make()
        try:
            for task in part:
                act(visitor, task)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=client, args=(tasks[n::clients],)) for n in range(clients)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return time.monotonic() - started
