"""Lighthouse's figures of home, write, conversation and help, on an emulated phone, from the demo.

    .venv/bin/python -m bench.lighthouse_run [--rounds 3]

Installs Lighthouse from its lock into var/bench (Node and npm must be there), starts the demo on a data folder of its
own, signs in as its client in Chromium, and writes the medians to docs/reference/lighthouse.md.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.faults.test_kill import free_port

ROOT = Path(__file__).resolve().parents[1]
LOCKED = ROOT / "bench" / "lighthouse"
PLACE = ROOT / "var" / "bench" / "lighthouse"
FIGURES = ROOT / "docs" / "reference" / "lighthouse.md"
CLIENT = "Noor Haddad"
PAGES = {
    "Home": "/my/",
    "Write": "/my/write/homework/",
    "Conversation": "/my/conversation/",
    "Help": "/help/",
}
CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "Search",
}
WEIGHT, LARGEST, MOVES = "total-byte-weight", "largest-contentful-paint", "cumulative-layout-shift"
STAYS_OUT = "is-crawlable"  # every page asks search engines to stay out, on purpose
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds: int = parser.parse_args().rounds
    install()
    with tempfile.TemporaryDirectory(prefix="interlude-lighthouse-") as folder, demo(Path(folder)) as address:
        reports = {name: [report(address, path) for _ in range(rounds)] for name, path in PAGES.items()}
    FIGURES.write_text(page(reports, rounds))
    print(FIGURES.read_text())


def install() -> None:
    npm = shutil.which("npm")
    if not npm:
        raise SystemExit("npm was not found; Lighthouse runs on Node 18 or newer: install nodejs and npm")
    shutil.copytree(LOCKED, PLACE, dirs_exist_ok=True)
    subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=PLACE, check=True
    )


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """The demo as a person starts it, with its own data, and gone at the end."""
    address = f"http://localhost:{free_port()}"
    server = subprocess.Popen(
        [ROOT / "bin" / "interlude", "demo", "--port", address.rpartition(":")[2]],
        env=os.environ | {"INTERLUDE_DATA": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        if not any(address in line for line in server.stdout):  # it says where it is once it answers
            raise SystemExit("The demo stopped before it answered; start bin/demo and see why")
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def report(address: str, path: str) -> dict[str, float]:
    """Each category in points of 100, and three figures of the page's way.

    Each time in a browser and a session of its own: Lighthouse empties what it measures in.
    """
    port = free_port()
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*FLAGS, f"--remote-debugging-port={port}"]
        )
        cookies = signed_in(browser.new_page(), address)
        found = measure(address + path, port=port, cookies=cookies)
        browser.close()
    points = {name: 100 * found["categories"][name]["score"] for name in CATEGORIES}
    return points | {name: found["audits"][name]["numericValue"] for name in (WEIGHT, LARGEST, MOVES)}


def signed_in(tab: Page, address: str) -> str:
    tab.goto(f"{address}/demo/")
    with tab.expect_navigation():
        tab.get_by_role("button", name=CLIENT, exact=True).click()
    return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in tab.context.cookies())


def measure(address: str, *, port: int, cookies: str) -> dict[str, Any]:
    command = [
        *("node", PLACE / "node_modules" / "lighthouse" / "cli" / "index.js", address, f"--port={port}"),
        *(
            "--output=json",
            "--quiet",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--skip-audits={STAYS_OUT}",
        ),
        f"--extra-headers={json.dumps({'Cookie': cookies})}",
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    if found["finalDisplayedUrl"] != address:
        raise SystemExit(f"Asked for {address}, came to {found['finalDisplayedUrl']}; nothing was measured")
    return found


def page(reports: dict[str, list[dict[str, float]]], rounds: int) -> str:
    chromium = subprocess.run(["chromium", "--version"], capture_output=True, text=True, check=True).stdout
    head = ["Page", *CATEGORIES.values(), "Over the wire", "Main part seen", "Layout moves"]
    rows = [[name, *(figures(each))] for name, each in reports.items()]
    table = "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])
    version = json.loads((LOCKED / "package.json").read_text())["dependencies"]["lighthouse"]
    return (
        "# Lighthouse\n\nMade by `.venv/bin/python -m bench.lighthouse_run`; do not edit. "
        f"Medians of {rounds}, Lighthouse {version}, {chromium.split(' built')[0].strip()}, on "
        f"{datetime.now(UTC):%Y-%m-%d},\nemulated phone on slow 4G (Lighthouse's default: 150 ms, 1.6 Mbit/s, "
        "processor four times slower), the demo's client\nsigned in, Interlude "
        f"{importlib.metadata.version('interlude')} served over plain HTTP on loopback. Points of 100; the aim is 95 "
        f"each. The audit\n`{STAYS_OUT}` is left out of Search: every page asks search engines to stay out, on purpose."
        "\n\n"
        f"{table}\n"
    )


def figures(rounds: list[dict[str, float]]) -> list[str]:
    middle = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    return [
        *(f"{middle[name]:.0f}" for name in CATEGORIES),
        f"{middle[WEIGHT] / 1024:.0f} KB",
        f"{middle[LARGEST] / 1000:.1f} s",
        f"{middle[MOVES]:.3f}",
    ]


if __name__ == "__main__":
    main()
