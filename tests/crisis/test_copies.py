"""Copies of help now: as the portal answers, written whole, served when portal and database are gone (R10)."""

from __future__ import annotations

import errno
import functools
import http.server
import logging
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client as Browser

from interlude.crisis import copies
from interlude.crisis.actions import bring_in_lines, confirm_line, take_down_line
from interlude.crisis.models import HelpLine
from interlude.site.management.commands.deliver import look_around
from tests.cast import NOW, Cast

PAGES = ("/help/", "/help/alder/", "/help/alder/GB/", "/help/alder/GB/es/", "/help/-/GB/", "/help/-/any/hi/")


@pytest.fixture
def lines(cast: Cast) -> list[HelpLine]:
    for country in ("GB", "IN"):
        bring_in_lines(country, practice=cast.alder, by=cast.priya, now=NOW)
    rows = list(HelpLine.unscoped.filter(practice=cast.alder))
    for line in rows:
        confirm_line(line, by=cast.priya, how="called", on=NOW.date(), now=NOW)
    return rows


@pytest.fixture
def folder(settings: Any) -> Path:
    return Path(settings.HELP_COPIES)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture
def plain_server(folder: Path) -> Iterator[str]:
    """What is left when everything of ours is gone: a folder and a file server."""
    handler = functools.partial(Quiet, directory=str(folder.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.contract("A14", "A30", "D25")
def test_a_plain_file_server_answers_while_portal_worker_and_database_are_gone(
    lines: list[HelpLine], plain_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies.write_all_copies(now=NOW)
    live = {address: Browser().get(address).content for address in PAGES}

    def gone(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("the portal and its database are gone")

    monkeypatch.setattr("django.core.handlers.wsgi.WSGIHandler.__call__", gone)
    with connection.execute_wrapper(gone):
        for address in PAGES:
            began = time.monotonic()
            with urlopen(plain_server + address) as answer:
                assert answer.status == 200
                assert answer.read() == live[address], address
            assert time.monotonic() - began < 1
        page = live["/help/alder/GB/"].decode()
        assert page[page.index("tel:") :].startswith("tel:999")
        for file in ("help.js", "worker.js", "leave.html"):
            with urlopen(f"{plain_server}/help/{file}") as answer:
                assert answer.status == 200


def test_a_copy_needs_nothing_but_itself(lines: list[HelpLine], folder: Path) -> None:
    copies.write_all_copies(now=NOW)
    page = (folder / "alder/GB/index.html").read_text()
    assert "/static/" not in page and "<style>" in page
    assert re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]+)"', page) == ["/help/help.js"]
    assert len(page.encode()) < 60_000
    header = Browser().get("/help/alder/GB/")["Content-Security-Policy"]
    named = re.search(r"style-src ('sha256-[^']+')", page.replace("&#x27;", "'"))
    assert named is not None and named[1] in header


def test_each_check_writes_them_anew_and_a_place_without_lines_goes(
    cast: Cast, lines: list[HelpLine], folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    copies.write_all_copies(now=NOW)
    assert copies.outdated_copies() == []
    connection.run_on_commit.clear()  # what the fixture asked for; a test's transaction never ends
    indian = [line for line in lines if line.country == "IN"]
    with django_capture_on_commit_callbacks(execute=True) as calls:
        for line in indian:
            take_down_line(line, by=cast.priya, why="Nobody answers.", now=NOW)
    assert len(calls) == 1, "once for all that happened in one transaction"
    assert not (folder / "alder/IN").exists() and not (folder / "-/IN").exists()
    assert (folder / "alder/GB/index.html").exists()
    assert "India" not in (folder / "alder/index.html").read_text()
    assert copies.outdated_copies() == []


def test_a_practice_whose_last_line_is_down_has_no_copies_left(
    cast: Cast, lines: list[HelpLine], folder: Path
) -> None:
    copies.write_all_copies(now=NOW)
    HelpLine.unscoped.update(checked_on=None, checked_by=None)
    look_around(now=NOW)
    assert not (folder / "alder").exists()
    assert "tel:" not in (folder / "index.html").read_text()


def test_a_full_disk_keeps_the_old_page_whole_and_is_told(
    cast: Cast, lines: list[HelpLine], folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    copies.write_all_copies(now=NOW)
    before = (folder / "alder/GB/index.html").read_text()
    take_down_line(lines[1], by=cast.priya, why="Wrong.", now=NOW)

    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("interlude.crisis.copies.os.fsync", full)
    with caplog.at_level(logging.ERROR):
        copies.Job("alder")()
        copies.look_after_copies(now=NOW)
    assert caplog.text.count("what they show may be old") == 2
    assert (folder / "alder/GB/index.html").read_text() == before
    assert not list(folder.rglob(".*")), "nothing half written is left"
    with pytest.raises(CommandError, match="No space left on device; make room"):
        call_command("help_copies")
    with pytest.raises(CommandError, match="are old or missing"):
        call_command("help_copies", check=True)
    monkeypatch.undo()
    assert copies.write_all_copies(now=NOW) > 0
    call_command("help_copies", check=True)


def test_writing_them_once_more_changes_nothing(lines: list[HelpLine], folder: Path) -> None:
    assert copies.write_all_copies(now=NOW) > 10
    assert copies.write_all_copies(now=NOW) == 0
    assert all(path.stat().st_mode & 0o004 for path in folder.rglob("*.html"))
