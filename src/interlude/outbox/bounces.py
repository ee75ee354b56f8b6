"""Mail that came back for good: nothing goes to that address until its person confirms one. Rule: R-287."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import Any

from django.db import transaction

from interlude.audit.record import record
from interlude.core.bounces import read_bounce
from interlude.outbox.models import MailPoint, Notice


class Came(Enum):
    """What a report meant."""

    STRANGE = "it names no mail of ours; nothing was changed"
    WAITS = "the mail is late or was not refused for good; nothing was changed"
    BEFORE = "it is about an address that has changed since; nothing was changed"
    BACK = "the address is marked as not reached; its person and the office see it"


def take_report(raw: bytes, *, now: datetime) -> Came:
    """Act on a delivery report. Only one that names a mail that was sent from here is believed."""
    bounce = read_bounce(raw)
    sent = Notice.objects.filter(sent_at__isnull=False).select_related("to")
    notice = sent.filter(pk=bounce.notice).first() if bounce.notice else None
    if notice is None:
        return Came.STRANGE
    return mail_came_back(notice, now=now) if bounce.is_final else Came.WAITS


@transaction.atomic
def mail_came_back(notice: Notice, *, now: datetime) -> Came:
    """Mark the address of *notice*. A mail to somebody not here yet, or a code, marks that mail alone."""
    Notice.objects.filter(pk=notice.pk, returned_at=None).update(returned_at=now)
    if notice.to is None or notice.address:
        return Came.BACK
    point, _ = MailPoint.objects.select_for_update().get_or_create(user=notice.to)
    if point.since and notice.sent_at and notice.sent_at < point.since:
        return Came.BEFORE
    if point.failed_at is None:
        MailPoint.objects.filter(pk=point.pk).update(failed_at=now)
        record("mail.came_back", by=None, on=notice.to, practice_id=notice.practice_id, at=now)
    return Came.BACK


def failed_since(user_ids: Iterable[Any]) -> dict[Any, datetime]:
    """Since when mail does not reach them, by user; whom it reaches is not there. One query."""
    rows = MailPoint.objects.filter(user__in=set(user_ids), failed_at__isnull=False)
    return {user: at for user, at in rows.values_list("user_id", "failed_at") if at}


def returned_among(onces: Iterable[str]) -> set[str]:
    """Of notices by their `once`, those that came back for good. One query."""
    rows = Notice.objects.filter(once__in=list(onces), returned_at__isnull=False)
    return set(rows.values_list("once", flat=True))
