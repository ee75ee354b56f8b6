"""Copies of help now on a disk, which a web server serves when portal, worker and database are down. Rule: R-166.

A copy is the page itself, byte for byte. Each is written whole or not at all, and those of places that nobody has
checked any more are taken away.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string

from interlude.core.packs.help_words import ANYWHERE, FIRST, languages
from interlude.crisis.models import HelpLine
from interlude.crisis.pages import HelpPage, script, worker
from interlude.crisis.places import GENERAL, Shelf, general_shelf, shelf_of
from interlude.practice.models import Practice

log = logging.getLogger(__name__)
INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Job:
    """To be done once after the transaction, however often it was asked for in it."""

    slug: str

    def __call__(self) -> None:
        try:
            write_copies(self.slug)
        except OSError as error:
            _tell(error)


def write_copies_after(practice: Practice) -> None:
    """Write a practice's copies anew as soon as what changed is kept."""
    job = Job(practice.slug)
    if not any(job in entry for entry in connection.run_on_commit):
        transaction.on_commit(job)


def write_all_copies(*, now: datetime) -> int:
    """Every practice's copies and the general ones; returns how many files were new or changed. Raises OSError."""
    slugs = HelpLine.unscoped.shown().order_by().values_list("practice__slug", flat=True).distinct()
    return sum(write_copies(slug) for slug in sorted(slugs)) + _forget_others(set(slugs)) + _write_general()


def look_after_copies(*, now: datetime) -> None:
    """The worker's hourly look: what is old, whatever made it so, is written anew; a full disk is told."""
    try:
        write_all_copies(now=now)
    except OSError as error:
        _tell(error)


def write_copies(slug: str) -> int:
    """One practice's pages and the general ones. Raises OSError."""
    shelf = shelf_of(slug)
    changed = _write(slug, shelf) if shelf.practice else _forget(_folder() / slug)
    return changed + _write_general()


def outdated_copies() -> list[str]:
    """Names of files that are missing or are not what the portal would answer now."""
    wanted = dict(_shared())
    for slug in HelpLine.unscoped.shown().order_by().values_list("practice__slug", flat=True).distinct():
        wanted |= _pages(slug, shelf_of(slug))
    wanted |= _pages(GENERAL, general_shelf())
    return sorted(name for name, text in wanted.items() if _kept(_folder() / name) != text)


def _tell(error: OSError) -> None:
    log.error(
        "the copies of help now in %s could not be written (%s): what they show may be old. "
        "Make room or give the right to write there, then run `interlude help_copies`.",
        settings.HELP_COPIES,
        error.strerror,
    )


def _write_general() -> int:
    return _put(_shared()) + _write(GENERAL, general_shelf())


def _write(slug: str, shelf: Shelf) -> int:
    pages = _pages(slug, shelf)
    changed = _put(pages.items())
    here = _folder() / slug
    return changed + sum(_forget(path.parent) for path in _indexes(here) if _name(path) not in pages)


def _shared() -> Iterator[tuple[str, str]]:
    """What belongs to no practice: the general page without a place, the script, the page to leave to."""
    yield INDEX, HelpPage(general_shelf()).render()
    yield "help.js", script()
    yield "worker.js", worker()
    yield "leave.html", render_to_string("public/left.html")


def _pages(slug: str, shelf: Shelf) -> dict[str, str]:
    """Every page of one shelf: without a place and for each place, in each language."""
    found = {f"{slug}/{INDEX}": HelpPage(shelf).render()}
    for country in (ANYWHERE, *(place.code for place in shelf.places)):
        for language in languages():
            page = HelpPage(shelf, country=country.upper(), language=language).render()
            found[f"{slug}/{country}/{language}/{INDEX}"] = page
            if language == FIRST:
                found[f"{slug}/{country}/{INDEX}"] = page
    return found


def _put(files: Iterable[tuple[str, str]]) -> int:
    return sum(_put_one(_folder() / name, text) for name, text in files)


def _put_one(path: Path, text: str) -> bool:
    """Whole or not at all: a name leads to the old bytes until every new one is on the disk."""
    if _kept(path) == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)  # the web server is another account, and these pages are for everybody
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return True


def _forget(folder: Path) -> int:
    """Take away a folder of copies: a number that nobody stands for any more is not left lying about."""
    gone = 0
    for path in sorted(_everything(folder), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
            gone += 1
    return gone


def _forget_others(slugs: set[str]) -> int:
    folders = [path for path in _folder().glob("*") if path.is_dir()]
    return sum(_forget(path) for path in folders if path.name not in slugs | {GENERAL})


def _everything(folder: Path) -> list[Path]:
    return [*folder.rglob("*"), folder] if folder.is_dir() else []


def _indexes(folder: Path) -> list[Path]:
    return [path for path in folder.rglob(INDEX) if path.is_file()]


def _name(path: Path) -> str:
    return path.relative_to(_folder()).as_posix()


def _kept(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _folder() -> Path:
    return Path(settings.HELP_COPIES)
