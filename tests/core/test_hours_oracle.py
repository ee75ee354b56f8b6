"""Ten thousand questions about open time whose answers another program found minute by minute."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bench.working_time import answer, prepare

CASES = Path(__file__).parents[3] / "shared" / "data" / "working_time" / "dev.jsonl"


@pytest.mark.skipif(not CASES.exists(), reason="the shared sample data is not beside the project")
def test_ten_thousand_cases_are_answered_as_the_oracle_does():
    lines = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    calendars = {line["id"]: prepare(line) for line in lines if line.get("type") == "calendar"}
    cases = [line for line in lines if "op" in line]
    wrong = [case for case in cases if answer(calendars[case["cal"]], case) != case["answer"]]
    assert not wrong, wrong[:5]
    assert len(cases) == 10_000
    assert set(Counter(case["op"] for case in cases)) == {
        "add", "between", "is_open", "next_open", "add_days", "resolve",
    }  # fmt: skip
