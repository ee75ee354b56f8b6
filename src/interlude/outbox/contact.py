"""Safe ways to reach somebody: said by them, asked again each year, kept by the server whenever something leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from interlude.core.safe_contact import SafeContact
from interlude.outbox.models import ContactPoint, Hold, NoticeWish


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of one way: never, or the hours that are safe (None: any)."""

    kind: str
    never: bool
    opens: time | None = None
    closes: time | None = None


def say_contact(user: Any, said: Iterable[Said], *, zone: str, today: date) -> bool:
    """Keep what they said, for each way; the same again confirms it. False where it was said so today."""
    known, is_news = contact_points(user), False
    for each in said:
        values = {
            "never": each.never,
            "opens": None if each.never else each.opens,
            "closes": None if each.never else each.closes,
            "zone": zone,
            "confirmed_on": today,
        }
        point = known.get(each.kind)
        if point is None or any(getattr(point, name) != value for name, value in values.items()):
            ContactPoint.objects.update_or_create(user=user, kind=each.kind, defaults=values)
            is_news = True
    return is_news


def move_contact(user: Any, *, zone: str) -> None:
    """Safe hours and quiet hours go by the clock of the place where somebody is."""
    ContactPoint.objects.filter(user=user).update(zone=zone)
    NoticeWish.objects.filter(user=user).update(zone=zone)


def contact_points(user: Any) -> dict[str, ContactPoint]:
    """What they said, by kind. One query."""
    return {point.kind: point for point in ContactPoint.objects.filter(user=user)}


def wants_asking(user: Any, today: date) -> bool:
    """Did they never say, or is it a year since they did? One query."""
    points = contact_points(user)
    return len(points) < len(ContactPoint.Kind) or any(
        point.value().wants_asking(today) for point in points.values()
    )


def safe_mail(user_ids: Iterable[Any]) -> dict[Any, SafeContact]:
    """What people said of their mail. One query."""
    points = ContactPoint.objects.filter(user__in=set(user_ids), kind=ContactPoint.Kind.EMAIL)
    return {point.user_id: point.value() for point in points}


def by_phone(user_ids: Iterable[Any]) -> dict[Any, ContactPoint]:
    """What people said of calls; who has no account said nothing. One query."""
    users = {each for each in user_ids if each}
    points = ContactPoint.objects.filter(user__in=users, kind=ContactPoint.Kind.PHONE)
    return {point.user_id: point for point in points}


def hold(user: Any, *, practice_id: UUID, now: datetime) -> bool:
    """From now on nothing leaves for them from this practice. False where it is so already."""
    return Hold.objects.get_or_create(user=user, practice_id=practice_id, defaults={"since": now})[1]


def let_go(user: Any, *, practice_id: UUID) -> bool:
    """Things may leave again, by what they themselves said. False where nothing was held."""
    return bool(Hold.objects.filter(user=user, practice_id=practice_id).delete()[0])


def held_since(user_ids: Iterable[Any], *, practice_id: UUID) -> dict[Any, datetime]:
    """Since when nothing leaves, by user; who is not held is not there. One query."""
    rows = Hold.objects.filter(user__in=set(user_ids), practice_id=practice_id)
    return dict(rows.values_list("user_id", "since"))


def held(user_ids: Iterable[Any]) -> set[tuple[Any, UUID]]:
    """Whom which practice holds back, as (user, practice). One query."""
    return set(Hold.objects.filter(user__in=set(user_ids)).values_list("user_id", "practice_id"))
