"""Who waits for an earlier time, and a time that became free, held for one of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from interlude.appointments.models.session import Session
from interlude.core.waiting import Part, Wish
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager


class EarlierWishQuerySet(models.QuerySet["EarlierWish"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> EarlierWishQuerySet:
        """A care's own, a clinician's own clients'; days and hours for the office."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant():
                return mine.filter(client_id=person.client_id)
            case Clinician():
                return mine.filter(client__clinician=person)
            case OfficeMember() if person.role == OfficeMember.Role.CUSTODIAN:
                return mine.none()  # opens a will with a second person, and nothing else
            case OfficeMember():
                return mine

    def waiting(self) -> EarlierWishQuerySet:
        """Those who still wait, the longest waiting first."""
        return self.filter(ended_at=None).order_by("asked_at", "pk")


class EarlierWish(PracticeRow):
    """A care waits for an earlier time. Changing the wishes keeps the place in line. Rule: R-272."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="earlier_wishes")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    weekdays = models.CharField(max_length=16, blank=True)  # "0,2": Monday is 0; blank: any
    parts = models.CharField(max_length=40, blank=True)  # core Parts by comma; blank: any
    notice_hours = models.PositiveSmallIntegerField(default=24)
    ended_at = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(EarlierWishQuerySet)()
    unscoped = models.Manager.from_queryset(EarlierWishQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(name="waits_once", fields=["client"], condition=models.Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"earlier wish {self.pk}"

    @property
    def weekday_numbers(self) -> list[int]:
        return [int(each) for each in self.weekdays.split(",") if each]

    @property
    def part_names(self) -> list[str]:
        return [each for each in self.parts.split(",") if each]

    def value(self, *, before: datetime, minutes: int) -> Wish:
        """This row as the core's plain value, beside the session that they have."""
        return Wish(
            id=self.pk,
            asked_at=self.asked_at,
            before=before,
            zone=self.participant.time_zone(),
            minutes=minutes,
            weekdays=frozenset(self.weekday_numbers),
            parts=frozenset(Part(each) for each in self.part_names),
            notice=timedelta(hours=self.notice_hours),
        )


class FreedOfferQuerySet(models.QuerySet["FreedOffer"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> FreedOfferQuerySet:
        """As the wish that it answers."""
        return self.filter(wish__in=EarlierWish.unscoped.visible_to(person))

    def held(self, now: datetime) -> FreedOfferQuerySet:
        """Those that can be taken by now."""
        return self.filter(outcome="", answer_by__gt=now, starts_at__gt=now)


class FreedOffer(PracticeRow):
    """A time that became free, held for one who waits until a moment. Rules: R-272 to R-274."""

    class Outcome(models.TextChoices):
        TAKEN = "taken"
        DECLINED = "declined"
        EXPIRED = "expired"
        GONE = "gone"  # something else is there by now

    wish = models.ForeignKey(EarlierWish, models.PROTECT, related_name="offers")
    freed = models.ForeignKey(Session, models.PROTECT, related_name="+")  # the session that was there
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    offered_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    session = models.OneToOneField(Session, models.PROTECT, null=True, related_name="+")  # what came of it

    objects = PracticeManager.from_queryset(FreedOfferQuerySet)()
    unscoped = models.Manager.from_queryset(FreedOfferQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["offered_at"]
        indexes = [
            models.Index(fields=["answer_by"], name="freed_held", condition=models.Q(outcome="")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="freed_time_held_for_one", fields=["freed"], condition=models.Q(outcome="")
            ),
            models.UniqueConstraint(
                name="one_freed_time_at_once", fields=["wish"], condition=models.Q(outcome="")
            ),
            models.UniqueConstraint(name="freed_time_offered_once", fields=["freed", "wish"]),
        ]

    def __str__(self) -> str:
        return f"freed offer {self.pk}"
