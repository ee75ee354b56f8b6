"""A picture drawn anew: decoded, set upright, made small enough for a page, and written again. Rule: R-305.

Nothing of the file that came is kept but what it looks like: no place, no camera, no second picture within.
"""

from __future__ import annotations

from io import BytesIO
from struct import error as Torn

from PIL import Image, ImageOps

from interlude.core.file_kinds import JPEG, PNG, FileKind

MOST_POINTS = 50_000_000  # of a phone's largest photo; asked of the file before a point of it is decoded
LONGEST_SIDE = 2048
QUALITY = 85
_NAMES = {JPEG: "JPEG", PNG: "PNG"}


def redrawn(data: bytes, kind: FileKind) -> bytes | str:
    """*data* as a new picture of the same kind; or why not: `measures` or `broken`."""
    try:
        with Image.open(BytesIO(data), formats=[_NAMES[kind]]) as picture:
            if picture.width * picture.height > MOST_POINTS:
                return "measures"
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded at a half or a quarter
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _written(upright, kind)
    except Image.DecompressionBombError:
        return "measures"
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, Torn):
        return "broken"


def _written(picture: Image.Image, kind: FileKind) -> bytes:
    """On a fresh sheet, so that nothing but the points comes along."""
    mode = "RGB" if kind == JPEG else "RGBA"
    drawn = picture.convert(mode)
    fresh = Image.new(mode, drawn.size)
    fresh.paste(drawn)
    out = BytesIO()
    if kind == JPEG:
        fresh.save(out, "JPEG", quality=QUALITY)
    else:
        fresh.save(out, "PNG")
    return out.getvalue()
