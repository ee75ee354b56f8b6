"""Which lines of the contract a test shows, and by which test. Unknown ids fail. Part of bin/check."""

import io
import sys
from collections import defaultdict
from contextlib import redirect_stdout
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.contract import IDS, LINES, shown_by


class Register:
    """Collects, for each line of the contract, the tests that name it."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = defaultdict(list)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for line in shown_by(item):
                name = item.nodeid.partition("[")[0].removeprefix("tests/")
                if name not in self.tests[line]:
                    self.tests[line].append(name)


def main() -> int:
    register = Register()
    listing = io.StringIO()
    with redirect_stdout(listing):
        outcome = pytest.main(["--collect-only", "-q"], plugins=[register])
    if outcome not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        print(listing.getvalue())
        return int(outcome)
    shown = [line for line in IDS if register.tests[line]]
    for line in shown:
        first, *more = register.tests[line]
        print(f"{line:>4}  {first}" + (f"  and {len(more)} more" if more else ""))
    counts = ", ".join(
        f"{source} {sum(line[0] == source for line in shown)}/{n}" for source, n in LINES.items()
    )
    print(f"\nContract: {len(shown)} of {len(IDS)} lines are shown by a test ({counts}).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
