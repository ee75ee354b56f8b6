"""The portal's commands, behind the same `interlude` word as the library's."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main(argv: list[str] | None = None) -> int:
    """Run one of the portal's commands; *argv* is without the program's name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interlude.site.settings")
    execute_from_command_line(["interlude", *(sys.argv[1:] if argv is None else argv)])
    return 0
