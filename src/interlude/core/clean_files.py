"""A file as it is kept in the library: told by its bytes, made anew or checked, or refused. Rule: R-221."""

from __future__ import annotations

from dataclasses import dataclass

from interlude.core.file_kinds import JPEG, PDF, PNG, FileKind, kind_of, refusal_of
from interlude.core.pdf_parts import BadPdf, clean_pdf
from interlude.core.pictures import BadPicture, clean_jpeg, clean_png


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file that may be kept and handed on."""

    kind: FileKind
    data: bytes


def cleaned(data: bytes) -> CleanFile | str:
    """*data* without what does not belong into it.

    Returns:
        The file; or why not: `empty`, `large`, `kind`, `measures`, `runs`, `locked` or `broken`.
    """
    kind = kind_of(data)
    if (refused := refusal_of(data, kind)) or kind is None:
        return refused
    try:
        made = {PDF: clean_pdf, PNG: clean_png, JPEG: clean_jpeg}[kind](data)
    except BadPicture as error:
        return "measures" if str(error) == "large" else "broken"
    except BadPdf as error:
        return str(error)
    return CleanFile(kind, made)
