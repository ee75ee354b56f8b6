"""A push service on this machine and a browser's keys: what arrived can be opened, as only that browser could."""

from __future__ import annotations

import json
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interlude.outbox.device import Subscription
from interlude.outbox.webpush import coded, point_of


class Phone:
    """A browser with keys of its own."""

    def __init__(self, key: ec.EllipticCurvePrivateKey | None = None, auth: bytes | None = None) -> None:
        self.key = key or ec.generate_private_key(ec.SECP256R1())
        self.auth = auth or os.urandom(16)

    def subscription(self, endpoint: str) -> Subscription:
        return Subscription(endpoint, coded(point_of(self.key.public_key())), coded(self.auth))

    def opened(self, body: bytes) -> bytes:
        """RFC 8188 from the other side, written apart from the code that seals."""
        salt, (size, length) = body[:16], struct.unpack(">IB", body[16:21])
        assert size >= len(body) - 21 - length
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self.key.exchange(ec.ECDH(), other)
        own = point_of(self.key.public_key())
        material = _hkdf(shared, self.auth, b"WebPush: info\0" + own + theirs, 32)
        key = _hkdf(material, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(material, salt, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert padded[-1:] == b"\2"
        return padded[:-1]


def _hkdf(secret: bytes, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(hashes.SHA256(), size, salt, info).derive(secret)


class Service:
    """What arrived, and what is answered next: a status, or a status and headers."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.arrived: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 201
        self.headers: dict[str, str] = {}

    def endpoint(self, name: str = "one") -> str:
        return f"http://127.0.0.1:{self.port}/push/{name}"

    def told(self, phone: Phone) -> list[Any]:
        return [json.loads(phone.opened(body)) for _, _, body in self.arrived]


@contextmanager
def push_service() -> Iterator[Service]:
    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.arrived.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(service.status)
            for name, value in service.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *said: Any) -> None:
            """Nothing: the test looks at what arrived."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    service = Service(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield service
    server.shutdown()
    server.server_close()
