"""How plainly a text reads: a formula with its source, words that blame, places that nobody filled in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.packs.load import presets
from interlude.core.readability import BLAME, grade, hard_words, places_to_fill, reading

HARD = (
    "Considerable therapeutic communication necessitates appropriately individualised consideration of "
    "organisational availability, notwithstanding contractual obligations."
)
# Worked by hand from the formula: words, sentences, syllables.
TABLE = [
    ("The cat sat on the mat.", 6, 1, 6),
    ("I read at noon. You hear by Friday.", 8, 2, 9),
    ("Write when you are stuck.", 5, 1, 5),
    ("We talk about it in our next session.", 8, 1, 10),
]


@pytest.mark.contract("A48")
@pytest.mark.parametrize(("text", "words", "sentences", "syllables"), TABLE)
def test_the_grade_is_the_formula_of_flesch_and_kincaid(
    text: str, words: int, sentences: int, syllables: int
) -> None:
    assert grade(text) == pytest.approx(0.39 * words / sentences + 11.8 * syllables / words - 15.59)


def test_plain_words_are_plain_and_hard_words_are_hard() -> None:
    assert reading("I read at noon. You hear by Friday.").is_plain
    assert reading(HARD).whole_grade > 15
    assert not reading(HARD).is_plain
    assert reading("One.").whole_grade == 1


@pytest.mark.parametrize("text", ["", " \n ", "12:00, 17:00", "मैं दोपहर में पढ़ती हूँ।", "أقرأ الرسائل ظهرا"])
def test_where_the_formula_says_nothing_there_is_no_grade(text: str) -> None:
    assert reading(text).grade is None
    assert reading(text).is_plain


def test_the_longest_sentence_is_named() -> None:
    read = reading("Short. This one has six words here. Tiny.")
    assert (read.longest, read.longest_words) == ("This one has six words here", 6)


@pytest.mark.contract("A42", "A45")
@pytest.mark.parametrize(
    "text",
    [
        "Unfortunately I cannot answer.",
        "As per our policy you hear in two days.",
        "Please do not reply.",
        "This inbox is not monitored.",
        "I am always here for you.",
        "Emergencies only.",
        "You wrote too many messages.",
        "You must wait.",
        "That is inappropriate and demanding.",
        "Under no circumstances.",
    ],
)
def test_words_that_may_be_heard_as_blame_are_named_with_what_to_do(text: str) -> None:
    found = hard_words(text)
    assert found
    assert all(one.words in text and one.instead in BLAME.values() for one in found)


@pytest.mark.parametrize("id", presets())
def test_no_shipped_text_blames_or_leaves_a_place_to_fill(id: str) -> None:
    read = reading(presets()[id].client_text)
    assert (read.hard, read.places) == ((), ())
    assert read.is_plain, read.grade


def test_places_to_fill_in_are_found_in_the_order_of_the_text() -> None:
    text = "Dear [name], on {day} I read at <time>. Signed ____, XXX. [name]"
    assert places_to_fill(text) == ("[name]", "{day}", "<time>", "____", "XXX")
    assert places_to_fill("I read at 12:00 (noon) and answer 3 < 4 notes.") == ()


@given(st.text(max_size=400))
def test_no_text_breaks_it_and_nothing_is_said_that_is_not_there(text: str) -> None:
    read = reading(text)
    assert all(one.words in text for one in read.hard)
    assert all(place in text for place in read.places)
    assert read.longest in text
    assert read.whole_grade is None or read.whole_grade >= 1


@given(st.lists(st.sampled_from(["a", "cat", "session", "appointment"]), min_size=1, max_size=30))
def test_cutting_a_sentence_in_two_never_makes_it_harder(words: list[str]) -> None:
    whole, half = " ".join(words) + ".", len(words) // 2
    cut = ". ".join(filter(None, [" ".join(words[:half]), " ".join(words[half:])])) + "."
    assert grade(cut) <= grade(whole) + 1e-9
