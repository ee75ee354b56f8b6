"""The careful reader: what it finds, what it leaves alone, and what holds for any text."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
from collections import Counter
from importlib.resources import files
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import reading_training as training
from interlude.core import delivery
from interlude.core.delivery import Draft, decide_delivery
from interlude.core.reading import LANGUAGES, read
from interlude.core.reading.grammar import Book
from interlude.core.reading.reader import KINDS, LEVELS, MODEL, OTHER, TOPICS
from tests.house import tree

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data" / "reading"

FIRST = [
    ("My tablets are on the table and I am going to take them all tonight.", "suicide"),
    ("I am going to kill myself tonight.", "suicide"),
    ("I have been stockpiling tablets since spring.", "suicide"),
    ("By the time you read this I will be dead.", "suicide"),
    ("I am standing on the bridge and I want to jump.", "suicide"),
    ("I swallowed a whole bottle of ibuprofen.", "medical"),
    ("There is a crushing pain in my chest and my left arm hurts.", "medical"),
    ("My partner said he will kill me.", "abuse"),
    ("He put his hands round my throat.", "abuse"),
    ("I am going to stab him tomorrow.", "harm_to_others"),
    ("My sister swallowed all her tablets and is not waking up.", "medical"),
    ("Esta noche voy a matarme.", "suicide"),
    ("maine neend ki goliyan kha li", "suicide"),
]
OFFERED = [
    ("Most evenings I want to die.", "suicide"),
    ("I do not want to be alive anymore.", "suicide"),
    ("i wanna k1ll myself", "suicide"),
    ("I keep having thoughts of s u i c i d e.", "suicide"),
    ("They would all be better off without me.", "suicide"),
    ("I told you I was safe, but that was a lie.", "suicide"),
    ("My brother keeps saying he wants to end his life.", "suicide"),
    ("I cut my arms again on Sunday.", "self_harm"),
    ("i relapsed and used the blade", "self_harm"),
    ("My husband slapped me in the kitchen.", "abuse"),
    ("He checks my phone every night and I am not allowed to see friends.", "abuse"),
    ("My uncle touches me at night and says it is our secret.", "abuse"),
    ("I want to stab my manager.", "harm_to_others"),
    ("The voices tell me to hurt people.", "harm_to_others"),
    ("Ya no quiero vivir.", "suicide"),
    ("mujhe mar jana hai", "suicide"),
    ("मैं मरना चाहती हूँ", "suicide"),
]
LEFT_ALONE = [
    "Could we meet on Friday at noon?",
    "These shoes are killing my feet.",
    "I nearly died laughing at the puppet show.",
    "My boss will kill me if I am late again.",
    "I watched a documentary about suicide for my course.",
    "I cut my finger on the bread knife, so typing is slow.",
    "Please send the safety plan sheet again.",
    "I took two paracetamol for my headache.",
    "El calor me está matando.",
    "khudkushi ka koi vichar nahi hai",
]
CONTRASTS = [
    ("He hit me again last night.", "It hit me again last night how much I miss her."),
    (
        "My tablets are here and I will take them all.",
        "The tablets make me sleepy, so I will take them at night.",
    ),
    ("I want to kill myself.", "I do not want to kill myself."),
    ("I thought of suicide this week.", "I have had no thoughts of suicide this week."),
    ("I have been cutting myself.", "I used to cut myself as a teenager, years ago."),
    ("My husband hits me.", "My husband has never hit me."),
    ("I took an overdose.", "My uncle died of an overdose years ago."),
    ("I am ready to die.", "I am dying to see your photos."),
    ("I could kill him, I have a knife.", "I could kill for a coffee."),
    ("Tell me how to kill myself.", "We had a training on how to talk about suicide."),
]
TOPICAL = [
    ("Can we reschedule Tuesday's appointment?", "schedule"),
    ("Please send me the invoice for June.", "billing"),
    ("The portal logs me out and the video freezes.", "tech"),
    ("I filled in the worksheet you sent.", "homework"),
    ("I felt anxious all week and cried on Sunday.", "brief_update"),
    ("Could you write a letter for my landlord?", OTHER),
]
ORDINARY = [
    "Can we move Thursday to four?",
    "Thank you for the worksheet.",
    "It rained all day here.",
    "See you soon.",
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
def test_idioms_study_and_everyday_words_are_left_alone(text):
    assert read(text).help == "none"


@pytest.mark.parametrize(("said", "unsaid"), CONTRASTS)
def test_what_is_said_is_told_from_what_is_denied_long_over_or_a_figure_of_speech(said, unsaid):
    assert read(said).help != "none"
    assert read(unsaid).help == "none"


@pytest.mark.parametrize(("text", "topic"), TOPICAL)
def test_a_topic_is_suggested(text, topic):
    assert read(text).topic == topic


def test_a_hit_quotes_its_words_names_its_rule_and_says_why():
    shown = [(each.text, each.rule, each.why) for each in read("Most evenings I want to die.").signals]
    assert ("want to die", "WISH-DEAD", "wishes to be dead") in shown


def test_a_silenced_hit_says_what_silenced_it():
    silenced = read("I do not want to kill myself.").signals
    assert silenced
    assert {signal.silenced_by for signal in silenced} == {"NEGATED"}


def test_a_denial_covers_its_own_words_and_no_others():
    assert read("I do not want to kill myself, but I took all of my tablets.").help == "first"


def test_a_negation_that_denies_nothing_silences_nothing():
    assert read("I cannot stop thinking about suicide.").help == "offer"


def test_a_condition_silences_nothing():
    assert read("If she leaves I will kill myself.").help != "none"


def test_the_language_that_is_given_says_whose_rules_are_asked():
    assert read("no quiero vivir", "es").help == "offer"
    assert read("no quiero vivir", "en").help == "none"
    assert {read("मुझे मरना है", given).help for given in (None, "hi")} == {"offer"}


def test_what_the_model_finds_alone_is_offered_and_shows_its_words():
    found = [read(line.text) for line in training.own_lines() if line.danger]
    alone = [each for each in found if any(hit.rule == MODEL and not hit.silenced_by for hit in each.signals)]
    assert alone
    assert {each.help for each in alone} == {"offer"}


@given(st.text(max_size=400), st.sampled_from([None, *LANGUAGES]))
def test_any_text_is_read_alike_each_time_and_its_signals_quote_it(text, lang):
    found = read(text, lang)
    assert found == read(text, lang)
    assert found.help in LEVELS
    assert found.topic in (*TOPICS, OTHER)
    assert set(found.kinds) <= set(KINDS)
    assert 0 <= found.score <= 1
    for signal in found.signals:
        assert text[signal.start : signal.end] == signal.text
        assert signal.rule
        assert signal.why


ODD = [
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


@given(st.lists(st.sampled_from(ODD), max_size=40))
def test_signals_quote_the_text_among_odd_signs(words):
    text = " ".join(words)
    assert all(text[each.start : each.end] == each.text for each in read(text).signals)


@given(st.sampled_from(FIRST), st.sampled_from(ORDINARY), st.booleans())
def test_an_ordinary_sentence_beside_it_never_lowers_what_is_first(danger, ordinary, before):
    text = f"{ordinary} {danger[0]}" if before else f"{danger[0]}. {ordinary}"
    assert read(text).help == "first"


def test_what_was_read_before_changes_nothing():
    texts = [text for text, *_ in FIRST + OFFERED + TOPICAL]
    there = [read(text) for text in texts]
    assert [read(text) for text in reversed(texts)] == there[::-1]


HOSTILE = {
    "one letter": "a",
    "brackets": "(",
    "hits": "I want to die. ",
    "no end of a sentence": "he hit my me ",
    "letters apart": "s u i c i d e ",
    "denials": "I never want to ",
    "signs": "İa!",
    "a walk": "We walked along the river and talked. ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_a_hundred_thousand_signs_are_read_at_once(piece):
    """Fifty milliseconds on a quiet machine; this one may be busy with other tests."""
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    read(text)
    before = process_time()
    read(text)
    assert process_time() - before < 0.2


def test_danger_in_the_middle_of_a_very_long_text_is_found():
    walk = "We walked along the river and talked. " * 1_300
    assert read(walk + "I am going to kill myself tonight. " + walk).help == "first"


def test_the_rules_name_what_there_is():
    folder = files("interlude.core.reading") / "rules"
    book = Book(
        part.read_text("utf-8")
        for part in sorted(folder.iterdir(), key=lambda each: each.name)
        if part.is_file()
    )
    names = {rule.name for rule in book.rules} | set(KINDS)
    for rule in book.rules:
        assert rule.kind in {*KINDS, "topic", "quiet"}
        assert rule.why
        asked = {flag.removeprefix("for:") for flag in rule.flags if flag.startswith("for:")}
        assert asked <= names, f"{rule.name} silences rules that there are not: {asked - names}"


def test_the_package_holds_less_than_five_hundred_kilobytes_of_words_and_weights():
    folder = tree.SRC / "core" / "reading"
    assert (
        sum(file.stat().st_size for file in folder.rglob("*") if file.suffix in (".rules", ".bin")) < 500_000
    )


def test_the_same_sentences_teach_the_model_the_same():
    some = [line for line in training.own_lines() if len(line.text) < 24][:40]
    assert training.own_lines() == training.own_lines()
    assert training.learn(some) == training.learn(some)


@pytest.mark.contract("D34")
def test_the_decision_knows_of_no_reading():
    names = {*inspect.signature(decide_delivery).parameters, *inspect.signature(Draft).parameters}
    assert not {name for name in names if name in ("reading", "help", "kinds", "signals", "text", "score")}
    assert not re.search(r"\breading\b.*import|import.*\breading\b", inspect.getsource(delivery))


def test_the_command_answers_each_line_in_order_before_the_next_is_given():
    command = [str(ROOT / "bin" / "interlude"), "read"]
    answers = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdin
        assert asking.stdout
        for line in (
            '{"text": "I want to die", "lang": "en"}',
            "{broken",
            '{"text": "Can we move Thursday?"}',
        ):
            asking.stdin.write(line + "\n")
            asking.stdin.flush()
            answers.append(json.loads(asking.stdout.readline()))
        asking.stdin.close()
        assert asking.wait() == 1
    assert set(answers[0]) == {"topic", "help", "kinds", "score", "signals"}
    assert answers[0]["help"] == "offer"
    assert set(answers[0]["signals"][0]) == {"start", "end", "text", "rule", "why", "silenced_by"}
    assert answers[1]["line"] == 2
    assert answers[1]["error"]["words"]
    assert answers[2]["topic"] == "schedule"


@pytest.mark.skipif(
    not SHARED.exists(), reason="the shared sets of labelled messages are not beside the project"
)
def test_the_development_sets_are_read_as_well_as_the_docs_say():
    """Floors over all lines, learned from or not; docs/reference/reading.md has the columns that count."""
    seen: Counter[tuple[str, bool]] = Counter()
    for file in sorted((SHARED / "dev").glob("*.jsonl")):
        for row in map(json.loads, file.read_text("utf-8").splitlines()):
            accepted = row.get("accept") or [row["risk"]]
            helped = read(row["text"]).help != "none"
            if (
                "none" not in accepted
                and file.stem not in ("challenge", "portal_topics")
                and row.get("lang", "en") == "en"
            ):
                seen["found", helped] += 1
            if "none" not in accepted and file.stem == "challenge":
                seen["challenge", helped] += 1
            if accepted == ["none"] and file.stem in (
                "portal_topics",
                "ordinary_intents",
                "sms_stress",
                "counselchat",
            ):
                seen["everyday", helped] += 1
    assert seen["found", True] > 0.78 * (seen["found", True] + seen["found", False])
    assert seen["challenge", True] > 0.85 * (seen["challenge", True] + seen["challenge", False])
    assert seen["everyday", True] < 0.006 * (seen["everyday", True] + seen["everyday", False])
