"""Words are found however they were typed, in Latin and in Devanagari."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.search_terms import LONGEST, stem, terms_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Respiración", "respiracion"),
        ("niño", "NINO"),
        ("Straße", "STRASSE"),
        ("don’t", "don't"),
        ("co\u00adöpe\u200brate", "cooperate"),
        ("साँस", "सांस"),
        ("ज़रूरी", "जरूरी"),
        ("पढ़ना", "पढना"),
        ("क\u094d\u200dष", "क\u094dष"),
        ("ﬁnd", "find"),
        ("e\u0301tude", "étude"),
    ],
)
def test_two_ways_to_write_one_word(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other) != []


@pytest.mark.parametrize(
    ("one", "other"), [("की", "का"), ("मन", "मान"), ("दिन", "दीन"), ("si", "so"), ("हंस", "हस")]
)
def test_vowel_signs_tell_words_apart(one: str, other: str) -> None:
    assert terms_of(one) != terms_of(other)


def test_a_sentence_falls_into_its_words() -> None:
    assert terms_of("¿Qué puedo hacer, ahora mismo?") == ["que", "puedo", "hacer", "ahora", "mismo"]
    assert terms_of("मैं क्या कर सकता हूँ? ५ मिनट।") == ["मैं", "क्या", "कर", "सकता", "हूं", "५", "मिनट"]
    assert terms_of(" \n ,,, ") == []


def test_endings_fall_off_where_enough_is_left() -> None:
    assert {stem(one) for one in ("breathing", "breathe", "breaths", "breath")} == {"breath"}
    assert stem("worries") == stem("worry")
    assert stem("bus") == "bus" and stem("साँसें") == "साँसें"


@given(st.text(max_size=200))
def test_terms_of_terms_are_the_terms(text: str) -> None:
    once = terms_of(text)
    assert terms_of(" ".join(once)) == once or any(len(one) == LONGEST for one in once)
    assert all(0 < len(one) <= LONGEST for one in once)
