"""A form that somebody added to their plan, sent as a download under a name that says nothing. Rule: R-184."""

from __future__ import annotations

from django.http import HttpResponse

from interlude.core.file_kinds import KINDS
from interlude.plans.models import PlanFile
from interlude.sealing.vault import Sealer
from interlude.ui.files import as_download


def sent(file: PlanFile) -> HttpResponse:
    """*file*; needs its plan and participant."""
    kind = KINDS[file.suffix]
    return as_download(file.data(Sealer(file.practice_id)), media=kind.media, name=f"my-pages.{kind.suffix}")
