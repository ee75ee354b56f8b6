"""Every check that needs no test database, in the order of speed. Part of bin/check."""

import sys
from pathlib import Path

from _steps import BIN, ROOT, Step, run_all

DJANGO: list[str | Path] = [BIN / "python", "-m", "interlude.site.manage"]

#: What a careful operator would set; the secrets exist for this check only.
PRODUCTION = {
    "INTERLUDE_SECRET_KEY": "for the check only: j4Wm0a9VbqkzTn7Yc2LrXs5eGdHu8PfQ1oKiJtRvB3w",
    "INTERLUDE_SEAL_KEY": "1:Zm9yIHRoZSBjaGVjayBvbmx5LCAzMiBieXRlcyEhISE=",
    "INTERLUDE_AUDIT_KEY": "for the check only: Qp7ZtS3mXv9LbN1cKd5RfWgHj2YuEoAiT8rMwVzBn4k",
    "INTERLUDE_BASE_URL": "https://portal.example",
    "INTERLUDE_ALLOWED_HOSTS": "portal.example",
    "INTERLUDE_HTTPS": "true",
    "INTERLUDE_DATA": str(ROOT / "var" / "check"),
    "INTERLUDE_DEBUG": "false",
    "INTERLUDE_DEMO": "false",
    "DATABASE_URL": "",
}

STEPS = [
    Step("format", [BIN / "ruff", "format", "--check", "."]),
    Step("lint", [BIN / "ruff", "check", "."]),
    Step("import contracts", [BIN / "lint-imports"]),
    Step("migrations complete", [*DJANGO, "makemigrations", "--check", "--dry-run"], environment=PRODUCTION),
    Step(
        "ready to deploy", [*DJANGO, "check", "--deploy", "--fail-level", "WARNING"], environment=PRODUCTION
    ),
    Step("house tests: sizes, names, rooms, docs and their links", [BIN / "pytest", "tests/house"]),
    Step("contract coverage", [BIN / "python", "bin/_contract.py"]),
    Step("types", [BIN / "mypy"], environment=PRODUCTION),
]

if __name__ == "__main__":
    sys.exit(run_all(STEPS))
