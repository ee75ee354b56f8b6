"""The shape of templates, their variables and fallbacks, and the ones that are shipped."""

from __future__ import annotations

import re

import pytest

from interlude.core.packs.phrases import Shipped, id_of, language, languages, shipped, situations
from interlude.core.readability import BLAME, reading
from interlude.core.terms import Topic
from interlude.core.wording import PARTS, VARIABLES, Amiss, Words, amiss, filled, glance, inserted
from tests.house.words import ON_SCREEN

GOOD = Words("Thank you for writing.", "As we agreed, {agreement}.", "We talk {next_session}.")
FALLBACKS = language("en").fallbacks
ALL = list(shipped().values())
PER_LANGUAGE = 28
SOFT = {"limits"}


def of(code: str) -> list[Shipped]:
    return [one for one in ALL if one.language == code]


def name_of(one: Shipped) -> str:
    return f"{one.name}/{one.language}"


@pytest.mark.contract("A46")
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("said", ["", "  \n", "…", "{next_session}", "Yes"])
def test_each_of_the_three_parts_needs_words_of_its_own(part: str, said: str) -> None:
    parts = dict(zip(PARTS, GOOD.parts, strict=True)) | {part: said}
    assert amiss(Words(**parts)) == (Amiss(part, "missing"),)


def test_a_template_in_shape_is_read_in_its_order() -> None:
    assert amiss(GOOD) == ()
    assert GOOD.text.split("\n\n") == list(GOOD.parts)


@pytest.mark.parametrize(
    ("text", "what", "value"),
    [
        ("We talk {next_sesion}.", "unknown", "{next_sesion}"),
        ("We talk {}.", "unknown", "{}"),
        ("We talk {next_session.", "open", "{"),
        ("We talk next_session}.", "open", "}"),
        ("Thank you, {name}.", "no_fallback", "{name}"),
        ("Thank you, {name| }.", "no_fallback", "{name| }"),
    ],
)
def test_a_variable_that_cannot_be_filled_is_named_as_it_was_typed(text: str, what: str, value: str) -> None:
    found = amiss(Words(text + " And more words.", GOOD.agreement, GOOD.next_step))
    assert found == (Amiss("validation", what, value),)


def test_a_variable_without_a_value_never_shows_a_hole() -> None:
    text = "".join(f"<{{{name}|own {name}}}>" for name in VARIABLES)
    assert filled(text, {}, {}) == "".join(f"<own {name}>" for name in VARIABLES)
    for name in VARIABLES:
        if name != "name":  # it needs words of its own, and `amiss` says so
            assert filled(f"{{{name}}}", {name: "  "}, FALLBACKS) == FALLBACKS[name]
            assert filled(f"{{{name}}}", {name: "here"}, FALLBACKS) == "here"
    assert filled("We talk {next_session|when we can}.", {}, FALLBACKS) == "We talk when we can."


def test_a_value_is_never_read_as_a_template() -> None:
    assert filled("Hello {name|you}.", {"name": "{help_now}"}, FALLBACKS) == "Hello {help_now}."


@pytest.mark.contract("A42")
def test_a_glance_names_blame_turns_and_grade_and_holds_nothing_back() -> None:
    hard = Words("I hear you, but this is too much.", "You must comply.", "We talk {next_session}.")
    seen = glance(hard, language="en", fallbacks=FALLBACKS)
    assert [one.words for one in seen.reading.hard] == ["too much", "You must", "comply"]
    assert seen.turns == ("but",) and not seen.is_calm
    assert amiss(hard) == ()
    assert glance(GOOD, language="en", fallbacks=FALLBACKS).is_calm
    assert not glance(GOOD, language="es", fallbacks=FALLBACKS).is_graded


@pytest.mark.parametrize(
    ("box", "at", "wanted"),
    [
        ("", None, "Words."),
        ("One.", None, "One.\n\nWords."),
        ("One. Two.", 4, "One.\n\nWords.\n\nTwo."),
        ("One.", 0, "Words.\n\nOne."),
        ("One.", 900, "One.\n\nWords."),
        ("One.", -3, "Words.\n\nOne."),
    ],
)
def test_words_go_in_at_the_cursor_and_nothing_is_lost(box: str, at: int | None, wanted: str) -> None:
    assert inserted(box, "Words.\n", at) == wanted


