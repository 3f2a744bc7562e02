"""The application on a port of this machine, for browsers."""

import random
import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from matchmaking.core.database import db

PORTS = range(20_000, 32_000)
"""Below those that connections leave from: nothing else takes one while a server is off."""


def free_port() -> int:
    for port in random.sample(PORTS, 100):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)):
                return port
    raise OSError("no free port")


class Server:
    """Can be switched off and on again at one address."""

    def __init__(self, app: Flask) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._app = app
        self._running: tuple[BaseWSGIServer, threading.Thread] | None = None

    def open(self) -> None:
        """From now on it answers, and knows what the test has written so far."""
        db.session.commit()
        server = make_server("127.0.0.1", self.port, self._answer, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self._running = (server, thread)

    def close(self) -> None:
        if self._running:
            server, thread = self._running
            server.shutdown()
            thread.join()
            server.server_close()
            self._running = None

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """In one piece: Werkzeug leaves an answer unclosed, and its file, when the reader hangs up."""
        answer = self._app.wsgi_app(environ, start)
        try:
            return [b"".join(answer)]
        finally:
            if hasattr(answer, "close"):
                answer.close()
