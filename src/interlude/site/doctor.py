"""How an installation is: what it runs on, and what somebody should look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from interlude.audit.record import heads, verify
from interlude.away.unseen import unseen_in
from interlude.boundaries.holidays import version as holidays_version
from interlude.core.packs.lines import collected_on
from interlude.core.zones import zone_data
from interlude.crisis.copies import outdated_copies
from interlude.outbox.models import Notice
from interlude.practice.models import Practice
from interlude.site.database import wal_is_safe

TOO_LONG = timedelta(minutes=5)  # a due notice that waits longer means that no worker runs


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `state`: fine, look (somebody should), broken (nobody should run this)."""

    name: str
    said: str
    state: str = "fine"


def examine(now: datetime) -> list[Finding]:
    """Everything in turn; a database that does not answer ends it early."""
    found = [*_settings(), *_packages()]
    try:
        found += [*_database(), *_record(), *_worker(now), *_unseen(now), *_help_copies()]
    except DatabaseError as error:
        found.append(Finding("database", f"does not answer: {type(error).__name__}", "broken"))
    return found


def _settings() -> Iterator[Finding]:
    problems = [each for each in run_checks() if each.is_serious()]
    for each in problems:
        yield Finding("settings", f"{each.msg} {each.hint or ''}".strip(), "broken")
    if not problems:
        yield Finding("settings", "no problem found")
    if settings.EMAIL_BACKEND.endswith("SpoolBackend"):
        said = f"no mail server is named; mails are files in {settings.SPOOL}"
        yield Finding("mail", said, "fine" if settings.DEMO else "look")
    else:
        yield Finding("mail", f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}")


def _packages() -> Iterator[Finding]:
    zones = zone_data()
    known = zones.version != "unknown"
    yield Finding("time zones", f"{zones.version}, {zones.source}", "fine" if known else "look")
    yield Finding("public holidays", f"holidays {holidays_version()}")
    yield Finding("help lines", f"drafts collected {collected_on():%d %b %Y}; a person checks each")


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            yield from _sqlite(cursor)
        else:
            cursor.execute("SHOW server_version")
            yield Finding("database", f"PostgreSQL {cursor.fetchone()[0]}")
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    said = f"{waiting} migrations wait; run interlude migrate" if waiting else "up to date"
    yield Finding("tables", said, "broken" if waiting else "fine")


def _sqlite(cursor: object) -> Iterator[Finding]:
    version = ".".join(map(str, connection.Database.sqlite_version_info))  # type: ignore[attr-defined]
    safe = wal_is_safe(connection.Database.sqlite_version_info)  # type: ignore[attr-defined]
    journal, sync = _pragma(cursor, "journal_mode"), _pragma(cursor, "synchronous")
    yield Finding("database", f"SQLite {version} in {connection.settings_dict['NAME']}")
    fits = (journal == "wal") is safe or journal == "memory"
    yield Finding("journal", f"{journal}, synchronous={sync}", "fine" if fits and sync == "2" else "broken")
    whole = _pragma(cursor, "quick_check")
    yield Finding("file", whole if whole != "ok" else "whole", "fine" if whole == "ok" else "broken")


def _pragma(cursor: object, name: str) -> str:
    cursor.execute(f"PRAGMA {name}")  # type: ignore[attr-defined]
    return str(cursor.fetchone()[0])  # type: ignore[attr-defined]


def _record() -> Iterator[Finding]:
    for head in heads():
        checked, fault = verify(head.practice_id)
        said = f"practice {head.practice_id}: {checked} events, {fault.what if fault else 'whole'}"
        yield Finding("record", said, "broken" if fault else "fine")


def _worker(now: datetime) -> Iterator[Finding]:
    """Signs of the worker: when it last sent something, and whether something waits for it."""
    last = Notice.objects.exclude(sent_at=None).order_by("-sent_at").first()
    late = Notice.objects.filter(sent_at=None, given_up_at=None, send_at__lt=now - TOO_LONG).count()
    given_up = Notice.objects.exclude(given_up_at=None).count()
    said = (
        f"last notice sent {last.sent_at:%d %b, %H:%M} UTC" if last and last.sent_at else "nothing sent yet"
    )
    if late:
        yield Finding("worker", f"{said}; {late} are overdue: start `interlude deliver`", "look")
    else:
        yield Finding("worker", said)
    if given_up:
        yield Finding(
            "worker", f"{given_up} notices were given up after many tries; look at the mail server", "look"
        )


def _help_copies() -> Iterator[Finding]:
    """What a web server would serve of help now while all of this is down."""
    try:
        old = outdated_copies()
    except OSError as error:
        yield Finding("help copies", f"{settings.HELP_COPIES}: {error.strerror}", "look")
        return
    said = f"{len(old)} old or missing in {settings.HELP_COPIES}; run `interlude help_copies`"
    yield Finding("help copies", said, "look") if old else Finding("help copies", "as the portal answers")


def _unseen(now: datetime) -> Iterator[Finding]:
    """Messages whose own person cannot see them; the page of the office names who waits."""
    for practice in Practice.objects.all():
        open_ones = [one for one in unseen_in(practice, now=now) if one.taken is None]
        if open_ones:
            said = f"practice {practice.pk}: {len(open_ones)} wait for somebody who cannot see them"
            yield Finding("unseen", f"{said}; the office sees who, under Nothing unseen", "look")
