"""Pictures for tests, with what a phone writes into them."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

PLACE = b"Zaunkoenigin lane"


@cache
def a_photo(width: int = 60, height: int = 40, *, turned: bool = False) -> bytes:
    """A JPEG that says where it was taken; *turned*: lying on its side, and the file says so."""
    picture, facts, out = Image.new("RGB", (width, height), (90, 120, 110)), Image.Exif(), BytesIO()
    facts[0x010E] = PLACE.decode()
    facts[0x0112] = 6 if turned else 1
    picture.save(out, "JPEG", exif=facts, comment=PLACE)
    return out.getvalue()


@cache
def a_png(width: int = 60, height: int = 40) -> bytes:
    facts, out = PngInfo(), BytesIO()
    facts.add_text("Comment", PLACE.decode())
    Image.new("RGBA", (width, height), (90, 120, 110, 255)).save(out, "PNG", pnginfo=facts)
    return out.getvalue()
