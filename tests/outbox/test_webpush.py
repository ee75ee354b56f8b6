"""Sealing and signing a push: the vector of the standard, one length, keys that no browser gives."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from interlude.outbox import webpush
from tests.cast import NOW
from tests.outbox.push_service import Phone

# RFC 8291, section 5 and appendix A
TEXT = b"When I grow up, I want to be a watermelon"
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_vector_of_the_standard_comes_out_byte_for_byte() -> None:
    key, salt = webpush.own_key(SENDER), webpush.decoded(SALT)
    body = webpush.encrypt(TEXT, P256DH, AUTH, length=None, key=key, salt=salt)
    assert webpush.coded(body) == BODY


def test_every_push_has_one_length_and_no_two_are_alike() -> None:
    phone = Phone()
    given = phone.subscription("")
    bodies = [webpush.encrypt(text, given.p256dh, given.auth) for text in (b"", b"A.", b"A" * webpush.LENGTH)]
    bodies += [webpush.encrypt(b"A.", given.p256dh, given.auth)]
    assert len({len(body) for body in bodies}) == 1 and len(set(bodies)) == 4
    assert phone.opened(bodies[1]) == b"A."
    with pytest.raises(ValueError, match="does not fit"):
        webpush.encrypt(b"A" * (webpush.LENGTH + 1), given.p256dh, given.auth)


@pytest.mark.parametrize(
    "p256dh", ["", "A", "not base64 at all", webpush.coded(b"\4" + b"\1" * 64), P256DH[:-4]]
)
def test_a_key_that_is_none_is_refused(p256dh: str) -> None:
    with pytest.raises(webpush.BadSubscription):
        webpush.their_key(p256dh)


@pytest.mark.parametrize("auth", ["", "AAAA", "é", webpush.coded(b"1" * 17)])
def test_a_secret_of_another_size_is_refused(auth: str) -> None:
    with pytest.raises(webpush.BadSubscription):
        webpush.auth_secret(auth)


def test_the_token_says_who_sends_to_which_service_until_when() -> None:
    key = webpush.own_key(SENDER)
    header = webpush.signed("https://web.push.apple.com/abc/d", key=key, contact="https://a.example", now=NOW)
    token, public = header.removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")
    assert json.loads(webpush.decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    said = json.loads(webpush.decoded(claims))
    assert said["aud"] == "https://web.push.apple.com" and said["sub"] == "https://a.example"
    assert NOW.timestamp() < said["exp"] <= (NOW + timedelta(hours=24)).timestamp()
    raw = webpush.decoded(signature)
    numbers = (int.from_bytes(part, "big") for part in (raw[:32], raw[32:]))
    offered = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), webpush.decoded(public))
    offered.verify(encode_dss_signature(*numbers), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
