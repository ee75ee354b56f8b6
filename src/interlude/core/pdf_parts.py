"""A PDF that can be read and does nothing else, without who made it, when and with what. Rule: R-221.

It is refused for anything that runs, opens or carries: scripts, programs, files within, films, forms that send
themselves; and where it is locked, so that nobody can say. What names its maker is overwritten where it stands,
byte for byte, so that the places noted in the file stay right.
"""

from __future__ import annotations

import re
import zlib

from interlude.core.pictures import without_camera

MOST_UNPACKED = 60 * 1024 * 1024
_NAMES = (
    "JavaScript|JS|Launch|EmbeddedFiles?|Filespec|RichMedia|XFA|SubmitForm|ImportData|GoToE|GoToR|Rendition"
    "|Movie|Sound|3D|Collection"
)
_RUNS = re.compile(rf"/(?:{_NAMES})(?=[\s/<>\[\]()])".encode())
_LOCKED = re.compile(rb"/Encrypt(?=[\s/<>\[\]()])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream(\r\n|\n|\r)")
_END = re.compile(rb"(\r\n|\n|\r)?endstream")
_FLAT = re.compile(rb"/Filter\s*(?:\[\s*)?/FlateDecode\s*(?:\])?\s*(?=[/>])")
_HOLDS_OBJECTS = re.compile(rb"/ObjStm\b|/First\b")
_SAYS = re.compile(
    rb"/(?:Title|Author|Subject|Keywords|Creator|Producer|CreationDate|ModDate|Company)\s*(?=[(<])"
)
_POINTS = re.compile(rb"/(?:Author|Subject|Keywords|Creator|Producer|Company)\s+(\d+)\s+\d+\s+R\b")
_XMP = re.compile(rb"/Metadata\b")
_XMP_TEXT = re.compile(rb"<\?xpacket begin.*?<\?xpacket end[^>]*>|<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)


class BadPdf(ValueError):
    """Not a PDF that is kept. Its text is `runs`, `locked` or `broken`."""


def clean_pdf(data: bytes) -> bytes:
    """*data* without what it says about its maker. Raises BadPdf."""
    if _LOCKED.search(_plain(data)):
        raise BadPdf("locked")
    if _RUNS.search(_plain(data)):
        raise BadPdf("runs")
    found, left = bytearray(data), MOST_UNPACKED
    for head, start, stop in _streams(data):
        body, unpacked = data[start:stop], b""
        if _FLAT.search(head):
            unpacked = _unpacked(body, left)
            left -= len(unpacked)
        elif _HOLDS_OBJECTS.search(head) and b"/Filter" in head:
            raise BadPdf("locked")  # objects under a cover that is not looked under here
        if _RUNS.search(_plain(unpacked)):
            raise BadPdf("runs")
        found[start:stop] = _said_no_more(head, body, unpacked)
    return _without_distant(_without_sayings(_without_xmp(bytes(found))))


def _plain(data: bytes) -> bytes:
    """Names as they are meant: `/J#61vaScript` is one of them."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data)


def _streams(data: bytes) -> list[tuple[bytes, int, int]]:
    """For each stream what is said before it, and where its bytes begin and end."""
    found = []
    for match in _STREAM.finditer(data):
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        end = _END.search(data, match.end())
        if end is None:
            raise BadPdf("broken")
        before = data[max(0, match.start() - 2000) : match.start()]
        head = before[before.rfind(b" obj") + 1 :] if b" obj" in before else before
        found.append((_plain(head), match.end(), end.start()))
    return found


def _unpacked(body: bytes, most: int) -> bytes:
    """What is packed there, up to *most*; nothing where it is no such packing."""
    opening = zlib.decompressobj()
    try:
        found = opening.decompress(body, max(1, most))
    except zlib.error:
        return b""
    if opening.unconsumed_tail and len(found) >= most:
        raise BadPdf("locked")  # more than anybody reads
    return found


def _said_no_more(head: bytes, body: bytes, unpacked: bytes) -> bytes:
    """The same number of bytes, without what a stream says about its maker."""
    if _XMP.search(head):
        return _fitting(b"", body) if unpacked else b" " * len(body)
    if b"/DCTDecode" in head and body.startswith(b"\xff\xd8"):
        return without_camera(body)
    if not unpacked or not _HOLDS_OBJECTS.search(head) or not _SAYS.search(unpacked):
        return body
    if b"/Predictor" in head:
        raise BadPdf("locked")
    return _fitting(_without_sayings(unpacked), body)


def _fitting(unpacked: bytes, body: bytes) -> bytes:
    packed = zlib.compress(unpacked, 9)
    if len(packed) > len(body):
        raise BadPdf("locked")
    return packed + b"\n" * (len(body) - len(packed))  # after the end of the packing nothing is read


def _without_xmp(data: bytes) -> bytes:
    return _XMP_TEXT.sub(lambda match: b" " * len(match[0]), data)


def _without_sayings(data: bytes) -> bytes:
    """Text after a name such as /Author, overwritten with spaces; in figures, with the figures of spaces."""
    found = bytearray(data)
    for match in _SAYS.finditer(data):
        at = match.end()
        if _is_of_a_chapter(data, match):
            continue
        if data[at : at + 1] == b"(":
            stop = _end_of_text(data, at)
            found[at + 1 : stop] = b" " * (stop - at - 1)
        elif data[at : at + 2] != b"<<":
            stop = data.find(b">", at)
            size = stop - at - 1
            found[at + 1 : stop] = (b"20" * (size // 2 + 1))[:size] if stop > 0 else found[at + 1 : stop]
    return bytes(found)


def _is_of_a_chapter(data: bytes, match: re.Match[bytes]) -> bool:
    """Is this the heading of a chapter? Those say where they belong; what names the maker does not."""
    if not match[0].startswith(b"/Title"):
        return False
    start, stop = data.rfind(b"<<", 0, match.start()), data.find(b">>", match.end())
    return b"/Parent" in data[max(0, start) : stop if stop > 0 else len(data)]


def _without_distant(data: bytes) -> bytes:
    """Text that a name such as /Author only points to. Raises BadPdf where it points somewhere unseen."""
    found = bytearray(data)
    for number in {match[1] for match in _POINTS.finditer(data)}:
        place = re.search(rb"(?<!\d)" + number + rb"\s+\d+\s+obj\s*(?=\()", data)
        if place is None:
            raise BadPdf("locked")
        stop = _end_of_text(data, place.end())
        found[place.end() + 1 : stop] = b" " * (stop - place.end() - 1)
    return bytes(found)


def _end_of_text(data: bytes, at: int) -> int:
    """Where the bracket is closed that opens at *at*; brackets nest, and a backslash takes the next sign."""
    depth, here = 0, at
    while here < len(data):
        sign = data[here]
        if sign == 0x5C:
            here += 1
        elif sign == 0x28:
            depth += 1
        elif sign == 0x29:
            depth -= 1
            if not depth:
                return here
        here += 1
    raise BadPdf("broken")
