from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from interlude.practice.models import Practice
from interlude.practice.set_up import new_word
from interlude.site.checks import stop_if_unsafe

FIRST = """
No practice is here yet. Open one in a browser:
  {base}/set-up/
  with the word  {word}
or from here: interlude practice add --help
"""
READY = """
Interlude is at {base} (listening on {host}:{port}). Ctrl-C stops it.
Mails go out while `interlude deliver` runs beside this.
"""


class Command(BaseCommand):
    help = "Bring the database and the static files up to date, then serve the portal until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
        parser.add_argument("--workers", type=int, default=2, help="processes (2)")
        parser.add_argument("--threads", type=int, default=4, help="requests at once in each process (4)")
        parser.add_argument(
            "--backpressure", type=int, default=64, help="connections that wait in each process (64)"
        )

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        stop_if_unsafe()
        if not Practice.objects.exists():
            self.stdout.write(FIRST.format(base=settings.BASE_URL, word=new_word()))
        self.stdout.write(READY.format(base=settings.BASE_URL, host=host, port=port))
        self.stdout.flush()
        connections.close_all()
        command = _server(host, port, **options)
        os.execv(command[0], command)  # the server takes this process over, with its signals


def _server(host: str, port: int, *, workers: int, threads: int, backpressure: int, **_: Any) -> list[str]:
    """Granian in WSGI mode. It keeps no list of visits, so opening help now leaves no trace here either."""
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": port,
        "--workers": workers,
        "--blocking-threads": threads,
        "--backpressure": backpressure,
        "--workers-kill-timeout": 20,
    }
    flat = [str(part) for pair in options.items() for part in pair]
    flags = ["--respawn-failed-workers", "--no-ws", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", *flat, *flags, "interlude.site.wsgi:application"]
