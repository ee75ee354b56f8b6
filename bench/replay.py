"""Past messages under other rules: messages a second of processor time, and how much memory it takes.

    .venv/bin/python -m bench.replay [--rows 1000000] [--stored 100000]

Rows are generated from a fixed seed, spread over four years and two hundred clients, in the order of their clocks.
Three ways in: the core by itself, JSON Lines through the command, and a database with that many stored messages.
Making the rows is left out of the core's figure; the command's holds all, start and reading included.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

from interlude.core.delivery import Decider
from interlude.core.packs import preset
from interlude.core.policy import Policy
from interlude.core.replay import Past, Replay
from interlude.core.replayed import End
from interlude.core.terms import Topic
from tests import environment as environment_of_tests

assert environment_of_tests  # importing it sets the secrets that tests use
ZONE = ZoneInfo("Europe/Berlin")
ONCE, CLIENTS = 20_000, 200
START = datetime(2022, 1, 3, tzinfo=UTC)
FOUR_YEARS = timedelta(days=1461)
TRIED = ("warm_two_business_days", "portal_daily_check", "dbt_skills_coaching", "paid_message_pack")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--stored", type=int, default=100_000)
    args = parser.parse_args()
    for id in TRIED:
        spent = in_the_core(args.rows, replace(preset(id).policy(), zone=ZONE.key))
        print(f"{'core: ' + id:36}{args.rows / spent:10,.0f} messages a second, {_memory():4.0f} MB at most")
    for rows in (10_000, args.rows):
        spent, memory = through_the_command(rows)
        print(
            f"{f'JSON Lines: {rows:,} rows':36}{rows / spent:10,.0f} messages a second, {memory:4.0f} MB at most"
        )
    if args.stored:
        print(subprocess.run(
            [sys.executable, "-m", "bench.replay_stage", str(args.stored)], check=True, capture_output=True, text=True
        ).stdout, end="")  # fmt: skip


def history(rows: int) -> Iterator[Past]:
    """Messages with what became of them: two of three as the warm starting point would have it, the rest at random."""
    chance, topics = random.Random(140), list(Topic)
    for number in range(rows):
        sent = START + FOUR_YEARS * ((number + chance.random()) / rows)
        sent = sent.replace(microsecond=0)
        due = sent + timedelta(minutes=chance.randrange(600, 6_000))
        answered = due - timedelta(minutes=chance.randrange(-100, 500))
        end = chance.choice((End.ANSWERED, End.ANSWERED, End.ACKNOWLEDGED, End.KEPT, End.NO_ANSWER))
        dated = end in (End.ANSWERED, End.ACKNOWLEDGED)
        yield Past(
            chance.randrange(CLIENTS), sent, chance.choice(topics), chance.randrange(5, 500), end,
            due if dated else None, answered if dated else None, False, end is End.NO_ANSWER,
        )  # fmt: skip


def in_the_core(rows: int, policy: Policy) -> float:
    """Seconds of processor time for the replay alone, a few thousand rows at a time."""
    made, again, spent = history(rows), Replay(ZONE), 0.0
    under = Decider(policy, policy.calendar(), often=True)
    while some := list(islice(made, ONCE)):
        started = process_time()
        for past in some:
            again.take(past, under)
        spent += process_time() - started
    started = process_time()
    assert again.result().all.messages == rows
    return spent + process_time() - started


def through_the_command(rows: int) -> tuple[float, float]:
    """Seconds of processor time and megabytes at most of `interlude replay -`, from start to answer."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "history.jsonl"
        with lines.open("w") as file:
            for past in history(rows):
                file.write(json.dumps(_line(past)) + "\n")
        with lines.open("rb") as file:
            command = [
                sys.executable,
                "-m",
                "interlude.cli",
                "replay",
                "--policy",
                TRIED[0],
                "--zone",
                ZONE.key,
                "-",
            ]
            process = subprocess.Popen(command, stdin=file, stdout=subprocess.DEVNULL)
            _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the command ended with {status}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _line(past: Past) -> dict[str, object]:
    names = {End.ANSWERED: "AnsweredHere", End.ACKNOWLEDGED: "Acknowledged", End.KEPT: "KeptForSession"}
    return {
        "client": f"c{past.client}",
        "sent": past.sent_at.isoformat(),
        "topic": past.topic,
        "words": past.words,
        "outcome": names.get(past.end, "NoAnswerWanted"),
        "no_answer": past.no_answer,
        "reply_due": past.due and past.due.isoformat(),
        "answered_at": past.answered_at and past.answered_at.isoformat(),
    }


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
