"""What a file is, by its first bytes and not by its name, and why one is not kept. Rules: R-184, R-221."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOST = 5 * 1024 * 1024  # bytes of one file


@dataclass(frozen=True, slots=True)
class FileKind:
    """How such a file is named and sent."""

    suffix: str
    media: str


PDF = FileKind("pdf", "application/pdf")
PNG = FileKind("png", "image/png")
JPEG = FileKind("jpg", "image/jpeg")
KINDS: Mapping[str, FileKind] = {kind.suffix: kind for kind in (PDF, PNG, JPEG)}


def kind_of(data: bytes) -> FileKind | None:
    """PDF, PNG or JPEG, if it begins and ends as such a file does; None for anything else."""
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return PDF
    if (
        data.startswith(b"\x89PNG\r\n\x1a\n")
        and data[12:16] == b"IHDR"
        and data.rstrip(b"\0")[-8:-4] == b"IEND"
    ):
        return PNG
    if data.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in data[-64:]:
        return JPEG
    return None


def refusal_of(data: bytes, kind: FileKind | None) -> str:
    """Why a file is not kept: `empty`, `large` or `kind`; nothing where it may be."""
    if not data:
        return "empty"
    if len(data) > MOST:
        return "large"
    return "" if kind else "kind"
