"""The seventeen starting points: whole, valid, in plain words, and true to what they were made from."""

import json
import re
from datetime import date, time, timedelta
from pathlib import Path

import jsonschema
import pytest

from interlude.core.errors import BadPolicy
from interlude.core.layers import Layer, LayerKind, diff, resolve
from interlude.core.packs import preset, presets
from interlude.core.packs.load import read_preset
from interlude.core.policy import Handling, Policy, Topic
from interlude.core.promises import FixedTurns, NextCheck, OpenHours, WorkingDays
from interlude.core.schema import schema
from interlude.core.toml_text import dump_layer, load_layer, parse

FOLDER = Path(__file__).parents[2] / "src" / "interlude" / "core" / "packs" / "presets"
SOURCE = Path(__file__).parents[2].parent / "shared" / "domain" / "policy_presets.json"
ALL = presets()

source = pytest.mark.skipif(not SOURCE.exists(), reason="the shared material is not on this machine")


def facts():
    return (
        {each["id"]: each for each in json.loads(SOURCE.read_text("utf-8"))["presets"]}
        if SOURCE.exists()
        else {}
    )


def test_there_are_seventeen_and_each_is_named_like_its_file():
    assert len(ALL) == 17
    assert {file.stem for file in FOLDER.glob("*.toml")} == set(ALL)
    assert all(each.id == id for id, each in ALL.items())


@pytest.mark.parametrize("id", ALL)
@pytest.mark.contract("A5", "C23", "D16")
def test_each_becomes_a_whole_policy_that_keeps_what_it_set(id):
    policy = ALL[id].policy()
    assert policy.preset == id
    assert policy.values().items() >= ALL[id].layer.values.items()
    assert {topic for topic, _ in policy.topics} == set(Topic)


@pytest.mark.parametrize("id", ALL)
def test_each_file_fits_the_schema_and_comes_back_as_it_was(id):
    text = (FOLDER / f"{id}.toml").read_text("utf-8")
    jsonschema.validate(json.loads(json.dumps(parse(text, file=id), default=str)), schema())
    layer = ALL[id].layer
    assert load_layer(text) == layer == load_layer(dump_layer(layer))


@pytest.mark.parametrize("id", ALL)
def test_each_says_for_whom_it_is_and_for_whom_not_with_source_and_date(id):
    each = ALL[id]
    assert each.label and each.group and each.purpose and each.fits and each.not_for and each.help_note
    assert each.consent and each.sources
    assert date(2026, 1, 1) < each.checked_on < date(2030, 1, 1)


@pytest.mark.parametrize("id", ALL)
def test_the_words_for_the_client_are_plain_and_calm(id):
    for text in (ALL[id].client_text, ALL[id].help_note):
        assert grade(text) <= 6, f"{grade(text):.1f}: {text}"
        assert not re.search(
            r"!|\bwe will\b|unfortunately|as per our|\bemergency\b(?!_)|chat with", text, re.IGNORECASE
        )


