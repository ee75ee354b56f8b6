"""A glance at words before they leave: advice, never a block."""

from __future__ import annotations

import pytest

from interlude.core.tone import LONGEST_READ, glance


@pytest.mark.contract("D22", "A42")
def test_words_that_may_be_heard_as_blame_are_named_with_what_to_do_instead() -> None:
    seen = glance("Unfortunately you must wait. As per my policy.", planned=None)
    assert seen is not None
    assert [one.words.lower() for one in seen.hard] == ["unfortunately", "you must", "as per my policy"]
    assert all(one.instead for one in seen.hard)
    assert seen.has_advice


@pytest.mark.contract("B34")
@pytest.mark.parametrize(("words", "planned", "longer"), [(10, 9, True), (10, 10, False), (10, None, False)])
def test_an_answer_longer_than_the_plan_is_said_to_be(words: int, planned: int | None, longer: bool) -> None:
    seen = glance("yes " * words, planned=planned)
    assert seen is not None
    assert (seen.words, seen.is_longer) == (words, longer)


def test_plain_kind_words_get_no_advice() -> None:
    seen = glance("Dear Noor. Write it as it comes. We look at it on Tuesday.", planned=150)
    assert seen is not None
    assert not seen.has_advice
    assert seen.is_plain


def test_nothing_written_is_nothing_to_look_at() -> None:
    assert glance(" \n", planned=3) is None


def test_a_very_long_text_is_counted_whole_and_read_from_its_beginning() -> None:
    seen = glance("unfortunately " + "word " * LONGEST_READ, planned=10)
    assert seen is not None
    assert seen.words == LONGEST_READ + 1
    assert len(seen.hard) == 1
