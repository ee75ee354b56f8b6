"""Covers as a page shows them: what is asked of me, what I stand in for, who stands in for me."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch
from django.utils.functional import lazy

from interlude.core.policy import Topic
from interlude.cover.actions import Asked, Doubts, doubts_about, known_about
from interlude.cover.models import Cover, CoverPart
from interlude.messaging.templatetags.batch import about
from interlude.practice.models import Clinician

NOT_ASKED = {Topic.SCHEDULE, Topic.BILLING, Topic.TECH, Topic.LATE, Topic.PARENT_LOGISTICS}  # the desk's


def _name_of(topic: Topic) -> str:
    return about(topic).capitalize()


_named = lazy(_name_of, str)  # in the language of whoever reads
TOPICS = [(str(topic), _named(topic)) for topic in Topic if topic not in NOT_ASKED]
LATELY = timedelta(days=30)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """One cover on a page: its clients by name, its topics, how it stands."""

    cover: Cover
    names: list[str]
    refused: list[str]
    topics: list[str]
    state: str


@dataclass(frozen=True, slots=True)
class Covers:
    """The three lists, each by when it begins."""

    asked: list[Shown]
    mine: list[Shown]
    for_me: list[Shown]


def covers_shown(clinician: Clinician, *, now: datetime) -> Covers:
    """What is ahead, on, or was over in the last month; two queries."""
    rows = Cover.objects.visible_to(clinician).filter(ends_at__gt=now - LATELY)
    parts = Prefetch("parts", CoverPart.objects.select_related("client").order_by("client__name"))
    known = rows.select_related("clinician", "colleague").prefetch_related(parts)[: 2 * SHOWN]
    shown = [shown_as(one, now) for one in known]
    mine = [one for one in shown if one.cover.colleague_id == clinician.pk]
    return Covers(
        [one for one in mine if one.state == "asked"],
        [one for one in mine if one.state in ("coming", "on")],
        [one for one in shown if one.cover.clinician_id == clinician.pk],
    )


def shown_as(cover: Cover, now: datetime) -> Shown:
    """*cover* comes with its parts and their clients."""
    parts = list(cover.parts.all())
    return Shown(
        cover,
        [one.client.name for one in parts if one.refused_at is None],
        [one.client.name for one in parts if one.refused_at is not None],
        [about(topic) for topic in cover.topics],
        cover.state(now),
    )


def with_doubts(asked: list[Shown], colleague: Clinician, *, now: datetime) -> list[tuple[Shown, Doubts]]:
    """The same doubts as when it was asked, as things are now: for who is about to say yes. Two queries."""
    known = known_about(colleague, now=now)
    return [
        (one, doubts_about(_asked(one.cover), clinician=one.cover.clinician, known=known)) for one in asked
    ]


def _asked(cover: Cover) -> Asked:
    return Asked(cover.colleague, (), cover.topics, cover.starts_at, cover.ends_at)
