"""Being told in a browser: added and removed by its person, and told that something is there, never what."""

from __future__ import annotations

import hashlib
import json
import logging
import struct
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from interlude.core.safe_contact import sending_moment
from interlude.outbox import webpush
from interlude.outbox.contact import held, safe_mail
from interlude.outbox.device import Device, Subscription
from interlude.outbox.models import LEASE, TRIES, MailWords, Notice
from interlude.outbox.posting import Answered, post
from interlude.outbox.push_hosts import is_push_service
from interlude.sealing.vault import Unopenable

log = logging.getLogger(__name__)
BATCH = 20
MOST = 10  # devices of one person; the eleventh takes the place of the oldest
LONGEST = timedelta(hours=6)  # that a push service keeps one for a phone that is off
LONGEST_WAIT = timedelta(hours=6)  # that a push service may ask for
GONE = (404, 410)


def add_device(user: Any, subscription: Subscription, *, kind: str, now: datetime) -> Device | None:
    """From now on *user* is told there. None for an address or keys that no browser gives. Twice adds it once.

    A browser is one person's: whoever adds it last. Rules: R-293, R-294.
    """
    if not is_push_service(subscription.endpoint):
        return None
    try:
        webpush.their_key(subscription.p256dh)
        webpush.auth_secret(subscription.auth)
    except webpush.BadSubscription:
        return None
    fingerprint = hashlib.sha256(subscription.endpoint.encode()).hexdigest()
    with transaction.atomic():
        Device.objects.filter(fingerprint=fingerprint).exclude(user=user).delete()
        device = Device(user=user, kind=kind, fingerprint=fingerprint, added_at=now)
        device.seal(subscription)
        Device.objects.bulk_create(
            [device], update_conflicts=True, unique_fields=["fingerprint"], update_fields=["kind", "sealed"]
        )
        old = Device.objects.filter(user=user).order_by("-added_at", "pk").values_list("pk", flat=True)[MOST:]
        Device.objects.filter(pk__in=list(old)).delete()
    return Device.objects.get(fingerprint=fingerprint)


def remove_device(device_id: UUID, *, user: Any) -> bool:
    """Nothing is told there any more. False where it is not theirs, or was removed."""
    return bool(Device.objects.filter(pk=device_id, user=user).delete()[0])


def forget_device(text: str) -> None:
    """The browser that carries this mark signs out: it is told nothing any more, whoever added it. Rule: R-292."""
    try:
        Device.objects.filter(pk=UUID(text)).delete()
    except ValueError:
        return


def leave_at_devices(notice: Notice, *, now: datetime) -> None:
    """A notice left for a person: their devices are told too. What waits there already is not told twice."""
    if settings.PUSH_KEY and notice.to_id:
        waiting = {"push_at": now, "practice_id": notice.practice_id, "tries": 0}
        Device.objects.filter(user=notice.to_id, push_at=None).update(**waiting)


def try_device(device_id: UUID, *, user: Any, practice_id: UUID, now: datetime) -> bool:
    """Have the device told once, so that its person sees what it looks like. False where it is not theirs."""
    mine = Device.objects.filter(pk=device_id, user=user)
    return bool(mine.update(push_at=now, practice_id=practice_id, tries=0))


def send_due_pushes(*, now: datetime) -> int:
    """Tell the devices at which something waits; returns how many were. Safe hours hold as for mail. R-295."""
    if not settings.PUSH_KEY:
        return 0
    free = models.Q(leased_until=None) | models.Q(leased_until__lt=now)
    due = Device.objects.filter(free, push_at__lte=now).order_by("push_at").select_related("user")[:BATCH]
    devices, sent, silent = list(due), 0, set[str]()
    people = {device.user_id for device in devices}
    safe, unsafe = safe_mail(people), held(people)
    for device in devices:
        is_held = (device.user_id, device.practice_id) in unsafe
        moment = None if is_held else sending_moment(now, safe.get(device.user_id))
        if moment != now:
            _waiting(device).update(push_at=moment)  # never, or at the next safe hour
        elif _waiting(device).update(leased_until=now + LEASE, tries=models.F("tries") + 1):
            sent += _send(device, now, silent)
    return sent


def _waiting(device: Device) -> models.QuerySet[Device]:
    return Device.objects.filter(pk=device.pk, push_at=device.push_at, leased_until=device.leased_until)


def _send(device: Device, now: datetime, silent: set[str]) -> bool:
    """One push. A service that said nothing in this round is not waited for again."""
    try:
        subscription = device.subscription()
    except (Unopenable, ValueError, struct.error):
        Device.objects.filter(pk=device.pk).update(push_at=None, leased_until=None)
        return False
    host = subscription.endpoint.split("/")[2]
    if host in silent or not is_push_service(subscription.endpoint):
        answered = Answered(0)
    else:
        answered = post(subscription.endpoint, *_message(device, subscription, now))
    mine = Device.objects.filter(pk=device.pk)
    if 200 <= answered.status < 300:
        return bool(mine.update(push_at=None, leased_until=None, tries=0))
    if answered.status in GONE:
        mine.delete()
        return False
    if answered.status == 0:
        silent.add(host)
    _later(device, answered, now)
    return False


def _later(device: Device, answered: Answered, now: datetime) -> None:
    """Again after a while, and not for ever: what is there can be read at any time without a notice."""
    again = answered.status in (0, 429) or answered.status >= 500
    asked = int(answered.retry_after) if answered.retry_after.isdecimal() else 0
    wait = min(max(timedelta(seconds=30 * 2 ** (device.tries + 1)), timedelta(seconds=asked)), LONGEST_WAIT)
    at = now + wait if again and device.tries + 1 < TRIES else None
    Device.objects.filter(pk=device.pk).update(push_at=at, leased_until=None)
    log.warning("device %s was not told (answer %s), try %s", device.pk, answered.status, device.tries + 1)


def _message(device: Device, subscription: Subscription, now: datetime) -> tuple[bytes, dict[str, Any]]:
    body = webpush.encrypt(payload_for(device), subscription.p256dh, subscription.auth)
    key = webpush.own_key(settings.PUSH_KEY)
    headers = {
        "Authorization": webpush.signed(subscription.endpoint, key=key, contact=_contact(), now=now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": int(LONGEST.total_seconds()),
        "Urgency": "normal",
        "Topic": "something",
    }
    return body, headers


def payload_for(device: Device) -> bytes:
    """What a screen shows: the neutral subject of the practice, and the first page behind it. Rule: R-293."""
    words = MailWords.objects.filter(pk=device.practice_id).first() if device.practice_id else None
    with translation.override(import_string(settings.SPOKEN_IN)(device.user, device.practice_id)):
        title = render_to_string("email/subject.txt", {"subject": words.subject if words else ""}).strip()
        direction = "rtl" if translation.get_language_bidi() else "ltr"
    notice: dict[str, Any] = {
        "title": title,
        "navigate": f"{settings.BASE_URL}/",
        "lang": device.user.language,
    }
    notice |= {"dir": direction, "tag": "something", "silent": True}
    return json.dumps({"web_push": 8030, "notification": notice}, ensure_ascii=False).encode()


def _contact() -> str:
    """Whom a push service may write to about what we send; Apple's refuses an address that is none."""
    is_open = settings.BASE_URL.startswith("https://")
    return settings.BASE_URL if is_open else f"mailto:{settings.MAIL_FROM}"
