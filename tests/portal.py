"""Fixtures for tests that go through the front door: the cast, a signed-in visitor, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from interlude.practice.models import Clinician, OfficeMember, Participant
from interlude.practice.scope import in_practice
from tests.again import cast_again
from tests.cast import NOW, Cast

Visit = Callable[[Participant | Clinician | OfficeMember | None], Browser]


@pytest.fixture
def quick_and_apart(settings: Any, tmp_path: Path) -> None:
    """A fast hasher, plain static files, a spool of this test's own."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SPOOL = tmp_path / "mail"
    settings.STATIC_ROOT = tmp_path
    settings.HELP_COPIES = tmp_path / "help"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


class Clock:
    """The moment that views and commands read. It stands still until it is set."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        patch.setattr(timezone, "now", lambda: self.now)

    def set(self, now: datetime) -> None:
        self.now = now


@pytest.fixture
def clock() -> Iterator[Clock]:
    with pytest.MonkeyPatch.context() as patch:
        yield Clock(patch)


@pytest.fixture
def cast(db: None, clock: Clock, quick_and_apart: None) -> Cast:
    return cast_again()


@pytest.fixture
def in_alder(cast: Cast) -> Iterator[None]:
    """Queries of the test itself run inside practice Alder."""
    with in_practice(cast.alder.id):
        yield


@pytest.fixture
def visit(db: None, quick_and_apart: None, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """A browser signed in as that person (None: nobody), second factor done, shown just now who they are."""
    monkeypatch.setattr("interlude.practice.middleware.needs_second_factor", lambda request: False)
    monkeypatch.setattr("interlude.practice.notice_pages.ask_who_it_is", lambda request: None)

    def enter(person: Participant | Clinician | OfficeMember | None) -> Browser:
        browser = Browser()
        if person is not None and person.user is not None:
            browser.force_login(person.user)
        return browser

    return enter
