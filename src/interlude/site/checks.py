"""Checks before the portal starts, for the people who run it: what is wrong, the value, what to do.

They run with every command of Django's; `stop_if_unsafe()` runs them where a server loads the application, so
no way of starting goes round them. A secret's value is never printed.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.db import DatabaseError

from interlude.core.errors import BadHours
from interlude.core.zones import zone
from interlude.outbox.webpush import own_key

SHORTEST_SECRET = 32
LIKELY_DEFAULTS = (
    "changeme",
    "change-me",
    "change_me",
    "secret",
    "password",
    "insecure",
    "example",
    "default",
)
OVER_THE_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.s3fs"}
)
MADE_UP = (".example", ".test", ".invalid", "example.org", "example.com", "example.net")  # RFC 2606
Problem = tuple[str, str, str]  # id, what is wrong with its value, what to do


def stop_if_unsafe() -> None:
    """End this process with a clear line for each problem, before it answers a single request."""
    found = [each for each in run_checks(databases=["default"]) if each.is_serious()]
    if found:
        lines = "\n".join(f"  {each.msg}\n      {each.hint}" for each in found)
        sys.exit(f"Interlude does not start like this:\n{lines}")


def secrets_are_own() -> Iterator[Problem]:
    """A secret that others may know, or that can be guessed."""
    for name in ("SECRET_KEY", "AUDIT_KEY"):
        value = str(getattr(settings, name))
        remedy = f"set INTERLUDE_{name} to at least {SHORTEST_SECRET} random characters; bin/setup makes one"
        if len(value) < SHORTEST_SECRET:
            yield "E001", f"INTERLUDE_{name} has {len(value)} characters, which is short.", remedy
        elif len(set(value)) < 10 or value.lower().strip("-_!").startswith(LIKELY_DEFAULTS):
            yield "E001", f"INTERLUDE_{name} looks like a sample out of a guide.", remedy
    if settings.SECRET_KEY == settings.AUDIT_KEY:
        yield "E002", "INTERLUDE_SECRET_KEY and INTERLUDE_AUDIT_KEY are the same.", "make each for itself"


def seal_key_is_whole() -> Iterator[Problem]:
    """A sealing key that opens nothing, or that anybody could guess."""
    remedy = (
        "give NUMBER:KEY, the key 32 random bytes in url-safe base64, old ones after a comma; see settings.md"
    )
    numbers: set[str] = set()
    for part in settings.SEAL_KEY.split(","):
        number, _, text = part.partition(":")
        if not (number.isdigit() and 0 < int(number) < 2**32) or number in numbers:
            yield "E003", f"INTERLUDE_SEAL_KEY: {number[:12]!r} is no number of its own before a key.", remedy
        numbers.add(number)
        key = _decoded(text)
        if key is None or len(key) != 32:
            size = "is no base64" if key is None else f"has {len(key)} bytes instead of 32"
            yield "E003", f"INTERLUDE_SEAL_KEY: key {number[:12]} {size}.", remedy
        elif len(set(key)) < 8:
            yield "E003", f"INTERLUDE_SEAL_KEY: key {number[:12]} is not random.", remedy


def push_key_is_whole() -> Iterator[Problem]:
    """A key that signs nothing would stop the worker; a push service on this machine is for tests."""
    remedy = "give 32 random bytes in url-safe base64, as bin/setup makes them, or leave it empty"
    try:
        if settings.PUSH_KEY:
            own_key(settings.PUSH_KEY)
    except ValueError:
        yield "E011", "INTERLUDE_PUSH_KEY is no private key of P-256.", remedy
    if settings.PUSH_LOOPBACK and settings.HTTPS:
        yield (
            "E012",
            "INTERLUDE_PUSH_LOOPBACK is on where INTERLUDE_HTTPS is.",
            "switch it off: it is for tests",
        )


def hosts_are_named() -> Iterator[Problem]:
    """Addresses that make links forgeable, or cookies readable on the way."""
    if "*" in settings.ALLOWED_HOSTS:
        yield (
            "E004",
            "INTERLUDE_ALLOWED_HOSTS is '*': anybody could forge the host of a link.",
            "name the hosts",
        )
    if settings.BASE_URL.startswith("https://") and not settings.HTTPS:
        yield (
            "E005",
            f"INTERLUDE_BASE_URL is {settings.BASE_URL}, but INTERLUDE_HTTPS is off.",
            "set INTERLUDE_HTTPS=true, so that cookies never leave the encrypted connection",
        )
    for host in _far_hosts() if settings.DEBUG else []:
        yield (
            "E006",
            f"INTERLUDE_DEBUG is on for the host {host!r}.",
            "switch it off, or serve localhost alone",
        )


def demo_stays_at_home() -> Iterator[Problem]:
    """The demo signs anybody in by one click: it must be reachable from this machine alone."""
    for host in _far_hosts() if settings.DEMO else []:
        yield (
            "E007",
            f"INTERLUDE_DEMO is on for the host {host!r}, and in the demo anybody signs in as anybody.",
            "switch the demo off, or set INTERLUDE_BASE_URL and INTERLUDE_ALLOWED_HOSTS to localhost",
        )


def zones_are_known() -> Iterator[Problem]:
    """Without time zones no promise can be counted."""
    try:
        zone("Europe/London")
    except BadHours:
        yield "E008", "No time zone data was found on this machine.", "install the package tzdata"


def database_is_on_this_machine() -> Iterator[Problem]:
    """A SQLite file on a network share is damaged sooner or later: its locks do not hold there."""
    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"]:
        return
    kind = file_system_of(Path(str(database["NAME"])))
    if kind in OVER_THE_NETWORK:
        yield (
            "E009",
            f"The database {database['NAME']} lies on a network file system ({kind}).",
            "set INTERLUDE_DATA to a local disk, or use PostgreSQL by DATABASE_URL",
        )


def demo_holds_nobody_real() -> Iterator[Problem]:
    """One click signs in as anybody: the database of the demo must hold made-up people alone."""
    from interlude.accounts.models import User  # noqa: PLC0415  the apps are ready only now

    if not settings.DEMO:
        return
    try:
        real = sum(not email.endswith(MADE_UP) for email in User.objects.values_list("email", flat=True))
    except DatabaseError:
        return  # no tables yet, so nobody either
    if real:
        yield (
            "E010",
            f"INTERLUDE_DEMO is on, and the database holds {real} people with real addresses.",
            "switch the demo off, or give it a database of its own by INTERLUDE_DATA",
        )


def file_system_of(path: Path) -> str:
    """The kind of file system that *path* lies on, as Linux names it; empty where that cannot be told."""
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in mounts:
        left, _, right = line.partition(" - ")
        point = left.split()[4]
        inside = path == Path(point) or Path(point) in path.parents
        if inside and len(point) >= len(best):
            best, kind = point, right.split()[0]
    return kind


def _far_hosts() -> list[str]:
    """Hosts that the portal answers to and that are not this machine."""
    named = [urlsplit(settings.BASE_URL).hostname or "", *settings.ALLOWED_HOSTS]
    return sorted({host for host in named if not _is_here(host)})


def _is_here(host: str) -> bool:
    if host in ("localhost", "testserver") or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None


def _as_check(find: Callable[[], Iterator[Problem]]) -> Callable[..., list[CheckMessage]]:
    def check(app_configs: Sequence[Any] | None = None, **options: Any) -> list[CheckMessage]:
        return [Error(what, hint=remedy, id=f"interlude.{id}") for id, what, remedy in find()]

    return check


for _find in (
    secrets_are_own,
    seal_key_is_whole,
    push_key_is_whole,
    hosts_are_named,
    demo_stays_at_home,
    zones_are_known,
    database_is_on_this_machine,
):
    register(_as_check(_find), Tags.security)
register(_as_check(demo_holds_nobody_real), Tags.database)
