"""Run as a program by bench/replay.py: fills a database of its own with N messages, and tries rules on them."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import islice
from time import process_time
from typing import Any
from uuid import uuid4

ONCE = 5_000
OUTCOMES = {"answered": "answer", "acknowledged": "acknowledge", "kept": "keep", "no_answer": "no_answer"}


def main() -> None:
    """With "measure", the process that only measures: its memory is that of trying, not of filling."""
    if sys.argv[1:2] == ["measure"]:
        _set_up(sys.argv[2])
        _measure()
        return
    with tempfile.TemporaryDirectory() as folder:
        _set_up(folder)
        _fill(int(sys.argv[1]))
        os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-m", "bench.replay_stage", "measure", folder])


def _set_up(folder: str) -> None:
    from tests import environment  # noqa: PLC0415  sets the secrets that tests use, and a folder of theirs

    assert environment
    os.environ |= {"INTERLUDE_DATA": folder, "DATABASE_URL": ""}
    import django  # noqa: PLC0415

    django.setup()


def _fill(rows: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415  once Django stands

    from bench.portal_stage import _writer  # noqa: PLC0415
    from bench.replay import CLIENTS, history  # noqa: PLC0415
    from tests.cast import build_cast  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    ada = build_cast().ada
    writers = [_writer(ada, number) for number in range(CLIENTS)]
    agreements = {writer.client_id: writer.client.agreements.get() for writer in writers}
    made = history(rows)
    while some := list(islice(made, ONCE)):
        _store([(past, writers[past.client], agreements[writers[past.client].client_id]) for past in some])


def _store(some: list[tuple[Any, Any, Any]]) -> None:
    """Messages as they would have been stored, with the moment at which an answer left."""
    from django.db import transaction  # noqa: PLC0415  once Django stands

    from interlude.messaging.models import Message, Reply  # noqa: PLC0415

    messages, replies = [], []
    for past, writer, agreement in some:
        whose = {"practice_id": writer.practice_id, "clinician_id": writer.client.clinician_id}
        message = Message(
            id=uuid4(), **whose, client_id=writer.client_id, participant=writer, agreement=agreement,
            topic=past.topic, words=past.words, sent_at=past.sent_at, outcome=OUTCOMES[past.end],
            handed_at=past.sent_at + timedelta(hours=4), reply_due=past.due, resolved_at=past.answered_at,
            sealed=b"x" * 600,
        )  # fmt: skip
        messages.append(message)
        if at := past.answered_at:
            leaving = {"kind": "acknowledged", "written_at": at, "leaves_at": at}
            replies.append(Reply(id=uuid4(), **whose, message=message, **leaving))
    with transaction.atomic():
        Message.unscoped.bulk_create(messages, batch_size=500)
        Reply.unscoped.bulk_create(replies, batch_size=500)


def _measure() -> None:
    from bench.replay import START  # noqa: PLC0415  once Django stands
    from interlude.messaging.trying import own_rules, try_on  # noqa: PLC0415
    from interlude.practice.models import Clinician  # noqa: PLC0415
    from interlude.practice.scope import in_practice  # noqa: PLC0415

    ada = Clinician.unscoped.select_related("practice").get(name="Ada Lindqvist")
    now = datetime(2026, 2, 1, tzinfo=UTC)
    with in_practice(ada.practice_id):
        text = own_rules(ada, datetime(2026, 5, 1, tzinfo=UTC).date())
        for _ in range(3):
            before, started = _memory(), process_time()
            found = try_on(text, preset="", clinician=ada, since=START.date(), now=now)
            spent = process_time() - started
            rows = found.all.messages
            print(
                f"{f'database: {rows:,} stored':36}{rows / spent:10,.0f} messages a second, "
                f"{_memory():4.0f} MB at most, {before:.0f} before"
            )


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
