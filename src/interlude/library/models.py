"""Pieces in their versions, the words they are found by, shares, pages that were filled in, and what helped."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Self

from django.db import models

from interlude.core.matching import Offer
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


class PieceQuerySet(models.QuerySet["Piece"]):
    def visible_to(self, person: Person, *, at: datetime | None = None) -> Self:
        """Its clinician's; a client's where it was shared with them, or is for everyone. Rule: R-220."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if person.reads_messages and at is not None:
                shared = Share.unscoped.visible_to(person).here(at).filter(piece=models.OuterRef("pk"))
                for_all = models.Q(clinician_id=person.client.clinician_id, for_all_at__lte=at)
                is_ready = models.Q(ready_at__isnull=False, put_away_at=None)
                return mine.filter(models.Exists(shared) | for_all & is_ready)
            case Clinician():
                return mine.filter(clinician=person)
            case _:
                return mine.none()

    def with_newest(self) -> Self:
        """Each with the title and the number of its newest version."""
        newest = PieceVersion.unscoped.filter(piece=models.OuterRef("pk")).order_by("-number")
        return self.annotate(title=models.Subquery(newest.values("title")[:1]))

    def at_hand(self) -> Self:
        return self.filter(put_away_at=None)

    def with_terms(self, terms: list[str]) -> Self:
        """Those in whose newest version each of *terms* begins a word. Rule: R-223."""
        found = self
        for term in terms:
            begins = PieceTerm.unscoped.filter(piece=models.OuterRef("pk"), term__startswith=term)
            found = found.filter(models.Exists(begins))
        return found


