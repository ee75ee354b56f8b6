"""How much processor time the page "How it goes" takes for so many answers, beside the same for none.

Run: .venv/bin/python -m bench.drift --answers 10000
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
import tracemalloc
from datetime import timedelta
from typing import Any
from uuid import uuid4

CLIENTS = 40
WORDS = "I read your notes twice, and one line stayed with me. " * 8


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--answers", type=int, default=10_000)
    answers: int = asked.parse_args().answers
    with tempfile.TemporaryDirectory() as folder:
        _measure(answers, folder)


def _measure(answers: int, folder: str) -> None:
    import tests.environment  # noqa: F401, PLC0415  secrets for tests, before Django's set-up

    os.environ["INTERLUDE_DATA"] = folder
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from interlude.messaging.drift import drift_of  # noqa: PLC0415
    from interlude.practice.scope import in_practice  # noqa: PLC0415
    from tests.cast import NOW, build_cast  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    cast = build_cast()
    with in_practice(cast.alder.id):
        for many in (0, answers):
            _fill(cast, many)
            drift_of(cast.ada, NOW)  # agreements are read once in a process
            took = []
            for _ in range(5):
                before = time.process_time()
                found = drift_of(cast.ada, NOW)
                took.append(time.process_time() - before)
            with CaptureQueriesContext(connection) as questions:
                drift_of(cast.ada, NOW)
            tracemalloc.start()
            drift_of(cast.ada, NOW)
            peak = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
            print(
                f"{found.sums.answers:7} answers: {statistics.median(took) * 1000:7.1f} ms of processor time, "
                f"{len(questions)} questions, {peak:.1f} MB at most"
            )


def _fill(cast: Any, many: int) -> None:
    from interlude.messaging.models import Message, Reply  # noqa: PLC0415
    from interlude.practice.actions import add_client, add_participant  # noqa: PLC0415
    from interlude.sealing.vault import Sealer  # noqa: PLC0415
    from tests.cast import LONG_AGO, NOW, agree  # noqa: PLC0415

    if not many:
        return
    writers = []
    for number in range(CLIENTS):
        client = add_client(clinician=cast.ada, name=f"Client {number}", by=None, now=LONG_AGO)
        writers.append(add_participant(client=client, name=client.name, role="self", by=None, now=LONG_AGO))
        agree(client, [writers[-1]])
    sealer, messages, replies = Sealer(cast.alder.id), [], []
    agreements = {one.client_id: one.client.agreements.get() for one in writers}
    for number in range(many):
        who = writers[number % CLIENTS]
        sent = NOW - timedelta(minutes=number * 7 + 600)
        message = Message(id=uuid4(), practice_id=who.practice_id, client_id=who.client_id, participant=who)
        message.clinician, message.agreement = cast.ada, agreements[who.client_id]
        message.topic, message.words, message.sent_at = "homework", 40, sent
        message.outcome, message.handed_at = "answer", sent + timedelta(minutes=60)
        message.reply_due, message.resolved_at = sent + timedelta(days=2), sent + timedelta(minutes=90)
        message.sealed = b"x"
        reply = Reply(id=uuid4(), practice_id=who.practice_id, message=message, clinician=cast.ada)
        reply.kind, reply.written_at = "answer", sent + timedelta(minutes=90)
        reply.leaves_at = reply.written_at
        reply.sealed = sealer.seal(who.client_id, reply.place, WORDS)
        messages.append(message)
        replies.append(reply)
    Message.unscoped.bulk_create(messages, batch_size=1000)
    Reply.unscoped.bulk_create(replies, batch_size=1000)


if __name__ == "__main__":
    main()
