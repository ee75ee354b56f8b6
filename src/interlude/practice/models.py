"""Practices, the people who work in them, and the people who come to them.

A `Client` is a unit of care: one person, a couple, a family. It has one therapist, one agreement, one key. A
`Participant` is a human in it: the client, a partner, a guardian. Somebody in two courses of care is two
participants with one sign-in.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self, TypeVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models

from interlude.core.ages import AgeRules, age_on
from interlude.core.guardians import Change, Scope
from interlude.practice.neutral import Neutral
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class Practice(Neutral):
    """One practice. Practices on one installation never meet."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField()
    own_account_age = models.PositiveSmallIntegerField(null=True)  # None: any age
    own_consent_age = models.PositiveSmallIntegerField(null=True)  # None: nothing changes by itself
    majority_age = models.PositiveSmallIntegerField(default=18)
    reads_over = models.BooleanField(
        default=True
    )  # may a client's own page look for words and put help first?
    set_up_at = models.DateTimeField(null=True)  # None: not ready for clients, see crisis.actions.end_set_up

    def __str__(self) -> str:
        return f"practice {self.slug}"

    @property
    def takes_clients(self) -> bool:
        """Is it set up, with the help lines of its own place confirmed by a person? Rule: R-163."""
        return self.set_up_at is not None

    def age_rules(self) -> AgeRules:
        """The ages this practice goes by; the youngest age for messages stands in the rules of contact."""
        return AgeRules(
            own_account=self.own_account_age, own_consent=self.own_consent_age, majority=self.majority_age
        )


class PracticeRow(models.Model):
    """What belongs to one practice."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # No index of its own: SQLite, before it has statistics, would take it and read a whole practice for one row.
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class InZone:
    """Somebody whose days are counted where they are."""

    zone: Any

    def time_zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def date_at(self, moment: datetime) -> date:
        """The date where they are."""
        return moment.astimezone(self.time_zone()).date()


class Clinician(InZone, PracticeRow):
    """Somebody who sees clients."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="clinician")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    zone = models.CharField(max_length=64)
    country = models.CharField(max_length=2)
    supervisor = models.ForeignKey("self", models.PROTECT, null=True, related_name="supervisees")
    left_at = models.DateTimeField(null=True)

    objects = PracticeManager()
    unscoped = models.Manager["Clinician"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"clinician {self.pk}"

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


class OfficeMember(InZone, PracticeRow):
    """Somebody at the front desk or at the head of the practice. Never sees clinical content."""

    class Role(models.TextChoices):
        DESK = "desk", "front desk"
        OWNER = "owner", "owner"
        CUSTODIAN = "custodian", "records custodian"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="office_member"
    )
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=Role.choices)
    left_at = models.DateTimeField(null=True)

    objects = PracticeManager()
    unscoped = models.Manager["OfficeMember"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"office member {self.pk}"

    @property
    def is_owner(self) -> bool:
        return self.role == self.Role.OWNER

    def time_zone(self) -> ZoneInfo:
        return ZoneInfo(self.practice.zone)


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> ClientQuerySet:
        """Whom this person may know of: their own care, their own clients, the practice's for the office."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant():
                return mine.filter(id=person.client_id)
            case Clinician():
                return mine.filter(clinician=person)
            case OfficeMember():
                return mine

    def going_on(self, now: datetime) -> ClientQuerySet:
        """Those whose work together has not ended; an end that lies ahead is none yet."""
        return self.filter(models.Q(ended_at=None) | models.Q(ended_at__gt=now))


class Client(PracticeRow):
    """A unit of care: a person, a couple, a family or somebody in a group."""

    class Kind(models.TextChoices):
        PERSON = "person"
        COUPLE = "couple"
        FAMILY = "family"
        GROUP = "group"  # one person of a group: everybody in it has a care of their own

    class Secrets(models.TextChoices):
        NONE = "no_secrets"
        LIMITED = "limited_secrets"

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(max_length=120)
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="clients")
    born_on = models.DateField(null=True)
    group = models.CharField(max_length=60, blank=True)  # the practice's own label; on no client's page
    secrets = models.CharField(max_length=16, choices=Secrets.choices, blank=True)  # for the next version
    began_on = models.DateField()
    ended_at = models.DateTimeField(null=True)  # may lie ahead: the end takes effect by the clock

    objects = PracticeManager.from_queryset(ClientQuerySet)()
    unscoped = models.Manager.from_queryset(ClientQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["name"]
        indexes = [models.Index(fields=["practice", "clinician"], name="client_of_clinician")]

    def __str__(self) -> str:
        return f"client {self.pk}"

    def has_ended(self, now: datetime) -> bool:
        """Is the work together over by now?"""
        return self.ended_at is not None and self.ended_at <= now

    def age(self, on: date) -> int | None:
        """Whole years on that day; None where the day of birth is not known, or for several people."""
        return age_on(self.born_on, on) if self.born_on is not None else None


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> ParticipantQuerySet:
        """Of whom this person may know here: themself, the people of one's own clients, the practice's."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant():
                return mine.filter(pk=person.pk)
            case Clinician():
                return mine.filter(client__clinician=person)
            case OfficeMember():
                return mine

    def writers(self) -> ParticipantQuerySet:
        """Those who write here: everybody but guardians."""
        return self.exclude(role=Participant.Role.GUARDIAN)

    def guardians(self) -> ParticipantQuerySet:
        return self.filter(role=Participant.Role.GUARDIAN)

    def open_at(self, now: datetime) -> ParticipantQuerySet:
        """Those whose access has not ended."""
        return self.filter(models.Q(access_ends=None) | models.Q(access_ends__gt=now))


class Participant(InZone, PracticeRow):
    """One human in a unit of care, with an account of their own."""

    class Role(models.TextChoices):
        SELF = "self"
        PARTNER = "partner"
        GUARDIAN = "guardian"

    client = models.ForeignKey(Client, models.PROTECT, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="participations"
    )
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.SELF)
    zone = models.CharField(max_length=64)
    country = models.CharField(max_length=2, blank=True)  # where they are; blank: not known, never guessed
    sealed_phone = models.BinaryField(null=True)
    joined_at = models.DateTimeField(null=True)  # None: there from the beginning
    access_ends = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(ParticipantQuerySet)()
    unscoped = models.Manager.from_queryset(ParticipantQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["client", "user"], name="participant_once_in_a_care"),
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def reads_messages(self) -> bool:
        """A guardian sees times and bills only, whatever else they may be told in a session."""
        return self.role != self.Role.GUARDIAN

    def was_there(self, said_at: str) -> models.Q:
        """For rows with a moment in that column: not from before they joined; nothing said is widened (R-134)."""
        return models.Q(**{f"{said_at}__gte": self.joined_at}) if self.joined_at else models.Q()

    @property
    def phone_place(self) -> str:
        return f"practice.participant.phone:{self.pk}"

    def phone(self, sealer: Sealer) -> str:
        """Their number as it was typed; empty where none was."""
        sealed = self.sealed_phone
        return sealer.open(self.client_id, self.phone_place, bytes(sealed)) if sealed is not None else ""


