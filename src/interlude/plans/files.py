"""Sending a kept file: always a download, never a page, and nothing in it may run. Rule: R-184."""

from __future__ import annotations

from django.http import HttpResponse

from interlude.core.file_kinds import KINDS
from interlude.plans.models import PlanFile
from interlude.sealing.vault import Sealer


def sent(file: PlanFile) -> HttpResponse:
    """*file* with its plan and participant, under a name that says nothing."""
    kind = KINDS[file.suffix]
    return HttpResponse(
        file.data(Sealer(file.practice_id)),
        content_type=kind.media,
        headers={
            "Content-Disposition": f'attachment; filename="my-pages.{kind.suffix}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
