"""Named steps, one after the other. A step runs whatever became of the others; a table at the end says it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
IN_CI = os.environ.get("CI") == "true"


@dataclass(frozen=True, slots=True)
class Step:
    """One command. *fine* are the exit codes that count as passed."""

    name: str
    command: list[str | Path]
    fine: tuple[int, ...] = (0,)
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self) -> bool:
        print(f"\n── {self.name}", flush=True)
        done = subprocess.run(
            [str(part) for part in self.command],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            check=False,
        )
        return done.returncode in self.fine


def run_all(steps: Iterable[Step]) -> int:
    """0 if every step passed, else 1."""
    lines, passed = [], True
    for step in steps:
        began = time.monotonic()
        good = step.run()
        passed = passed and good
        lines.append(f"  {'passed' if good else 'FAILED'}  {time.monotonic() - began:6.1f} s  {step.name}")
    print("\n" + "\n".join(lines), flush=True)
    return 0 if passed else 1


def skipped_loudly(what: str, why: str) -> int:
    """A part that could not run: said aloud, and a failure where CI=true."""
    print(f"\nNOT RUN: {what}. {why}", file=sys.stderr, flush=True)
    return 1 if IN_CI else 0
