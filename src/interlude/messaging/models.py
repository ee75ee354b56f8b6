"""Messages, what became of them, and the promises made for them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import models

from interlude.agreements.models import Acceptance, Agreement
from interlude.appointments.models import Offer
from interlude.cover.sight import Part, condition_of
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember, *, at: datetime) -> MessageQuerySet:
        """The only door to messages.

        Each who writes sees their own, and what was shared by the version under which it was written, if they had
        accepted that one: nobody is ever added to what was written (R-134). A clinician sees what the clock
        has handed over by *at* (law 6, held until read). Guardians and the office see none.
        """
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if not person.reads_messages:
                return mine.none()
            case Participant():
                shared = models.Exists(Acceptance.unscoped.of_rows(person).sharing())
                return mine.filter(models.Q(participant=person.pk) | shared, client_id=person.client_id)
            case Clinician():
                return mine.filter(clinician=person.pk, taken_back_at=None, handed_at__lte=at)
            case OfficeMember():
                return mine.none()

    def covered_by(self, colleague: Clinician, *, now: datetime, parts: list[Part]) -> MessageQuerySet:
        """The other door: what somebody who stands in may see now, and what they closed themself. Rule: R-243.

        *parts* are those of `cover.sight.parts_of` at that moment. Kept for a session is between the two of it.
        """
        handed = self.filter(practice_id=colleague.practice_id, taken_back_at=None, handed_at__lte=now)
        theirs = handed.filter(condition_of(parts)).exclude(outcome=Message.Outcome.KEEP)
        closed = Reply.unscoped.closing().filter(message=models.OuterRef("pk"), clinician=colleague.pk)
        return theirs.filter(models.Q(resolved_at=None) | models.Exists(closed))

    def waiting(self) -> MessageQuerySet:
        """In the batch: not resolved, not taken back, not kept whole for a session."""
        return self.filter(resolved_at=None, taken_back_at=None).exclude(outcome=Message.Outcome.KEEP)

    def in_plan_since(self, start: datetime) -> MessageQuerySet:
        """What counts towards the plan for the week: what is answered here, extra support aside (R-43)."""
        answered = self.filter(outcome=Message.Outcome.ANSWER, taken_back_at=None, extra_minor=None)
        return answered.filter(sent_at__gte=start)


class Message(PracticeRow):
    """Something a client wrote, with the promise that was made when it was sent."""

    class Outcome(models.TextChoices):
        ANSWER = "answer"
        ACKNOWLEDGE = "acknowledge"
        KEEP = "keep"
        NO_ANSWER = "no_answer"

    client = models.ForeignKey(Client, models.PROTECT, related_name="messages")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="messages")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="messages")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="messages")
    topic = models.CharField(max_length=24)
    sealed = models.BinaryField()
    words = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.CharField(max_length=24, blank=True)  # why it was kept
    rules = models.JSONField(default=list)  # ids of the rules that decided
    handed_at = models.DateTimeField(null=True)  # when the check window opens; None: no window is planned
    reply_due = models.DateTimeField(null=True)
    wish_by = models.DateTimeField(null=True)
    extra_minor = models.PositiveIntegerField(null=True)  # the price that was accepted before sending
    extra_currency = models.CharField(max_length=3, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    stands_in = models.ForeignKey(
        Clinician, models.PROTECT, null=True, related_name="+"
    )  # reads at handed_at
    awaits_approval = models.BooleanField(default=False)  # answered, and a supervisor has still to agree

    objects = PracticeManager.from_queryset(MessageQuerySet)()
    unscoped = models.Manager.from_queryset(MessageQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["sent_at", "id"]
        indexes = [
            models.Index(
                fields=["clinician", "outcome", "reply_due", "sent_at", "id"],
                name="message_waiting",
                condition=models.Q(resolved_at=None, taken_back_at=None),
            ),
            models.Index(fields=["client", "sent_at"], name="message_of_client"),
            models.Index(fields=["client", "resolved_at"], name="message_open_of_client"),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_due_after_sent",
                condition=models.Q(reply_due=None) | models.Q(reply_due__gte=models.F("sent_at")),
            ),
            models.CheckConstraint(
                name="message_that_expects_an_answer_has_a_date",
                condition=models.Q(outcome__in=["keep", "no_answer"]) | models.Q(reply_due__isnull=False),
            ),
            models.CheckConstraint(
                name="message_price_has_a_currency",
                condition=models.Q(extra_minor=None, extra_currency="")
                | (models.Q(extra_minor__isnull=False) & ~models.Q(extra_currency="")),
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} of {self.sent_at:%d %b %H:%M}"  # never the words

    @property
    def place(self) -> str:
        return f"messaging.message:{self.pk}"

    def text(self, sealer: Sealer) -> str:
        return sealer.open(self.client_id, self.place, bytes(self.sealed))

    def can_be_changed(self, now: datetime) -> bool:
        """Until the check window opens, by the clock, whether or not anybody looked."""
        return self.taken_back_at is None and (self.handed_at is None or now < self.handed_at)


class Revision(models.Model):
    """What a message said before its writer changed it. Kept, sealed, shown in the writer's export alone."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"revision {self.number} of message {self.message_id}"

    @property
    def place(self) -> str:
        return f"messaging.revision:{self.message_id}:{self.number}"


