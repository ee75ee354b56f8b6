"""Builds the demo on a fixed day, walks through it in a browser, keeps nine pictures. Part of bin/pictures.

The portal runs in this process, so that its clock can stand still: the pictures are the same on every day.
"""

import base64
import os
import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
MOMENT = datetime(
    2026, 5, 12, 16, 10, tzinfo=UTC
)  # a Tuesday, ten minutes into the therapist's evening window
LARGEST = 200_000
CLIENT, CLINICIAN = "Noor Haddad", "Ada Lindqvist"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]


class Server(ThreadingMixIn, WSGIServer):
    """One thread for each request, gone with the process."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the pictures are what this command says."""


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("No chromium was found; bin/setup --dev says how to get one.")
    with (
        tempfile.TemporaryDirectory(prefix="interlude-pictures-") as folder,
        portal(Path(folder)) as address,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        take_all(browser, address)
        browser.close()
    return report()


@contextmanager
def portal(folder: Path) -> Iterator[str]:
    """The demo, built and served at the moment of the pictures."""
    server = make_server("127.0.0.1", 0, None, server_class=Server, handler_class=Quiet)
    address = f"http://localhost:{server.server_port}"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "interlude.site.settings",
        "DATABASE_URL": "",
        "INTERLUDE_SECRET_KEY": secrets.token_urlsafe(48),
        "INTERLUDE_SEAL_KEY": "1:" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "INTERLUDE_AUDIT_KEY": secrets.token_urlsafe(48),
        "INTERLUDE_DATA": str(folder),
        "INTERLUDE_BASE_URL": address,
        "INTERLUDE_DEMO": "true",
        "INTERLUDE_DEBUG": "false",
        "INTERLUDE_HTTPS": "false",
    }
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  once Django stands
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    timezone.now = lambda: MOMENT  # noqa: TID251  the clock of this process stands still
    call_command("demo", build_only=True)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()


def take_all(browser: Browser, address: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    phone = sign_in(browser, address, CLIENT, size=(390, 844))
    phone.goto(f"{address}/my/")
    take(phone, "home")
    phone.goto(f"{address}/my/write/homework/")
    phone.get_by_role("textbox").first.fill(
        "The breathing practice went well on Sunday. On Monday I forgot it until the evening. "
        "Should I do it twice the next day, or just go on?"
    )
    take(phone, "write")
    for address_of, name in (
        ("/my/plan/", "plan"),
        ("/my/things/now/", "what-now"),
        ("/my/times/", "sessions"),
    ):
        phone.goto(address + address_of)
        take(phone, name)
    phone.goto(f"{address}/my/account/")
    phone.get_by_role("button", name="हिन्दी").first.click()
    phone.goto(f"{address}/my/")
    take(phone, "home-hi")
    desk = sign_in(browser, address, CLINICIAN, size=(1280, 800))
    desk.goto(f"{address}/practice/")
    desk.get_by_role("link", name="Noor").click()
    desk.wait_for_load_state("networkidle")
    take(desk, "window")
    for address_of, name in (("/practice/library/", "library"), ("/practice/phrases/", "templates")):
        desk.goto(address + address_of)
        take(desk, name)


def sign_in(browser: Browser, address: str, name: str, *, size: tuple[int, int]) -> Page:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=1.5 if size[0] < 500 else 1.25,
        color_scheme="light",
    )
    page.clock.set_fixed_time(MOMENT)
    page.goto(f"{address}/demo/")
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("networkidle")
    return page


def take(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")


def report() -> int:
    """What was made; 1 if a picture is too large for a page that people open on the way."""
    sizes = {file.name: file.stat().st_size for file in sorted(PICTURES.glob("*.png"))}
    for name, size in sizes.items():
        print(f"docs/pictures/{name}: {size / 1000:.0f} KB")
    return int(max(sizes.values()) > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