Person = Participant | Clinician | OfficeMember
R = TypeVar("R", bound=PracticeRow)


class OfTheCare(models.QuerySet[R]):
    """Rows with a column *client* that are between a client and their clinician."""

    def visible_to(self, person: Participant | Clinician | OfficeMember) -> Self:
        """Those of one's own care, those of one's own clients: no guardian, no office, no other client."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if person.reads_messages:
                return mine.filter(client_id=person.client_id)
            case Clinician():
                return mine.filter(client__clinician=person)
            case _:
                return mine.none()


class ScopeChange(PracticeRow):
    """From a day on, a guardian may or may no longer see something. Rows are added, never edited.

    The day is one of the calendar where the young person is. Rules: R-131, R-132.
    """

    guardian = models.ForeignKey(Participant, models.PROTECT, related_name="scope_changes")
    number = models.PositiveIntegerField()
    scope = models.CharField(max_length=16, blank=True)  # a core Scope; empty: the access itself
    may = models.BooleanField()
    on = models.DateField()
    because = models.CharField(max_length=12)  # a core Because
    sealed_reason = models.BinaryField(null=True)
    sealed_document = models.BinaryField(null=True)
    entered_at = models.DateTimeField()
    clinician = models.ForeignKey(Clinician, models.PROTECT, null=True, related_name="+")
    office_member = models.ForeignKey(OfficeMember, models.PROTECT, null=True, related_name="+")

    objects = PracticeManager()
    unscoped = models.Manager["ScopeChange"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["guardian", "number"], name="scope_change_number_once"),
        ]

    def __str__(self) -> str:
        return f"scope change {self.pk}"

    def value(self) -> Change:
        """This row as the core's plain value."""
        return Change(self.on, Scope(self.scope) if self.scope else None, self.may, self.number)

    @property
    def place(self) -> str:
        return f"practice.scope_change:{self.pk}"

    def reason(self, sealer: Sealer) -> str:
        return self._open(self.sealed_reason, "reason", sealer)

    def document(self, sealer: Sealer) -> str:
        return self._open(self.sealed_document, "document", sealer)

    def _open(self, sealed: bytes | memoryview[int] | None, name: str, sealer: Sealer) -> str:
        if sealed is None:
            return ""
        return sealer.open(self.guardian.client_id, f"{self.place}.{name}", bytes(sealed))


class Invitation(PracticeRow):
    """A link for one person. It opens only with a code that was given another way, once, within 72 hours."""

    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")
    clinician = models.ForeignKey(Clinician, models.CASCADE, null=True, related_name="+")
    office_member = models.ForeignKey(OfficeMember, models.CASCADE, null=True, related_name="+")
    email = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = PracticeManager()
    unscoped = models.Manager["Invitation"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [
            models.CheckConstraint(
                name="invitation_for_one",
                condition=(
                    models.Q(participant__isnull=False, clinician=None, office_member=None)
                    | models.Q(participant=None, clinician__isnull=False, office_member=None)
                    | models.Q(participant=None, clinician=None, office_member__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at and self.wrong_codes < WRONG_CODES

    @property
    def person(self) -> Participant | Clinician | OfficeMember:
        person = self.participant or self.clinician or self.office_member
        assert person is not None  # the constraint invitation_for_one
        return person


WRONG_CODES = 5
