"""On SQLite the migrations run once: what they make is kept in a file, which each process of a later run copies.

The file's name is the sum of every migration, so that another migration makes another file. PostgreSQL runs them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.core import management
from django.db import connection
from django.db.backends.sqlite3.creation import DatabaseCreation


@pytest.fixture(autouse=True, scope="session")
def migrated_once() -> Iterator[None]:
    """While Django makes the database for the tests; a test that migrates does so itself."""
    create = DatabaseCreation.create_test_db

    def create_or_copy(creation: Any, *given: Any, **options: Any) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(management, "call_command", _instead_of(management.call_command))
            return create(creation, *given, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseCreation, "create_test_db", create_or_copy)
        yield


def _instead_of(call: Any) -> Any:
    def call_or_copy(name: Any, *given: Any, **options: Any) -> None:
        file = _file()
        if name != "migrate":
            call(name, *given, **options)
        elif file.exists():
            _copy(file)
        else:
            call(name, *given, **options)
            _keep(file)

    return call_or_copy


def _file() -> Path:
    total = hashlib.sha256(repr(django.VERSION).encode())
    for config in apps.get_app_configs():
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            total.update(f"{config.label} {file.name}\n".encode() + file.read_bytes())
    return Path(settings.DATA, f"migrated-{total.hexdigest()[:16]}.sqlite3")


def _copy(file: Path) -> None:
    import sqlite3  # noqa: PLC0415  after our settings have put the fixed one in its place

    connection.ensure_connection()
    kept = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    kept.backup(connection.connection)
    kept.close()


def _keep(file: Path) -> None:
    """Whole or not at all: another process may be reading, or doing the same."""
    import sqlite3  # noqa: PLC0415  as above

    for old in set(file.parent.glob("migrated-*.sqlite3")) - {file}:
        old.unlink(missing_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}")
    kept = sqlite3.connect(unfinished)
    connection.connection.backup(kept)
    kept.close()
    unfinished.replace(file)
