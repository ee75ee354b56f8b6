"""Notices waiting to be sent: that something is there, never what."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models

from interlude.core.line_hours import DailyHours
from interlude.core.safe_contact import SafeContact

LEASE = timedelta(seconds=30)  # longer than a mail server may take (EMAIL_TIMEOUT), short enough to wait for
TRIES = 8


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, now: datetime) -> NoticeQuerySet:
        """To send now, oldest first: due, not sent, not given up, not in another worker's hands."""
        return (
            self.filter(sent_at=None, given_up_at=None, kept_back_at=None, send_at__lte=now)
            .filter(models.Q(leased_until=None) | models.Q(leased_until__lt=now))
            .order_by("send_at")
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
        COVER = "cover"  # a colleague asks you to stand in
        UNSEEN = "unseen"  # something waits whose person cannot see it
        BACK = "back"  # what waited while you were away, in one

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    practice_id = models.UUIDField()
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)  # only for an invitation, where there is nobody yet
    kind = models.CharField(max_length=16, choices=Kind.choices)
    link = models.CharField(max_length=200)
    once = models.CharField(max_length=120, unique=True)
    send_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    kept_back_at = models.DateTimeField(null=True)  # its person said: never contact me here

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["send_at"], name="notice_waiting", condition=models.Q(sent_at=None, given_up_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_has_one_recipient",
                condition=models.Q(to__isnull=False, address="")
                | (models.Q(to=None) & ~models.Q(address="")),
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


class MailWords(models.Model):
    """Which of the neutral subjects a practice's mails carry; the first where there is no row."""

    practice_id = models.UUIDField(primary_key=True)
    subject = models.CharField(max_length=12)

    def __str__(self) -> str:
        return f"mail words of practice {self.practice_id}"
