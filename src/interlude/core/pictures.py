"""A picture made anew of the parts that draw it: no place, camera, comment, name or hidden file stays. Rule: R-221.

A PNG is unpacked and packed again; of a JPEG the parts that a decoder needs are copied one by one, with the one
fact of a camera that changes how it looks, the way up, written anew. Nothing here decodes what is drawn.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

MOST_PIXELS = 25_000_000
MOST_SIDE = 20_000
_STEP = 1 << 18
_PNG = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # what browsers draw: baseline, extended, progressive
_KEPT = frozenset({0xC4, 0xDB, 0xDD}) | _FRAMES  # tables, restarts, frames
_SAYS = frozenset({0xE1, 0xED, 0xFE})  # camera, editor, comment
_SCAN, _END, _EXIF, _ADOBE = 0xDA, 0xD9, 0xE1, 0xEE


class BadPicture(ValueError):
    """Not a picture that can be made anew. Its text is `large` or `broken`."""


def clean_png(data: bytes) -> bytes:
    """*data* with its drawing parts alone, packed anew. Raises BadPicture."""
    chunks = list(_chunks(data))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise BadPicture("broken")
    size = _unpacked_size(chunks[0][1])
    packed = b"".join(body for name, body in chunks if name == b"IDAT")
    kept = [(name, body) for name, body in chunks if name in (b"IHDR", b"PLTE", b"tRNS")]
    parts = [*kept, (b"IDAT", _packed_anew(packed, size)), (b"IEND", b"")]
    return _PNG + b"".join(_chunk(name, body) for name, body in parts)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if data[at + 8 + length : at + 12 + length] != struct.pack(">I", zlib.crc32(name + body)):
            raise BadPicture("broken")
        yield name, body
        if name == b"IEND":
            return
        at += 12 + length
    raise BadPicture("broken")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _unpacked_size(header: bytes) -> int:
    """How many bytes the drawing has when it is unpacked, by what the header says of its measures."""
    width, height, depth, colour, packing, filtering, woven = struct.unpack(">IIBBBBB", header)
    if depth not in _DEPTHS.get(colour, ()) or packing or filtering or woven > 1:
        raise BadPicture("broken")
    _check_measures(width, height)
    bits = depth * _CHANNELS[colour]
    if not woven:
        return int(_rows(width, height, bits))
    across = ((-(-(width - x) // dx), -(-(height - y) // dy)) for x, y, dx, dy in _PASSES)
    return sum(_rows(w, h, bits) for w, h in across if w > 0 and h > 0)


def _rows(width: int, height: int, bits: int) -> int:
    return height * (1 + (width * bits + 7) // 8)


def _check_measures(width: int, height: int) -> None:
    if not width or not height:
        raise BadPicture("broken")
    if width > MOST_SIDE or height > MOST_SIDE or width * height > MOST_PIXELS:
        raise BadPicture("large")


def _packed_anew(packed: bytes, size: int) -> bytes:
    """Unpacked and packed again in steps, so that no more than a step of it is held at once."""
    opening, closing = zlib.decompressobj(), zlib.compressobj(6)
    found, seen, rest = list[bytes](), 0, packed
    try:
        while not opening.eof and seen <= size:
            step = opening.decompress(rest, _STEP)
            if not step and not opening.unconsumed_tail:
                break
            seen, rest = seen + len(step), opening.unconsumed_tail
            found.append(closing.compress(step))
    except zlib.error:
        raise BadPicture("broken") from None
    if seen != size:
        raise BadPicture("broken")
    return b"".join([*found, closing.flush()])


def clean_jpeg(data: bytes) -> bytes:
    """*data* with its drawing parts alone and the way up. Raises BadPicture."""
    found, framed, way_up, adobe = list[bytes](), False, 1, b""
    for marker, body, scan in _segments(data):
        if marker in _FRAMES:
            framed = _check_frame(body)
        if marker == _EXIF:
            way_up = _way_up(body) if way_up == 1 else way_up
        elif marker == _ADOBE and body.startswith(b"Adobe") and len(body) >= 12:
            adobe = _segment(_ADOBE, body[:12])  # how its colours are mixed
        elif marker in _KEPT or marker == _SCAN:
            found.append(_segment(marker, body) + scan)
        elif 0xC0 <= marker <= 0xCF:
            raise BadPicture("broken")  # a way of drawing that no browser has
    if not framed:
        raise BadPicture("broken")
    turned = _segment(_EXIF, _only_way_up(way_up)) if way_up != 1 else b""
    return b"\xff\xd8" + turned + adobe + b"".join(found) + b"\xff\xd9"


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, body, and for a scan what is drawn after it; whatever follows the end is left out."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise BadPicture("broken")
        marker = data[at + 1]
        if marker == 0xFF:  # a filling byte
            at += 1
            continue
        if marker == _END:
            return
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if length < 2 or at + 2 + length > len(data):
            raise BadPicture("broken")
        body, at = data[at + 4 : at + 2 + length], at + 2 + length
        stop = _end_of_scan(data, at) if marker == _SCAN else at
        yield marker, body, data[at:stop]
        at = stop
    if data[at : at + 2] != b"\xff\xd9":
        raise BadPicture("broken")


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise BadPicture("broken")
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at


def without_camera(data: bytes) -> bytes:
    """A JPEG within another file: what a camera says is overwritten where it stands, byte for byte."""
    found, at = bytearray(data), 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (_SCAN, _END):
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        stop = min(at + 2 + length, len(data))
        if data[at + 1] in _SAYS:
            found[at + 4 : stop] = bytes(stop - at - 4)
        at = max(stop, at + 2)
    return bytes(found)


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def _check_frame(body: bytes) -> bool:
    if len(body) < 6:
        raise BadPicture("broken")
    height, width = struct.unpack(">HH", body[1:5])
    _check_measures(width, height)
    return True


def _way_up(body: bytes) -> int:
    """The one fact of a camera that is kept: 1 to 8, 1 where it says nothing that can be read."""
    if not body.startswith(b"Exif\0\0") or body[6:8] not in (b"II", b"MM"):
        return 1
    order, facts = "<" if body[6:8] == b"II" else ">", body[6:]
    try:
        (at,) = struct.unpack(f"{order}I", facts[4:8])
        (many,) = struct.unpack(f"{order}H", facts[at : at + 2])
        for number in range(many):
            tag, kind, _, value = struct.unpack(f"{order}HHIH", facts[at + 2 + 12 * number :][:10])
            if tag == 0x0112 and kind == 3:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _only_way_up(value: int) -> bytes:
    return b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, value, 0, 0)
