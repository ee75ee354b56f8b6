"""A plan for hard moments in its versions, who was with it, a form of one's own; and what stands beside danger."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Self

from django.db import models

from interlude.core.hard_moments import HardMoments, from_text
from interlude.practice.models import (
    Client,
    Clinician,
    OfTheCare,
    Participant,
    Person,
    PracticeRow,
)
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, person: Person) -> Self:
        """Its owner's; the clinician's while it is shared. No partner, no guardian, no office. Rule: R-182."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if person.reads_messages:
                return mine.filter(participant=person)
            case Clinician():
                return mine.filter(participant__client__clinician=person, shared_at__isnull=False)
            case _:
                return mine.none()


class Plan(PracticeRow):
    """One person's plan. Its words are in its versions; here stands what its owner chose about it."""

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="plan")
    shared_at = models.DateTimeField(null=True)  # None: nobody but the owner reads it
    review_weeks = models.PositiveSmallIntegerField(null=True)  # None: no reminder
    review_on = models.DateField(null=True)

    objects = PracticeManager.from_queryset(PlanQuerySet)()
    unscoped = models.Manager.from_queryset(PlanQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes = [
            models.Index(
                fields=["review_on"], name="plan_review", condition=models.Q(review_on__isnull=False)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="plan_review_has_a_day_and_a_pace",
                condition=models.Q(review_weeks=None, review_on=None)
                | models.Q(review_weeks__isnull=False, review_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def visible_to(self, person: Person) -> Self:
        """All of them to their owner; to the clinician the one that holds, while it is shared. Rule: R-182."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if person.reads_messages:
                return mine.filter(plan__participant=person)
            case Clinician():
                later = PlanVersion.unscoped.filter(
                    plan=models.OuterRef("plan"), number__gt=models.OuterRef("number")
                )
                of_mine = {"plan__participant__client__clinician": person, "plan__shared_at__isnull": False}
                return mine.filter(~models.Exists(later), **of_mine)
            case _:
                return mine.none()


class PlanVersion(PracticeRow):
    """The plan as it was written at one moment. Rows are added, never edited."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(PlanVersionQuerySet)()
    unscoped = models.Manager.from_queryset(PlanVersionQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once")]

    def __str__(self) -> str:
        return f"plan version {self.pk}"

    @property
    def place(self) -> str:
        return f"plans.planversion:{self.pk}"

    def words(self, sealer: Sealer) -> HardMoments:
        """Needs `plan__participant`."""
        return from_text(sealer.open(self.plan.participant.client_id, self.place, bytes(self.sealed)))


class LookedAt(PracticeRow):
    """A day on which the plan was looked at together, put down by one of the two."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="looks")
    on = models.DateField()
    by_clinician = models.BooleanField()
    entered_at = models.DateTimeField()

    objects = PracticeManager()
    unscoped = models.Manager["LookedAt"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["plan", "on"], name="plan_looked_at_once_a_day")]

    def __str__(self) -> str:
        return f"look at a plan {self.pk}"


class PlanFileQuerySet(models.QuerySet["PlanFile"]):
    def visible_to(self, person: Person) -> Self:
        """As the plan that it stands in for."""
        return self.filter(plan__in=Plan.unscoped.visible_to(person))


class PlanFile(PracticeRow):
    """A form that somebody filled in elsewhere, such as one a practice has the right to use. One for a plan."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="file")
    suffix = models.CharField(max_length=4)  # of core.file_kinds, told from the bytes
    sealed = models.BinaryField()
    added_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(PlanFileQuerySet)()
    unscoped = models.Manager.from_queryset(PlanFileQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return f"plan file {self.pk}"

    @property
    def place(self) -> str:
        return f"plans.planfile:{self.pk}"

    def seal(self, data: bytes, sealer: Sealer) -> None:
        text = base64.b64encode(data).decode()
        self.sealed = sealer.seal(self.plan.participant.client_id, self.place, text)

    def data(self, sealer: Sealer) -> bytes:
        return base64.b64decode(sealer.open(self.plan.participant.client_id, self.place, bytes(self.sealed)))


class WhomToCallQuerySet(models.QuerySet["WhomToCall"]):
    def visible_to(self, person: Person) -> Self:
        """Its owner's and their clinician's: that is what it was given for. No guardian, no office."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if person.reads_messages:
                return mine.filter(participant=person)
            case Clinician():
                return mine.filter(participant__client__clinician=person)
            case _:
                return mine.none()


class WhomToCall(PracticeRow):
    """Where a client is, as last told, and whom we may call, with their yes. Given, changed, taken away by them."""

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="whom_to_call")
    sealed = models.BinaryField()
    place_told_at = models.DateTimeField(null=True)
    contact_told_at = models.DateTimeField(null=True)  # the moment of the yes; None: nobody may be called

    objects = PracticeManager.from_queryset(WhomToCallQuerySet)()
    unscoped = models.Manager.from_queryset(WhomToCallQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return f"whom to call {self.pk}"

    @property
    def sealed_place(self) -> str:
        return f"plans.whomtocall:{self.pk}"

    def said(self, sealer: Sealer) -> dict[str, str]:
        """place, contact, phone; needs `participant`."""
        found: dict[str, str] = json.loads(
            sealer.open(self.participant.client_id, self.sealed_place, bytes(self.sealed))
        )
        return found


class OfTheClinician(OfTheCare["ConsultNote"]):
    def visible_to(self, person: Person) -> Self:
        """The clinician's side alone."""
        found = super().visible_to(person)
        return found if isinstance(person, Clinician) else found.none()


class ConsultNote(PracticeRow):
    """What a clinician wrote down of a consultation. Added, never changed; no client's page shows it. Rule: R-186."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="consult_notes")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(OfTheClinician)()
    unscoped = models.Manager.from_queryset(OfTheClinician)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["client", "written_at"], name="consult_note_of_client")]

    def __str__(self) -> str:
        return f"consult note {self.pk}"

    @property
    def place(self) -> str:
        return f"plans.consultnote:{self.pk}"

    def words(self, sealer: Sealer) -> str:
        return sealer.open(self.client_id, self.place, bytes(self.sealed))


class CoachingPauseQuerySet(OfTheCare["CoachingPause"]):
    def visible_to(self, person: Person) -> Self:
        """The clinician's; the client's where it was said that it is shown to them."""
        found = super().visible_to(person)
        return found.filter(is_shown=True) if isinstance(person, Participant) else found

    def running(self, now: datetime) -> Self:
        return self.filter(since__lte=now, until__gt=now)


class CoachingPause(PracticeRow):
    """The note of a day without skills coaching. Set by hand; a note and nothing else: no rule reads it. R-187."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="coaching_pauses")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    is_shown = models.BooleanField()

    objects = PracticeManager.from_queryset(CoachingPauseQuerySet)()
    unscoped = models.Manager.from_queryset(CoachingPauseQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-since"]
        indexes = [models.Index(fields=["client", "until"], name="coaching_pause_of_client")]
        constraints = [
            models.CheckConstraint(
                name="coaching_pause_ends", condition=models.Q(until__gte=models.F("since"))
            )
        ]

    def __str__(self) -> str:
        return f"coaching pause {self.pk}"
