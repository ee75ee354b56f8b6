"""Notices waiting to be sent: that something is there, never what."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models

from interlude.core.leaving import Wish
from interlude.core.line_hours import DailyHours
from interlude.core.safe_contact import SafeContact
from interlude.outbox.device import Device  # noqa: F401  Django looks for models here

LEASE = timedelta(seconds=30)  # longer than a mail server may take (EMAIL_TIMEOUT), short enough to wait for
TRIES = 8


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, now: datetime) -> NoticeQuerySet:
        """To send now, oldest first: due, not sent, not given up, not in another worker's hands."""
        return (
            self.filter(sent_at=None, given_up_at=None, kept_back_at=None, send_at__lte=now)
            .filter(models.Q(leased_until=None) | models.Q(leased_until__lt=now))
            .order_by("send_at", "pk")
        )

    def claim(self, notice: Notice, now: datetime) -> bool:
        """Take a notice for sending; False if another worker was first."""
        mine = self.filter(pk=notice.pk, sent_at=None, leased_until=notice.leased_until)
        return mine.update(leased_until=now + LEASE, tries=models.F("tries") + 1) == 1


class Notice(models.Model):
    """One mail to one person. `once` keeps the same event from telling the same person twice."""

    class Kind(models.TextChoices):
        ANSWER = "answer"
        DATE_MOVED = "date_moved"
        AGREEMENT = "agreement"
        DESK_ANSWER = "desk_answer"
        INVITATION = "invitation"
        EXTRA_SUPPORT = "extra_support"
        CLOSING = "closing"
        TIMES = "times"  # something about the times of your sessions
        BOOKED = "booked"  # a time was set
        REMINDER = "reminder"  # a time that was set is near
        COVER = "cover"  # a colleague asks you to stand in
        UNSEEN = "unseen"  # something waits whose person cannot see it
        BACK = "back"  # what waited while you were away, in one
        DUE = "due"  # something to look at once more
        CODE = "code"  # to a new address, to confirm it
        MOVED_AWAY = "moved_away"  # to the address before, once
        RECORD = "record"  # the copy of one's record that one asked for

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    practice_id = models.UUIDField()
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)  # where it goes instead; of an invitation there is nothing else
    kind = models.CharField(max_length=16, choices=Kind.choices)
    link = models.CharField(max_length=200)
    once = models.CharField(max_length=120, unique=True)
    send_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    kept_back_at = models.DateTimeField(null=True)  # its person said: never contact me here, or not of this
    gather_at = models.DateTimeField(null=True)  # it waits for others of that moment; they leave as one
    returned_at = models.DateTimeField(null=True)  # the mail came back for good

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["send_at"], name="notice_waiting", condition=models.Q(sent_at=None, given_up_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_has_a_recipient", condition=models.Q(to__isnull=False) | ~models.Q(address="")
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk} ({self.kind})"


class ContactPoint(models.Model):
    """What somebody said of a way to reach them: safe hours, or never. Nothing here is a number or an address."""

    class Kind(models.TextChoices):
        EMAIL = "email"
        PHONE = "phone"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    never = models.BooleanField(default=False)
    opens = models.TimeField(null=True)  # None: any hour
    closes = models.TimeField(null=True)
    zone = models.CharField(max_length=64)
    confirmed_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="contact_point_once"),
            models.CheckConstraint(
                name="contact_hours_whole_or_none",
                condition=models.Q(opens=None, closes=None)
                | models.Q(opens__isnull=False, closes__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"contact point {self.pk} ({self.kind})"

    def value(self) -> SafeContact:
        """This row as the core's plain value."""
        has_hours = self.opens is not None and self.closes is not None
        hours = DailyHours(self.opens, self.closes, self.zone) if has_hours else None  # type: ignore[arg-type]
        return SafeContact(self.never, hours, self.confirmed_on)


class Hold(models.Model):
    """Nothing leaves for somebody from this practice, since a clinician saw that it may not be safe. Rule: R-191."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="holds")
    practice_id = models.UUIDField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "practice_id"], name="hold_once")]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class NoticeWish(models.Model):
    """What somebody chose of their notices; who chose nothing has no row. Rules: R-283 to R-286."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notice_wish"
    )
    off = models.JSONField(default=list)  # kinds that are not sent
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    daily_at = models.TimeField(null=True)  # one mail a day, then; None: each when it is there
    subject = models.CharField(max_length=12, blank=True)  # one of the neutral ones; empty: the practice's
    sender = models.CharField(max_length=12, blank=True)  # one of the neutral names; empty: the address alone
    zone = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="quiet_hours_whole_or_none",
                condition=models.Q(quiet_from=None, quiet_until=None)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"notice wish of {self.user_id}"

    def value(self) -> Wish:
        """This row as the core's plain value."""
        has_quiet = self.quiet_from is not None and self.quiet_until is not None
        quiet = DailyHours(self.quiet_from, self.quiet_until, self.zone) if has_quiet else None  # type: ignore[arg-type]
        return Wish(self.zone, quiet, self.daily_at)


class MailPoint(models.Model):
    """Where somebody's notices go if not to their sign-in address, and whether mail comes back. Rules: R-286, R-287."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail_point"
    )
    address = models.EmailField(blank=True)  # empty: the one they sign in with
    since = models.DateTimeField(null=True)  # confirmed by a code then
    failed_at = models.DateTimeField(null=True)  # a mail came back for good; nothing goes there since

    def __str__(self) -> str:
        return f"mail point of {self.user_id}"


class AddressAsk(models.Model):
    """A new address whose code has not come back yet. The code is made from the notice's id and kept nowhere."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    notice = models.OneToOneField(Notice, models.CASCADE, related_name="+")
    address = models.EmailField()
    tell_old = models.BooleanField(default=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"address ask {self.pk}"


class MailWords(models.Model):
    """Which of the neutral subjects a practice's mails carry; the first where there is no row."""

    practice_id = models.UUIDField(primary_key=True)
    subject = models.CharField(max_length=12)

    def __str__(self) -> str:
        return f"mail words of practice {self.practice_id}"
