"""Leaving a notice, inside the act's transaction, and sending what is due, by the worker."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from smtplib import SMTPRecipientsRefused
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from interlude.outbox.addresses import address_of, code_of
from interlude.outbox.bounces import mail_came_back
from interlude.outbox.devices import leave_at_devices
from interlude.outbox.models import TRIES, MailWords, Notice, NoticeWish
from interlude.outbox.wishes import Leaving, wish_of
from interlude.ui.languages import is_draft

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
    """Send what is due; returns how many mails went out. A notice whose worker died comes back after its lease."""
    sent, done = 0, set[UUID]()
    due = list(Notice.objects.due(now).select_related("to")[:BATCH])
    leaving, away = Leaving(due), _away(due, now)
    for notice in due:
        if notice.pk in done:
            continue
        if notice.kind in AT_WORK and notice.to_id in away:
            _keep_for_return(notice, away[notice.to_id])
            continue
        moment = leaving.moment(notice, now)
        if moment != now:
            _hold_back(notice, until=moment, now=now)
            continue
        others = _with_it(notice, leaving, now)
        done |= {one.pk for one in others}  # with another worker too, if that one was first
        if Notice.objects.claim(notice, now):
            mine = [one for one in others if Notice.objects.claim(one, now)]
            sent += leave_now(notice, mine, now=now)
    return sent


def leave_now(notice: Notice, others: Sequence[Notice] = (), *, now: datetime) -> bool:
    """This notice leaves now, to this person; *others* waited with it and leave in it, as one.

    The one place where something goes out: whatever else than a mail carries a notice begins here.
    """
    all_of_it = [notice, *others]
    try:
        mail_for(notice, together=bool(others)).send()
    except OSError as error:  # the mail server's trouble; SMTP errors are OSErrors
        for each in all_of_it:
            _later(each, now)
        if _is_gone(error):
            mail_came_back(notice, now=now)
        log.warning("notice %s was not sent (%s), try %s", notice.pk, type(error).__name__, notice.tries + 1)
        return False
    ids = [each.pk for each in all_of_it]
    Notice.objects.filter(pk__in=ids).update(sent_at=now, leased_until=None)
    leave_at_devices(notice, now=now)
    return True


def _with_it(notice: Notice, leaving: Leaving, now: datetime) -> list[Notice]:
    """Those of the same person and room that were held for a moment too and may leave now. Rule: R-284."""
    if notice.gather_at is None or notice.to_id is None:
        return []
    same = Notice.objects.due(now).filter(to=notice.to, practice_id=notice.practice_id, address="")
    waiting = same.filter(gather_at__isnull=False).exclude(pk=notice.pk).select_related("to")
    here = [one for one in waiting if _room_of(one) == _room_of(notice)]
    return [one for one in here if leaving.moment(one, now) == now]


def _room_of(notice: Notice) -> str:
    """The first page of the room that a notice leads to."""
    return f"/{notice.link.split('/')[1]}/"


def _away(due: list[Notice], now: datetime) -> dict[UUID, datetime]:
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
    """Nothing leaves that its person does not want, or when it is not safe. Rules: R-167, R-283."""
    waiting = Notice.objects.filter(pk=notice.pk, sent_at=None)
    if until is None:
        waiting.update(kept_back_at=now)
    else:
        waiting.update(send_at=until, gather_at=None if notice.address else until)


def _is_gone(error: OSError) -> bool:
    """Did the server say that there is no such mailbox? Any other refusal may be ours, and is tried again."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    said = [bytes(words) for _code, words in error.recipients.values()]
    return bool(said) and all(words.startswith((b"5.1.", b"5.2.1")) for words in said)


def _later(notice: Notice, now: datetime) -> None:
    tries = notice.tries + 1
    given_up = now if tries >= TRIES else None
    wait = timedelta(seconds=30 * 2**tries)
    Notice.objects.filter(pk=notice.pk).update(leased_until=None, send_at=now + wait, given_up_at=given_up)


def mail_for(notice: Notice, *, together: bool = False) -> EmailMessage:
    """The mail: fixed words, one recipient, no content, no name, no picture; its id is the notice's.

    *together*: several waited, so it says that something is there, and leads to the first page.
    """
    wish = wish_of(notice.to) if notice.to else NoticeWish()
    address = notice.address or address_of(notice.to)
    link, kind = (_room_of(notice), "gathered") if together else (notice.link, notice.kind)
    context = {"subject": wish.subject or _subject_of(notice.practice_id)}
    context |= {"link": settings.BASE_URL + link, "help": settings.BASE_URL + "/help/"}
    if notice.kind == Notice.Kind.CODE:
        context["code"] = code_of(notice.pk)
    said = [_said(kind, notice, context, language) for language in _languages_of(notice)]
    subject, body = said[0][0], "\n\n* * *\n\n".join(body for _, body in said) + "\n"
    host = settings.BASE_URL.split("//", 1)[-1].split(":")[0]
    headers = {"Message-ID": f"<{notice.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, _from(wish.sender), [address], headers=headers)


def _from(sender: str) -> str:
    """Our address, under the neutral name that somebody chose."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return formataddr((sender, address)) if sender else settings.DEFAULT_FROM_EMAIL


def _languages_of(notice: Notice) -> list[str]:
    """The reader's own. Of somebody invited nobody knows it yet, and it is not guessed: all of them. R-313."""
    if notice.to is None:
        return [code for code, _ in settings.LANGUAGES]
    return [import_string(settings.SPOKEN_IN)(notice.to, notice.practice_id)]


def _said(kind: str, notice: Notice, context: dict[str, str], language: str) -> tuple[str, str]:
    """Subject and body in one language; a draft says that it is one. Rule: R-312."""
    with translation.override(language):
        whole = context | import_string(settings.MAIL_WORDS)(notice)
        subject = render_to_string("email/subject.txt", whole).strip()
        body = render_to_string(f"email/{kind}.txt", whole).strip()
        draft = gettext("This translation is a draft.") if is_draft() else ""
    return subject, "\n".join(part for part in (body, draft) if part)


def _subject_of(practice_id: UUID | None) -> str:
    words = MailWords.objects.filter(pk=practice_id).first() if practice_id else None
    return words.subject if words else ""


def say_subject(subject: str, *, practice_id: UUID) -> None:
    """Which of the neutral subjects this practice's mails carry from now on."""
    MailWords.objects.update_or_create(practice_id=practice_id, defaults={"subject": subject})
