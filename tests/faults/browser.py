"""A browser that asks real servers and keeps their cookies."""

import http.client
import re
from contextlib import closing
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.faults.serving import Served


class Browser:
    def __init__(self, served: Served) -> None:
        self.port = served.port
        self.cookies: SimpleCookie = SimpleCookie()

    def send(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={kept.value}" for name, kept in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as line:
            line.request(method, path, urlencode(form or {}), headers)
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                self.cookies.load(cookie)
            return answer.status, answer.read().decode()

    def post(self, path: str, **form: str) -> int:
        _status, page = self.send("GET", "/sign-in" if path == "/sign-in" else "/account")
        found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
        return self.send("POST", path, {"csrf_token": found[1] if found else "", **form})[0]
