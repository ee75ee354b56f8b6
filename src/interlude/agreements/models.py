"""What was agreed with one client, in numbered versions, and who accepted which."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db import models

from interlude.agreements.suitability import Suitability, SuitabilityView
from interlude.boundaries.models import PolicyLayer
from interlude.core.layers import Layer, LayerKind, Resolved, resolve
from interlude.core.support import only_more
from interlude.core.toml_text import dump_layer, load_layer
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager

__all__ = ["Acceptance", "Agreement", "Suitability", "SuitabilityView"]


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
    """One version of the agreement with one client: the layers it was made from, frozen (ADR 21)."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField()
    layers = models.JSONField()  # list of TOML texts, loosest first
    language = models.CharField(max_length=12, default="en")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Clinician, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    objects = PracticeManager.from_queryset(AgreementQuerySet)()
    unscoped = models.Manager.from_queryset(AgreementQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["client", "number"], name="agreement_number_once")]

    def __str__(self) -> str:
        return f"agreement {self.number} of client {self.client_id}"

    def rules(self, on: date) -> Resolved:
        """The rules on that day: the frozen layers, and on top a dated exception for this client alone."""
        texts = tuple(self.layers)
        for row in _exceptions(self.client, on):
            text = row.held_text()
            texts = (*texts, text if row.support_id is None else _only_more(texts, text, on))
        return _together(texts, on)

    def as_agreed(self, on: date, *extra: str) -> Resolved:
        """The rules of that day without any exception; with *extra* layers laid on top, as TOML."""
        return _together((*self.layers, *extra), on)

    def as_offered(self) -> Resolved:
        """The rules as this version was offered, without anything dated that was laid over it."""
        on = self.published_at.astimezone(self.client.clinician.time_zone()).date()
        return _together(tuple(self.layers), on)

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


def _exceptions(client: Client, on: date) -> list[PolicyLayer]:
    return list(PolicyLayer.unscoped.in_force(on).filter(client=client, kind=PolicyLayer.Kind.EXCEPTION))


@lru_cache(maxsize=512)
def _together(texts: tuple[str, ...], on: date) -> Resolved:
    """The same frozen texts on the same day come to the same rules; reading them again would cost 2.5 ms."""
    return resolve([load_layer(text, file="agreement") for text in texts], on)


@lru_cache(maxsize=512)
def _only_more(texts: tuple[str, ...], support: str, on: date) -> str:
    """Extra support with what is still more: an agreement that grew meanwhile gives the larger. Rule: R-112."""
    layer = load_layer(support, file="extra support")
    kept = only_more(_together(texts, on), _together((*texts, support), on), layer)
    return support if kept == layer else dump_layer(kept)


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
