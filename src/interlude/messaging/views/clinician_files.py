"""A photo or a PDF that came with a message."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from interlude.enclosures.models import Enclosure
from interlude.messaging.batch import sight_of
from interlude.messaging.desk import rows_seen
from interlude.messaging.enclosed import sent
from interlude.practice.models import Clinician


@require_safe
def enclosure(request: HttpRequest, clinician: Clinician, *, file_id: UUID) -> HttpResponse:
    """As a download; seen by whoever sees its message at this moment, and by nobody else."""
    sight = sight_of(clinician, timezone.now())
    seen = rows_seen(sight, early=sight.is_early)
    return sent(get_object_or_404(Enclosure.objects.of(seen), pk=file_id))
