"""A client asks to move a session; somebody answers with one tap."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import models

from interlude.appointments.models.offer import Offer
from interlude.appointments.models.session import Session
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class MoveRequestQuerySet(models.QuerySet["MoveRequest"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> MoveRequestQuerySet:
        """Whoever asked, their clinician, and the front desk where the agreement sends it there."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant():
                return mine.filter(participant=person)
            case Clinician():
                return mine.filter(client__clinician=person)
            case OfficeMember() if person.role == OfficeMember.Role.CUSTODIAN:
                return mine.none()  # opens a will with a second person, and nothing else
            case OfficeMember():
                return mine.filter(to=Session.To.DESK)

    def waiting(self) -> MoveRequestQuerySet:
        """Those without an answer, by the date of it."""
        rows = self.filter(state=MoveRequest.State.OPEN)
        return rows.order_by(models.F("reply_due").asc(nulls_last=True), "asked_at")


class MoveRequest(PracticeRow):
    """One wish to have a session at another time, with the date of its answer. Rule: R-276."""

    class State(models.TextChoices):
        OPEN = "open"
        YES = "yes"  # to one of the times that suit
        OTHER = "other"  # other times are held out
        NO = "no"
        WITHDRAWN = "withdrawn"
        GONE = "gone"  # the session was cancelled or moved in another way

    client = models.ForeignKey(Client, models.PROTECT, related_name="move_requests")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="move_requests")
    session = models.ForeignKey(Session, models.PROTECT, related_name="move_requests")
    to = models.CharField(max_length=9, choices=Session.To.choices)
    sealed = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    reply_due = models.DateTimeField(null=True)  # None: no opening times are set, so no date can be counted
    moved_from = models.DateTimeField(null=True)  # the date that was given first, where it moved openly
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    answered_at = models.DateTimeField(null=True)
    clinician = models.ForeignKey(Clinician, models.PROTECT, null=True, related_name="+")
    office_member = models.ForeignKey(OfficeMember, models.PROTECT, null=True, related_name="+")
    sealed_answer = models.BinaryField(null=True)
    offer = models.OneToOneField(Offer, models.PROTECT, null=True, related_name="move_request")

    objects = PracticeManager.from_queryset(MoveRequestQuerySet)()
    unscoped = models.Manager.from_queryset(MoveRequestQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-asked_at"]
        indexes = [
            models.Index(
                fields=["practice", "reply_due"], name="move_waiting", condition=models.Q(state="open")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_request_a_session", fields=["session"], condition=models.Q(state="open")
            ),
            models.CheckConstraint(
                name="move_answer_has_its_moment",
                condition=models.Q(state="open", answered_at=None)
                | (~models.Q(state="open") & models.Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"move request {self.pk}"

    @property
    def place(self) -> str:
        return f"appointments.move_request:{self.pk}"

    @property
    def answer_place(self) -> str:
        return f"appointments.move_request.answer:{self.pk}"

    def words(self, sealer: Sealer) -> str:
        return sealer.open(self.client_id, self.place, bytes(self.sealed)) if self.sealed is not None else ""

    def answer(self, sealer: Sealer) -> str:
        sealed = self.sealed_answer
        return sealer.open(self.client_id, self.answer_place, bytes(sealed)) if sealed is not None else ""

    def came_too_late(self, now: datetime) -> bool:
        """Did the session begin before anybody answered? There is nothing left to move then."""
        return self.session.starts_at <= (self.answered_at or now)

    def is_late(self, now: datetime) -> bool:
        return self.state == self.State.OPEN and self.reply_due is not None and now > self.reply_due


class WishedTime(models.Model):
    """A time that would suit whoever asks."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(MoveRequest, models.CASCADE, related_name="times")
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["request", "starts_at"], name="wished_time_once")]

    def __str__(self) -> str:
        return f"wished time {self.pk}"
