"""What somebody who stands in may see now, who stands in for a client, and when they read. Rules: R-243, R-244."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import models

from interlude.boundaries.windows import window_of
from interlude.core.readers import Cover as Reader
from interlude.cover.models import Cover, CoverPart
from interlude.practice.models import Client, Clinician
from interlude.practice.prepared import Prepared

FOR_A_WHILE = timedelta(days=14)  # how long somebody stands in whom the practice's lead asked


@dataclass(frozen=True, slots=True)
class Part:
    """Of one clinician: these clients, about these topics."""

    cover: Cover
    clients: tuple[UUID, ...]

    def condition(self) -> models.Q:
        """For rows with a clinician, a client and a topic."""
        return models.Q(
            clinician=self.cover.clinician_id, client__in=self.clients, topic__in=self.cover.topics
        )


def parts_of(colleague: Clinician, now: datetime) -> list[Part]:
    """What *colleague* stands in for at this moment; one query. Nobody who said no is in it."""
    rows = CoverPart.objects.filter(cover__in=Cover.unscoped.standing(now).filter(colleague=colleague))
    found: dict[UUID, tuple[Cover, list[UUID]]] = {}
    for one in rows.filter(refused_at=None).select_related("cover__clinician"):
        found.setdefault(one.cover_id, (one.cover, []))[1].append(one.client_id)
    parts = [Part(cover, tuple(clients)) for cover, clients in found.values()]
    return sorted(parts, key=lambda part: (part.cover.ends_at, part.cover.pk))


def condition_of(parts: Iterable[Part]) -> models.Q:
    """Rows of any of these parts; of none, no row."""
    return reduce(or_, (part.condition() for part in parts), models.Q(pk__in=[]))


def covers_of(client: Client, now: datetime) -> list[Cover]:
    """Who stands in for this client's clinician, now and to come, as both agreed; one query."""
    return [part.cover for part in accepted_parts(client, now) if part.refused_at is None]


def accepted_parts(client: Client, now: datetime, *, of: UUID | None = None) -> list[CoverPart]:
    """What colleagues accepted for this client and is not over, with what the client said no to; one query.

    *of*: the clinician for whom they stand in, where that is not the client's own of today.
    """
    return _ACCEPTED(client=client.pk, clinician=of or client.clinician_id, now=now)


def _accepted(client: Any, clinician: Any, now: Any) -> models.QuerySet[CoverPart]:
    parts = CoverPart.objects.accepted(now).filter(client=client, cover__clinician=clinician)
    return parts.select_related("cover__colleague").order_by("cover__starts_at", "pk")


_ACCEPTED: Prepared[CoverPart] = Prepared(
    _accepted, client=models.UUIDField(), clinician=models.UUIDField(), now=models.DateTimeField()
)


def readers_from(covers: Iterable[Cover], client: Client) -> tuple[Reader, ...]:
    """The same for "who can read this": with first and last day where the clinician is (R-139)."""
    on, moment = client.clinician.date_at, timedelta(seconds=1)  # an end at midnight is of the day before
    return tuple(Reader(one.colleague.name, on(one.starts_at), on(one.ends_at - moment)) for one in covers)


@dataclass(frozen=True, slots=True)
class SoonerReading:
    """Somebody who stands in reads it, and when."""

    colleague: Clinician
    at: datetime


def read_sooner(
    client: Client, topic: str, *, of: UUID, after: datetime, otherwise: datetime | None
) -> SoonerReading | None:
    """Who reads a message before its own clinician would, at which window of theirs; None if nobody. Rule: R-244.

    The date of the answer stays what it was: a cover can only bring it sooner. One query where there is no cover.
    """
    found: list[SoonerReading] = []
    for part in accepted_parts(client, after, of=of):
        cover = part.cover
        if part.refused_at is not None or topic not in cover.topics:
            continue
        opens = window_of(cover.colleague, max(after, cover.starts_at)).next_at
        if opens is not None and opens < cover.ends_at and (otherwise is None or opens < otherwise):
            found.append(SoonerReading(cover.colleague, opens))
    return min(found, key=lambda one: one.at, default=None)
