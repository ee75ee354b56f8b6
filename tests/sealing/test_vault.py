"""Sealed words open in their own place with their own key, and nowhere else."""

from __future__ import annotations

import base64
import os
import random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.sealing.models import ClientKey, PracticeKey
from interlude.sealing.vault import (
    Sealer,
    Unopenable,
    make_practice_key,
    open_for_installation,
    seal_for_installation,
)

pytestmark = pytest.mark.usefixtures("db")
WORDS = "A canary: \u202eनमस्ते 🙂\0 and a line\nmore."
PLACE = "messaging.message:1"
SEED = 20260513


@pytest.fixture
def practice() -> UUID:
    practice = uuid4()
    make_practice_key(practice)
    return practice


@pytest.fixture
def client(practice: UUID) -> UUID:
    client = uuid4()
    Sealer(practice).make_client_key(client)
    return client


@pytest.fixture
def sealed(practice: UUID, client: UUID) -> bytes:
    return Sealer(practice).seal(client, PLACE, WORDS)


def test_words_come_back_as_they_were(practice: UUID, client: UUID, sealed: bytes) -> None:
    assert Sealer(practice).open(client, PLACE, sealed) == WORDS
    assert b"canary" not in sealed


def test_the_same_words_look_different_each_time(practice: UUID, client: UUID) -> None:
    sealer = Sealer(practice)
    assert len({sealer.seal(client, PLACE, WORDS) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "place", ["messaging.message:2", "messaging.reply:1", "messaging.message:1 ", "", "messaging.message:1|x"]
)
def test_words_moved_to_another_row_or_field_do_not_open(
    place: str, practice: UUID, client: UUID, sealed: bytes
) -> None:
    with pytest.raises(Unopenable):
        Sealer(practice).open(client, place, sealed)


def test_words_moved_to_another_client_do_not_open(practice: UUID, client: UUID, sealed: bytes) -> None:
    other = uuid4()
    Sealer(practice).make_client_key(other)
    with pytest.raises(Unopenable):
        Sealer(practice).open(other, PLACE, sealed)


def test_swapping_the_keys_of_two_clients_opens_neither(practice: UUID, client: UUID, sealed: bytes) -> None:
    other = uuid4()
    Sealer(practice).make_client_key(other)
    one, two = ClientKey.objects.get(client_id=client), ClientKey.objects.get(client_id=other)
    one.wrapped, two.wrapped = two.wrapped, one.wrapped
    one.save()
    two.save()
    for who in (client, other):
        with pytest.raises(Unopenable):
            Sealer(practice).open(who, PLACE, sealed)


def test_another_practice_cannot_open_them(client: UUID, sealed: bytes) -> None:
    elsewhere = uuid4()
    make_practice_key(elsewhere)
    with pytest.raises(Unopenable):
        Sealer(elsewhere).open(client, PLACE, sealed)
    ClientKey.objects.filter(client_id=client).update(practice_id=elsewhere)
    with pytest.raises(Unopenable):
        Sealer(elsewhere).open(client, PLACE, sealed)


def test_a_flipped_bit_anywhere_is_refused(practice: UUID, client: UUID, sealed: bytes) -> None:
    chance, sealer = random.Random(SEED), Sealer(practice)
    for _ in range(1000):
        byte, bit = chance.randrange(len(sealed)), 1 << chance.randrange(8)
        changed = sealed[:byte] + bytes([sealed[byte] ^ bit]) + sealed[byte + 1 :]
        with pytest.raises(Unopenable):
            sealer.open(client, PLACE, changed)


@pytest.mark.parametrize("length", [0, 1, 5, 12, 13, 20, 28])
def test_a_cut_text_is_refused(length: int, practice: UUID, client: UUID, sealed: bytes) -> None:
    with pytest.raises(Unopenable):
        Sealer(practice).open(client, PLACE, sealed[:length])


def test_another_version_is_refused(practice: UUID, client: UUID, sealed: bytes) -> None:
    with pytest.raises(Unopenable):
        Sealer(practice).open(client, PLACE, b"\x09" + sealed[1:])


def test_without_their_key_a_clients_words_are_gone(practice: UUID, client: UUID, sealed: bytes) -> None:
    ClientKey.objects.filter(client_id=client).delete()
    with pytest.raises(Unopenable, match="their words were erased"):
        Sealer(practice).open(client, PLACE, sealed)


def test_a_wrong_installation_key_opens_nothing(
    practice: UUID, client: UUID, sealed: bytes, settings: Any
) -> None:
    settings.SEAL_KEY = f"1:{_new_key()}"
    with pytest.raises(Unopenable):
        Sealer(practice).open(client, PLACE, sealed)
    settings.SEAL_KEY = f"7:{_new_key()}"
    with pytest.raises(Unopenable, match="installation key 1 is not in INTERLUDE_SEAL_KEY"):
        Sealer(practice).open(client, PLACE, sealed)


def test_a_new_installation_key_in_front_leaves_old_words_readable(
    practice: UUID, client: UUID, sealed: bytes, settings: Any
) -> None:
    old = settings.SEAL_KEY
    settings.SEAL_KEY = f"2:{_new_key()},{old}"
    assert Sealer(practice).open(client, PLACE, sealed) == WORDS
    newer = uuid4()
    make_practice_key(newer)
    assert bytes(PracticeKey.objects.get(practice_id=newer).wrapped)[1:5] == (2).to_bytes(4)
    settings.SEAL_KEY = old
    with pytest.raises(Unopenable, match="installation key 2"):
        Sealer(newer).make_client_key(uuid4())


def test_secrets_of_the_installation_open_in_their_place_alone() -> None:
    kept = seal_for_installation("accounts.second_factor", "JBSWY3DP")
    assert "JBSWY3DP" not in kept
    assert open_for_installation("accounts.second_factor", kept) == "JBSWY3DP"
    with pytest.raises(Unopenable):
        open_for_installation("accounts.something_else", kept)


def test_an_error_names_the_place_and_never_the_words(practice: UUID, client: UUID, sealed: bytes) -> None:
    with pytest.raises(Unopenable) as refused:
        Sealer(practice).open(client, "messaging.reply:9", sealed)
    assert "messaging.reply:9" in str(refused.value)
    assert "canary" not in str(refused.value)


def test_many_clients_are_fetched_by_one_question(practice: UUID) -> None:
    clients = [uuid4() for _ in range(30)]
    for each in clients:
        Sealer(practice).make_client_key(each)
    words = {each: Sealer(practice).seal(each, PLACE, str(each)) for each in clients}
    sealer = Sealer(practice)
    with CaptureQueriesContext(connection) as asked:
        sealer.fetch(clients)
        assert all(sealer.open(each, PLACE, words[each]) == str(each) for each in clients)
    assert len(asked) == 2, "the clients' keys, and the practice's"


def test_no_key_lies_in_the_database_in_clear(practice: UUID, client: UUID) -> None:
    sealer = Sealer(practice)
    own = sealer._practice_key()
    rows = [bytes(row.wrapped) for row in [*ClientKey.objects.all(), *PracticeKey.objects.all()]]
    assert all(own not in row for row in rows)


def _new_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def test_what_is_the_practices_opens_in_its_place_and_for_no_other_practice(practice: UUID) -> None:
    sealed = Sealer(practice).seal_for_practice("piece:1", WORDS)
    assert WORDS.encode() not in sealed
    assert Sealer(practice).open_for_practice("piece:1", sealed) == WORDS
    for where, blob in (("piece:2", sealed), ("piece:1", sealed[:-1]), ("piece:1", b"\x09" + sealed[1:])):
        with pytest.raises(Unopenable):
            Sealer(practice).open_for_practice(where, blob)
    other = uuid4()
    make_practice_key(other)
    with pytest.raises(Unopenable):
        Sealer(other).open_for_practice("piece:1", sealed)
