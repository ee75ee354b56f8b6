"""What is offered for what is written, on the project's own two lists; and our own pieces as they stand."""

from __future__ import annotations

import re

import pytest

from bench.matching import figures, offered, writings
from interlude.core.matching import ENOUGH, FITTING, Offer, fit, matching
from interlude.core.packs.starter import starters
from interlude.core.readability import reading
from interlude.core.terms import Topic
from tests.house.tree import ROOT
from tests.house.words import ANYWHERE, ON_SCREEN

PIECES = list(starters().values())


@pytest.mark.contract("B19")
@pytest.mark.parametrize(("half", "least"), [("first", 0.95), ("second", 0.9)])
def test_what_would_help_is_among_the_three(half: str, least: float) -> None:
    got = figures(writings(half))
    assert got.wanted >= 20 and got.helped / got.wanted >= least
    assert got.quiet >= 10 and got.kept_quiet / got.quiet >= 0.9
    assert got.fitting / got.offered >= 0.75


@pytest.mark.parametrize("half", ["first", "second"])
def test_the_page_says_the_figures_that_the_command_makes(half: str) -> None:
    page = (ROOT / "docs" / "reference" / "resources.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| {half} "))
    got = figures(writings(half))
    pairs = (
        (got.helped, got.wanted),
        (got.found, got.pieces),
        (got.kept_quiet, got.quiet),
        (got.fitting, got.offered),
    )
    assert [f"{one} of {all}" for one, all in pairs] == re.findall(r"\d+ of \d+", row)


def test_each_writing_names_pieces_that_there_are() -> None:
    for half in ("first", "second"):
        for one in writings(half):
            assert one.fits <= starters().keys() and one.topic in set(Topic), one


def test_three_at_most_and_the_best_first() -> None:
    offers = [(n, Offer(f"Piece {n}", ("lie awake",) * n)) for n in range(1, 6)]
    assert matching("session", "I lie awake", offers) == [5, 4, 3]
    assert matching("session", "I lie awake", [*reversed(offers)]) == [5, 4, 3]


@pytest.mark.parametrize("topic", sorted(set(Topic) - FITTING))
def test_beside_other_purposes_nothing_is_offered(topic: str) -> None:
    assert matching(topic, "panic attack, lie awake, hate myself", [(1, Offer("", ("panic attack",)))]) == []
    assert not [one for one in PIECES if topic in one.topics]


def test_a_phrase_counts_as_it_stands_and_a_word_in_all_its_forms() -> None:
    awake = Offer("Night", ("lie awake",))
    assert matching("session", "LIE, awake", [(1, awake)]) == [1]
    assert matching("session", "awake I lie", [(1, awake)]) == []
    assert matching("session", "Worries again", [(1, Offer("W", ("worry",)))]) == [1]
    assert matching("session", "साँस फूलती है", [(1, Offer("साँस", ("सांस",)))]) == [1]
    assert matching("session", "No puedo respirar", [(1, Offer("R", ("no puedo respirar",)))]) == [1]


def test_the_purpose_alone_is_enough_only_for_what_was_shared() -> None:
    mine = Offer("Stuck", ("stuck",), frozenset({"homework"}), is_shared=True)
    assert fit("homework", frozenset(), mine) == ENOUGH
    assert matching("homework", "", [(1, mine)]) == [1]
    assert matching("homework", "", [(1, Offer("Stuck", ("stuck",), frozenset({"homework"})))]) == []


def test_a_very_long_text_is_no_trouble() -> None:
    assert len(offered(type(writings("first")[0])("session", "I lie awake. " * 100_000, frozenset()))) <= 3


@pytest.mark.contract("A11", "B20")
def test_our_own_pieces_are_about_twenty_and_of_every_sort() -> None:
    assert 18 <= len([one for one in PIECES if not one.link]) <= 24
    assert {one.kind for one in PIECES} == {"exercise", "worksheet", "reading", "prompt", "link"}
    assert all((one.kind == "link") == one.link.startswith("https://") for one in PIECES)
    assert sum(one.for_now for one in PIECES) >= 6
    assert all(one.fields for one in PIECES if one.kind == "worksheet")
    assert "a skill" in starters()["until_our_session"].text


@pytest.mark.parametrize("piece", PIECES, ids=[one.id for one in PIECES])
def test_each_is_plain_kind_and_in_our_words(piece: object) -> None:
    one = next(each for each in PIECES if each is piece)
    for text in (one.title, one.text, *one.fields):
        found = reading(text)
        assert text == one.title or found.is_plain, (found.grade, text)
        assert not found.hard and not found.places, text
        for word in ANYWHERE | ON_SCREEN:
            assert not re.search(word, text, re.IGNORECASE), (word, text)
    whole = reading("\n".join([one.title, one.text, *one.fields]))
    assert whole.is_plain and whole.longest_words <= 25


def test_a_figure_in_a_text_has_a_source_with_a_day() -> None:
    stated = {one.id for one in PIECES if re.search(r"\b(most|hours of sleep)\b", one.text, re.IGNORECASE)}
    sourced = {one.id for one in PIECES if one.facts}
    assert sourced == {"sleep_and_you", "what_panic_is"} <= stated
    for one in PIECES:
        assert all("https://" in fact.source and fact.read_on >= one.written_on for fact in one.facts)
