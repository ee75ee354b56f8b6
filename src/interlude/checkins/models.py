"""What both sides say about our messages, each alone, and the clinician's word that the amount is welcome."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import models

from interlude.agreements.models import Acceptance, Agreement
from interlude.core.checkins import Given
from interlude.practice.models import Client, Clinician, Participant, Person, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Answers:
    """Three answers; each may be empty. *amount*: little, right, much. *waiting*: no, a_little, yes."""

    amount: str = ""
    waiting: str = ""
    words: str = ""


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, person: Person) -> CheckInQuerySet:
        """The pair's own rows. Whose words may be read by now is told by `rounds`, by the clock.

        Of several people each sees their own, the clinician's, and what was shared when it was said (R-134).
        Guardians and the office see none. What somebody laid aside is nobody else's to see.
        """
        mine = self.filter(practice_id=person.practice_id)
        answered = models.Q(sealed__isnull=False)
        match person:
            case Participant() if person.reads_messages:
                given = Acceptance.unscoped.of_rows(person)
                shared = models.Exists(given.sharing()) | (models.Q(participant=None) & models.Exists(given))
                own = models.Q(participant=person)
                return mine.filter(own | (answered & shared), client_id=person.client_id)
            case Clinician():
                return mine.filter(answered | models.Q(clinician=person), client__clinician=person)
            case _:
                return mine.none()

    def by(self, person: Participant | Clinician) -> CheckInQuerySet:
        """One person's own."""
        if isinstance(person, Participant):
            return self.filter(participant=person)
        return self.filter(clinician=person)


class CheckIn(PracticeRow):
    """One side's answers in one check-in; all of it is sealed. Without words it was laid aside, which is fine."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="check_ins")
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="check_ins")
    clinician = models.ForeignKey(Clinician, models.PROTECT, null=True, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="+")  # who else reads it
    due_on = models.DateField()  # the first day of the check-in that is answered
    sealed = models.BinaryField(null=True)
    given_at = models.DateTimeField()
    handed_at = (
        models.DateTimeField()
    )  # until then its writer may change it; the others read it later than that

    objects = PracticeManager.from_queryset(CheckInQuerySet)()
    unscoped = models.Manager.from_queryset(CheckInQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["due_on", "given_at", "id"]
        indexes = [models.Index(fields=["client", "due_on"], name="check_in_of_client")]
        constraints = [
            models.CheckConstraint(
                name="check_in_has_one_writer",
                condition=models.Q(participant__isnull=False, clinician=None)
                | models.Q(participant=None, clinician__isnull=False),
            ),
            models.UniqueConstraint(
                name="check_in_once_for_a_participant",
                fields=["client", "due_on", "participant"],
                condition=models.Q(participant__isnull=False),
            ),
            models.UniqueConstraint(
                name="check_in_once_for_a_clinician",
                fields=["client", "due_on", "clinician"],
                condition=models.Q(clinician__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"check-in {self.pk} of {self.due_on}"

    @property
    def place(self) -> str:
        return f"checkins.checkin:{self.pk}"

    @property
    def writer_id(self) -> object:
        return self.participant_id or self.clinician_id

    def seal(self, answers: Answers, sealer: Sealer) -> None:
        """Keep *answers*; what is ticked is sealed like what is written."""
        self.sealed = sealer.seal(self.client_id, self.place, json.dumps(asdict(answers)))

    def answers(self, sealer: Sealer) -> Answers | None:
        """None where it was laid aside."""
        if self.sealed is None:
            return None
        return Answers(**json.loads(sealer.open(self.client_id, self.place, bytes(self.sealed))))

    def can_be_changed(self, now: datetime) -> bool:
        """By its writer, until it is handed over; what was laid aside, as long as it is due."""
        return self.sealed is None or now < self.handed_at

    def given(self) -> Given:
        return Given(self.given_at, self.handed_at)


class WelcomeQuerySet(models.QuerySet["Welcome"]):
    def visible_to(self, person: Person, *, at: datetime) -> WelcomeQuerySet:
        """The client reads what has left by *at*, and since they are here; the clinician all that they said."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if person.reads_messages:
                here = person.was_there("written_at")
                return mine.filter(here, client_id=person.client_id, leaves_at__lte=at)
            case Clinician():
                return mine.filter(client__clinician=person, clinician=person)
            case _:
                return mine.none()


class Welcome(PracticeRow):
    """A clinician says plainly that the present amount is welcome. It leaves in working hours, as answers do."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="welcomes")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    leaves_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(WelcomeQuerySet)()
    unscoped = models.Manager.from_queryset(WelcomeQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-leaves_at", "-written_at"]
        indexes = [models.Index(fields=["client", "leaves_at"], name="welcome_of_client")]
        constraints = [
            models.CheckConstraint(
                name="welcome_leaves_after_writing", condition=models.Q(leaves_at__gte=models.F("written_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"welcome {self.pk}"

    @property
    def place(self) -> str:
        return f"checkins.welcome:{self.pk}"

    def text(self, sealer: Sealer) -> str:
        return sealer.open(self.client_id, self.place, bytes(self.sealed))
