"""`interlude serve` on an empty machine: one command, a word, a browser, and a practice is there."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.cookiejar import CookieJar
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.site.test_checks import KEY, OWN

TRIES = 300
LAST_LINE = "Mails go out while `interlude deliver` runs beside this.\n"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A server on an empty folder: its address, and what it printed first."""
    port = free_port()
    base = f"http://localhost:{port}"
    environment = {
        "PATH": os.environ["PATH"],
        "INTERLUDE_SECRET_KEY": OWN,
        "INTERLUDE_AUDIT_KEY": OWN[::-1],
        "INTERLUDE_SEAL_KEY": f"1:{KEY}",
        "INTERLUDE_DATA": str(tmp_path),
        "INTERLUDE_BASE_URL": base,
    }
    command = [sys.executable, "-m", "interlude.site.manage", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            said = "".join(takewhile(lambda line: line != LAST_LINE, server.stdout or []))
            wait_for(base)
            yield base, said
        finally:
            server.terminate()


def wait_for(base: str) -> None:
    tick = threading.Event()
    for _ in range(TRIES):
        try:
            with build_opener().open(f"{base}/alive/", timeout=5) as answer:
                assert answer.read() == b"ok\n"
                return
        except (URLError, ConnectionError):
            tick.wait(0.1)
    raise AssertionError("the server did not answer")


def get(browser: OpenerDirector, address: str, sent: dict[str, str] | None = None) -> tuple[str, str]:
    data = urlencode(sent).encode() if sent else None
    with browser.open(address, data, timeout=30) as answer:
        return answer.geturl(), answer.read().decode()


def test_a_practice_opens_in_the_browser_with_the_word_that_the_server_printed(
    served: tuple[str, str],
) -> None:
    base, said = served
    word = re.search(r"with the word  (\S+)", said)
    assert word is not None and f"{base}/set-up/" in said
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    _, page = get(browser, f"{base}/set-up/")
    sent = form(page) | {
        "word": word[1],
        "practice": "Alder Street",
        "zone": "Europe/London",
        "country": "GB",
        "name": "Priya Nair",
        "email": "priya@place.org",
        "password": "four words only I know",
        "again": "four words only I know",
    }
    address, page = get(browser, f"{base}/set-up/", sent)
    assert address == f"{base}/account/second-factor/"
    style = re.search(r'href="(/static/ui/public\.[0-9a-f]+\.css)"', page)
    assert style is not None, "static files carry a fingerprint"
    assert "@layer" in get(browser, base + style[1])[1]
    with pytest.raises(HTTPError, match="404") as refused:
        get(build_opener(), f"{base}/set-up/")
    refused.value.close()
    assert get(build_opener(), f"{base}/help/alder-street/")[0] == f"{base}/help/alder-street/"


def form(page: str) -> dict[str, Any]:
    key = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert key is not None
    return {"csrfmiddlewaretoken": key[1]}
