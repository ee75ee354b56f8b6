"""The file of a piece, as a download under a name that says nothing. Rule: R-221."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from interlude.core.file_kinds import KINDS
from interlude.library.models import PieceVersion
from interlude.sealing.vault import Sealer
from interlude.ui.files import as_download


def sent(version: PieceVersion) -> HttpResponse:
    """The file of *version*; a version without one has no such page."""
    if not version.suffix:
        raise Http404
    kind = KINDS[version.suffix]
    return as_download(
        version.data(Sealer(version.practice_id)), media=kind.media, name=f"page.{kind.suffix}"
    )
