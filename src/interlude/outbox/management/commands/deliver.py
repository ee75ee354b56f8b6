from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from interlude.outbox.actions import send_due_notices

PAUSE = 2.0


class Command(BaseCommand):
    help = "Send waiting notices until stopped. With --once, send what is due and exit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *, once: bool, **options: Any) -> None:
        while True:
            sent = send_due_notices(now=timezone.now())
            if sent:
                self.stdout.write(f"{sent} notices sent")
            if once:
                return
            close_old_connections()
            time.sleep(PAUSE)
