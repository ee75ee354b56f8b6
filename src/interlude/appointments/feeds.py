"""Private addresses of calendars, and what a program reads there: times, and neutral words. Rules: R-278, R-279."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from django.db import models, transaction
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from interlude.appointments.models import CalendarFeed, Session
from interlude.audit.record import record
from interlude.core.guardians import Scope
from interlude.core.icalendar import Event, Feed, written
from interlude.practice.guardians import reach_of, still_open
from interlude.practice.models import Client, Clinician, Participant

BACK = timedelta(days=28)  # how long a session that was, or was cancelled, stays in the calendar
AHEAD = timedelta(days=400)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # for what was planned before changes were kept
Owner = Participant | Clinician


@dataclass(frozen=True, slots=True)
class Address:
    """A private address just made. It is shown this once."""

    feed: CalendarFeed
    token: str


def live_feed(owner: Owner) -> CalendarFeed | None:
    """Their address in use. One query."""
    return CalendarFeed.unscoped.filter(practice_id=owner.practice_id).visible_to(owner).live().first()


@transaction.atomic
def make_address(owner: Owner, *, title: str, key: UUID, now: datetime) -> Address | None:
    """A new private address; the one before leads nowhere from now on.

    *key* came with the page, so that pressing twice makes one address and shows the same. None: that key made an
    address before, which has ended since.
    """
    list(type(owner).unscoped.select_for_update(no_key=True).filter(pk=owner.pk).values("pk"))
    token = _token(owner, key)
    known = CalendarFeed.unscoped.filter(token_hash=_hash(token)).first()
    if known is not None:
        return Address(known, token) if known.ended_at is None else None
    _of(owner).update(ended_at=now)
    feed = CalendarFeed.unscoped.create(
        practice_id=owner.practice_id, token_hash=_hash(token), title=title, made_at=now, **_whose(owner)
    )
    record("calendar_feed.made", by=owner, on=feed, practice_id=owner.practice_id, at=now)
    return Address(feed, token)


@transaction.atomic
def stop_address(owner: Owner, *, now: datetime) -> bool:
    """Nobody reads their calendar any more. False where there was no address."""
    feed = live_feed(owner)
    if feed is None or not _of(owner).update(ended_at=now):
        return False
    record("calendar_feed.stopped", by=owner, on=feed, practice_id=owner.practice_id, at=now)
    return True


def name_sessions(owner: Owner, title: str) -> bool:
    """What a session is called in their calendar. False where it is called so already."""
    return bool(_of(owner).exclude(title=title).update(title=title))


def _of(owner: Owner) -> models.QuerySet[CalendarFeed]:
    return CalendarFeed.unscoped.filter(ended_at=None, **_whose(owner))


def _whose(owner: Owner) -> dict[str, Owner]:
    return {"participant" if isinstance(owner, Participant) else "clinician": owner}


def _token(owner: Owner, key: UUID) -> str:
    """256 bits that nobody can work out from the key: the installation's own secret goes in."""
    digest = salted_hmac("interlude.calendar", f"{owner.pk}:{key}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def find_feed(token: str, *, now: datetime) -> CalendarFeed | None:
    """Whose address this is, if they have a place here now and may see times."""
    rows = CalendarFeed.unscoped.live().select_related(
        "practice", "clinician__user", "participant__user", "participant__client__clinician"
    )
    feed = rows.filter(token_hash=_hash(token)).first()
    return feed if feed is not None and _may_read(feed, now) else None


def _may_read(feed: CalendarFeed, now: datetime) -> bool:
    owner = owner_of(feed)
    if owner.user is None or not owner.user.is_active:
        return False
    if isinstance(owner, Clinician):
        return owner.left_at is None
    return may_have_feed(owner, now)


def may_have_feed(participant: Participant, now: datetime) -> bool:
    """Whose access is open, and who sees times: of guardians, those with that scope."""
    if participant.access_ends is not None and participant.access_ends <= now:
        return False
    if participant.reads_messages:
        return True
    return bool(still_open([participant], now)) and reach_of(participant, now).sees(Scope.TIMES)


def owner_of(feed: CalendarFeed) -> Owner:
    owner = feed.participant or feed.clinician
    assert owner is not None  # the constraint calendar_feed_of_one
    return owner


def calendar_of(feed: CalendarFeed, *, now: datetime) -> bytes:
    """The calendar as a program reads it, in its owner's language. Writes nothing: nobody sees who reads."""
    owner = owner_of(feed)
    language = owner.user.language if owner.user else "en"
    with translation.override(language):
        events = tuple(_event(one, feed, owner) for one in _sessions(owner, now))
        return written(Feed(_name(feed), events))


def _sessions(owner: Owner, now: datetime) -> models.QuerySet[Session]:
    mine = Session.unscoped.visible_to(owner, at=now) if isinstance(owner, Participant) else _own(owner)
    near = mine.filter(starts_at__gt=now - BACK, starts_at__lt=now + AHEAD)
    lately = models.Q(cancelled_at=None) | models.Q(cancelled_at__gt=now - BACK)
    return near.filter(lately).select_related("client").order_by("starts_at", "pk")


def _own(clinician: Clinician) -> models.QuerySet[Session]:
    return Session.unscoped.visible_to(clinician)


def _event(session: Session, feed: CalendarFeed, owner: Owner) -> Event:
    title = _title(feed, session.client)
    is_cancelled = session.state == Session.State.CANCELLED
    return Event(
        uid=str(
            uuid5(owner.pk, str(session.pk))
        ),  # says nothing about the session to who compares two calendars
        title=_("Cancelled: %s") % title if is_cancelled else title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        changed_at=session.changed_at or session.cancelled_at or LONG_AGO,
        sequence=session.sequence,
        is_cancelled=is_cancelled,
    )


def _title(feed: CalendarFeed, client: Client) -> str:
    match feed.title:
        case CalendarFeed.Title.BUSY:
            return _("Busy")
        case CalendarFeed.Title.SHOWN_NAME:
            return feed.practice.shown_name
        case CalendarFeed.Title.INITIALS if feed.clinician_id is not None:
            return initials(client.name)
        case _:
            return _("Appointment")


def _name(feed: CalendarFeed) -> str:
    """Of the calendar as a whole: never more than its events say."""
    return feed.practice.shown_name if feed.title == CalendarFeed.Title.SHOWN_NAME else _("Calendar")


def initials(name: str) -> str:
    """N. H. for Noor Haddad; of more than two words, the first and the last."""
    words = name.split()
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return " ".join(f"{word[0].upper()}." for word in ends)
