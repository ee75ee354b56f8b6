"""What goes with messages: found for a page in one query, sent as a download under a name that says nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext

from interlude.enclosures.models import Enclosure
from interlude.sealing.vault import Sealer
from interlude.ui.files import as_download, refused


def enclosed_in(keys: Iterable[UUID]) -> dict[UUID, list[Enclosure]]:
    """By the message or draft they go with; of rows that are visible already. The bytes stay sealed."""
    found: dict[UUID, list[Enclosure]] = defaultdict(list)
    for one in Enclosure.objects.filter(key__in=list(keys)).defer("sealed"):
        found[one.key].append(one)
    return found


def sent(file: Enclosure) -> HttpResponse:
    data = file.data(Sealer(file.practice_id))
    return as_download(data, media=file.kind.media, name=f"file.{file.suffix}")


def refused_here(why: str, size: int) -> str:
    """What to do with a file that is not kept beside a message."""
    if why == "many":
        return gettext(
            "Five files go with one message, and five are here. Take one away, or write once more."
        )
    if why == "measures":
        return gettext(
            "This picture has more than 50 million points. Save a smaller one and choose it again."
        )
    return refused(why, size)
