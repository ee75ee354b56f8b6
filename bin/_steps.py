"""Named steps, one after the other. A step runs whatever became of the others; a table at the end says it.

A step that mostly waits runs beside the others from the start; what it says is shown in its turn.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
IN_CI = os.environ.get("CI") == "true"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step, in how many seconds, and what it said while others had the terminal."""

    good: bool
    took: float
    said: str


@dataclass(frozen=True, slots=True)
class Step:
    """One command. *fine* are the exit codes that count as passed."""

    name: str
    command: list[str | Path]
    fine: tuple[int, ...] = (0,)
    environment: Mapping[str, str] = field(default_factory=dict)
    beside: bool = False

    def run(self) -> Outcome:
        """What the command says goes to the terminal, or is kept where it runs beside others."""
        began = time.monotonic()
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            done = subprocess.run(
                [str(part) for part in self.command],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=said if self.beside else None,
                stderr=subprocess.STDOUT if self.beside else None,
                check=False,
            )
            said.seek(0)
            return Outcome(done.returncode in self.fine, time.monotonic() - began, said.read())


def run_all(steps: Iterable[Step]) -> int:
    """0 if every step passed, else 1."""
    steps, lines, passed = list(steps), [], True
    with ThreadPoolExecutor() as pool:
        running = {step.name: pool.submit(step.run) for step in steps if step.beside}
        for step in steps:
            print(f"\n── {step.name}", flush=True)
            outcome = running[step.name].result() if step.beside else step.run()
            print(outcome.said, end="", flush=True)
            passed = passed and outcome.good
            beside = ", beside the others" if step.beside else ""
            lines.append(
                f"  {'passed' if outcome.good else 'FAILED'}  {outcome.took:6.1f} s  {step.name}{beside}"
            )
    print("\n" + "\n".join(lines), flush=True)
    return 0 if passed else 1


def skipped_loudly(what: str, why: str) -> int:
    """A part that could not run: said aloud, and a failure where CI=true."""
    print(f"\nNOT RUN: {what}. {why}", file=sys.stderr, flush=True)
    return 1 if IN_CI else 0
