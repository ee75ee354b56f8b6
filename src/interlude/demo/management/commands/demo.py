from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from interlude.demo.build import build_demo

WELCOME = """
  The demo is ready:  {base}/demo/

  Choose anybody there: one click signs you in. Two good ways to begin:
    as Noor Haddad     write a message, see the date, read it over, send it
    as Ada Lindqvist   open the check window and answer

  Everybody is made up. Nobody has checked the demo's help lines.
  Mails are files in {mail}. Ctrl-C stops everything.
"""


class Command(BaseCommand):
    help = "Build the fictional practice anew and serve it, with its worker, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the first port to try (8000)")
        parser.add_argument("--build-only", action="store_true", help="build the practice and stop")

    def handle(self, *, port: int, build_only: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("INTERLUDE_DEMO is not set; start the demo by `interlude demo` or bin/demo")
        self.stdout.write("Building half a year of a fictional practice ...")
        self._build()
        if not build_only:
            self._serve(_free_port(port))

    def _build(self) -> None:
        connection.close()
        for path in Path(settings.DATA).glob("interlude.sqlite3*"):
            path.unlink()
        (Path(settings.DATA) / "clock").unlink(missing_ok=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        build_demo(now=timezone.now())
        connection.close()

    def _serve(self, port: int) -> None:
        base = f"http://localhost:{port}"
        environment = os.environ | {"INTERLUDE_BASE_URL": base}
        children = [subprocess.Popen(command, env=environment) for command in (_server(port), _worker())]
        _wait_for(port, children[0])
        self.stdout.write(WELCOME.format(base=base, mail=settings.SPOOL))
        self.stdout.flush()
        signal.signal(signal.SIGTERM, _stop)
        try:
            children[0].wait()
        except KeyboardInterrupt:
            self.stdout.write("Stopping.")
        finally:
            for child in children:
                with suppress(ProcessLookupError):
                    child.send_signal(signal.SIGTERM)
            for child in children:
                child.wait(timeout=20)


def _stop(*_: Any) -> None:
    raise KeyboardInterrupt


def _server(port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--workers",
        "2",
        "--blocking-threads",
        "4",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-log",
        "interlude.site.wsgi:application",
    ]


def _worker() -> list[str]:
    return [sys.executable, "-m", "interlude.site.manage", "deliver"]


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers, a minute at most; nobody is sent to a page that is not there yet."""
    for _ in range(240):
        if server.poll() is not None:
            raise CommandError(
                f"the server stopped at once, with exit code {server.returncode}; see the lines above"
            )
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.25)
    raise CommandError(f"the server did not answer on port {port} within a minute")


def _free_port(first: int) -> int:
    for port in range(first, first + 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise CommandError(f"no free port from {first} to {first + 49}; name another with --port")
