from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

from interlude.messaging.calendar_changes import count_again
from interlude.outbox.actions import send_due_notices
from interlude.outbox.devices import send_due_pushes

PAUSE = 2.0
COUNT_EVERY = timedelta(minutes=1)
ROUND = timedelta(hours=1)


def look_around(*, now: datetime, acts: list[str] | None = None) -> None:
    """Each act of settings.WORKER_ROUNDS once: what becomes due by the clock alone, with nobody there to do it."""
    for name in settings.WORKER_ROUNDS if acts is None else acts:
        import_string(name)(now=now)


class Command(BaseCommand):
    help = (
        "Watch over dates, leave notices for what has become due, and send what waits, until stopped. "
        "With --once, once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *, once: bool, **options: Any) -> None:
        next_count = next_round = timezone.now()
        while True:
            now = timezone.now()
            if now >= next_count:
                next_count = now + COUNT_EVERY
                self.say(count_again(now), "dates moved")
                look_around(now=now, acts=settings.WORKER_MINUTES)
            if now >= next_round:
                next_round = now + ROUND
                look_around(now=now)
            self.say(send_due_notices(now=now), "notices sent")
            self.say(send_due_pushes(now=now), "devices told")
            if once:
                return
            close_old_connections()
            time.sleep(PAUSE)

    def say(self, many: int, what: str) -> None:
        if many:
            self.stdout.write(f"{many} {what}")
