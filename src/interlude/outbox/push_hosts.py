"""Where a push may go: https, to a push service that is known here, at an address of the open internet. Rule: R-294.

An endpoint comes from a browser, so from anybody. Without this the worker could be made to call inner addresses.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings

LONGEST = 1_000


def is_push_service(endpoint: str) -> bool:
    """Is this an address of a push service that settings.PUSH_HOSTS names? Nothing is looked up."""
    try:
        place = urlsplit(endpoint)
        host, port = place.hostname or "", place.port
    except ValueError:
        return False
    if (
        len(endpoint) > LONGEST
        or not endpoint.isascii()
        or "@" in place.netloc
        or any(c <= " " for c in endpoint)
    ):
        return False
    if settings.PUSH_LOOPBACK and place.scheme == "http" and host == "127.0.0.1":
        return True
    return place.scheme == "https" and port in (None, 443) and _is_named(host)


def _is_named(host: str) -> bool:
    """`*.example.net` names every host below example.net, and not itself."""
    return any(
        host.endswith(named[1:]) if named.startswith("*.") else host == named for named in settings.PUSH_HOSTS
    )


def address_of(host: str, port: int) -> tuple[str, int]:
    """The address to connect to, looked up once. OSError where any of its addresses is an inner one."""
    if settings.PUSH_LOOPBACK and host == "127.0.0.1":
        return host, port
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(ipaddress.ip_address(one).is_global for one in found):
        raise OSError(f"{host} is not at an address of the open internet")
    return found[0], port
