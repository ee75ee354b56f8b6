from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from interlude.outbox.bounces import take_report

MOST = 5_000_000  # bytes of one report


class Command(BaseCommand):
    help = (
        "Read reports about mail that came back, from files or from standard input, and stop sending "
        "to an address that is gone until its person confirms one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="one report each; none: standard input")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        if not files:
            self.stdout.write(f"standard input: {self._take(sys.stdin.buffer.read(MOST))}")
        for path in files:
            try:
                raw = path.read_bytes()[:MOST]
            except OSError as error:
                raise CommandError(f"{path} cannot be read ({error.strerror}); name a file") from None
            self.stdout.write(f"{path}: {self._take(raw)}")

    def _take(self, raw: bytes) -> str:
        return take_report(raw, now=timezone.now()).value
