"""Practices, the people who work in them, and the people who come to them.

A `Client` is a unit of care: one person, a couple, a family. It has one therapist, one agreement, one key. A
`Participant` is a human in it: the client, a partner, a guardian. Somebody in two courses of care is two
participants with one sign-in.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models

from interlude.practice.scope import PracticeManager


class Practice(models.Model):
    """One practice. Practices on one installation never meet."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"practice {self.slug}"


class PracticeRow(models.Model):
    """What belongs to one practice."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # No index of its own: SQLite, before it has statistics, would take it and read a whole practice for one row.
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class Clinician(PracticeRow):
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

    def time_zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class OfficeMember(PracticeRow):
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


class Client(PracticeRow):
    """A unit of care: a person, a couple, a family or somebody in a group."""

    class Kind(models.TextChoices):
        PERSON = "person"
        COUPLE = "couple"
        FAMILY = "family"

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(max_length=120)
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="clients")
    born_on = models.DateField(null=True)
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
        if self.born_on is None:
            return None
        had_birthday = (on.month, on.day) >= (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - (not had_birthday)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def open_at(self, now: datetime) -> ParticipantQuerySet:
        """Those whose access has not ended."""
        return self.filter(models.Q(access_ends=None) | models.Q(access_ends__gt=now))


class Participant(PracticeRow):
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

    def time_zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


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
