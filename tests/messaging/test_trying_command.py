"""Try it first, by command, on the portal's database."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.cast import Cast
from tests.messaging.past import live_through, plan_of_one


@pytest.fixture
def history(cast: Cast) -> Cast:
    return live_through(cast)


def ran(*words: str) -> str:
    out = StringIO()
    call_command("replay", *words, stdout=out)
    return out.getvalue()


def test_the_command_answers_in_sentences_or_as_one_object(history, tmp_path):
    rules = tmp_path / "draft.toml"
    rules.write_text('layer = "clinician"\nname = "Ada"\n' + plan_of_one(history))
    whose = ("--practice", "alder", "--clinician", "ada@example.org", "--since", "2026-04-01")
    assert "1 of 4 messages would have gone another way." in ran("--policy", str(rules), *whose)
    found = json.loads(ran("--policy", str(rules), *whose, "--json"))
    assert (found["messages"], found["differ"], found["beyond_plan"]) == (4, 1, {"before": 0, "after": 1})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--policy", "scheduling_only"], "say which practice: --practice one of alder, birch"),
        (["--policy", "scheduling_only", "--practice", "oak"], "there is no practice 'oak'"),
        (["--policy", "scheduling_only", "--practice", "alder"], "--clinician one of ada@example.org, ben@example.org"),
        (["--policy", "scheduling_only", "--practice", "alder", "--clinician", "cleo@example.org"], "nobody at alder"),
        (["--policy", "nowhere.toml", "--practice", "birch"], "cannot be read"),
        (["--policy", "scheduling_only", "--practice", "birch", "--since", "tomorrow"], "is no date"),
    ],
)  # fmt: skip
def test_the_command_says_what_is_missing(cast, words, says):
    with pytest.raises(CommandError) as refused:
        ran(*words)
    assert says in str(refused.value)


def test_a_practice_with_one_clinician_needs_no_name(cast):
    assert "No message was sent in that time" in ran("--policy", "scheduling_only", "--practice", "birch")


@pytest.mark.parametrize(
    ("text", "says"), [(b"\xff\xfe", "not UTF-8"), (b"no toml at all", "correct that line")]
)
def test_a_file_that_is_no_rules_is_named(cast, tmp_path, text, says):
    file = tmp_path / "rules.toml"
    file.write_bytes(text)
    with pytest.raises(CommandError, match=says):
        ran("--policy", str(file), "--practice", "birch")


def test_a_whole_starting_point_by_its_id(history):
    assert "4 of 4 messages would have gone another way." in ran(
        "--policy", "scheduling_only", "--practice", "alder", "--clinician", "ada@example.org"
    )
