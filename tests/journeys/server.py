"""The application on a port of this machine, for browsers."""

import os
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


_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw9").removeprefix("gw"))
_own = PORTS[_worker % 10 :: 10]
_untried = iter(random.sample(_own, len(_own)))


def free_port() -> int:
    """Given to nobody else, even while nothing listens there: each test process has its own."""
    for port in _untried:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)):
                return port
    raise OSError("no free port")


class Server:
    """Can be switched off and on again at one address. Once off, nothing of it writes any more."""

    def __init__(self, app: Flask) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._app = app
        self._running: tuple[BaseWSGIServer, threading.Thread] | None = None
        self._changed = threading.Condition()
        self._answering = 0

    def open(self) -> None:
        """From now on it answers, and knows what the test has written so far."""
        db.session.commit()
        server = make_server("127.0.0.1", self.port, self._answer, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        self._running = (server, thread)
        thread.start()

    def close(self) -> None:
        if self._running:
            server, thread = self._running
            server.shutdown()
            thread.join()
            server.server_close()
            with self._changed:
                self._running = None
                self._changed.wait_for(lambda: not self._answering)

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        with self._changed:
            if not self._running:  # a connection from before
                environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
                raise ConnectionAbortedError
            self._answering += 1
        try:
            return [self._whole(environ, start)]
        finally:
            with self._changed:
                self._answering -= 1
                self._changed.notify_all()

    def _whole(self, environ: dict[str, Any], start: Callable[..., Any]) -> bytes:
        """In one piece: Werkzeug leaves an answer unclosed, and its file, when the reader hangs up."""
        answer = self._app.wsgi_app(environ, start)
        try:
            return b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
