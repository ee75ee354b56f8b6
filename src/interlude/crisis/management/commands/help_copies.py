from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from interlude.crisis.copies import outdated_copies, write_all_copies


class Command(BaseCommand):
    help = "Write the copies of help now that a web server serves when the portal is down. With --check, only look."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit code 1 if a copy is old"
        )

    def handle(self, *, check: bool, **options: Any) -> None:
        if check:
            return self._check()
        try:
            changed = write_all_copies(now=timezone.now())
        except OSError as error:
            raise CommandError(
                f"{error.filename or settings.HELP_COPIES}: {error.strerror}; "
                "make room, or give the right to write there"
            ) from None
        self.stdout.write(f"{changed} files changed in {settings.HELP_COPIES}")
        return None

    def _check(self) -> None:
        old = outdated_copies()
        if old:
            raise CommandError(
                f"{len(old)} copies in {settings.HELP_COPIES} are old or missing, first {old[0]}; "
                "run `interlude help_copies`"
            )
        self.stdout.write(f"every copy in {settings.HELP_COPIES} is as the portal answers")