@pytest.mark.contract("A51", "A45")
def test_twenty_eight_are_there_on_day_one_and_three_and_more_name_a_limit_without_blame() -> None:
    assert {code: len(of(code)) for code in languages()} == dict.fromkeys(languages(), PER_LANGUAGE)
    assert list(languages()) == ["en", "es", "hi", "hi-Latn"]
    limits = [one for one in of("en") if one.situation in SOFT]
    assert len(limits) >= 3
    assert all(not glance(one.words, language="en", fallbacks=FALLBACKS).reading.hard for one in limits)
    assert {one.situation for one in of("en")} == set(situations())


@pytest.mark.contract("A46", "A47")
@pytest.mark.parametrize("one", ALL, ids=name_of)
def test_a_shipped_template_validates_restates_and_names_the_next_step(one: Shipped) -> None:
    assert amiss(one.words) == ()
    text = filled(one.words.text, {}, language(one.language).fallbacks)
    assert not re.search(r"[{}\[\]!]|__", text)
    assert "{next_" in one.words.next_step or one.name in {"change_of_time"}, (
        "it says who does what, and when"
    )
    assert set(one.topics) <= set(Topic)
    assert one.is_draft is (one.language != "en")


@pytest.mark.contract("A48", "A12", "A33", "B35")
@pytest.mark.parametrize("one", of("en"), ids=name_of)
def test_the_english_reads_plainly_and_blames_nobody(one: Shipped) -> None:
    seen = glance(one.words, language="en", fallbacks=FALLBACKS)
    assert seen.is_calm, (seen.reading.whole_grade, seen.reading.hard, seen.turns)
    assert seen.reading.longest_words <= 26
    text = one.words.text
    assert not [word for word in ON_SCREEN if re.search(word, text, re.IGNORECASE)]
    assert re.search(r"\bagree|\bplanned|\bplan for\b", one.words.agreement), "it names what was agreed"
    assert re.search(r"\b(?:I|we|We|us|me)\b", one.words.next_step), "it names who does it"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("help_lines_used", "Thank you for getting help", marks=pytest.mark.contract("A35")),
        pytest.param("much_private", "I have read all of it", marks=pytest.mark.contract("A8")),
        pytest.param("much_private", "safest when we speak in private", marks=pytest.mark.contract("A8")),
        pytest.param("less_contact", "you write less often now", marks=pytest.mark.contract("C30")),
        pytest.param("phone_not_on", "My phone is not always on", marks=pytest.mark.contract("C12")),
        pytest.param("phone_not_on", "it says nothing about you", marks=pytest.mark.contract("C12")),
        pytest.param("until_we_meet", "a skill is something we practise", marks=pytest.mark.contract("A11")),
        pytest.param("set_hours", "It is fine to write at any hour", marks=pytest.mark.contract("A3")),
        pytest.param("plan_used", "if you now stay in another place", marks=pytest.mark.contract("A34")),
        pytest.param("earlier_session", "I would like to see you sooner", marks=pytest.mark.contract("A46")),
    ],
)
def test_each_situation_of_the_contract_has_its_words(name: str, said: str) -> None:
    assert said in shipped()[id_of(name, "en")].words.text


@pytest.mark.parametrize("code", languages())
def test_a_language_has_a_fallback_for_every_variable_and_every_phrase(code: str) -> None:
    assert set(language(code).fallbacks) == set(VARIABLES) - {"name"}
    assert {one.name for one in of(code)} == {one.name for one in of("en")}
    assert all(not re.search(r"[{}!]", said) for said in language(code).fallbacks.values())


def test_a_template_has_the_same_id_everywhere() -> None:
    assert len(shipped()) == len(ALL)
    assert str(id_of("much_private", "en")) == "a53d5f03-91c8-5ea1-af86-8bcf8303a7d3"


def test_a_language_nobody_wrote_reads_as_the_nearest() -> None:
    assert language("es-MX").code == "es"
    assert language("sv").code == "en"


def test_the_words_that_blame_have_a_word_to_say_instead() -> None:
    assert all(BLAME.values()) and reading("").hard == ()
