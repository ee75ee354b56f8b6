from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from interlude.messaging.calendar_changes import count_again
from interlude.outbox.actions import send_due_notices

PAUSE = 2.0
COUNT_EVERY = timedelta(minutes=1)


class Command(BaseCommand):
    help = "Send waiting notices and watch over dates until stopped. With --once, do what is due and exit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *, once: bool, **options: Any) -> None:
        counted_at = None
        while True:
            now = timezone.now()
            if counted_at is None or now - counted_at >= COUNT_EVERY:
                self.say(count_again(now), "dates moved")
                counted_at = now
            self.say(send_due_notices(now=now), "notices sent")
            if once:
                return
            close_old_connections()
            time.sleep(PAUSE)

    def say(self, many: int, what: str) -> None:
        if many:
            self.stdout.write(f"{many} {what}")
