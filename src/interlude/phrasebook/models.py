"""Templates for replies: a clinician's own in their versions, variants for one client, what landed, what was used.

A template is named by its id alone, whether it is shipped (`core.packs.phrases`) or a row here.
"""

from __future__ import annotations

import json
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from interlude.core.wording import Words
from interlude.practice.models import (
    Client,
    Clinician,
    OfTheCare,
    Person,
    PracticeRow,
)
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer

R = TypeVar("R", bound=PracticeRow)


class PhraseQuerySet(models.QuerySet["Phrase"]):
    def visible_to(self, person: Person) -> Self:
        """Their maker's; those shared with the practice every clinician's in it. No client, no office. R-234."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Clinician():
                return mine.filter(Q(clinician=person) | Q(is_shared=True))
            case _:
                return mine.none()


class Phrase(PracticeRow):
    """A template of one clinician, for themself or for the whole practice. Its words are in its versions."""

    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="phrases")
    is_shared = models.BooleanField(default=False)
    situation = models.CharField(max_length=12)
    language = models.CharField(max_length=8)
    made_from = models.UUIDField(
        null=True
    )  # the template it began as; for its maker it stands in that one's place
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(PhraseQuerySet)()
    unscoped = models.Manager.from_queryset(PhraseQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        indexes = [
            models.Index(fields=["practice", "is_shared"], name="phrase_of_practice"),
        ]

    def __str__(self) -> str:
        return f"phrase {self.pk}"


class PhraseVersionQuerySet(models.QuerySet["PhraseVersion"]):
    def visible_to(self, person: Person) -> Self:
        """As the template they are of."""
        return self.filter(phrase__in=Phrase.unscoped.visible_to(person))

    def current(self) -> Self:
        """The last one of each template."""
        later = PhraseVersion.unscoped.filter(
            phrase=models.OuterRef("phrase"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))


class PhraseVersion(PracticeRow):
    """A template's words from one moment on. Rows are added, never edited."""

    phrase = models.ForeignKey(Phrase, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    validation = models.TextField()
    agreement = models.TextField()
    next_step = models.TextField()
    written_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(PhraseVersionQuerySet)()
    unscoped = models.Manager.from_queryset(PhraseVersionQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["phrase", "number"], name="phrase_version_number_once")
        ]

    def __str__(self) -> str:
        return f"phrase version {self.pk}"

    @property
    def words(self) -> Words:
        return Words(self.validation, self.agreement, self.next_step)


class PhraseReviewQuerySet(models.QuerySet["PhraseReview"]):
    def visible_to(self, person: Person) -> Self:
        """Every clinician's of the practice."""
        mine = self.filter(practice_id=person.practice_id)
        return mine if isinstance(person, Clinician) else mine.none()


class PhraseReview(PracticeRow):
    """A person of the practice has read a shipped draft and says that it may be used. Rule: R-233."""

    shipped = models.UUIDField()
    version = models.PositiveIntegerField()
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(PhraseReviewQuerySet)()
    unscoped = models.Manager.from_queryset(PhraseReviewQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "shipped", "version"], name="phrase_reviewed_once_in_a_practice"
            )
        ]

    def __str__(self) -> str:
        return f"phrase review {self.pk}"


class OfTheTreating(OfTheCare[R]):
    def visible_to(self, person: Person) -> Self:
        """The client's clinician alone: no client, no colleague, no office. Rule: R-235."""
        found = super().visible_to(person)
        return found if isinstance(person, Clinician) else found.none()


class VariantQuerySet(OfTheTreating["Variant"]):
    """Of one's own clients."""


class Variant(PracticeRow):
    """A template in the words that fit one client, or one relationship. Its words are in its versions, sealed."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="phrase_variants")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    of = models.UUIDField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(VariantQuerySet)()
    unscoped = models.Manager.from_queryset(VariantQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "of"], name="phrase_variant_once", condition=Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"phrase variant {self.pk}"


class VariantVersion(PracticeRow):
    """A variant's words from one moment on. Rows are added, never edited."""

    variant = models.ForeignKey(Variant, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    objects = PracticeManager["VariantVersion"]()
    unscoped = models.Manager["VariantVersion"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "number"], name="phrase_variant_version_number_once")
        ]

    def __str__(self) -> str:
        return f"phrase variant version {self.pk}"

    @property
    def place(self) -> str:
        return f"phrasebook.variantversion:{self.pk}"

    def seal(self, words: Words, sealer: Sealer) -> None:
        self.sealed = sealer.seal(self.variant.client_id, self.place, json.dumps(words.parts))

    def words(self, sealer: Sealer) -> Words:
        """Needs `variant`."""
        return Words(*json.loads(sealer.open(self.variant.client_id, self.place, bytes(self.sealed))))


class LandingQuerySet(OfTheTreating["Landing"]):
    """Of one's own clients."""


class Landing(PracticeRow):
    """How a line landed with one client, as it was said in a session. Added, never changed. Rule: R-236."""

    class How(models.TextChoices):
        WELL = "well"
        BADLY = "badly"

    class SaidBy(models.TextChoices):
        CLIENT = "client"
        CLINICIAN = "clinician"

    client = models.ForeignKey(Client, models.PROTECT, related_name="phrase_landings")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    of = models.UUIDField()
    landed = models.CharField(max_length=8, choices=How.choices)
    said_by = models.CharField(max_length=12, choices=SaidBy.choices)
    said_on = models.DateField()
    sealed = models.BinaryField(null=True)  # which line, and what was said
    entered_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(LandingQuerySet)()
    unscoped = models.Manager.from_queryset(LandingQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-said_on", "-entered_at"]
        indexes = [models.Index(fields=["client", "of"], name="phrase_landing_of_client")]

    def __str__(self) -> str:
        return f"phrase landing {self.pk}"

    @property
    def place(self) -> str:
        return f"phrasebook.landing:{self.pk}"

    def note(self, sealer: Sealer) -> str:
        return sealer.open(self.client_id, self.place, bytes(self.sealed)) if self.sealed is not None else ""


class UseQuerySet(OfTheTreating["Use"]):
    """Of one's own clients."""


class Use(PracticeRow):
    """A template was opened in a reply that was sent: which one, in which version, and nothing of the words. R-237."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="phrase_uses")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    of = models.UUIDField()
    version = models.PositiveIntegerField()
    reply = models.UUIDField()
    used_at = models.DateTimeField()

    objects = PracticeManager.from_queryset(UseQuerySet)()
    unscoped = models.Manager.from_queryset(UseQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-used_at"]
        indexes = [models.Index(fields=["of", "used_at"], name="phrase_use_of")]
        constraints = [models.UniqueConstraint(fields=["reply", "of"], name="phrase_use_once_in_a_reply")]

    def __str__(self) -> str:
        return f"phrase use {self.pk}"
