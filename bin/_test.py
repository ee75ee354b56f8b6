"""Every test, on both databases, then the walks in a browser. Part of bin/test.

What is given on the command line goes to pytest: bin/test -k promise
"""

import shutil
import sys
from pathlib import Path

from _steps import BIN, Step, run_all, skipped_loudly

NOTHING_COLLECTED = 5
WITHOUT_DATABASE = ("core", "cli", "house")


def main(given: list[str]) -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    outcome = run_all(steps(given, with_browser=bool(chromium)))
    if not chromium:
        outcome |= skipped_loudly(
            "the walks in a browser", "No chromium was found; bin/setup --dev says more."
        )
    return outcome


def steps(given: list[str], *, with_browser: bool) -> list[Step]:
    pytest: list[str | Path] = [BIN / "pytest"]
    on_postgres = [BIN / "python", "bin/_postgres.py", *pytest]
    with_rows = [f"--ignore=tests/{folder}" for folder in WITHOUT_DATABASE]
    # Each worker has a stretch of neighbours, which share what the first of them built, and helps the other at the end.
    shared = ["-n", "2", "--dist", "worksteal"]
    two = [*shared, "-m", "not walk and not fault"]
    once = [*shared, "-m", "not walk and not fault and not sweep"]
    some_may_be_empty = (0, NOTHING_COLLECTED)
    selected = some_may_be_empty if given else (0,)
    faults = given or ["tests/faults"]
    walking = ["-m", "walk", *(given or ["tests/walks"])]
    # a browser on a busy machine misses a moment; what fails twice is broken, what passes then is named above the table
    alone = [*pytest, "--last-failed", "-rp", *walking]
    walks = [Step("walks in Chromium", [*pytest, *shared, *walking], fine=selected, again=alone)]
    return [
        Step("all tests, on SQLite", [*pytest, *two, *given], fine=selected),
        Step("the portal's tests, on PostgreSQL", [*on_postgres, *once, *with_rows, *given], fine=selected),
        Step("killed processes, on SQLite", [*pytest, "-m", "fault", *faults], fine=some_may_be_empty),
        Step(
            "killed processes, on PostgreSQL", [*on_postgres, "-m", "fault", *faults], fine=some_may_be_empty
        ),
        *(walks if with_browser else []),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
