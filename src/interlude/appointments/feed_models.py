"""How a clinician's sessions are met and reminded of, and the private addresses of calendars."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from interlude.core.meeting_links import LONGEST, as_door
from interlude.practice.models import Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager

HOURS_TO_REMIND = (0, 2, 24, 48, 72)  # before the start; 0: never


class SessionHabits(PracticeRow):
    """What holds for a clinician's sessions unless one says otherwise. No row: the starting values."""

    clinician = models.OneToOneField(Clinician, models.PROTECT, related_name="session_habits")
    join_url = models.CharField(max_length=LONGEST, blank=True)
    remind_hours = models.PositiveSmallIntegerField(default=48)

    objects = PracticeManager()
    unscoped = models.Manager["SessionHabits"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return f"session habits {self.pk}"

    @property
    def reminds_before(self) -> timedelta | None:
        """How long before a session it is reminded of; None: never."""
        return timedelta(hours=self.remind_hours) if self.remind_hours else None


def habits_of(clinician: Clinician) -> SessionHabits:
    """What they chose, or the starting values in a row that is not kept. One query at most."""
    found: SessionHabits | None = getattr(clinician, "session_habits", None)
    return found or SessionHabits(practice_id=clinician.practice_id, clinician=clinician)


def usual_link(clinician: Clinician) -> str:
    """Where their sessions are joined by video, if nothing else is said of one; empty: nowhere."""
    return as_door(habits_of(clinician).join_url)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> CalendarFeedQuerySet:
        """One's own; the office has no sessions, and so no calendar."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant():
                return mine.filter(participant=person)
            case Clinician():
                return mine.filter(clinician=person)
            case OfficeMember():
                return mine.none()

    def live(self) -> CalendarFeedQuerySet:
        """Whose address has neither been changed nor stopped."""
        return self.filter(ended_at=None)


class CalendarFeed(PracticeRow):
    """A private address under which somebody's calendar program reads their sessions. Rule: R-279.

    Of the address only a hash is kept: whoever reads the database cannot read the calendar with it.
    """

    class Title(models.TextChoices):
        APPOINTMENT = "appointment"
        BUSY = "busy"
        SHOWN_NAME = "shown_name"  # the neutral name that the practice shows on screens
        INITIALS = "initials"  # of the client; for clinicians alone

    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")
    clinician = models.ForeignKey(Clinician, models.CASCADE, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=12, choices=Title.choices, default=Title.APPOINTMENT)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(CalendarFeedQuerySet)()
    unscoped = models.Manager.from_queryset(CalendarFeedQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [
            models.CheckConstraint(
                name="calendar_feed_of_one",
                condition=models.Q(participant__isnull=False, clinician=None)
                | models.Q(participant=None, clinician__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["participant"], condition=models.Q(ended_at=None), name="one_feed_of_participant"
            ),
            models.UniqueConstraint(
                fields=["clinician"], condition=models.Q(ended_at=None), name="one_feed_of_clinician"
            ),
        ]

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
