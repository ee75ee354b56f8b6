"""One push message: sealed for one browser (RFC 8291, RFC 8188) and signed as ours (RFC 8292). Pure functions.

What a push service sees is an address, a time and a length; the length is always the same.
"""

from __future__ import annotations

import base64
import json
import os
import struct
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD = 4096
LENGTH = 1024  # of every message, before it is sealed
TOKEN_LIVES = timedelta(hours=12)  # a push service takes at most 24


class BadSubscription(ValueError):
    """Keys that no browser gives."""


def decoded(text: str) -> bytes:
    """Base64 for addresses, with or without its padding. Raises BadSubscription for anything else."""
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), b"-_", validate=True)
    except ValueError:
        raise BadSubscription("a key of this subscription is no base64") from None


def coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def their_key(p256dh: str) -> ec.EllipticCurvePublicKey:
    """A browser's public key. Raises BadSubscription for bytes that are no point of the curve."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(p256dh))
    except (ValueError, InvalidKey):
        raise BadSubscription("the key of this subscription is no point of P-256") from None


def auth_secret(auth: str) -> bytes:
    """The browser's 16 bytes. Raises BadSubscription for another number."""
    secret = decoded(auth)
    if len(secret) != 16:
        raise BadSubscription(f"the secret of this subscription has {len(secret)} bytes instead of 16")
    return secret


def encrypt(
    payload: bytes,
    p256dh: str,
    auth: str,
    *,
    length: int | None = LENGTH,
    key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push: *payload*, padded to *length*, for the one browser that has these keys.

    `key` and `salt` are fresh for each message; only a test vector gives its own.
    """
    if length is not None and len(payload) > length:
        raise ValueError(f"a push of {len(payload)} bytes does not fit into {length}; shorten its words")
    browser, secret = their_key(p256dh), auth_secret(auth)
    key, salt = key or ec.generate_private_key(CURVE), salt or os.urandom(16)
    theirs, ours = point_of(browser), point_of(key.public_key())
    shared = key.exchange(ec.ECDH(), browser)
    material = _derived(shared, salt=secret, info=b"WebPush: info\0" + theirs + ours, size=32)
    seal = AESGCM(_derived(material, salt=salt, info=b"Content-Encoding: aes128gcm\0", size=16))
    nonce = _derived(material, salt=salt, info=b"Content-Encoding: nonce\0", size=12)
    padded = payload + b"\2" + b"\0" * ((length or len(payload)) - len(payload))
    return salt + struct.pack(">IB", RECORD, len(ours)) + ours + seal.encrypt(nonce, padded, None)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(secret: bytes, *, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(hashes.SHA256(), size, salt, info).derive(secret)


def own_key(text: str) -> ec.EllipticCurvePrivateKey:
    """The installation's key out of its 32 bytes in base64, as `bin/setup` writes it. ValueError for others."""
    raw = decoded(text)
    if len(raw) != 32:
        raise ValueError(f"a push key has 32 bytes, not {len(raw)}")
    return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)


def public_text(key: ec.EllipticCurvePrivateKey) -> str:
    """What a browser is given, so that it takes messages from us alone."""
    return coded(point_of(key.public_key()))


def signed(endpoint: str, *, key: ec.EllipticCurvePrivateKey, contact: str, now: datetime) -> str:
    """The Authorization header: who sends, to which service, until when."""
    place = urlsplit(endpoint)
    claims = {
        "aud": f"{place.scheme}://{place.netloc}",
        "exp": int((now + TOKEN_LIVES).timestamp()),
        "sub": contact,
    }
    parts = ({"typ": "JWT", "alg": "ES256"}, claims)
    text = ".".join(coded(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    numbers = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    signature = b"".join(number.to_bytes(32, "big") for number in numbers)
    return f"vapid t={text}.{coded(signature)}, k={public_text(key)}"
