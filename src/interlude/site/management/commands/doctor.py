from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from interlude.site.doctor import Finding, examine

MARKS = {"fine": "fine  ", "look": "LOOK  ", "broken": "BROKEN"}


class Command(BaseCommand):
    help = "Say how this installation is. Exit code 1 if something is broken, else 0."
    requires_system_checks = ()  # it reports what they find, instead of stopping at it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON, for a watching program")

    def handle(self, *, json: bool, **options: Any) -> None:
        found = examine(timezone.now())
        self.stdout.write(_as_json(found) if json else _as_lines(found))
        if any(each.state == "broken" for each in found):
            sys.exit(1)


def _as_lines(found: list[Finding]) -> str:
    return "\n".join(f"{MARKS[each.state]}  {each.name:<16} {each.said}" for each in found)


def _as_json(found: list[Finding]) -> str:
    return json.dumps([asdict(each) for each in found], indent=1)
