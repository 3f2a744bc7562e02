"""Exit 0 when the server in this container answers. Speaks to BIND, an address or `unix:PATH`."""

import http.client
import os
import socket
import sys

PATIENCE_SECONDS = 4


def connection(bind: str) -> http.client.HTTPConnection:
    if not bind.startswith("unix:"):
        port = int(bind.rpartition(":")[2])
        return http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    made = http.client.HTTPConnection("localhost", timeout=PATIENCE_SECONDS)
    made.sock = socket.socket(socket.AF_UNIX)
    made.sock.settimeout(PATIENCE_SECONDS)
    made.sock.connect(bind.removeprefix("unix:"))
    return made


if __name__ == "__main__":
    asked = connection(os.environ.get("BIND", "127.0.0.1:8000"))
    asked.request("GET", "/healthz")
    sys.exit(asked.getresponse().status != 200)
