"""Programs that register delegates and check them in, and remember what they were told."""

import http.client
import json
import threading
import uuid
from contextlib import closing
from typing import Any

from tests.faults.serving import SLUG, Served

AFTER = 0.05


class Load:
    """Each thing is sent, under one Idempotency-Key, until it has an answer that is none of a fault."""

    def __init__(self, served: Served, clients: int = 4) -> None:
        self.served = served
        self.over = threading.Event()
        self.registered: dict[str, str] = {}
        self.admitted: dict[str, str] = {}
        self.unavailable = 0
        self.broken_off = 0
        self.strange: list[str] = []
        self._clients = [threading.Thread(target=self._work, args=(n,)) for n in range(clients)]

    def start(self) -> "Load":
        for client in self._clients:
            client.start()
        return self

    def stop(self) -> None:
        self.over.set()
        for client in self._clients:
            client.join()

    def _work(self, client: int) -> None:
        number = 0
        while not self.over.wait(AFTER):
            number += 1
            email = f"delegate{number}.{client}@example.com"
            made = self._until_answered("registrations", person(email), 201)
            if made:
                self.registered[email] = made["code"]
                scan = {"scan_id": str(uuid.uuid4()), "code": made["code"], "gate": "A"}
                told = self._until_answered("check-ins", scan, 200)
                if told:
                    self.admitted[scan["scan_id"]] = told["result"]

    def _until_answered(self, path: str, body: dict[str, Any], hoped_for: int) -> Any:
        """What it was answered; None when it is time to stop."""
        key = str(uuid.uuid4())
        while not self.over.is_set():
            try:
                status, headers, content = send(self.served, path, body, key)
            except (OSError, http.client.HTTPException):
                self.broken_off += 1
            else:
                if status == hoped_for:
                    return json.loads(content)
                if status == 503 and headers.get("Retry-After", "").isdecimal():
                    self.unavailable += 1
                else:
                    self.strange.append(f"{path}: {status} {content[:300]!r}")
                    return None
            self.over.wait(AFTER)
        return None


def person(email: str) -> dict[str, Any]:
    return {
        "full_name": "Nguyễn Thị Ánh",
        "email": email,
        "ticket_type": "delegate",
        "consents": ["processing"],
    }


def send(
    served: Served, path: str, body: dict[str, Any], key: str, *, timeout: float = 120
) -> tuple[int, Any, bytes]:
    """One request of a program that carries the organizer's token."""
    headers = {
        "Authorization": f"Bearer {served.token}",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
    }
    with closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=timeout)) as line:
        line.request("POST", f"/api/v1/events/{SLUG}/{path}", json.dumps(body), headers)
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read()
