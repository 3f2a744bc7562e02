"""Sending to an address somebody typed, without letting it lead into our own network.

The name is looked up once, every address it has must be a public one, and the connection
goes to that very address: a name that changes its mind in between leads nowhere else.
Redirects are not followed, of an answer only the status is read, and all of it ends in time.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from threading import Timer
from urllib.parse import SplitResult, urlsplit

TIMEOUT_SECONDS = 10
LONGEST_SECONDS = 30.0
"""However often a byte comes."""
Networks = Iterable[IPv4Network | IPv6Network]
ORDINARY, SIX_TO_FOUR = IPv6Network("2000::/3"), IPv6Network("2002::/16")
TRANSLATED = IPv6Network("64:ff9b::/96")


class Unreachable(Exception):
    """It could not be sent; the message says why, without what was sent."""


class Forbidden(Unreachable):
    """The address leads where we do not send."""


def post(url: str, body: bytes, headers: Mapping[str, str], *, allowed: Networks = ()) -> int:
    """The status the other side answered. Raises Forbidden or Unreachable.

    Only https to public addresses, and http or https to the networks `allowed` besides.
    """
    parts, port = parsed(url)
    host, is_https = parts.hostname or "", parts.scheme == "https"
    address = _address_of(host, port, allowed=tuple(allowed), is_https=is_https)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
    try:
        plain = socket.create_connection((address, port), TIMEOUT_SECONDS)
        with _ended_in_time(plain):
            connection.sock = _secured(plain, host) if is_https else plain
            connection.request("POST", path, body=body, headers={**headers, "Connection": "close"})
            return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise Unreachable(f"{type(fault).__name__}: {fault}"[:200]) from None
    finally:
        connection.close()


def parsed(url: str) -> tuple[SplitResult, int]:
    """An address and its port. Raises Forbidden."""
    try:
        parts = urlsplit(url)
        return parts, parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):
        raise Forbidden("this is no address of the web") from None


def _address_of(
    host: str, port: int, *, allowed: tuple[IPv4Network | IPv6Network, ...], is_https: bool
) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("the name of this host is not known") from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        ip = _meant(ipaddress.ip_address(address.partition("%")[0]))
        is_allowed = any(ip in network for network in allowed)
        if not is_allowed and not (is_https and _is_public(ip)):
            raise Forbidden("this address is not on the public internet, or not https")
    return addresses[0]


def _meant(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Where an address leads that holds one of the older kind."""
    if isinstance(ip, IPv6Address) and ip in TRANSLATED:
        return IPv4Address(ip.packed[-4:])
    return getattr(ip, "ipv4_mapped", None) or ip


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    is_usual = isinstance(ip, IPv4Address) or (ip in ORDINARY and ip not in SIX_TO_FOUR)
    return is_usual and ip.is_global and not ip.is_multicast


@contextmanager
def _ended_in_time(line: socket.socket) -> Iterator[None]:
    """Hang up on who keeps us waiting by sending a little now and then."""
    same = line.dup()
    timer = Timer(LONGEST_SECONDS, _hang_up, [same])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        same.close()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _secured(plain: socket.socket, host: str) -> socket.socket:
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise
