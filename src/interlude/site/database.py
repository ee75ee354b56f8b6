"""Which database, and the settings that keep an acknowledged message over a power cut."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import dj_database_url

POOL = {"min_size": 1, "max_size": 8, "timeout": 10}


def use_fixed_sqlite() -> None:
    """Put pysqlite3 in the place of sqlite3 where it is newer.

    SQLite 3.7.0 to 3.51.2 can damage a WAL database when two connections write and checkpoint at the same
    instant (sqlite.org, 'WAL-reset bug', fixed in 3.51.3, 3.50.7 and 3.44.6). Debian 12 carries 3.40.1.
    """
    import sqlite3  # noqa: PLC0415  the standard one, to compare with

    try:
        import pysqlite3  # noqa: PLC0415  no wheel for this machine (Linux on ARM): WAL stays off below
    except ImportError:
        return
    if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite release is free of the write-ahead-log fault."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's settings for *url*, or for a file in *data* where there is none."""
    if url and not url.startswith("sqlite"):
        named = dict(dj_database_url.parse(url))
        return named | {
            "CONN_MAX_AGE": 0,  # the pool keeps the connections
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {**named.get("OPTIONS", {}), "pool": POOL},  # type: ignore[dict-item]
        }
    name = url.removeprefix("sqlite:///") if url else str(data / "interlude.sqlite3")
    return _sqlite(name)


def _sqlite(name: str) -> dict[str, Any]:
    use_fixed_sqlite()
    import sqlite3  # noqa: PLC0415  after the swap

    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    if not Path(name).exists():
        Path(name).touch(mode=0o600)  # the files beside it take its rights
    return {
        "ENGINE": "interlude.site.sqlite",
        "NAME": name,
        "CONN_MAX_AGE": None,  # one connection for each server thread
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # without it a read-then-write fails at once, no waiting
            "timeout": 20,
            "init_command": (
                f"PRAGMA journal_mode={journal};"
                "PRAGMA synchronous=FULL;"  # an acknowledged message survives a power cut
                "PRAGMA secure_delete=ON;"  # shredded keys leave no bytes in free pages
                "PRAGMA temp_store=MEMORY;"  # no clear text in temporary files
                "PRAGMA cache_size=-20000;"
                "PRAGMA journal_size_limit=67108864;"
            ),
        },
    }
