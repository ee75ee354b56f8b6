"""What differs between two versions is marked, word by word, and the page stays sound."""

from __future__ import annotations

import re
from typing import Any

from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from interlude.agreements.marking import marked

words = st.sampled_from(["Monday", "Tuesday", "3", "2", "messages", "&amp;", "a,", "17:00"])
pieces = st.lists(words | st.sampled_from(["<p>", "</p>", "<ul><li>", "</li></ul>", " ", "\n"]), max_size=20)


def both(before: str, after: str) -> tuple[str, str]:
    return marked(mark_safe(before), mark_safe(after))


def test_the_word_that_changed_is_marked_and_no_other() -> None:
    one, two = both("<p>We planned up to 3 messages.</p>", "<p>We planned up to 2 messages.</p>")
    assert one == "<p>We planned up to <del>3</del> messages.</p>"
    assert two == "<p>We planned up to <ins>2</ins> messages.</p>"


def test_a_day_taken_out_of_a_series_is_marked_alone() -> None:
    one, two = both("Monday, Tuesday and Thursday", "Monday and Thursday")
    assert one == "Monday<del>, Tuesday</del> and Thursday"
    assert two == "Monday and Thursday"


def test_a_mark_never_reaches_across_a_tag() -> None:
    _, two = both("<p>Old.</p>", "<ul><li>New.</li><li>More.</li></ul>")
    assert two == "<ul><li><ins>New.</ins></li><li><ins>More.</ins></li></ul>"


@given(before=pieces, after=pieces)
def test_without_the_marks_both_are_as_they_were(before: Any, after: Any) -> None:
    for given_text, marked_text in zip((before, after), both("".join(before), "".join(after)), strict=True):
        assert re.sub(r"</?(del|ins)>", "", marked_text) == "".join(given_text)


def test_what_is_the_same_has_no_marks() -> None:
    assert both("<p>The same.</p>", "<p>The same.</p>") == ("<p>The same.</p>", "<p>The same.</p>")
