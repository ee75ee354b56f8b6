"""How plainly a text reads in Spanish and in Hindi: formulas with their source, worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.reading_ease import (
    EASY,
    NORMAL,
    aksharas,
    hindi_measure,
    perspicuity,
    spanish_syllables,
)

HARD = (
    "La comunicación terapéutica individualizada requiere consideraciones organizacionales significativas, "
    "independientemente de las obligaciones contractuales."
)
# Worked by hand: words, sentences, syllables.
TABLE = [
    ("Leo al mediodía. Usted sabe el viernes.", 7, 2, 14),
    ("El gato está aquí.", 4, 1, 7),
    ("¿Quién lee esto? ¡Nadie más!", 5, 2, 8),
    ("No hay prisa; puede esperar hasta el lunes.", 8, 2, 14),
]


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        *[("y", 1), ("hay", 1), ("muy", 1), ("yo", 1), ("quien", 1), ("guion", 1), ("que", 1)],
        *[("día", 2), ("país", 2), ("aquí", 2), ("ciudad", 2), ("cuida", 2), ("viuda", 2), ("mayo", 2)],
        *[("oía", 3), ("ahora", 3), ("guitarra", 3), ("tenía", 3), ("leído", 3), ("pingüino", 3)],
        *[("aéreo", 4), ("respuesta", 3), ("terapeuta", 4), ("averiguáis", 4), ("calendario", 4)],
    ],
)
def test_vowels_that_are_heard_apart_are_syllables_of_their_own(word: str, syllables: int) -> None:
    assert spanish_syllables(word) == syllables


@pytest.mark.parametrize(("text", "words", "sentences", "syllables"), TABLE)
def test_the_ease_of_spanish_is_the_formula_of_szigriszt_pazos(
    text: str, words: int, sentences: int, syllables: int
) -> None:
    assert perspicuity(text) == pytest.approx(206.835 - 62.3 * syllables / words - words / sentences)


def test_plain_spanish_is_easy_and_an_offices_spanish_is_not() -> None:
    assert perspicuity("Leo al mediodía. Usted sabe el viernes.") > EASY
    assert perspicuity(HARD) < NORMAL


@pytest.mark.parametrize(
    ("word", "units"),
    [("मैं", 1), ("हूँ", 1), ("पढ़ती", 3), ("अभ्यास", 3), ("सेशन", 3), ("स्क्रीन", 2), ("इमरजेंसी", 5), ("आइए", 3)],
)
def test_aksharas_are_vowels_and_joined_consonants(word: str, units: int) -> None:
    assert aksharas(word) == units


def test_hindi_is_measured_by_its_sentences_and_long_words() -> None:
    measure = hindi_measure("मैं दोपहर में पढ़ती हूँ। आपको Ada से इमरजेंसी में जवाब मिलता है।")
    assert measure is not None and measure.is_plain is False
    assert (measure.words_a_sentence, measure.longest, measure.long_words) == (6.5, 8, pytest.approx(1 / 13))
    short = hindi_measure("मैं दोपहर में पढ़ती हूँ। आपको जवाब मिलता है।")
    assert short is not None and short.is_plain
    endless = hindi_measure(" ".join(["अगर"] * 27) + "। " + "हाँ। " * 9)
    assert endless is not None and endless.words_a_sentence < 14 and not endless.is_plain


@pytest.mark.parametrize("text", ["", " \n ", "12:00, 17:00", "।"])
def test_without_words_there_is_no_measure(text: str) -> None:
    assert perspicuity(text) is None and hindi_measure(text) is None


@given(st.text(max_size=300))
def test_no_text_breaks_the_measures(text: str) -> None:
    ease, measure = perspicuity(text), hindi_measure(text)
    assert (ease is None) == (measure is None)
    assert ease is None or ease < 150
    assert measure is None or (
        measure.longest >= measure.words_a_sentence > 0 and 0 <= measure.long_words <= 1
    )
