"""A text that was accepted comes back from its lines as it was, and one changed word is another fingerprint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.sheet import Group, Part, fingerprint, grouped, parts_of, written

PARTS = st.lists(
    st.builds(Part, st.sampled_from(["heading", "name", "item", "words"]), st.text(max_size=60)), max_size=12
)
WORDS = st.one_of(
    st.text(max_size=40), st.sampled_from(["- a", "# b", "## c", "\\", "\\- d", "a\n\nb", "\n", " "])
)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([], ""),
        ([Part("words", "One line.")], "One line.\n"),
        (
            [Part("heading", "When"), Part("item", "Monday"), Part("item", "Tuesday")],
            "# When\n\n- Monday\n- Tuesday\n",
        ),
        ([Part("name", "Phone"), Part("words", "Not used.")], "## Phone\n\nNot used.\n"),
        ([Part("words", "- no item")], "\\- no item\n"),
        ([Part("words", "two\n\nlines")], "two\nlines\n"),
        ([Part("item", "in\none line")], "- in one line\n"),
        ([Part("words", " \n ")], ""),
    ],
)
def test_parts_are_written_as_people_write(parts: list[Part], text: str) -> None:
    assert written(parts) == text


@given(PARTS)
def test_what_was_written_is_read_back_word_for_word(parts: list[Part]) -> None:
    tidy = tuple(part for part in (each.tidy() for each in parts) if part.text)
    assert parts_of(written(parts)) == tidy
    assert written(parts_of(written(parts))) == written(parts)


@given(WORDS, WORDS)
def test_words_that_look_like_marks_stay_words(one: str, two: str) -> None:
    read = parts_of(written([Part("words", one), Part("words", two)]))
    assert [part.kind for part in read] == ["words"] * len(read)


@given(PARTS, PARTS)
def test_two_texts_share_a_fingerprint_only_where_they_are_one(one: list[Part], two: list[Part]) -> None:
    same = written(one) == written(two)
    assert (fingerprint(written(one)) == fingerprint(written(two))) is same


def test_items_that_follow_one_another_are_one_list() -> None:
    parts = [Part("item", "a"), Part("item", "b"), Part("words", "c"), Part("words", "d"), Part("item", "e")]
    assert grouped(parts) == (
        Group("item", ("a", "b")),
        Group("words", ("c",)),
        Group("words", ("d",)),
        Group("item", ("e",)),
    )
