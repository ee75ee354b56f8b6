"""The careful reader: what it finds, what it leaves alone, and what holds for any text."""

from __future__ import annotations

import inspect
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.delivery import Draft, decide_delivery
from interlude.core.reading import read
from interlude.core.reading.reader import KINDS, LEVELS, OTHER, TOPICS

FIRST = [
    ("I am going to kill myself tonight.", "suicide"),
    ("I have been stockpiling tablets since spring.", "suicide"),
    ("I swallowed a whole bottle of ibuprofen.", "medical"),
    ("My partner said he will kill me.", "abuse"),
    ("Esta noche voy a matarme.", "suicide"),
]
OFFERED = [
    ("Most evenings I want to die.", "suicide"),
    ("I do not want to be alive anymore.", "suicide"),
    ("i wanna k1ll myself", "suicide"),
    ("I keep having thoughts of s u i c i d e.", "suicide"),
    ("I cut my arms again on Sunday.", "self_harm"),
    ("My husband slapped me in the kitchen.", "abuse"),
    ("I want to stab my manager.", "harm_to_others"),
    ("Ya no quiero vivir.", "suicide"),
    ("mujhe mar jana hai", "suicide"),
    ("मैं मरना चाहती हूँ", "suicide"),
]
LEFT_ALONE = [
    "Could we meet on Friday at noon?",
    "I do not want to kill myself.",
    "These shoes are killing my feet.",
    "I nearly died laughing at the puppet show.",
    "I watched a documentary about suicide for my course.",
    "El calor me está matando.",
    "khudkushi ka koi vichar nahi hai",
]
TOPICAL = [
    ("Can we reschedule Tuesday's appointment?", "schedule"),
    ("Please send me the invoice for June.", "billing"),
    ("The portal logs me out and the video freezes.", "tech"),
    ("I filled in the worksheet you sent.", "homework"),
    ("I felt anxious all week and cried on Sunday.", "brief_update"),
]


@pytest.mark.parametrize(("text", "kind"), FIRST)
def test_words_of_danger_now_put_help_first(text, kind):
    found = read(text)
    assert found.help == "first"
    assert kind in found.kinds


@pytest.mark.parametrize(("text", "kind"), OFFERED)
def test_words_that_may_mean_danger_offer_help_in_any_spelling(text, kind):
    found = read(text)
    assert found.help in ("offer", "first")
    assert kind in found.kinds


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_denials_idioms_study_and_everyday_words_are_left_alone(text):
    assert read(text).help == "none"


@pytest.mark.parametrize(("text", "topic"), TOPICAL)
def test_a_topic_is_suggested(text, topic):
    assert read(text).topic == topic


def test_a_silenced_hit_says_what_silenced_it():
    silenced = read("I do not want to kill myself.").signals
    assert silenced
    assert {signal.silenced_by for signal in silenced} == {"NEGATED"}


def test_a_denial_covers_its_own_words_and_no_others():
    assert read("I do not want to kill myself, but I took all of my tablets.").help == "first"


def test_a_negation_that_denies_nothing_silences_nothing():
    assert read("I cannot stop thinking about suicide.").help == "offer"


@given(st.text(max_size=400))
def test_any_text_is_read_alike_each_time_and_its_signals_quote_it(text):
    found = read(text)
    assert found == read(text)
    assert found.help in LEVELS
    assert found.topic in (*TOPICS, OTHER)
    assert set(found.kinds) <= set(KINDS)
    assert 0 <= found.score <= 1
    for signal in found.signals:
        assert text[signal.start : signal.end] == signal.text
        assert signal.rule
        assert signal.why


@given(
    st.lists(
        st.sampled_from(
            [
                "I",
                "want",
                "to",
                "die",
                "not",
                "my",
                "İ",
                "k!ll",
                "🔪",
                "ｓuicide",
                "me",
                ".",
                ",",
                "\u200b",
                "ſelf",
                "मर",
            ]
        ),
        max_size=40,
    )
)
def test_signals_quote_the_text_among_odd_signs(words):
    text = " ".join(words)
    assert all(text[each.start : each.end] == each.text for each in read(text).signals)


@pytest.mark.parametrize(
    "piece", ["We walked along the river and talked. ", "I want to die. ", "s u i c i d e ", "İa!"]
)
def test_a_very_long_text_takes_time_in_proportion(piece):
    read(piece)
    spent = []
    for size in (25_000, 100_000):
        text = (piece * (size // len(piece) + 1))[:size]
        before = process_time()
        read(text)
        spent.append(process_time() - before)
    assert spent[1] < 12 * spent[0] + 0.05


@pytest.mark.contract("D34")
def test_the_decision_knows_of_no_reading():
    names = {*inspect.signature(decide_delivery).parameters, *inspect.signature(Draft).parameters}
    assert not {name for name in names if name in ("reading", "help", "kinds", "signals", "text", "score")}
    assert replace(read("Hello"), topic="schedule").help == "none"
