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
SOME_FAILED = 1  # what pytest ends with when tests ran and some failed


@dataclass(frozen=True, slots=True)
class Step:
    """One command. *fine* are the exit codes that count as passed; *again* is what runs if it failed, by itself."""

    name: str
    command: list[str | Path]
    fine: tuple[int, ...] = (0,)
    environment: Mapping[str, str] = field(default_factory=dict)
    again: list[str | Path] | None = None

    def run(self) -> str:
        """passed, FAILED, or AGAIN: it failed, and what failed in it passed the second time."""
        print(f"\n── {self.name}", flush=True)
        code = self._code_of(self.command)
        if code in self.fine:
            return "passed"
        if code != SOME_FAILED or not self.again:
            return "FAILED"
        print(f"\n── {self.name}: what failed, once more and alone", flush=True)
        return "FAILED" if self._code_of(self.again) else "AGAIN"

    def _code_of(self, command: list[str | Path]) -> int:
        parts = [str(part) for part in command]
        return subprocess.run(parts, cwd=ROOT, env={**os.environ, **self.environment}, check=False).returncode


def run_all(steps: Iterable[Step]) -> int:
    """0 if every step passed, be it the second time, else 1."""
    lines, passed = [], True
    for step in steps:
        began = time.monotonic()
        outcome = step.run()
        passed = passed and outcome != "FAILED"
        lines.append(f"  {outcome:6}  {time.monotonic() - began:6.1f} s  {step.name}")
    print("\n" + "\n".join(lines), flush=True)
    return 0 if passed else 1


def skipped_loudly(what: str, why: str) -> int:
    """A part that could not run: said aloud, and a failure where CI=true."""
    print(f"\nNOT RUN: {what}. {why}", file=sys.stderr, flush=True)
    return 1 if IN_CI else 0