class Piece(PracticeRow):
    """One thing of a clinician's library. Its words are in its versions."""

    class Kind(models.TextChoices):
        EXERCISE = "exercise"
        WORKSHEET = "worksheet"
        READING = "reading"
        PROMPT = "prompt"
        LINK = "link"
        FILE = "file"

    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="pieces")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    starter = models.CharField(max_length=40, blank=True)  # of the pack it was taken from
    topics = models.JSONField(default=list)  # purposes of a message beside which it fits
    cues = models.JSONField(default=list)  # words beside which it is offered
    for_now = models.BooleanField(default=False)  # in "what can I do now"
    for_all_at = models.DateTimeField(null=True)  # from when on all clients of its clinician have it
    ready_at = models.DateTimeField(null=True)  # None: a draft
    put_away_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(PieceQuerySet)()
    unscoped = models.Manager.from_queryset(PieceQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes = [models.Index(fields=["clinician", "put_away_at"], name="piece_of_clinician")]
        constraints = [
            models.UniqueConstraint(
                fields=["clinician", "starter"], condition=~models.Q(starter=""), name="piece_starter_once"
            ),
            models.CheckConstraint(
                name="piece_for_all_is_ready",
                condition=models.Q(for_all_at=None) | models.Q(ready_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"piece {self.pk}"

    @property
    def state(self) -> str:
        """Where it stands: put_away, draft, for_all or mine."""
        if self.put_away_at:
            return "put_away"
        if not self.ready_at:
            return "draft"
        return "for_all" if self.for_all_at else "mine"

    def offer(self, *, title: str, is_shared: bool) -> Offer:
        """What the core needs to know, in order to say whether it fits."""
        return Offer(title, tuple(self.cues), frozenset(self.topics), is_shared)


def title_of(piece: Piece) -> str:
    """The title of a piece that was asked for `with_newest()`."""
    return str(piece.title)  # type: ignore[attr-defined]  # an annotation


class PieceVersion(PracticeRow):
    """A piece as it was written at one moment. Rows are added, never edited."""

    piece = models.ForeignKey(Piece, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    fields = models.JSONField(default=list)  # what is asked in it, where it can be filled in
    facts = models.JSONField(default=list)  # [source, day]: where its facts were read
    suffix = models.CharField(max_length=4, blank=True)  # of core.file_kinds, told from the bytes
    sealed = models.BinaryField(null=True)  # a file, under the practice's key
    written_at = models.DateTimeField()
    shows_at = models.DateTimeField()  # from when on clients of a piece for everyone have it: working hours

    objects = PracticeManager()
    unscoped = models.Manager["PieceVersion"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["piece", "number"], name="piece_version_number_once")]

    def __str__(self) -> str:
        return f"piece version {self.pk}"

    @property
    def place(self) -> str:
        return f"library.pieceversion:{self.pk}"

    def seal(self, data: bytes, sealer: Sealer) -> None:
        self.sealed = sealer.seal_for_practice(self.place, base64.b64encode(data).decode())

    def data(self, sealer: Sealer) -> bytes:
        assert self.sealed is not None  # only asked of a version with a file
        return base64.b64decode(sealer.open_for_practice(self.place, bytes(self.sealed)))


class PieceTerm(PracticeRow):
    """A word by which the newest version of a piece is found."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="terms")
    term = models.CharField(max_length=40, db_index=True)
    in_title = models.BooleanField(default=False)

    objects = PracticeManager()
    unscoped = models.Manager["PieceTerm"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [models.UniqueConstraint(fields=["piece", "term"], name="piece_term_once")]

    def __str__(self) -> str:
        return f"piece term {self.pk}"


class ShareQuerySet(OfTheCare["Share"]):
    def visible_to(self, person: Person) -> Self:
        """Of the care; for one of several people, theirs alone; not from before somebody joined. Rule: R-220."""
        found = super().visible_to(person)
        if not isinstance(person, Participant):
            return found
        return found.filter(models.Q(participant=None) | models.Q(participant=person)).filter(
            person.was_there("shared_at")
        )

    def here(self, now: datetime) -> Self:
        """What a client has now: by the clock, and not taken back."""
        return self.filter(shared_at__lte=now, taken_back_at=None)


class Share(PracticeRow):
    """A version of a piece, for the people of one care or one of them; with a day, where there is one."""

    piece = models.ForeignKey(Piece, models.PROTECT, related_name="shares")
    version = models.ForeignKey(PieceVersion, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="shares")
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, related_name="+"
    )  # None: all who write
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)  # the day for which it was given; None: whenever
    sealed = models.BinaryField(null=True)  # a line to the client
    given_at = models.DateTimeField()
    shared_at = models.DateTimeField()  # from when on the client has it: working hours
    taken_back_at = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(ShareQuerySet)()
    unscoped = models.Manager.from_queryset(ShareQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-shared_at"]
        indexes = [models.Index(fields=["client", "taken_back_at"], name="share_of_client")]

    def __str__(self) -> str:
        return f"share {self.pk}"

    @property
    def place(self) -> str:
        return f"library.share:{self.pk}"

    def line(self, sealer: Sealer) -> str:
        """The line to the client; empty where none was written."""
        return sealer.open(self.client_id, self.place, bytes(self.sealed)) if self.sealed is not None else ""


class FilledQuerySet(models.QuerySet["Filled"]):
    def visible_to(self, person: Person) -> Self:
        """Its writer's; the clinician's once it is finished. No partner, no guardian, no office. Rule: R-222."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if person.reads_messages:
                return mine.filter(participant=person)
            case Clinician():
                return mine.filter(participant__client__clinician=person, finished_at__isnull=False)
            case _:
                return mine.none()


class Filled(PracticeRow):
    """What somebody wrote into a page to fill in: a draft of theirs, then a part of the record."""

    version = models.ForeignKey(PieceVersion, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="filled")
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(FilledQuerySet)()
    unscoped = models.Manager.from_queryset(FilledQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["participant", "finished_at"], name="filled_by_participant")]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "participant"],
                condition=models.Q(finished_at=None),
                name="filled_one_draft",
            )
        ]

    def __str__(self) -> str:
        return f"filled page {self.pk}"

    @property
    def place(self) -> str:
        return f"library.filled:{self.pk}"

    def answers(self, sealer: Sealer) -> list[str]:
        """By place, as the version asks; needs `participant`."""
        found: list[str] = json.loads(sealer.open(self.participant.client_id, self.place, bytes(self.sealed)))
        return found


class Helped(PracticeRow):
    """Somebody said that a piece helped, once a day at most; and if a message was no longer needed."""

    piece = models.ForeignKey(Piece, models.PROTECT, related_name="helped")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    on = models.DateField()
    instead = models.BooleanField(default=False)

    objects = PracticeManager()
    unscoped = models.Manager["Helped"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["piece", "participant", "on"], name="helped_once_a_day")
        ]

    def __str__(self) -> str:
        return f"helped {self.pk}"
