"""What tests of check-ins share: an agreement that is a week old, so that a check-in is due, and reading pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from interlude.agreements.models import Agreement
from interlude.practice.models import Client, Participant
from tests.agreements.reading import main_text
from tests.cast import NOW

PAGE = "/my/check-in/"
ANSWERS = {"amount": "right", "waiting": "a_little", "words": "The canary waits well."}
OTHERS = {"amount": "much", "waiting": "no", "words": "A heron at night."}


def a_week_old(client: Client, *, weeks: int = 1, now: datetime = NOW) -> None:
    """Its agreement holds for so many weeks today: a check-in is due on this day."""
    Agreement.unscoped.filter(client=client).update(accepted_at=now - timedelta(weeks=weeks))


def desk(person: Participant) -> str:
    """The clinician's page for the same care."""
    return f"/practice/clients/{person.client_id}/check-in/"


def read(browser: Any, address: str) -> str:
    """The main part of a page, as a person reads it."""
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return main_text(answer.content.decode())