def grade(text: str) -> float:
    """Flesch-Kincaid grade, with syllables counted by groups of vowels."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = max(1, len(re.findall(r"[.?:;]+(?:\s|$)", text)))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


@source
@pytest.mark.parametrize("id", ALL)
def test_each_says_what_its_source_says(id):
    fact, policy = facts()[id], ALL[id].policy()
    assert (ALL[id].label, ALL[id].purpose, ALL[id].client_text) == (
        fact["label"],
        fact["purpose"],
        fact["client_text"],
    )
    assert (list(ALL[id].fits), list(ALL[id].not_for)) == (fact["fits"], fact["not_for"])
    assert policy.participants == fact["participants"]["kind"]
    assert policy.change_notice_days == fact["change_notice_days"]
    assert policy.messages_per_week == fact["caps"]["messages_per_week"]
    assert policy.minutes_per_week == fact["caps"]["clinician_minutes_per_week"]
    assert policy.review.ends_weeks == fact["review"]["ends_after_weeks"]
    characters = fact["caps"]["chars_per_message"]
    assert policy.words_per_message == round(characters / 6 / 10) * 10  # six characters a word, in tens
    checks = {time.fromisoformat(each) for each in fact["response"]["check_times"]}
    assert {each for _, times in policy.check_times for each in times} == checks


@source
@pytest.mark.parametrize("id", ALL)
def test_each_handles_the_topics_as_its_source_does_and_refuses_none(id):
    fact, policy = facts()[id]["topics"], ALL[id].policy()
    answered = Handling.DESK if facts()[id]["response"]["kind"] == "desk" else Handling.ANSWER
    for key in fact["answered_here"]:
        assert policy.handling(Topic(key)) is answered
    for key in [*fact["kept_for_session"], *fact["never_by_message"]]:
        if key != "crisis":  # danger is no topic: it leads to help
            assert policy.handling(Topic(key.replace("therapy_content", "session"))) is Handling.KEEP


@source
@pytest.mark.parametrize("id", ALL)
@pytest.mark.contract("A13", "B15")
def test_each_promises_what_its_source_promises(id):
    fact, promise = facts()[id]["response"], ALL[id].policy().promise
    match fact["kind"]:
        case "business_days":
            assert promise == WorkingDays(fact["value"], time(17))
        case "next_check":
            assert promise == NextCheck()
        case "fixed_turns":
            assert promise == FixedTurns(frozenset({1, 4}), time(17))
        case "personal_limits":
            assert promise == OpenHours(timedelta(hours=3))
        case "session_only":  # times and bills within a day; everything else waits for the session
            assert promise == WorkingDays(1, time(17))
        case "desk":
            assert ALL[id].policy().desk_promise == WorkingDays(1, time(17))


@pytest.mark.contract("A5", "C28", "D1")
def test_times_and_dates_only_answers_arranging_and_keeps_the_rest():
    policy = preset("scheduling_only").policy()
    answered = {topic for topic, handling in policy.topics if handling is Handling.ANSWER}
    assert answered == {"schedule", "billing", "tech", "our_messaging", "parent_logistics"}


@pytest.mark.contract("C23", "D17", "E13")
def test_a_clinic_without_messages_still_has_a_desk():
    policy = preset("institution_prohibited").policy()
    assert policy.messages == "none"
    assert policy.handling(Topic.SCHEDULE) is policy.handling(Topic.BILLING) is Handling.DESK


@pytest.mark.contract("D18", "E14")
def test_the_psychodynamic_frame_answers_nothing_but_arranging():
    policy = preset("psychodynamic_frame").policy()
    answered = {topic for topic, handling in policy.topics if handling is Handling.ANSWER}
    assert answered == {"schedule", "billing", "tech", "parent_logistics"}


@pytest.mark.contract("C33", "D19")
def test_skills_coaching_welcomes_contact_within_personal_limits():
    policy = preset("dbt_skills_coaching").policy()
    assert policy.handling(Topic.SKILL_HELP) is Handling.ANSWER
    assert policy.messages_per_week is None
    assert [day for day, _ in policy.hours] == [0, 1, 2, 3, 4, 5]


@pytest.mark.contract("A39")
def test_only_where_answers_are_paid_for_is_there_a_price():
    assert {id for id, each in ALL.items() if each.policy().extra} == {
        "paid_message_pack",
        "async_text_therapy",
    }


@pytest.mark.contract("C9")
def test_support_for_a_while_has_an_end():
    assert preset("temporary_bridge_plan").policy().review.ends_weeks == 6


@pytest.mark.contract("D8")
def test_young_people_are_let_in_by_the_practice_and_not_by_a_number_in_code():
    for id in ("child_with_guardian", "adolescent_confidential"):
        by_place = Layer(LayerKind.PRACTICE, "Practice", {"minimum_age": 14}, frozenset({"minimum_age"}))
        assert ALL[id].policy().minimum_age == 0
        assert resolve([by_place, ALL[id].layer], date(2026, 5, 4)).policy.minimum_age == 14


def test_no_two_are_the_same():
    policies = [each.policy() for each in ALL.values()]
    assert all(diff(one, two) for one in policies for two in policies if one is not two)
    assert all(diff(Policy(), each) for each in policies)


def test_an_unknown_starting_point_is_answered_with_the_one_that_was_meant():
    with pytest.raises(BadPolicy, match=r"did you mean scheduling_only\?"):
        preset("schedule_only")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('layer = "clinician"\nname = "x"', 'says layer = "preset"'),
        ('layer = "preset"\nname = "x"', r"x\.toml: about\.label = 'missing'"),
        (
            'layer = "preset"\nname = "x"\nabout.labell = "y"',
            r"about\.labell = 'y': did you mean about\.label\?",
        ),
        ('layer = "preset"\nname = "x"\nabout = 3', "make it a table"),
    ],
)
def test_a_starting_point_that_says_too_little_is_refused(text, said):
    with pytest.raises(BadPolicy, match=said):
        read_preset(text, file="x.toml")
