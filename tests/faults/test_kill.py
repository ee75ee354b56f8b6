"""The server and the worker are killed while people send: nothing is lost, nothing is doubled."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest

from tests.environment import DATABASE

ROOT = Path(__file__).resolve().parents[2]
MESSAGES, WRITERS, KILLS = 120, 6, 6
CSRF = "k" * 32

pytestmark = pytest.mark.fault


class Stage:
    """A server of our own on loopback, with a database of its own, that can be killed and comes back."""

    def __init__(self, folder: Path, database: str) -> None:
        self.environment = os.environ | {
            "INTERLUDE_DATA": str(folder),
            "INTERLUDE_BASE_URL": "http://localhost",
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "interlude.site.settings",
            "PYTHONPATH": str(ROOT),
        }
        self.folder, self.port = folder, free_port()
        (folder / "static").mkdir(parents=True)
        self.facts = self.ask("set-up")
        self.server = self.start()

    def ask(self, what: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "tests.faults.stage", what]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return dict(json.loads(done.stdout.splitlines()[-1]))

    def start(self) -> subprocess.Popen[bytes]:
        command = [
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
            str(self.port),
            "--no-log",
            "interlude.site.wsgi:application",
        ]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen(command, env=self.environment, cwd=ROOT, start_new_session=True, **quiet)
        wait_for(self.port)
        return server

    def kill(self) -> None:
        """The whole tree at once, as a power cut for processes; then up again."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        self.server = self.start()

    def stop(self) -> None:
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "django", "deliver", "--once"]
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=subprocess.DEVNULL)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    built = Stage(tmp_path / "data", database_of_its_own())
    yield built
    built.stop()


def test_killing_server_and_worker_while_people_send_loses_and_doubles_nothing(stage: Stage) -> None:
    sent = send_under_fire(stage)
    held = stage.ask("count")
    assert held["stored"] == sent  # every acknowledged message once, word for word, and no other
    assert held["whole"]
    stage.ask("answer")
    deliver_under_fire(stage)
    after = stage.ask("count")
    assert (after["unsent"], len(list((stage.folder / "mail").glob("*.eml")))) == (0, after["notices"])


def database_of_its_own() -> str:
    """A fresh database on the server that these tests run on; '' is a file in the stage's folder."""
    if not DATABASE:
        return ""
    server, _, _ = DATABASE.rpartition("/")
    name = f"killed_{uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server}/{name}"


def send_under_fire(stage: Stage) -> dict[str, str]:
    """What was acknowledged: by id, the words. Each writer tries the same key until the server says so."""
    acknowledged: dict[str, str] = {}
    writers = [threading.Thread(target=write, args=(stage, n, acknowledged)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    chance = random.Random(7)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 0.8))
        stage.kill()
    for writer in writers:
        writer.join(timeout=240)
    assert len(acknowledged) == MESSAGES
    return acknowledged


def write(stage: Stage, number: int, acknowledged: dict[str, str]) -> None:
    for turn in range(MESSAGES // WRITERS):
        key, text = str(uuid4()), f"message {turn} of writer {number}"
        form = {"draft_id": key, "topic": "session", "words": text, "csrfmiddlewaretoken": CSRF}
        until = time.monotonic() + 90  # a loaded machine needs its time to come up again
        while time.monotonic() < until:
            if post(stage, stage.facts["sessions"][number], form) == 302:
                acknowledged[key] = text
                break
            time.sleep(0.02)


def post(stage: Stage, session: str, form: dict[str, str]) -> int:
    """The status, or 0 where the server died under the request."""
    cookies = f"{stage.facts['cookie']}={session}; {stage.facts['csrf']}={CSRF}"
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Host": "localhost"}
    connection = http.client.HTTPConnection("127.0.0.1", stage.port, timeout=10)
    try:
        connection.request("POST", "/my/messages/", urlencode(form), headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def deliver_under_fire(stage: Stage) -> None:
    """Workers are killed mid-way; the lease runs out, the next one goes on, a mail sent twice is one file."""
    chance = random.Random(11)
    for _ in range(4):
        worker = stage.worker()
        time.sleep(chance.uniform(0.5, 1.2))
        worker.kill()
        worker.wait()
    for _ in range(12):  # the leases of the dead run out after 30 seconds
        assert stage.worker().wait(timeout=60) == 0
        if stage.ask("count")["unsent"] == 0:
            return
        time.sleep(3)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"no server on port {port} after 20 s")
