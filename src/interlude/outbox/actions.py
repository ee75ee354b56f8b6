"""Leaving a notice, inside the act's transaction, and sending what is due, by the worker."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from interlude.core.safe_contact import sending_moment
from interlude.outbox.contact import held, safe_mail
from interlude.outbox.models import TRIES, MailWords, Notice

log = logging.getLogger(__name__)
BATCH = 50
AT_WORK = (Notice.Kind.COVER,)  # told to people as part of their work here


def leave_notice(
    kind: str, *, to: Any, practice_id: UUID, once: str, link: str, send_at: datetime
) -> Notice | None:
    """Have *to* told, once, that something is there. Nobody is told who has no way to sign in."""
    if to is None:
        return None
    notice, _ = Notice.objects.get_or_create(
        once=f"{once}:{to.pk}",
        defaults={"practice_id": practice_id, "to": to, "kind": kind, "link": link, "send_at": send_at},
    )
    return notice


def withdraw_notice(once: str, *, to: Any) -> None:
    """Take back a notice that has not been sent: what it would have told of did not happen."""
    if to is not None:
        Notice.objects.filter(once=f"{once}:{to.pk}", sent_at=None).delete()


def withdraw_notices(beginning: str) -> None:
    """Take back every notice of one matter that has not been sent; `once` begins with the matter's name."""
    Notice.objects.filter(once__startswith=beginning, sent_at=None).delete()


def leave_invitation(address: str, *, practice_id: UUID, once: str, link: str, send_at: datetime) -> Notice:
    """Have a new person's address told that an invitation is there; the code goes another way."""
    return Notice.objects.create(
        once=once,
        practice_id=practice_id,
        address=address,
        kind=Notice.Kind.INVITATION,
        link=link,
        send_at=send_at,
    )


def send_due_notices(*, now: datetime) -> int:
    """Send what is due; returns how many went out. A notice whose worker died comes back after its lease."""
    sent = 0
    due = list(Notice.objects.due(now).select_related("to")[:BATCH])
    people = {notice.to_id for notice in due if notice.to_id}
    safe, unsafe, quiet = safe_mail(people), held(people), _quiet(due, now)
    for notice in due:
        if notice.kind in AT_WORK and notice.to_id in quiet:
            _keep_for_return(notice, quiet[notice.to_id])
            continue
        is_held = (notice.to_id, notice.practice_id) in unsafe
        moment = None if is_held else sending_moment(now, safe.get(notice.to_id))
        if moment != now:
            _hold_back(notice, until=moment, now=now)
        elif Notice.objects.claim(notice, now):
            sent += _send(notice, now)
    return sent


def _quiet(due: list[Notice], now: datetime) -> dict[UUID, datetime]:
    """Who of those that work here is away, and until when their mails wait. Rule: R-249."""
    ids = [notice.to_id for notice in due if notice.kind in AT_WORK and notice.to_id]
    if not ids:
        return {}
    until: dict[UUID, datetime] = import_string(settings.QUIET_UNTIL)(ids, now=now)
    return until


def _keep_for_return(notice: Notice, until: datetime) -> None:
    """One mail on the day of return, however many there would have been. Rule: R-249."""
    one = {"practice_id": notice.practice_id, "to": notice.to, "kind": Notice.Kind.BACK}
    once = f"back:{int(until.timestamp())}:{notice.to_id}"
    Notice.objects.get_or_create(once=once, defaults=one | {"link": "/practice/", "send_at": until})
    Notice.objects.filter(pk=notice.pk, sent_at=None).delete()


def _hold_back(notice: Notice, *, until: datetime | None, now: datetime) -> None:
    """Nothing leaves for a point that is not safe, or outside its safe hours. Rule: R-167."""
    waiting = Notice.objects.filter(pk=notice.pk, sent_at=None)
    waiting.update(kept_back_at=now) if until is None else waiting.update(send_at=until)


def _send(notice: Notice, now: datetime) -> bool:
    try:
        mail_for(notice).send()
    except OSError as error:  # the mail server's trouble; SMTP errors are OSErrors
        _later(notice, now)
        log.warning("notice %s was not sent (%s), try %s", notice.pk, type(error).__name__, notice.tries + 1)
        return False
    Notice.objects.filter(pk=notice.pk).update(sent_at=now, leased_until=None)
    return True


def _later(notice: Notice, now: datetime) -> None:
    tries = notice.tries + 1
    given_up = now if tries >= TRIES else None
    wait = timedelta(seconds=30 * 2**tries)
    Notice.objects.filter(pk=notice.pk).update(leased_until=None, send_at=now + wait, given_up_at=given_up)


def mail_for(notice: Notice) -> EmailMessage:
    """The mail: fixed words, one recipient, no content, no name, no picture; its id is the notice's."""
    language = notice.to.language if notice.to else "en"
    address = notice.to.email if notice.to else notice.address
    with translation.override(language):
        context = {"subject": _subject_of(notice.practice_id)}
        context |= {"link": settings.BASE_URL + notice.link, "help": settings.BASE_URL + "/help/"}
        subject = render_to_string("email/subject.txt", context).strip()
        body = render_to_string(f"email/{notice.kind}.txt", context)
    host = settings.BASE_URL.split("//", 1)[-1].split(":")[0]
    return EmailMessage(subject, body, to=[address], headers={"Message-ID": f"<{notice.pk}@{host}>"})


def _subject_of(practice_id: UUID | None) -> str:
    words = MailWords.objects.filter(pk=practice_id).first() if practice_id else None
    return words.subject if words else ""


def say_subject(subject: str, *, practice_id: UUID) -> None:
    """Which of the neutral subjects this practice's mails carry from now on."""
    MailWords.objects.update_or_create(practice_id=practice_id, defaults={"subject": subject})
