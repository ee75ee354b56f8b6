"""Our list for the session, and the client's own journal."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from interlude.agreements.models import Acceptance, Agreement
from interlude.appointments.models import Session
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class ListItemQuerySet(models.QuerySet["ListItem"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> ListItemQuerySet:
        """The list is the pair's: the client and their clinician. No guardian, no office.

        Of several people each sees what they put there, what was shared when it was put there (R-134), and what
        the clinician put there for all.
        """
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if not person.reads_messages:
                return mine.none()
            case Participant():
                given = Acceptance.unscoped.of_rows(person)
                for_all = models.Q(participant=None) & models.Exists(given)
                shared = models.Q(participant=person) | models.Exists(given.sharing()) | for_all
                return mine.filter(shared, client_id=person.client_id)
            case Clinician():
                return mine.filter(client__clinician=person)
            case OfficeMember():
                return mine.none()

    def here(self, now: datetime) -> ListItemQuerySet:
        """What a client sees: what a clinician keeps at night turns up with the answer, by the clock (law 4)."""
        return self.filter(added_at__lte=now)

    def open(self) -> ListItemQuerySet:
        return self.filter(closed_at=None).order_by("added_at")

    def waiting_on(self, today: datetime) -> ListItemQuerySet:
        """What a client sees as waiting; *today* is the start of their day.

        What is ticked off today stays until the day is over: the page follows the clock (law 4).
        """
        return self.filter(models.Q(closed_at=None) | models.Q(closed_at__gte=today)).order_by("added_at")

    def closed_before(self, today: datetime) -> ListItemQuerySet:
        """What was talked about or let go on the days before, newest first."""
        return self.filter(closed_at__lt=today).order_by("-closed_at")


class ListItem(PracticeRow):
    """One thing for the next session: a kept message, the rest of a long one, a note, 'our messaging'."""

    class Source(models.TextChoices):
        MESSAGE = "message"  # a message kept whole; its words stay with the message
        REST = "rest"  # what went beyond the plan
        NOTE = "note"  # written for the list
        WORRY = "worry"  # a question or a worry about the agreement
        JOURNAL = "journal"  # a page of the journal that its writer brought here

    client = models.ForeignKey(Client, models.PROTECT, related_name="list_items")
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")  # whose it is
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="+")  # who else reads it
    source = models.CharField(max_length=8, choices=Source.choices)
    topic = models.CharField(max_length=24)
    message_id = models.UUIDField(null=True, unique=True)
    sealed = models.BinaryField(null=True)
    added_at = models.DateTimeField()
    added_by_clinician = models.BooleanField(default=False)
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="list_items")
    closed_at = models.DateTimeField(null=True)
    brought_up = models.BooleanField(default=False)
    client_place = models.PositiveSmallIntegerField(null=True)  # where its people put it; None: by its time
    clinician_place = models.PositiveSmallIntegerField(
        null=True
    )  # the clinician's own order, which they alone see

    objects = PracticeManager.from_queryset(ListItemQuerySet)()
    unscoped = models.Manager.from_queryset(ListItemQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["added_at"]
        indexes = [models.Index(fields=["client", "closed_at"], name="list_item_of_client")]
        constraints = [
            models.CheckConstraint(
                name="list_item_has_words_or_a_message",
                condition=models.Q(sealed__isnull=False) | models.Q(message_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"list item {self.pk}"

    @property
    def place(self) -> str:
        return f"agenda.listitem:{self.pk}"

    def words(self, sealer: Sealer) -> str:
        """What is written here; empty where the words stay with a message."""
        return sealer.open(self.client_id, self.place, bytes(self.sealed)) if self.sealed is not None else ""


class JournalEntryQuerySet(models.QuerySet["JournalEntry"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> JournalEntryQuerySet:
        """The journal is its writer's alone, whoever else is in the same care."""
        if not isinstance(person, Participant):
            return self.none()
        return self.filter(participant=person)


class JournalEntry(PracticeRow):
    """A page of a client's own journal. Private by rule, and by a key of its writer's own (R-297)."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="journal")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    not_sent = models.CharField(
        max_length=16, blank=True
    )  # why words meant as a message are here (core Reason)

    objects = PracticeManager.from_queryset(JournalEntryQuerySet)()
    unscoped = models.Manager.from_queryset(JournalEntryQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"journal entry {self.pk}"

    @property
    def place(self) -> str:
        return f"agenda.journalentry:{self.pk}"

    def seal(self, text: str, sealer: Sealer) -> None:
        person = self.participant
        self.sealed = sealer.seal_own(person.client_id, person.pk, text, place=self.place)

    def words(self, sealer: Sealer) -> str:
        person = self.participant
        return sealer.open_own(person.client_id, person.pk, bytes(self.sealed), place=self.place)


class PauseQuerySet(models.QuerySet["Pause"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> PauseQuerySet:
        """A wish of one's own; nobody else has to know of it."""
        return self.filter(participant=person) if isinstance(person, Participant) else self.none()


class Pause(PracticeRow):
    """Somebody wants their drafts to rest for a day or two after a session. It holds nothing back. Rule: R-300."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="pause")
    days = models.PositiveSmallIntegerField()
    since = models.DateTimeField()

    objects = PracticeManager.from_queryset(PauseQuerySet)()
    unscoped = models.Manager.from_queryset(PauseQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [
            models.CheckConstraint(name="pause_of_a_day_or_two", condition=models.Q(days__in=[1, 2]))
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"


class LineQuerySet(models.QuerySet["Line"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember, *, at: datetime) -> LineQuerySet:
        """Its writer's own; for those of the care who were there, from the moment on at which it left."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if person.reads_messages:
                left = mine.filter(client_id=person.client_id, leaves_at__lte=at, called_back_at=None)
                return left.filter(person.was_there("written_at"))
            case Clinician():
                return mine.filter(clinician=person)
            case _:
                return mine.none()


class Line(PracticeRow):
    """A few words of the clinician's after a session, about what was on our list."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="lines")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, related_name="lines")
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    called_back_at = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(LineQuerySet)()
    unscoped = models.Manager.from_queryset(LineQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-leaves_at"]
        indexes = [models.Index(fields=["client", "leaves_at"], name="line_of_client")]

    def __str__(self) -> str:
        return f"line {self.pk}"

    @property
    def place(self) -> str:
        return f"agenda.line:{self.pk}"

    def words(self, sealer: Sealer) -> str:
        return sealer.open(self.client_id, self.place, bytes(self.sealed))
