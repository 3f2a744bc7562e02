"""Sending to an address somebody typed, without letting it lead into our own network.

The name is looked up once, every address it has must be a public one, and the connection
goes to that very address: a name that changes its mind in between leads nowhere else.
Redirects are not followed.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network, IPv6Network
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 10
Networks = Iterable[IPv4Network | IPv6Network]


class Unreachable(Exception):
    """It could not be sent; the message says why, without what was sent."""


class Forbidden(Unreachable):
    """The address leads where we do not send."""


def post(url: str, body: bytes, headers: Mapping[str, str], *, allowed: Networks = ()) -> int:
    """The status the other side answered. Raises Forbidden or Unreachable.

    Only https to public addresses, and http or https to the networks `allowed` besides.
    """
    parts = urlsplit(url)
    host, is_https = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_https else 80)
    address = _address_of(host, port, allowed=tuple(allowed), is_https=is_https)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
    try:
        connection.sock = _connected(address, port, host if is_https else "")
        connection.request("POST", path, body=body, headers={**headers, "Connection": "close"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise Unreachable(f"{type(fault).__name__}: {fault}"[:200]) from None
    finally:
        connection.close()


def _address_of(
    host: str, port: int, *, allowed: tuple[IPv4Network | IPv6Network, ...], is_https: bool
) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("the name of this host is not known") from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        ip = ipaddress.ip_address(address.partition("%")[0])
        mapped = getattr(ip, "ipv4_mapped", None) or ip
        is_allowed = any(mapped in network for network in allowed)
        if not is_allowed and not (is_https and mapped.is_global and not mapped.is_multicast):
            raise Forbidden("this address is not on the public internet, or not https")
    return addresses[0]


def _connected(address: str, port: int, tls_host: str) -> socket.socket:
    plain = socket.create_connection((address, port), TIMEOUT_SECONDS)
    if not tls_host:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=tls_host)
    except BaseException:
        plain.close()
        raise
