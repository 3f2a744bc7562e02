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


HEAD = (
    b"POST /api/v1/events/han-quoc/registrations HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
    b"Content-Type: application/json\r\n"
)
GARBLED = (b"zz\r\n{}\r\n0\r\n\r\n", b"2\r\n{}0\r\n\r\n")


def status_of(served, request):
    """Listens only when all is sent, as many clients do."""
    with closing(socket.create_connection(("127.0.0.1", served.port), 120)) as line:
        line.sendall(request)
        return line.recv(100).split(b" ")[1]


def test_body_that_is_too_large_or_garbled_is_answered_so(serve):
    served = serve()
    large = 10_000_000

    assert status_of(served, HEAD + b"Content-Length: %d\r\n\r\n" % large + b"x" * large) == b"413"
    for pieces in GARBLED:
        chunked = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + pieces
        assert status_of(served, chunked) == b"400"
