"""Sealing words: AES-256-GCM, a key per client under a practice's key under the installation's.

Security rule 23: the place (field, practice, client, row) is bound to the words, so a sealed text that is moved to
another row does not open.
"""

from __future__ import annotations

import base64
import os
import struct
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from django.conf import settings

from interlude.core.errors import InterludeError
from interlude.sealing.models import ClientKey, PracticeKey

VERSION = 1
OWN = 2  # sealed for one person of a care alone, under a key that is made from the client's
NONCE = 12


class Unopenable(InterludeError):
    """A sealed text that this key and place do not open."""


class Keyring:
    """Installation keys by number, `2:base64,1:base64`: the first wraps, all unwrap."""

    def __init__(self, spec: str) -> None:
        pairs = [part.split(":", 1) for part in spec.split(",")]
        self.keys = {int(number): AESGCM(base64.urlsafe_b64decode(key)) for number, key in pairs}
        self.current = int(pairs[0][0])

    def wrap(self, key: bytes, place: str) -> bytes:
        return struct.pack(">BI", VERSION, self.current) + _seal(self.keys[self.current], key, place)

    def unwrap(self, blob: bytes, place: str) -> bytes:
        version, number = struct.unpack(">BI", blob[:5])
        if version != VERSION or number not in self.keys:
            raise Unopenable(
                f"installation key {number} is not in INTERLUDE_SEAL_KEY; add it after the current one, "
                "separated by a comma"
            )
        return _open(self.keys[number], blob[5:], place)


@lru_cache(maxsize=4)
def _keyring(spec: str) -> Keyring:
    return Keyring(spec)


def installation() -> Keyring:
    return _keyring(settings.SEAL_KEY)


class Sealer:
    """Seals and opens one practice's words. Make one for a request or an act; it forgets its keys with it."""

    def __init__(self, practice_id: UUID) -> None:
        self.practice_id = practice_id
        self._practice: bytes | None = None
        self._clients: dict[UUID, AESGCM] = {}
        self._raw: dict[UUID, bytes] = {}

    def fetch(self, client_ids: Iterable[UUID]) -> None:
        """Unwrap several clients' keys with one query, before a list of messages is opened."""
        missing = set(client_ids) - self._clients.keys()
        for row in ClientKey.objects.filter(client_id__in=missing, practice_id=self.practice_id):
            self._remember(row)

    def seal(self, client_id: UUID, place: str, text: str) -> bytes:
        """*text* sealed for this client and this *place* (`table.field:row`)."""
        return bytes([VERSION]) + _seal(self._key(client_id), text.encode(), self._where(client_id, place))

    def open(self, client_id: UUID, place: str, blob: bytes) -> str:
        """The words again. Raises Unopenable for another place, client, practice or a changed byte."""
        sealed, where = bytes(blob), self._where(client_id, place)
        if sealed[:1] != bytes([VERSION]):
            raise Unopenable(f"the sealed text at {place} is of no version that we know")
        return _open(self._key(client_id), sealed[1:], where).decode()

    def seal_own(self, client_id: UUID, owner_id: UUID, text: str, *, place: str) -> bytes:
        """*text* for its writer alone: the client's key, with which a conversation opens, does not open it.

        It is made from the client's key, so that with that one it is erased too. Rule: R-297.
        """
        key = self._own_key(client_id, owner_id)
        return bytes([OWN]) + _seal(key, text.encode(), self._where(client_id, place))

    def open_own(self, client_id: UUID, owner_id: UUID, blob: bytes, *, place: str) -> str:
        """The words again. Raises Unopenable for another writer's. What was sealed before R-297 opens as it was."""
        sealed = bytes(blob)
        if sealed[:1] != bytes([OWN]):
            return self.open(client_id, place, sealed)
        return _open(self._own_key(client_id, owner_id), sealed[1:], self._where(client_id, place)).decode()

    def _own_key(self, client_id: UUID, owner_id: UUID) -> AESGCM:
        self._key(client_id)
        made = HKDFExpand(algorithm=SHA256(), length=32, info=f"own|{owner_id}".encode())
        return AESGCM(made.derive(self._raw[client_id]))

    def seal_for_practice(self, place: str, text: str) -> bytes:
        """What belongs to the practice and to no client, under the practice's own key."""
        return bytes([VERSION]) + _seal(AESGCM(self._practice_key()), text.encode(), self._of_practice(place))

    def open_for_practice(self, place: str, blob: bytes) -> str:
        """The same again. Raises Unopenable for another place, practice or a changed byte."""
        if blob[:1] != bytes([VERSION]):
            raise Unopenable(f"the sealed text at {place} is of no version that we know")
        return _open(AESGCM(self._practice_key()), blob[1:], self._of_practice(place)).decode()

    def _of_practice(self, place: str) -> str:
        return f"{place}|{self.practice_id}"

    def _key(self, client_id: UUID) -> AESGCM:
        if client_id not in self._clients:
            self.fetch([client_id])
        if client_id not in self._clients:
            raise Unopenable(f"client {client_id} has no key: their words were erased")
        return self._clients[client_id]

    def _remember(self, row: ClientKey) -> None:
        place = f"client:{row.client_id}"
        raw = _open(AESGCM(self._practice_key()), bytes(row.wrapped), place)
        self._raw[row.client_id], self._clients[row.client_id] = raw, AESGCM(raw)

    def _practice_key(self) -> bytes:
        if self._practice is None:
            row = PracticeKey.objects.get(practice_id=self.practice_id)
            self._practice = installation().unwrap(bytes(row.wrapped), f"practice:{self.practice_id}")
        return self._practice

    def _where(self, client_id: UUID, place: str) -> str:
        return f"{place}|{self.practice_id}|{client_id}"

    def make_client_key(self, client_id: UUID) -> None:
        wrapped = _seal(AESGCM(self._practice_key()), AESGCM.generate_key(256), f"client:{client_id}")
        ClientKey.objects.create(client_id=client_id, practice_id=self.practice_id, wrapped=wrapped)


def make_practice_key(practice_id: UUID) -> None:
    """A key for a new practice, wrapped by the installation's."""
    wrapped = installation().wrap(AESGCM.generate_key(256), f"practice:{practice_id}")
    PracticeKey.objects.create(practice_id=practice_id, wrapped=wrapped)


def seal_for_installation(place: str, text: str) -> str:
    """A small secret of the installation itself (a second factor's seed), as text."""
    return base64.urlsafe_b64encode(installation().wrap(text.encode(), place)).decode()


def open_for_installation(place: str, sealed: str) -> str:
    return installation().unwrap(base64.urlsafe_b64decode(sealed), place).decode()


def _seal(key: AESGCM, data: bytes, place: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + key.encrypt(nonce, data, place.encode())


def _open(key: AESGCM, blob: bytes, place: str) -> bytes:
    try:
        return key.decrypt(blob[:NONCE], blob[NONCE:], place.encode())
    except (InvalidTag, ValueError):  # ValueError: too short to hold anything
        raise Unopenable(
            f"the sealed text at {place.split('|', maxsplit=1)[0]} was moved, changed or has another key"
        ) from None
