"""What somebody chose of their notices, and what it means for those that wait. Rules: R-283 to R-286."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any

from interlude.core.leaving import leaving_moment
from interlude.outbox.contact import held, safe_mail
from interlude.outbox.kinds import kind_of, may_be_off
from interlude.outbox.models import MailPoint, Notice, NoticeWish


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that somebody can choose. Kinds that cannot be switched off stay on, whatever stands in `off`."""

    off: tuple[str, ...] = ()
    quiet_from: time | None = None
    quiet_until: time | None = None
    daily_at: time | None = None
    subject: str = ""
    sender: str = ""


def choose_notices(user: Any, wanted: Wanted, *, zone: str, now: datetime) -> bool:
    """Keep it; what waits is looked at anew. False where it was chosen so before."""
    values = asdict(wanted) | {"off": may_be_off(wanted.off), "zone": zone}
    known = wish_of(user)
    if all(getattr(known, name) == value for name, value in values.items()):
        return False
    NoticeWish.objects.update_or_create(user=user, defaults=values)
    wait_anew(user, now=now)
    return True


def wish_of(user: Any) -> NoticeWish:
    """What they chose; a row of nothing, not kept, where they never did."""
    return NoticeWish.objects.filter(user=user).first() or NoticeWish(user=user, zone="")


def wait_anew(user: Any, *, now: datetime) -> None:
    """What was held for a moment of theirs is due, so that the worker asks again when it may leave."""
    waiting = Notice.objects.filter(to=user, sent_at=None, given_up_at=None, kept_back_at=None)
    waiting.filter(gather_at__gt=now).update(send_at=now, gather_at=None)


class Leaving:
    """When each of some notices may leave. Four queries for any number of them."""

    def __init__(self, due: Iterable[Notice]) -> None:
        people = {notice.to_id for notice in due if notice.to_id}
        self._safe, self._held = safe_mail(people), held(people)
        self._wishes = {wish.user_id: wish for wish in NoticeWish.objects.filter(user__in=people)}
        failed = MailPoint.objects.filter(user__in=people, failed_at__isnull=False)
        self._failed = set(failed.values_list("user_id", flat=True))

    def moment(self, notice: Notice, now: datetime) -> datetime | None:
        """*now*, a later moment, or None: it is not sent at all, and its person finds it when they sign in."""
        if notice.to_id is None:
            return now
        kind, wish = kind_of(notice.kind), self._wishes.get(notice.to_id)
        if (notice.to_id, notice.practice_id) in self._held:
            return None
        if wish is not None and kind.name in wish.off and not kind.must:
            return None
        if notice.to_id in self._failed and not notice.address:
            return None
        return leaving_moment(
            now,
            wish.value() if wish else None,
            waits=kind.waits,
            safe=self._safe.get(notice.to_id),
            is_gathered=notice.gather_at is not None and notice.gather_at <= now,
        )
