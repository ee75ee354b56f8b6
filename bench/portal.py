"""Sending and the main pages at 1,000, 10,000 and 100,000 stored messages, interleaved with the floor.

    .venv/bin/python -m bench.portal [--sizes 1000,10000,100000] [--rounds 3] [--seconds 3] [--database URL]

Each system has 2 granian workers of 4 threads, its own database with synchronous=FULL (or PostgreSQL with commit
on), loopback only. A round lets each system take its turn; the medians over rounds are printed with their range.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.load import Figures, Request, drive
from tests import environment as environment_of_tests
from tests.faults.test_kill import free_port, wait_for

assert environment_of_tests  # importing it sets the secrets that tests use
ROOT = Path(__file__).resolve().parents[1]
CSRF = "k" * 32
TEXT = "I tried the evening notes we spoke about. The first two nights were hard. " * 6


class System:
    """A server of ours on loopback."""

    def __init__(self, name: str, application: str, environment: dict[str, str]) -> None:
        self.name, self.application = name, application
        self.environment = os.environ | environment | {"PYTHONPATH": str(ROOT)}
        self.port = free_port()

    def ask(self, module: str, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(done.stderr[-3000:])
        return done.stdout.splitlines()[-1]

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--workers",
            "2",
            "--blocking-threads",
            "4",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--no-log",
            self.application,
        ]
        self.process = subprocess.Popen(
            command,
            env=self.environment,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.port)

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=20)


def headers(cookie: str, session: str) -> dict[str, str]:
    return {
        "Cookie": f"{cookie}={session}; csrf={CSRF}",
        "Host": "localhost",
        "Content-Type": "application/x-www-form-urlencoded",
    }


def posting(path: str, cookie: str, sessions: list[str], topic: str) -> Request:
    def request(client: int, turn: int) -> tuple[str, str, str, dict[str, str]]:
        form = {"draft_id": str(uuid4()), "topic": topic, "words": TEXT, "csrfmiddlewaretoken": CSRF}
        return "POST", path, urlencode(form), headers(cookie, sessions[client % len(sessions)])

    return request


def getting(path: str, cookie: str, session: str) -> Request:
    return lambda client, turn: ("GET", path, "", headers(cookie, session))


def measure(size: int, args: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        portal, facts = _portal(Path(folder), size, args.database)
        floor, floor_session = _floor(Path(folder))
        kinds: dict[str, tuple[System, Request, tuple[int, ...]]] = {
            "send": (
                portal,
                posting("/my/messages/", facts["cookie"], facts["sessions"], "homework"),
                (302,),
            ),
            "floor send": (floor, posting("/send/", "session", [floor_session], "x"), (302,)),
            "check window": (
                portal,
                getting("/practice/?stay=1", facts["cookie"], facts["clinician"]),
                (200,),
            ),
            "floor inbox": (floor, getting("/inbox/", "session", floor_session), (200,)),
            "conversation": (
                portal,
                getting("/my/conversation/", facts["cookie"], facts["sessions"][7]),
                (200,),
            ),
            "home": (portal, getting("/my/", facts["cookie"], facts["sessions"][7]), (200,)),
        }
        print(
            f"\n{facts['stored']} messages stored; statements {portal.ask('bench.portal_stage', 'queries')}"
        )
        portal.start()
        floor.start()
        try:
            for clients in args.clients:
                _rounds(kinds, clients, args)
        finally:
            portal.stop()
            floor.stop()


def _rounds(
    kinds: dict[str, tuple[System, Request, tuple[int, ...]]], clients: int, args: argparse.Namespace
) -> None:
    rounds: dict[str, list[Figures]] = defaultdict(list)
    for _ in range(args.rounds):
        for name, (system, request, good) in kinds.items():
            rounds[name].append(drive(system.port, request, clients=clients, seconds=args.seconds, good=good))
    for name, figures in rounds.items():
        middle = sorted(figures, key=lambda one: one.p50)[len(figures) // 2]
        low, high = min(one.p50 for one in figures), max(one.p50 for one in figures)
        print(f"c={clients:<3} {name:14} {middle}  p50 range {low:.1f}-{high:.1f}")
    ratios = [a.per_second / b.per_second for a, b in zip(rounds["send"], rounds["floor send"], strict=True)]
    print(
        f"c={clients:<3} send / floor: {statistics.median(ratios):.2f} [{min(ratios):.2f}-{max(ratios):.2f}]"
    )


def _portal(folder: Path, size: int, database: str) -> tuple[System, dict[str, Any]]:
    data = folder / f"portal-{size}"
    (data / "static").mkdir(parents=True)
    environment = {
        "INTERLUDE_DATA": str(data),
        "DATABASE_URL": database,
        "INTERLUDE_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "interlude.site.settings",
        "INTERLUDE_ALLOWED_HOSTS": "localhost,testserver",
    }
    portal = System("interlude", "interlude.site.wsgi:application", environment)
    return portal, json.loads(portal.ask("bench.portal_stage", "seed", str(size)))


def _floor(folder: Path) -> tuple[System, str]:
    floor = System("floor", "bench.floor:application", {"FLOOR_DB": str(folder), "DATABASE_URL": ""})
    return floor, floor.ask("bench.floor", "set-up")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    whole = lambda text: [int(one) for one in text.split(",")]  # noqa: E731  a type for argparse
    parser.add_argument("--sizes", type=whole, default=[1000, 10_000, 100_000])
    parser.add_argument("--clients", type=whole, default=[1, 8, 32])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--database", default="")
    args = parser.parse_args()
    for size in args.sizes:
        measure(size, args)


if __name__ == "__main__":
    main()
