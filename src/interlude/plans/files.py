"""Files to keep: always a download, never a page, under a name that says nothing; nothing in it may run. R-184."""

from __future__ import annotations

from django.http import HttpResponse

from interlude.core.file_kinds import KINDS
from interlude.plans.models import PlanFile
from interlude.sealing.vault import Sealer


def sent(file: PlanFile) -> HttpResponse:
    """*file*; needs its plan and participant."""
    kind = KINDS[file.suffix]
    return as_download(file.data(Sealer(file.practice_id)), media=kind.media, name=f"my-pages.{kind.suffix}")


def as_download(data: bytes, *, media: str, name: str) -> HttpResponse:
    """*data* as a file that a browser saves and does not show."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(data, content_type=media, headers=headers)
