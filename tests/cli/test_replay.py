"""interlude replay on lines from standard input: what is answered, and what is said of lines that cannot be used."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from interlude.cli import main

LINE = {
    "client": "a",
    "sent": "2026-03-03T10:00Z",
    "topic": "homework",
    "words": 40,
    "outcome": "AnsweredHere",
}
WARM = ("--policy", "warm_two_business_days")
NEVER = 'layer = "clinician"\nname = "A"\n[hours]\nmon=[]\ntue=[]\nwed=[]\nthu=[]\nfri=[]'


@pytest.fixture
def ask(monkeypatch, capsys):
    """Give lines to the command; its exit code and what it printed on either stream."""

    def run(lines: bytes | str | list[dict[str, Any]], *words: str) -> tuple[int, str, str]:
        if isinstance(lines, list):
            lines = "".join(json.dumps(line) + "\n" for line in lines)
        given = lines if isinstance(lines, bytes) else lines.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        code = main(["replay", *words, "-"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def found(out: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(out)
    return answer


def test_lines_are_tried_and_told(ask):
    code, out, err = ask([LINE, LINE | {"client": 7, "outcome": "KeptForSession", "reason": "asked"}], *WARM)
    assert (code, err) == (0, "")
    assert out.startswith(
        "2 messages of 2 clients, 3 March 2026 to 3 March 2026.\nNothing would have differed.\n"
    )


def test_broken_lines_are_named_by_their_number_and_the_others_go_on(ask):
    lines = f"\n{json.dumps(LINE)}\nnonsense\n[1]\n{json.dumps(LINE | {'sent': None})}\n{json.dumps(LINE)}\n"
    code, out, err = ask(lines, *WARM)
    assert code == 1
    assert [said.partition(":")[2].strip().partition(":")[0] for said in err.splitlines()] == [
        "line 3", "line 4", "line 5",
    ]  # fmt: skip
    assert out.startswith("2 messages of 1 client,")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"topic": "weather"}, "topic: 'weather' is none; one of: schedule, billing"),
        ({"topic": "homewrok"}, "did you mean homework?"),
        ({"topic": None}, "topic: missing"),
        ({"topic": 3}, "is no text"),
        ({"outcome": "Answered"}, "did you mean AnsweredHere?"),
        ({"outcome": None}, "outcome: missing"),
        ({"words": -1}, "give a whole number, 0 or more"),
        ({"words": 2.5}, "is no whole number"),
        ({"sent": "yesterday"}, "is no moment"),
        ({"sent": "9999-12-31T23:59"}, "outside the years 1900 to 2199"),
        ({"sent": "9999-12-31T23:59-05:00"}, "outside the years 1900 to 2199"),
        ({"sent": "0001-01-01T00:00+14:00"}, "outside the years 1900 to 2199"),
        ({"sent": "2026-03-02T10:00Z"}, "is before the message of the same client"),
        ({"reply_due": "soon"}, "is no moment"),
        ({"client": ["a"]}, "is no key"),
        ({"client": "a" * 101}, "up to 100 signs"),
        ({"choice": "all"}, "choice: 'all' is none"),
        ({"age": "old"}, "is no whole number"),
        ({"no_answer": "yes"}, "is neither true nor false"),
        ({"text": "Dear Ada"}, "'text' is not known here"),
        ({"recieved": 1}, "known are: id, client, sent"),
    ],
)
def test_what_cannot_be_meant_says_what_to_write(ask, change, says):
    code, out, _ = ask([LINE, LINE | change], *WARM, "--json")
    answer = found(out)
    assert (code, answer["messages"], answer["left_out"]) == (1, 1, 1)
    assert answer["problems"][0]["line"] == 2
    assert says in answer["problems"][0]["error"]["words"]


def test_of_many_problems_the_first_are_named_and_the_rest_are_counted(ask):
    code, _, err = ask("x\n" * 50, *WARM)
    assert code == 1
    assert len(err.splitlines()) == 21
    assert err.endswith("interlude: and 30 lines more\n")
    _, out, err = ask("x\n" * 50, *WARM, "--json")
    assert (len(found(out)["problems"]), found(out)["left_out"], err) == (20, 50, "")


@pytest.mark.parametrize("lines", [b"", b"\n\n", b"\n"])
def test_an_empty_history_is_no_problem(ask, lines):
    code, out, _ = ask(lines, *WARM)
    assert (code, out) == (0, "No message was sent in that time: there is nothing to try these rules on.\n")


def test_bytes_that_are_no_text_and_a_line_without_end_are_lines_like_others(ask):
    code, out, _ = ask(b"\xff\xfe\n" + b"x" * 1_000_001 + b"\n" + json.dumps(LINE).encode(), *WARM, "--json")
    assert (code, found(out)["messages"], found(out)["left_out"]) == (1, 1, 2)
    assert "longer than 1000000 bytes" in found(out)["problems"][1]["error"]["words"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--policy", "nowhere.toml"), "cannot be read"),
        (("--policy", 'layer = "clinician'), "correct that line"),
        (("--policy", NEVER), "open on one day"),
        ((*WARM, "--zone", "Europe/Nowhere"), "there is no time zone"),
        ((*WARM, "--since", "soon"), "since: 'soon' is no date"),
        ((*WARM, "--closed", "9999-12-31"), "outside the years"),
    ],
)  # fmt: skip
def test_rules_that_cannot_be_meant_end_the_command_before_a_line_is_read(ask, words, says):
    code, out, err = ask([LINE], *words)
    assert (code, out) == (1, "")
    assert says in err


def test_since_leaves_out_what_was_sent_before(ask):
    lines = [LINE, LINE | {"sent": "2026-03-04T10:00Z"}]
    one = ("--policy", 'layer = "clinician"\nname = "A"\nplan.messages_per_week = 1\n')
    code, out, _ = ask(lines, *WARM, *one, "--since", "2026-03-04", "--json")
    assert (code, found(out)["messages"], found(out)["beyond_plan"]["after"]) == (0, 1, 1)


def test_days_closed_and_time_away_move_dates(ask):
    lines = [LINE | {"reply_due": "2026-03-05T17:00Z"}]
    closed = found(ask(lines, *WARM, "--closed", "2026-03-04", "--json")[1])
    away = found(ask(lines, *WARM, "--away", "2026-03-04T00:00Z/2026-03-09T00:00Z", "--json")[1])
    assert closed["dates"]["middle_minutes"] == 24 * 60
    assert away["dates"]["middle_minutes"] == 5 * 24 * 60


def test_without_a_dash_the_portal_is_asked(monkeypatch):
    handed = list[list[str]]()

    def hand_over(words: list[str]) -> int:
        handed.append(words)
        return 3

    monkeypatch.setattr("interlude.cli.replay.hand_over", hand_over)
    assert main(["replay", "--policy", "scheduling_only", "--practice", "alder"]) == 3
    assert handed == [["replay", "--policy", "scheduling_only", "--practice", "alder"]]


def test_help_needs_no_portal(capsys):
    assert main(["replay", "--help"]) == 0
    assert "--practice NAME --clinician ADDRESS" in capsys.readouterr().out
