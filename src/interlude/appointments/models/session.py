"""Sessions: the two posts between which everything here happens."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from interlude.appointments.feed_models import usual_link
from interlude.core.guardians import Scope
from interlude.core.meeting_links import LONGEST, as_door
from interlude.core.money import Money
from interlude.practice.guardians import reach_of
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(
        self, person: Participant | Clinician | OfficeMember, *, at: datetime | None = None
    ) -> SessionQuerySet:
        """A client's own, a clinician's own, and the times for the office.

        A guardian sees them while they may see times, which is a matter of the day: *at* says when, and without
        it they see none.
        """
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if not person.reads_messages:
                may = at is not None and reach_of(person, at).sees(Scope.TIMES)
                return mine.filter(client_id=person.client_id) if may else mine.none()
            case Participant():
                return mine.filter(client_id=person.client_id)
            case Clinician():
                return mine.filter(client__clinician=person)
            case OfficeMember() if person.role == OfficeMember.Role.CUSTODIAN:
                return mine.none()  # opens a will with a second person, and nothing else
            case OfficeMember():
                return mine

    def coming(self, now: datetime) -> SessionQuerySet:
        """Planned sessions that have not begun, the next one first."""
        return self.filter(state=Session.State.PLANNED, starts_at__gt=now).order_by("starts_at")

    def between(self, since: datetime, until: datetime) -> SessionQuerySet:
        """Those that begin in that stretch of time, in their order."""
        return self.filter(starts_at__gte=since, starts_at__lt=until).order_by("starts_at")

    def running_late(self, now: datetime) -> SessionQuerySet:
        """Those of about now for which somebody said so to the front desk."""
        late = self.filter(late_to=Session.To.DESK, state=Session.State.PLANNED)
        return late.between(now - timedelta(hours=2), now + timedelta(hours=12))

    def past(self, now: datetime) -> SessionQuerySet:
        return self.filter(starts_at__lte=now).exclude(state=Session.State.CANCELLED).order_by("-starts_at")

    def with_links(self) -> SessionQuerySet:
        """With what says where each is joined."""
        return self.select_related("client__clinician__session_habits")

    def change(self, *, now: datetime, **values: object) -> int:
        """Change what others may have in their calendars: every copy learns that it is newer. Rule: R-278."""
        return self.update(sequence=models.F("sequence") + 1, changed_at=now, **values)


class Session(PracticeRow):
    """One meeting of a client and their clinician."""

    class State(models.TextChoices):
        PLANNED = "planned"
        CANCELLED = "cancelled"

    class Attendance(models.TextChoices):
        """What the clinician said afterwards; nothing is said by the clock."""

        HELD = "held"
        MISSED = "missed"

    class Side(models.TextChoices):
        CLIENT = "client"
        PRACTICE = "practice"

    class To(models.TextChoices):
        """Who is told of such a thing, as agreed."""

        DESK = "desk"
        CLINICIAN = "clinician"

    client = models.ForeignKey(Client, models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=50)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    join_url = models.CharField(
        max_length=LONGEST, blank=True
    )  # of this one alone; empty: the clinician's usual
    in_person = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=8, choices=Side.choices, blank=True)
    moved_to = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+"
    )  # cancelled for that one
    fee_minor = models.PositiveIntegerField(null=True)  # what was said yes to when it was cancelled late
    fee_currency = models.CharField(max_length=3, blank=True)
    attendance = models.CharField(max_length=6, choices=Attendance.choices, blank=True)
    marked_at = models.DateTimeField(null=True)
    series = models.UUIDField(null=True)  # those that were made together
    late_minutes = models.PositiveSmallIntegerField(null=True)
    late_said_at = models.DateTimeField(null=True)
    late_to = models.CharField(max_length=9, choices=To.choices, blank=True)
    sequence = models.PositiveIntegerField(default=0)  # how often it changed
    changed_at = models.DateTimeField(null=True)  # None: planned before this was kept

    objects = PracticeManager.from_queryset(SessionQuerySet)()
    unscoped = models.Manager.from_queryset(SessionQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["client", "starts_at"], name="session_of_client")]
        constraints = [
            models.CheckConstraint(
                name="session_fee_is_whole",
                condition=models.Q(fee_minor=None, fee_currency="")
                | (models.Q(fee_minor__isnull=False) & ~models.Q(fee_currency="")),
            ),
            models.UniqueConstraint(
                name="session_of_series_once",
                fields=["client", "series", "starts_at"],
                condition=models.Q(series__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def fee(self) -> Money | None:
        """What was said yes to when it was cancelled late; None for nothing."""
        return Money(self.fee_minor, self.fee_currency) if self.fee_minor is not None else None

    @property
    def came_of_it(self) -> str:
        """One word for its end: moved, cancelled, held, missed; "" while nothing was said."""
        if self.state == self.State.CANCELLED:
            return "moved" if self.moved_to_id else "cancelled"
        return str(self.attendance)

    def is_on(self, now: datetime) -> bool:
        """Has it begun, and not ended yet?"""
        return self.state == self.State.PLANNED and self.starts_at <= now < self.ends_at

    @property
    def opens_at(self) -> datetime:
        """From when it can be joined: ten minutes before."""
        return self.starts_at - timedelta(minutes=10)

    @property
    def link(self) -> str:
        """Where it is joined by video: its own link, else the clinician's usual one. Rule: R-277."""
        if self.in_person:
            return ""
        return as_door(self.join_url) or usual_link(self.client.clinician)

    def can_be_joined(self, now: datetime) -> bool:
        """From ten minutes before until the end, by the server's clock."""
        is_on = self.state == self.State.PLANNED and self.opens_at <= now < self.ends_at
        return is_on and bool(self.link)
