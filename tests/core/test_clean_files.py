"""Files are told by their bytes, made anew, and refused for what runs, hides or bursts."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pytest

from interlude.core.clean_files import CleanFile, cleaned
from interlude.core.file_kinds import MOST

PLACE = b"52.5200 N 13.4050 E"
OWNER = b"Zaunkoenigin"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(
    width: int = 4, height: int = 3, *, more: bytes = b"", drawn: bytes | None = None, woven: int = 0
) -> bytes:
    rows = b"".join(b"\0" + bytes(3 * width) for _ in range(height)) if drawn is None else drawn
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, woven)
    parts = chunk(b"IHDR", header) + more + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def part(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 4, height: int = 3, *, more: bytes = b"", scan: bytes = b"\x11\xff\x00\x22") -> bytes:
    frame = part(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    tables = part(0xDB, b"\0" + bytes(64)) + part(0xC4, b"\0" + bytes(17))
    return b"\xff\xd8" + more + tables + frame + part(0xDA, b"\1\1\0\0\x3f\0") + scan + b"\xff\xd9"


def exif(way_up: int) -> bytes:
    fact = struct.pack("<HHIHH", 0x0112, 3, 1, way_up, 0)
    return part(0xE1, b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + fact + bytes(4) + PLACE)


def pdf(body: bytes = b"", *, info: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n" + body + info + b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def stream(head: bytes, body: bytes) -> bytes:
    return b"9 0 obj\n<<" + head + b">>\nstream\n" + body + b"\nendstream\nendobj\n"


def kept(data: bytes) -> bytes:
    found = cleaned(data)
    assert isinstance(found, CleanFile), found
    return found.data


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a page as a picture", b"<!doctype html><script>1</script>"),
        (
            "a drawing that can run",
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        ),
        ("a program", b"MZ\x90\0" + bytes(200)),
        ("an archive", b"PK\3\4" + bytes(200)),
        ("a GIF", b"GIF89a" + bytes(50)),
        ("a beginning alone", b"%PDF-1.7"),
    ],
)
def test_a_file_that_lies_about_its_kind_is_refused_whatever_its_name(name: str, data: bytes) -> None:
    assert cleaned(data) == "kind", name


def test_nothing_and_more_than_five_megabytes_are_refused() -> None:
    assert cleaned(b"") == "empty"
    assert cleaned(b"x" * (MOST + 1)) == "large"
    assert cleaned(b"%PDF-1.7" + b"x" * MOST + b"%%EOF") == "large"


@pytest.mark.parametrize("sides", [(50_000, 50_000), (6_000, 6_000), (20_001, 1)])
@pytest.mark.parametrize("make", [png, jpeg])
def test_a_picture_that_would_burst_is_refused_by_its_measures(
    make: Callable[..., bytes], sides: tuple[int, int]
) -> None:
    data = png(*sides, drawn=b"") if make is png else jpeg(*sides)
    assert cleaned(data) == "measures"


def test_a_png_that_unpacks_to_more_or_less_than_it_says_is_refused() -> None:
    assert cleaned(png(drawn=bytes(30_000_000))) == "broken"  # 30 KB that would be 30 MB
    assert cleaned(png(drawn=b"\0")) == "broken"
    assert cleaned(png().replace(b"IDAT", b"IDAT\0", 1)) == "broken"


def test_a_png_keeps_its_drawing_and_nothing_else() -> None:
    more = chunk(b"tEXt", b"Author\0" + OWNER) + chunk(b"eXIf", PLACE) + chunk(b"gAMA", bytes(4))
    data = png(more=more)
    found = kept(data + b"")
    assert OWNER not in found and PLACE not in found
    assert found == kept(png()) == kept(found)


def test_what_is_hidden_behind_a_picture_is_cut_off() -> None:
    hidden = b"<script>" + OWNER
    assert OWNER not in kept(jpeg() + hidden[:0] + b"\xff\xd9")
    assert cleaned(png() + hidden) == "kind"
    end = chunk(b"IEND", b"")
    assert OWNER not in kept(png() + hidden + end)
    assert OWNER not in kept(jpeg() + hidden + b"\xff\xd9")


@pytest.mark.parametrize("width", range(1, 10))
def test_a_woven_png_has_the_size_of_its_seven_passes(width: int) -> None:
    passes = (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    )
    drawn = b""
    for x, y, dx, dy in passes:
        across, down = len(range(x, width, dx)), len(range(y, 5, dy))
        drawn += (b"\0" + bytes(3 * across)) * down if across else b""
    assert kept(png(width, 5, drawn=drawn, woven=1)).startswith(b"\x89PNG")


def test_a_jpeg_loses_camera_place_and_comment_and_keeps_its_way_up() -> None:
    more = (
        exif(6)
        + part(0xFE, OWNER)
        + part(0xED, OWNER)
        + part(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + OWNER)
    )
    found = kept(jpeg(more=more))
    assert PLACE not in found and OWNER not in found
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in found  # turned by a quarter, written anew
    assert kept(found) == found
    assert b"Exif" not in kept(jpeg(more=exif(1)))


@pytest.mark.parametrize(
    "data", [jpeg()[:-30] + b"\xff\xd9", b"\xff\xd8\xff\xe0\0\1" + b"\xff\xd9", jpeg(0, 3)]
)
def test_a_damaged_jpeg_is_refused(data: bytes) -> None:
    assert cleaned(data) == "broken"


@pytest.mark.parametrize(
    "inside",
    [
        b"2 0 obj<</S/JavaScript/JS(app.alert)>>endobj ",
        b"2 0 obj<</S/Java#53cript/J#53(app.alert)>>endobj ",
        b"2 0 obj<</S /Launch /F (cmd.exe)>>endobj ",
        b"2 0 obj<</Names<</EmbeddedFiles 3 0 R>>>>endobj ",
        b"2 0 obj<</AcroForm<</XFA 3 0 R>>>>endobj ",
        b"2 0 obj<</S/SubmitForm/F(https://example.org)>>endobj ",
        b"2 0 obj<</Subtype/RichMedia>>endobj ",
        stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", zlib.compress(b"2 0 <</S/JavaScript/JS(x)>>")),
        stream(b"/Filter[/FlateDecode]", zlib.compress(b"3 0 obj<</S/Launch>>endobj")),
    ],
)
def test_a_pdf_that_runs_opens_or_carries_something_is_refused(inside: bytes) -> None:
    assert cleaned(pdf(inside)) == "runs"


@pytest.mark.parametrize(
    "inside",
    [
        b"trailer<</Encrypt 5 0 R>>",
        stream(b"/Type/ObjStm/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]", b"00"),
        stream(b"/Type/ObjStm/N 1/First 4/Filter 7 0 R", b"00"),
    ],
)
def test_a_pdf_that_nobody_can_look_into_is_refused(inside: bytes) -> None:
    assert cleaned(pdf(inside)) == "locked"


def test_a_pdf_that_unpacks_without_end_is_refused() -> None:
    bomb = zlib.compress(bytes(70 * 1024 * 1024), 9)
    assert cleaned(pdf(stream(b"/Filter/FlateDecode", bomb))) == "locked"


def test_a_pdf_loses_what_names_its_maker_and_stays_as_long() -> None:
    told = (
        b"2 0 obj<</Producer(Writer)/Author("
        + OWNER
        + rb" \(me\))/Title<5A61756E>/CreationDate(D:2026)>>endobj "
    )
    told += stream(b"/Type/Metadata/Subtype/XML", b"<x:xmpmeta>" + OWNER + b"</x:xmpmeta>")
    packed = zlib.compress(b"5 0 6 90 <</Producer(X)/Author(" + OWNER + b")>>" + b"<</A 1>>" * 40)
    told += stream(b"/Type/ObjStm/N 2/First 9/Filter/FlateDecode", packed)
    data = pdf(told)
    found = kept(data)
    assert len(found) == len(data)
    assert OWNER not in found and b"5A61756E" not in found and b"D:2026" not in found
    for at in (
        at for at in range(len(found)) if found[at : at + 7] == b"stream\n" and found[at - 3 : at] != b"end"
    ):
        try:
            assert OWNER not in zlib.decompressobj().decompress(found[at + 7 :])
        except zlib.error:
            continue


def test_the_names_of_chapters_stay() -> None:
    chapter = b"4 0 obj<</Title(Breathing)/Parent 3 0 R/Dest[5 0 R/Fit]>>endobj "
    assert b"(Breathing)" in kept(pdf(chapter))


def test_what_stands_apart_from_its_name_is_taken_out_too() -> None:
    told = b"2 0 obj<</Producer(W)/Author 8 0 R>>endobj 8 0 obj (" + OWNER + b") endobj "
    assert OWNER not in kept(pdf(told))


def test_a_picture_inside_a_pdf_loses_its_place() -> None:
    found = kept(pdf(stream(b"/Subtype/Image/Filter/DCTDecode", jpeg(more=exif(1)))))
    assert PLACE not in found
