"""A plan as plain values, its headings, and what a file is by its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.file_kinds import JPEG, PDF, PNG, kind_of
from interlude.core.hard_moments import OWN, PARTS, HardMoments, PlanPart, Step, as_text, from_text, tidied
from interlude.core.plan_words import LANGUAGES, WORDS, words_in
from interlude.core.readability import grade

parts = st.builds(
    PlanPart, kind=st.sampled_from([*PARTS, OWN]), text=st.text(), title=st.text(), hidden=st.booleans()
)
plans = st.builds(
    HardMoments,
    language=st.sampled_from(list(LANGUAGES)),
    parts=st.lists(parts, max_size=9).map(tuple),
    levels=st.tuples(st.text(), st.text(), st.text()),
    steps=st.lists(st.builds(Step, when=st.text(), then=st.text()), max_size=4).map(tuple),
)


@given(plans)
def test_what_is_kept_is_read_back_to_the_same(plan: HardMoments) -> None:
    assert from_text(as_text(plan)) == plan


@given(plans)
def test_no_word_is_lost_by_tidying(plan: HardMoments) -> None:
    kept = tidied(plan)
    assert [one.text for one in kept.parts if one.text.strip()] == [
        one.text for one in plan.parts if one.text.strip()
    ]
    assert kept.is_empty() == plan.is_empty() or any(part.title.strip() for part in plan.parts)


def test_a_person_and_a_service_are_kindly_asked_for_and_a_hidden_part_is_a_choice() -> None:
    assert HardMoments().kindly_asked_for() == ("people", "services")
    named = HardMoments(parts=(PlanPart("people", "Rana"), PlanPart("services", hidden=True)))
    assert named.kindly_asked_for() == ()


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_each_language_has_every_heading_and_none_names_a_method(language: str) -> None:
    words = words_in(language)
    assert list(words.headings) == list(PARTS)
    assert all([*words.headings.values(), *words.levels, words.title, words.danger, words.when, words.then])
    said = " ".join([*words.headings.values(), words.title, words.danger]).lower()
    for word in (
        "pill",
        "knife",
        "gun",
        "rope",
        "stanley",
        "brown",
        "pastilla",
        "arma",
        "cuchillo",
        "गोली",
        "चाकू",
    ):
        assert word not in said


def test_the_english_headings_are_easy_to_read() -> None:
    words = WORDS["en"]
    assert grade(". ".join([*words.headings.values(), words.danger])) <= 6


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%%EOF\n", PDF),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR....\0\0\0\0IEND\xaeB`\x82", PNG),
        (b"\xff\xd8\xff\xe0 JFIF \xff\xd9", JPEG),
        (b"", None),
        (b"%PDF-1.7 cut off", None),
        (b"<html>%PDF-1.7 %%EOF", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"GIF89a", None),
        (b"MZ\x90", None),
    ],
)
def test_a_file_is_what_its_bytes_say(data: bytes, kind: object) -> None:
    assert kind_of(data) == kind
