"""One hour that several want at the same moment is booked once: on SQLite in a file, and on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.environment import DATABASE

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.contract("B8")
def test_of_five_who_press_at_once_exactly_one_books_and_every_other_hears_no(tmp_path: Path) -> None:
    environment = os.environ | {
        "DATABASE_URL": database_of_its_own(),
        "INTERLUDE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "interlude.site.settings",
        "PYTHONPATH": str(ROOT),
    }
    run = subprocess.run(
        [sys.executable, "-m", "tests.appointments.race"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    rounds = json.loads(run.stdout.splitlines()[-1])
    assert rounds == [{"pressed": 5, "heard": 1, "planned": 1}] * len(rounds)
    assert len(rounds) == 4


def database_of_its_own() -> str:
    """A fresh database on the server that these tests run on; '' is a file in the test's folder."""
    if not DATABASE:
        return ""
    server, _, _ = DATABASE.rpartition("/")
    name = f"raced_{uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server}/{name}"
