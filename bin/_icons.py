"""Draws the pictures that a phone shows for an installed portal. Standard library only; the same pixels each time.

    python bin/_icons.py        writes src/interlude/ui/static/ui/icon_*_{192,512}.png

The shapes are those of icon.svg, icon_dot.svg, icon_square.svg and icon_leaf.svg, a little smaller, so that a phone
may cut the picture to a circle.
"""

import math
import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "src" / "interlude" / "ui" / "static" / "ui"
SIZES = (192, 512)
PAPER, LAKE = (0xF7, 0xF4, 0xEE), (0x12, 0x59, 0x5D)
BOX, SMALLER, ROWS = 32, 0.9, 8  # the drawings' own square, what is left of them, lines looked at in each row
Point = tuple[float, float]
Shape = list[Point]


def circle(x: float, y: float, radius: float) -> Shape:
    turns = (2 * math.pi * step / 120 for step in range(120))
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def rounded(left: float, top: float, right: float, bottom: float, *, radius: float) -> Shape:
    """A box with round corners; a bar with round ends where the radius is half its width."""
    corners = (
        (right - radius, bottom - radius), (left + radius, bottom - radius),
        (left + radius, top + radius), (right - radius, top + radius),
    )  # fmt: skip
    return [
        (x + radius * math.cos(turn), y + radius * math.sin(turn))
        for quarter, (x, y) in enumerate(corners)
        for turn in (math.pi / 2 * (quarter + step / 24) for step in range(25))
    ]


def curve(start: Point, first: Point, second: Point, end: Point) -> Shape:
    """A cubic curve, as SVG's C draws it."""
    found = []
    for step in range(64):
        t = step / 64
        parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        pairs = list(zip(parts, (start, first, second, end), strict=True))
        found.append((sum(part * x for part, (x, _) in pairs), sum(part * y for part, (_, y) in pairs)))
    return found


ICONS: dict[str, list[Shape]] = {
    "icon": [
        rounded(7, 5.5, 10, 26.5, radius=1.5),
        rounded(22, 5.5, 25, 26.5, radius=1.5),
        circle(16, 16, 2.2),
    ],
    "icon_dot": [circle(16, 16, 7)],
    "icon_square": [rounded(9, 9, 23, 23, radius=2)],
    "icon_leaf": [curve((9, 23), (9, 13), (14, 9), (24, 9)) + curve((24, 9), (24, 19), (19, 23), (9, 23))],
}


def pixels(shapes: list[Shape], size: int) -> list[bytes]:
    """Each row, each pixel from 0 (paper) to 255 (ink)."""
    placed = [[_placed(point, size) for point in shape] for shape in shapes]
    return [_row(placed, row, size) for row in range(size)]


def _placed(point: Point, size: int) -> Point:
    middle = BOX / 2
    x, y = (((one - middle) * SMALLER + middle) * size / BOX for one in point)
    return x, y


def _row(shapes: list[Shape], row: int, size: int) -> bytes:
    covered = [0.0] * size
    for line in range(ROWS):
        for shape in shapes:
            for left, right in _inside(shape, row + (line + 0.5) / ROWS):
                for at in range(max(0, int(left)), min(size, math.ceil(right))):
                    covered[at] += max(0.0, min(right, at + 1) - max(left, at))
    return bytes(min(255, round(255 * one / ROWS)) for one in covered)


def _inside(shape: Shape, y: float) -> Iterator[tuple[float, float]]:
    """Where a line at height *y* is within the shape."""
    crossings = sorted(
        x0 + (y - y0) / (y1 - y0) * (x1 - x0)
        for (x0, y0), (x1, y1) in pairwise([*shape, shape[0]])
        if (y0 <= y) != (y1 <= y)
    )
    yield from zip(crossings[::2], crossings[1::2], strict=True)


def png(shapes: list[Shape], size: int) -> bytes:
    """A picture with 256 steps from paper to ink."""
    steps = bytes(
        round(a + (b - a) * step / 255) for step in range(256) for a, b in zip(PAPER, LAKE, strict=True)
    )
    rows = b"".join(b"\0" + row for row in pixels(shapes, size))
    head = struct.pack(">IIBBBBB", size, size, 8, 3, 0, 0, 0)
    parts = (b"IHDR", head), (b"PLTE", steps), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


if __name__ == "__main__":
    for name, shapes in ICONS.items():
        for size in SIZES:
            (FOLDER / f"{name}_{size}.png").write_bytes(png(shapes, size))
