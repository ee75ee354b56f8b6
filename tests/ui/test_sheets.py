"""The sheets: one light scheme for every browser, contrast in both schemes, little on the wire."""

from __future__ import annotations

import gzip
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

STATIC = Path(__file__).resolve().parents[2] / "src" / "interlude" / "ui" / "static" / "ui"
TOKENS = (STATIC / "tokens.css").read_text()
ENTRIES = ("client", "clinician", "office", "public", "all")

Colour = tuple[float, float, float]


def from_hex(text: str) -> Colour:
    value = text.lstrip("#")
    return (int(value[0:2], 16) / 255, int(value[2:4], 16) / 255, int(value[4:6], 16) / 255)


def from_oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """The definition of the CSS colour module, to sRGB between 0 and 1."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _curve(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _curve(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _curve(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _curve(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def luminance(colour: Colour) -> float:
    red, green, blue = ((v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4) for v in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


OKLCH = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
PLAIN = {name: from_hex(value) for name, value in re.findall(r"--color-([\w-]+): (#[0-9a-f]{6});", TOKENS)}
BOTH = {
    found[1]: (
        from_oklch(*map(float, found.group(2, 3, 4))),
        from_oklch(*map(float, found.group(5, 6, 7))),
    )
    for found in re.finditer(rf"--color-([\w-]+): light-dark\({OKLCH}, {OKLCH}\);", TOKENS)
}


def test_a_browser_without_light_dark_gets_the_light_scheme():
    assert BOTH and set(BOTH) == set(PLAIN) - {"scan"}
    for name, (light, _) in BOTH.items():
        assert all(abs(x - y) <= 0.5 / 255 + 1e-9 for x, y in zip(light, PLAIN[name], strict=True)), name


PAIRS = [
    *[("ink", ground, 7.0) for ground in ("paper", "sheet", "well", "slip", "attention-wash")],
    *[("ink-soft", ground, 4.5) for ground in ("paper", "sheet", "well", "slip")],
    *[("ink-soft", f"{room}-wash", 4.5) for room in ("lake", "heather", "moss")],
    *[(room, ground, 4.5) for room in ("lake", "heather", "moss") for ground in ("paper", "sheet", "slip")],
    *[(room, f"{room}-wash", 4.5) for room in ("lake", "heather", "moss")],
    *[(room, "attention-wash", 4.5) for room in ("lake", "heather", "moss")],
    *[("on-accent", room, 4.5) for room in ("lake", "heather", "moss")],
    ("attention", "attention-wash", 4.5),
    ("attention", "paper", 4.5),
    ("attention", "sheet", 4.5),
    ("edge", "paper", 3.0),
    ("edge", "sheet", 3.0),
    ("attention-edge", "paper", 3.0),
]


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast_holds_in_both_schemes(front, ground, least):
    for scheme in (0, 1):
        assert contrast(BOTH[front][scheme], BOTH[ground][scheme]) >= least, ("light", "dark")[scheme]


def imports(entry: str) -> list[Path]:
    return [STATIC / name for name in re.findall(r'@import "([^"]+)"', (STATIC / f"{entry}.css").read_text())]


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_room_imports_sheets_that_exist_each_once_and_in_layers(entry):
    sheets, text = imports(entry), (STATIC / f"{entry}.css").read_text()
    assert all(sheet.exists() for sheet in sheets)
    assert len(sheets) == len(set(sheets)) == text.count("layer(")
    assert text.index("@layer tokens, base, layout, components, utilities;") < text.index("@import")


def test_no_component_is_left_out_of_the_page_that_shows_them_all():
    assert {sheet.name for sheet in imports("all")} >= {
        f.name for f in (STATIC / "components").glob("*.css")
    } - {
        "rail.css"  # the rail stands on the pages of rooms
    }


@pytest.mark.parametrize("entry", ["client", "clinician", "office", "public"])
def test_a_rooms_look_and_behaviours_stay_under_forty_kilobytes_on_the_wire(entry):
    """With the fragment script (16 KB) and the page that leaves room under 60 KB."""
    files = [STATIC / f"{entry}.css", *imports(entry), *(STATIC / "behaviours").glob("*.js")]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 40_000


def test_every_token_that_is_used_is_named():
    named = set(re.findall(r"(--[\w-]+):", TOKENS))
    for sheet in STATIC.rglob("*.css"):
        text = sheet.read_text()
        used = set(re.findall(r"var\((--[\w-]+)", text))
        assert used <= named | set(re.findall(r"(--[\w-]+):", text)) | {"--flow", "--field-border"}, (
            sheet.name
        )


def test_each_sheet_goes_out_as_one_file_with_every_part_in_its_layer(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "interlude.ui.sheets.JoinedSheetStorage"}
    }
    call_command("collectstatic", verbosity=0, interactive=False)
    named = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    for entry in ENTRIES:
        whole = (tmp_path / named[f"ui/{entry}.css"]).read_text()
        assert "@import" not in whole
        for part, layer in re.findall(
            r'@import "([^"]+)" layer\((\w+)\)', (STATIC / f"{entry}.css").read_text()
        ):
            assert f"@layer {layer} {{\n{(STATIC / part).read_text()}}}" in whole, (entry, part)
