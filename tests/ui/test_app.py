"""The portal as an app: neutral on every first screen, the pictures are ours, and nothing of anybody is in it."""

from __future__ import annotations

import importlib.util
import json
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from interlude.core.discretion import ICONS, NAMES
from tests.cast import Cast
from tests.house import tree

TELLING = re.compile(r"therap|psych|crisis|mental|counsel|clinic|suicid|alder|ada|noor", re.IGNORECASE)
ROOMS = {"my": "noor", "practice": "ada", "office": "priya"}


def said(browser: Any, address: str) -> dict[str, Any]:
    answer = browser.get(address)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/manifest+json"
    found: dict[str, Any] = json.loads(answer.content)
    return found


def link(page: str) -> str:
    (address,) = re.findall(r'<link rel="manifest" href="([^"]+)"', page)
    return str(address)


@pytest.mark.contract("D29")
@pytest.mark.parametrize("room", ROOMS)
def test_each_room_can_be_put_on_a_first_screen_under_the_name_and_picture_that_were_chosen(
    room: str, cast: Cast, visit: Any
) -> None:
    cast.alder.shown_name, cast.alder.icon = "Papers", "leaf"
    cast.alder.save()
    page = visit(getattr(cast, ROOMS[room])).get(f"/{room}/").content.decode()
    found = said(visit(None), link(page))  # a browser asks for it without saying who it is
    assert found["name"] == found["short_name"] == "Papers"
    assert found["start_url"] == f"/{room}/" and found["display"] == "standalone" and found["scope"] == "/"
    assert all("icon_leaf" in each["src"] for each in found["icons"])
    assert "icon_leaf_192.png" in page and 'name="theme-color"' in page


def test_no_manifest_of_the_sets_tells_what_this_is(visit: Any, db: None) -> None:
    for name in NAMES:
        for icon in ICONS:
            for room in ROOMS:
                text = json.dumps(said(visit(None), f"/app/{room}/{name.lower()}/{icon}.webmanifest"))
                assert not TELLING.search(text), text


@pytest.mark.parametrize("address", ["my/therapy/leaf", "my/notes/heart", "help/notes/leaf", "my/Notes/leaf"])
def test_what_is_in_no_set_has_no_manifest(address: str, visit: Any, db: None) -> None:
    assert visit(None).get(f"/app/{address}.webmanifest").status_code == 404


def test_pages_that_know_nobody_offer_no_app(visit: Any, db: None) -> None:
    for address in ("/sign-in/", "/help/", "/no-network/", "/plan/here/", "/how-we-protect-what-you-write/"):
        assert "manifest" not in visit(None).get(address).content.decode(), address


def test_every_picture_of_a_manifest_is_there_and_as_large_as_it_says(visit: Any, db: None) -> None:
    for icon in ICONS:
        for each in said(visit(None), f"/app/my/notes/{icon}.webmanifest")["icons"]:
            file = finders.find(each["src"].removeprefix("/static/"))
            assert file, each
            if each["type"] == "image/png":
                assert "{}x{}".format(*size_of(Path(str(file)).read_bytes())) == each["sizes"]


@pytest.mark.parametrize("size", [192, 512])
def test_the_pictures_are_those_that_our_own_code_draws(size: int) -> None:
    drawing = code()
    for name, shapes in drawing.ICONS.items():
        raw = (tree.SRC / "ui" / "static" / "ui" / f"{name}_{size}.png").read_bytes()
        assert pixels_of(raw) == pixels_of(drawing.png(shapes, size)), f"run python bin/_icons.py: {name}"


def test_a_phone_may_cut_a_picture_to_a_circle() -> None:
    drawing = code()
    for name, shapes in drawing.ICONS.items():
        for y, row in enumerate(drawing.pixels(shapes, 192)):
            far = [
                x
                for x, ink in enumerate(row)
                if ink and ((x - 95.5) ** 2 + (y - 95.5) ** 2) ** 0.5 > 0.4 * 192
            ]
            assert not far, (name, y, far)
        assert max(max(row) for row in drawing.pixels(shapes, 192)) == 255


def test_the_page_for_no_network_and_its_worker_know_nobody(cast: Cast, visit: Any) -> None:
    page = visit(cast.noor).get("/no-network/").content.decode()
    assert "There is no network right now." in page and "Noor" not in page and "/help/" in page
    worker = visit(cast.noor).get("/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert visit(None).get("/worker.js").content == worker.content


def code() -> Any:
    spec = importlib.util.spec_from_file_location("icons", tree.ROOT / "bin" / "_icons.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def size_of(raw: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", raw[16:24])
    return width, height


def pixels_of(raw: bytes) -> bytes:
    at = raw.index(b"IDAT")
    (length,) = struct.unpack(">I", raw[at - 4 : at])
    return zlib.decompress(raw[at + 4 : at + 4 + length])
