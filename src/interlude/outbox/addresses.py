"""Where somebody's notices go: confirmed by a code first, one address at a time. Rules: R-286, R-287."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction
from django.utils.crypto import salted_hmac

from interlude.core.safe_contact import sending_moment
from interlude.outbox.contact import held, safe_mail
from interlude.outbox.models import AddressAsk, MailPoint, Notice

OPEN_FOR = timedelta(hours=1)
TRIES = 5
ASKS_A_DAY = 5  # nobody's mailbox is filled from here


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for which address, on which page, with the key of that form."""

    user: Any
    address: str
    practice_id: UUID
    link: str
    key: UUID
    tell_old: bool = True


@dataclass(frozen=True, slots=True)
class NotMoved:
    """Why nothing was asked or moved: `never`, `held`, `often`; `none`, `wrong`, `closed`."""

    reason: str
    left: int = 0


def address_of(user: Any) -> str:
    """Where their notices go."""
    point = MailPoint.objects.filter(user=user).first()
    return (point.address if point else "") or str(user.email)


def code_of(notice_id: UUID) -> str:
    """The code that a notice carries. It is made anew each time and kept nowhere."""
    digest = salted_hmac("interlude.outbox.code", str(notice_id), algorithm="sha256").hexdigest()
    return f"{int(digest, 16) % 10**6:06}"


@transaction.atomic
def ask_address(asked: Asked, *, now: datetime) -> AddressAsk | NotMoved:
    """Send a code to a new address. The code before ends; the same form once more sends nothing."""
    mine = AddressAsk.objects.filter(user=asked.user)
    if (known := mine.filter(notice=asked.key).first()) is not None:
        return known
    safe = safe_mail([asked.user.pk]).get(asked.user.pk)
    leaves = sending_moment(now, safe)
    if leaves is None:
        return NotMoved("never")
    if (asked.user.pk, asked.practice_id) in held([asked.user.pk]):
        return NotMoved("held")
    if mine.filter(asked_at__gt=now - timedelta(days=1)).count() >= ASKS_A_DAY:
        return NotMoved("often")
    mine.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    is_taken = Notice.objects.filter(pk=asked.key).exists()
    notice = _note(
        Notice.Kind.CODE, asked, address=asked.address, now=now, key=uuid4() if is_taken else asked.key
    )
    return AddressAsk.objects.create(
        user=asked.user,
        notice=notice,
        address=asked.address,
        tell_old=asked.tell_old,
        asked_at=now,
        expires_at=leaves + OPEN_FOR,
    )


def open_ask(user: Any, *, now: datetime) -> AddressAsk | None:
    """The address that still waits for its code."""
    waiting = AddressAsk.objects.filter(user=user, used_at=None, expires_at__gt=now)
    return waiting.select_related("notice").order_by("-asked_at").first()


@transaction.atomic
def confirm_address(
    user: Any, code: str, *, practice_id: UUID, link: str, now: datetime
) -> MailPoint | NotMoved:
    """With the right code, notices go to the new address from now on, and the old one is told of it once."""
    asks = AddressAsk.objects.select_for_update().filter(user=user, expires_at__gt=now)
    ask = asks.order_by("-asked_at").first()
    if ask is None:
        return NotMoved("none")
    if ask.tries >= TRIES:
        return NotMoved("closed")
    typed = "".join(letter for letter in code if letter.isdecimal())
    if not hmac.compare_digest(code_of(ask.notice_id).encode(), typed.encode()):
        if ask.used_at is None:
            AddressAsk.objects.filter(pk=ask.pk).update(tries=models.F("tries") + 1)
        return NotMoved("wrong", left=TRIES - ask.tries - 1)
    if AddressAsk.objects.filter(pk=ask.pk, used_at=None).update(used_at=now):
        _move(ask, Asked(user, ask.address, practice_id, link, uuid4(), ask.tell_old), now)
    return MailPoint.objects.get(user=user)


def _move(ask: AddressAsk, asked: Asked, now: datetime) -> None:
    before = MailPoint.objects.filter(user=asked.user).first()
    old, is_dead = address_of(asked.user), before is not None and before.failed_at is not None
    address = "" if ask.address == asked.user.email else ask.address
    values = {"address": address, "since": now, "failed_at": None}
    MailPoint.objects.update_or_create(user=asked.user, defaults=values)
    if asked.tell_old and not is_dead and old != ask.address:
        _note(Notice.Kind.MOVED_AWAY, asked, address=old, now=now, key=uuid4())


def _note(kind: str, asked: Asked, *, address: str, now: datetime, key: UUID) -> Notice:
    return Notice.objects.create(
        id=key,
        practice_id=asked.practice_id,
        to=asked.user,
        address=address,
        kind=kind,
        link=asked.link,
        once=f"{kind}:{key}",
        send_at=now,
    )
