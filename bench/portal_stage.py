"""Run as a program by bench/portal.py: `seed N` fills a database, `queries` counts statements of a request."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402  after set-up
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from interlude.accounts.models import User  # noqa: E402
from interlude.messaging.models import Message  # noqa: E402
from interlude.practice.actions import add_client, add_participant  # noqa: E402
from interlude.practice.models import Clinician, Participant  # noqa: E402
from interlude.sealing.vault import Sealer  # noqa: E402
from tests.cast import LONG_AGO, agree, build_cast  # noqa: E402
from tests.faults.stage import signed_in  # noqa: E402

WRITERS, WAITING = 64, 200
TEXT = "I tried the evening notes we spoke about. The first two nights were hard. " * 6


def seed(stored: int) -> dict[str, Any]:
    """64 writers with accepted agreements, *stored* answered messages, 200 waiting for one clinician."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with transaction.atomic():
        cast = build_cast()
        writers = [_writer(cast.ada, number) for number in range(WRITERS)]
    now = datetime.now(UTC)
    with transaction.atomic():
        Message.unscoped.bulk_create(_messages(writers, stored, now), batch_size=2000)
    assert cast.ada.user is not None
    User.objects.filter(pk=cast.ada.user.pk).update(is_active=True)
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": [signed_in(writer.user) for writer in writers],
        "clinician": signed_in(cast.ada.user, demo=True),
        "stored": Message.unscoped.count(),
    }


def _writer(clinician: Clinician, number: int) -> Participant:
    client = add_client(clinician=clinician, name=f"Writer {number}", by=None, now=LONG_AGO)
    writer = add_participant(client=client, name=f"Writer {number}", role="self", by=None, now=LONG_AGO)
    writer.user = User.objects.create_user(f"writer{number}@example.org")
    writer.save()
    agree(client, [writer])
    return writer


def _messages(writers: list[Participant], stored: int, now: datetime) -> Iterator[Message]:
    sealer = Sealer(writers[0].practice_id)
    sealer.fetch([writer.client_id for writer in writers])
    agreements = {writer.client_id: writer.client.agreements.get() for writer in writers}
    for number in range(stored):
        writer, waits = writers[number % len(writers)], number < WAITING
        at = now - timedelta(days=8 if waits else 30, seconds=number)
        message = Message(
            id=uuid4(),
            practice_id=writer.practice_id,
            client_id=writer.client_id,
            participant=writer,
            clinician_id=writer.client.clinician_id,
            agreement=agreements[writer.client_id],
            topic="homework",
            words=84,
            sent_at=at,
            outcome="answer",
            handed_at=at + timedelta(hours=4),
            reply_due=at + timedelta(days=12),
            resolved_at=None if waits else at + timedelta(days=1),
        )
        message.sealed = sealer.seal(writer.client_id, message.place, TEXT)
        yield message


def queries() -> dict[str, int]:
    """Statements of one send and of the main pages, savepoints aside."""
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.DEMO = True  # no second factor for the bench's clinician
    writer = Participant.unscoped.select_related("user").get(name="Writer 7")
    ada = Clinician.unscoped.select_related("user").get(name="Ada Lindqvist")
    return {
        "send": _count(writer.user, "post", "/my/messages/", demo=False),
        "home": _count(writer.user, "get", "/my/", demo=False),
        "conversation": _count(writer.user, "get", "/my/conversation/", demo=False),
        "check window": _count(ada.user, "get", "/practice/", demo=True),
    }


def _count(user: User | None, verb: str, path: str, *, demo: bool) -> int:
    assert user is not None
    browser = Browser()
    browser.force_login(user)
    if demo:
        session = browser.session
        session["demo"] = True
        session.save()
    form = {"draft_id": str(uuid4()), "topic": "homework", "words": TEXT} if verb == "post" else {}
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = getattr(browser, verb)(path, form)
    assert answer.status_code in (200, 302), (path, answer.status_code)
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


if __name__ == "__main__":
    print(json.dumps(seed(int(sys.argv[2])) if sys.argv[1] == "seed" else queries()))
