"""One POST to a push service: no redirect is followed, no body is kept, nobody waits long."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from interlude.outbox.push_hosts import address_of

PATIENCE = 5  # seconds; shorter than a lease


@dataclass(frozen=True, slots=True)
class Answered:
    """What a push service said. 0: it said nothing."""

    status: int
    retry_after: str = ""


class _Plain(HTTPConnection):
    """Connects to the address that was looked at, not to one that its name may have by then."""

    def connect(self) -> None:
        self.sock = socket.create_connection(address_of(self.host, self.port), self.timeout)


class _Sealed(HTTPSConnection):
    def connect(self) -> None:
        plain = socket.create_connection(address_of(self.host, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def post(endpoint: str, body: bytes, headers: dict[str, Any]) -> Answered:
    """Send, and return what came back; a service that cannot be reached said nothing."""
    place = urlsplit(endpoint)
    kind = _Sealed if place.scheme == "https" else _Plain
    connection = kind(place.hostname or "", place.port, timeout=PATIENCE)
    try:
        connection.request(
            "POST", f"{place.path}?{place.query}" if place.query else place.path, body, headers
        )
        answer = connection.getresponse()
        return Answered(answer.status, answer.getheader("Retry-After") or "")
    except (OSError, HTTPException):
        return Answered(0)
    finally:
        connection.close()
