"""Search finds the same in three languages, on whichever database these tests run."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.library.actions import Places, Words, change_piece
from interlude.library.finding import found_by
from interlude.library.models import Piece, title_of
from tests.cast import NOW
from tests.library.shelf import a_piece, shared

SHELF = (
    ("en", "A slower breath", "Breathe in and count to three. It helps before a talk at work."),
    ("en", "Awake at night", "If you are awake, get up. Breath comes by itself."),
    ("es", "Respiración lenta", "Inspira por la nariz y cuenta hasta tres. Sirve antes de una charla."),
    ("es", "Cuando la niñez duele", "Escribe una frase amable al niño o a la niña que fuiste."),
    ("hi", "धीमी साँस", "नाक से साँस लें और तीन तक गिनें। ज़रूरी नहीं कि गहरी हो।"),
    ("hi", "रात में नींद न आए", "उठें, रोशनी कम रखें, और मन हल्का होने दें।"),
)


@pytest.fixture
def shelf(cast: Any, in_alder: None) -> Any:
    for language, title, text in SHELF:
        a_piece(cast.ada, title=title, text=text, language=language)
    return Piece.unscoped.visible_to(cast.ada)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("breath", ["A slower breath", "Awake at night"]),
        ("BREATH three", ["A slower breath"]),
        ("slow", ["A slower breath"]),
        ("lower", []),
        ("respiracion", ["Respiración lenta"]),
        ("Inspirá", ["Respiración lenta"]),
        ("ninez", ["Cuando la niñez duele"]),
        ("nin", ["Cuando la niñez duele"]),
        ("¿charla?", ["Respiración lenta"]),
        ("सांस", ["धीमी साँस"]),
        ("साँस", ["धीमी साँस"]),
        ("जरूरी", ["धीमी साँस"]),
        ("नीं", ["रात में नींद न आए"]),
        ("मन हल्का", ["रात में नींद न आए"]),
        ("मान", []),
        ("100%", []),
        ("_reath", []),
        ("%", [title for _, title, _ in SHELF]),
    ],
)
def test_what_is_found(shelf: Any, words: str, titles: list[str]) -> None:
    found = [title_of(one) for one in found_by(words, shelf)]
    assert sorted(found) == sorted(titles)


def test_what_has_it_in_its_title_comes_first_and_then_by_title(shelf: Any, cast: Any) -> None:
    a_piece(cast.ada, title="Breath before bed", text="Slow.")
    found = [title_of(one) for one in found_by("breath", Piece.unscoped.visible_to(cast.ada))]
    assert found == ["A slower breath", "Breath before bed", "Awake at night"]


def test_a_changed_piece_is_found_by_its_new_words_alone(shelf: Any, cast: Any) -> None:
    piece = found_by("awake", shelf)[0]
    change_piece(piece, Words("Up at night", "Read."), places=Places(), by=cast.ada, now=NOW)
    assert not found_by("awake", shelf)
    assert [title_of(one) for one in found_by("read", shelf)] == ["Up at night"]


def test_both_rooms_search_in_the_body_and_among_their_own(shelf: Any, cast: Any, visit: Any) -> None:
    for piece in found_by("सांस", shelf):
        shared(piece, cast.noor.client)
    a_piece(cast.ben, title="Breath of Ben")
    ada = visit(cast.ada).post("/practice/library/", {"words": "breath"})
    assert "A slower breath" in ada.content.decode() and "Breath of Ben" not in ada.content.decode()
    noor = visit(cast.noor)
    assert "धीमी साँस" in noor.post("/my/things/", {"words": "साँस"}).content.decode()
    assert "A slower breath" not in noor.post("/my/things/", {"words": "breath"}).content.decode()
    assert "Nothing has these words in it." in noor.post("/my/things/", {"words": "breath"}).content.decode()


def test_a_search_is_one_question_however_long(shelf: Any) -> None:
    for words in ("breath", "one two three four five six seven eight nine ten eleven twelve thirteen " * 50):
        with CaptureQueriesContext(connection) as questions:
            found_by(words, shelf)
        assert len(questions) == 1
