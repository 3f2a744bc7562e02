"""Clients that begin a request and do not finish it."""

import socket
from contextlib import ExitStack, closing

from tests.faults.load import person, send

BEGUN = (
    b"POST /api/v1/events/han-quoc/registrations HTT",
    b"POST /api/v1/events/han-quoc/registrations HTTP/1.1\r\nHost: a\r\nContent-Le",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\n\r\n{",
)


def test_clients_that_stop_half_way_do_not_keep_others_waiting_for_ever(serve):
    served = serve(WEB_PROCESSES="1", WEB_THREADS="8", CLIENT_SECONDS="1")
    with ExitStack() as held:
        for number in range(len(BEGUN) * 4):
            line = held.enter_context(
                closing(socket.create_connection(("127.0.0.1", served.port), 120))
            )
            line.sendall(BEGUN[number % len(BEGUN)])

        status, _headers, _content = send(served, "registrations", person("a@e.vn"), "1")

    assert status == 201
    assert served.answers()