class ReplyQuerySet(models.QuerySet["Reply"]):
    def arrived(self, now: datetime) -> ReplyQuerySet:
        """What a client can see: left by now, not held back, and not with a supervisor."""
        return self.filter(leaves_at__lte=now, held_back_at=None, awaits_approval=False)

    def closing(self) -> ReplyQuerySet:
        """Those that close their message: not held back, more than a repair, and not the correction of one."""
        return self.filter(held_back_at=None, corrects=None).exclude(kind=Reply.Kind.REPAIR)


class Reply(PracticeRow):
    """What a clinician did with a message, as the client will see it, from the moment it leaves."""

    class Kind(models.TextChoices):
        ANSWER = "answer"
        ACKNOWLEDGED = "acknowledged"
        KEPT = "kept"
        BY_PHONE = "by_phone"
        REPAIR = "repair"  # owns a missed date and gives a new one; the message still waits for its answer

    message = models.ForeignKey(Message, models.PROTECT, related_name="replies")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    sealed = models.BinaryField(null=True)
    written_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    held_back_at = models.DateTimeField(null=True)  # the client changed the message before this left
    seconds = models.PositiveIntegerField(default=0)  # measured, pauses left out; the clinician's own figure
    awaits_approval = models.BooleanField(default=False)  # a supervisor has still to agree; it does not leave
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    sealed_note = models.BinaryField(null=True)  # of a call: for the record, never for the client
    offer = models.OneToOneField(
        Offer, models.PROTECT, null=True, related_name="reply"
    )  # times that came with it

    objects = PracticeManager.from_queryset(ReplyQuerySet)()
    unscoped = models.Manager.from_queryset(ReplyQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["leaves_at", "id"]
        indexes = [models.Index(fields=["clinician", "written_at"], name="reply_of_clinician")]
        constraints = [
            models.CheckConstraint(
                name="reply_answer_has_words",
                condition=~models.Q(kind__in=["answer", "repair"]) | models.Q(sealed__isnull=False),
            ),
            models.CheckConstraint(
                name="reply_leaves_after_writing", condition=models.Q(leaves_at__gte=models.F("written_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"

    @property
    def place(self) -> str:
        return f"messaging.reply:{self.pk}"

    @property
    def note_place(self) -> str:
        return f"messaging.reply.note:{self.pk}"

    def text(self, sealer: Sealer, client_id: UUID) -> str:
        return sealer.open(client_id, self.place, bytes(self.sealed)) if self.sealed is not None else ""

    def note(self, sealer: Sealer, client_id: UUID) -> str:
        """What the clinician noted of a call; empty where nothing was."""
        sealed = self.sealed_note
        return sealer.open(client_id, self.note_place, bytes(sealed)) if sealed is not None else ""


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> ApprovalQuerySet:
        """Whoever supervises the writer now sees what waits, and who decided sees that; nothing else (R-258)."""
        mine = self.filter(practice_id=person.practice_id)
        if not isinstance(person, Clinician):
            return mine.none()
        waits = models.Q(decided_at=None, reply__clinician__supervisor=person)
        return mine.filter(waits | models.Q(decided_at__isnull=False, supervisor=person))

    def open(self) -> ApprovalQuerySet:
        """Those that wait: not decided, and not called back by their writer."""
        return self.filter(decided_at=None, reply__held_back_at=None)


class Approval(PracticeRow):
    """A trainee's reply, with the supervisor it waits for and what came of it. Rule: R-258."""

    reply = models.OneToOneField(Reply, models.CASCADE, related_name="approval")
    supervisor = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    at_once = models.BooleanField(default=False)  # once approved, not to wait for working hours
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(default=False)
    sealed_note = models.BinaryField(null=True)  # why it was given back

    objects = PracticeManager.from_queryset(ApprovalQuerySet)()
    unscoped = models.Manager.from_queryset(ApprovalQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["asked_at"]
        indexes = [models.Index(fields=["supervisor", "decided_at"], name="approval_of_supervisor")]

    def __str__(self) -> str:
        return f"approval {self.pk}"

    @property
    def place(self) -> str:
        return f"messaging.approval:{self.pk}"

    def note(self, sealer: Sealer, client_id: UUID) -> str:
        return (
            sealer.open(client_id, self.place, bytes(self.sealed_note))
            if self.sealed_note is not None
            else ""
        )


class Split(models.Model):
    """A message in two: what is answered here, and what its clinician keeps for the session. Rule: R-260."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="split")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    item_id = models.UUIDField()  # the line on our list, which has the words of the kept part
    sealed = models.BinaryField()  # the same words, beside their message
    at = models.DateTimeField()
    shown_from = models.DateTimeField()  # the client sees it by the clock

    def __str__(self) -> str:
        return f"split of message {self.message_id}"

    @property
    def place(self) -> str:
        return f"messaging.split:{self.message_id}"

    def kept(self, sealer: Sealer, client_id: UUID) -> str:
        return sealer.open(client_id, self.place, bytes(self.sealed))


class PromiseMove(models.Model):
    """A date that moved openly, before it passed."""

    class Reason(models.TextChoices):
        TIME_AWAY = "time_away"
        CLOSED_DAY = "closed_day"
        REPAIR = "repair"

    message = models.ForeignKey(Message, models.CASCADE, related_name="moves")
    from_due = models.DateTimeField()
    to_due = models.DateTimeField()
    reason = models.CharField(max_length=12, choices=Reason.choices)
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["moved_at"]

    def __str__(self) -> str:
        return f"moved date of message {self.message_id}"


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> DraftQuerySet:
        """A draft is its writer's alone."""
        return self.filter(participant=person) if isinstance(person, Participant) else self.none()


class Draft(PracticeRow):
    """What somebody is writing. Its id becomes the message's, so that sending twice is sending once."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="drafts")
    topic = models.CharField(max_length=24)
    sealed = models.BinaryField()
    no_answer = models.BooleanField(default=False)
    keep = models.BooleanField(default=False)
    wish_by = models.DateField(null=True)
    saved_at = models.DateTimeField()
    rests_until = models.DateTimeField(null=True)  # a pause that its writer chose; nothing waits for it

    objects = PracticeManager.from_queryset(DraftQuerySet)()
    unscoped = models.Manager.from_queryset(DraftQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def place(self) -> str:
        return f"messaging.draft:{self.pk}"

    def text(self, sealer: Sealer) -> str:
        return sealer.open(self.participant.client_id, self.place, bytes(self.sealed))


class EarlyOpening(models.Model):
    """A clinician looked before the window. For that clinician alone; in no audit line, on no other page."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinician = models.ForeignKey(Clinician, models.CASCADE, related_name="early_openings")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()  # what the next window would have handed over

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"early opening {self.pk}"


class PutAway(models.Model):
    """A message that wants no answer was read and laid aside. Nothing of this is ever shown to the client."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="put_away")
    clinician = models.ForeignKey(Clinician, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["clinician", "at"], name="put_away_by_clinician")]

    def __str__(self) -> str:
        return f"message {self.message_id} laid aside"
