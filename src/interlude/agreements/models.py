"""What was agreed with one client, in numbered versions, and who accepted which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from django.db import models

from interlude.boundaries.models import PolicyLayer
from interlude.core.layers import Layer, LayerKind, Resolved, resolve
from interlude.core.notice import Because, Effect, Offer, Start, loosened
from interlude.core.toml_text import dump_layer, load_layer
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> AgreementQuerySet:
        """Clients see their own, a guardian too; clinicians their clients'; the office nothing."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant():
                return mine.filter(client_id=person.client_id)
            case Clinician():
                return mine.filter(client__clinician=person)
            case OfficeMember():
                return mine.none()

    def accepted(self) -> AgreementQuerySet:
        """Those that everybody whose word counts has accepted, newest first."""
        return self.filter(accepted_at__isnull=False).order_by("-number")


class Agreement(PracticeRow):
    """One version of the agreement with one client: the layers it was made from, frozen (ADR 21).

    When it starts is read from these facts and the sessions (`agreements.course`), and stored nowhere (ADR 24).
    """

    class Effect(models.TextChoices):
        FIRST = Effect.FIRST.value
        LOOSER = Effect.LOOSER.value
        LEVEL = Effect.LEVEL.value
        STRICTER = Effect.STRICTER.value

    class Because(models.TextChoices):
        ORDINARY = Because.ORDINARY.value
        SAFETY = Because.SAFETY.value
        LAW = Because.LAW.value

    client = models.ForeignKey(Client, models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField()
    layers = models.JSONField()  # list of TOML texts, loosest first
    language = models.CharField(max_length=12, default="en")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    effect = models.CharField(
        max_length=8, choices=Effect.choices, default=Effect.LEVEL
    )  # beside the one before
    because = models.CharField(max_length=8, choices=Because.choices, default=Because.ORDINARY)
    sealed_reason = models.BinaryField(null=True)
    notice_days = models.PositiveSmallIntegerField(default=0)  # as agreed in the version before
    starts_on = models.DateField(null=True)  # the written day: not before it
    told_start = models.DateTimeField(null=True)  # the start named when it was shown; never sooner
    told_session = models.DateTimeField(null=True)  # the session that was to lie between
    withdrawn_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)  # set once a later version is built on it

    objects = PracticeManager.from_queryset(AgreementQuerySet)()
    unscoped = models.Manager.from_queryset(AgreementQuerySet)()

    start: Start | None = None  # as its course reads it; None where nobody asked

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["client", "number"], name="agreement_number_once"),
            models.CheckConstraint(
                name="safety_and_law_have_a_day",
                condition=models.Q(because="ordinary") | models.Q(starts_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.number} of client {self.client_id}"

    def rules(self, on: date) -> Resolved:
        """The rules on that day: the frozen layers, and on top a dated exception for this client alone."""
        return rules_of(tuple(self.layers), self._day(), exceptions=_exceptions(self.client, on), on=on)

    def as_offered(self) -> Resolved:
        """The rules as this version was offered, without anything dated that was laid over it."""
        return rules_of(tuple(self.layers), self._day())

    def offer(self) -> Offer:
        """This row as the core's plain value."""
        return Offer(
            shown_at=self.published_at,
            effect=Effect(self.effect),
            because=Because(self.because),
            notice_days=self.notice_days,
            has_reason=self.sealed_reason is not None,
            accepted_at=self.accepted_at,
            starts_on=self.starts_on,
            told=self.told_start,
            withdrawn_at=self.withdrawn_at,
            started_at=self.started_at,
        )

    def holds(self, now: datetime) -> bool:
        """Is it in force, or was it before a newer one? Only where its course was read."""
        return self.start is not None and self.start.at is not None and self.start.at <= now

    def asks_for_a_yes(self) -> bool:
        """Not where it was withdrawn, or where safety or law makes something stricter by itself."""
        by_itself = self.effect == self.Effect.STRICTER and self.because != self.Because.ORDINARY
        return not by_itself and self.withdrawn_at is None

    @property
    def place(self) -> str:
        return f"agreements.agreement:{self.pk}"

    def reason(self, sealer: Sealer) -> str:
        """Why it was changed, in words for the client; empty if nobody wrote any."""
        sealed = self.sealed_reason
        return sealer.open(self.client_id, self.place, bytes(sealed)) if sealed is not None else ""

    def _day(self) -> date:
        return self.published_at.astimezone(self.client.clinician.time_zone()).date()

    def own_text(self) -> str:
        """What was agreed with this client alone, as TOML; empty if nothing was."""
        own = [layer for layer in self._frozen() if layer.kind is LayerKind.AGREEMENT]
        return dump_layer(own[-1]) if own else ""

    @property
    def preset(self) -> str:
        """The id of its starting point; empty if it has none."""
        return next((layer.name for layer in self._frozen() if layer.kind is LayerKind.PRESET), "")

    def _frozen(self) -> list[Layer]:
        return [load_layer(text, file=f"agreement {self.number}") for text in self.layers]


def _exceptions(client: Client, on: date) -> tuple[str, ...]:
    rows = PolicyLayer.unscoped.in_force(on).filter(client=client, kind=PolicyLayer.Kind.EXCEPTION)
    return tuple(row.text for row in rows)


@lru_cache(maxsize=512)
def rules_of(
    texts: tuple[str, ...], offered: date, *, exceptions: tuple[str, ...] = (), on: date | None = None
) -> Resolved:
    """The same frozen texts come to the same rules; reading them again would cost 2.5 ms.

    What stood in a frozen layer on the day it was offered stays, also past an end that was written into it:
    only a new version takes it away. An exception gives for a time; what it would take away is left out.
    """
    frozen = [load_layer(text, file="agreement") for text in texts]
    kept = [replace(layer, until=None) for layer in frozen if layer.in_force(offered)]
    agreed = resolve(kept, on or offered)
    if on is None or not exceptions:
        return agreed
    return loosened(agreed, kept, [load_layer(text, file="exception") for text in exceptions], on=on)


class Acceptance(PracticeRow):
    """Somebody's own act of accepting one version, with the name they typed."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="acceptances")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="acceptances")
    name_typed = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = PracticeManager()
    unscoped = models.Manager["Acceptance"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "participant"], name="acceptance_once"),
        ]

    def __str__(self) -> str:
        return f"acceptance {self.pk}"
