"""What was agreed with one client, in numbered versions, and who accepted which."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.db import models

from interlude.boundaries.models import PolicyLayer
from interlude.core.guardians import Scope
from interlude.core.layers import Layer, LayerKind, Resolved, resolve
from interlude.core.toml_text import dump_layer, load_layer
from interlude.practice.guardians import reach_of
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager

SECRETS = "who reads what"  # the layer that holds the rule on secrets, apart from what else was agreed


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(
        self, person: Participant | Clinician | OfficeMember, *, at: datetime | None = None
    ) -> AgreementQuerySet:
        """Clients see their own, a guardian if that was granted; clinicians their clients'; the office nothing.

        What a guardian sees is a matter of the day: *at* says when, and without it they see nothing.
        """
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant() if not person.reads_messages:
                granted = at is not None and reach_of(person, at).sees(Scope.AGREEMENT)
                return mine.filter(client_id=person.client_id) if granted else mine.none()
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
    shares = models.BooleanField(default=True)  # whoever accepted it reads what is written under it

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
        return _together((*self.layers, *_exceptions(self.client, on)), on)

    def as_offered(self) -> Resolved:
        """The rules as this version was offered, without anything dated that was laid over it."""
        on = self.published_at.astimezone(self.client.clinician.time_zone()).date()
        return _together(tuple(self.layers), on)

    def own_text(self) -> str:
        """What was agreed with this client alone, as TOML; empty if nothing was."""
        frozen = self._frozen()
        own = [one for one in frozen if one.kind is LayerKind.AGREEMENT and one.name != SECRETS]
        return dump_layer(own[-1]) if own else ""

    @property
    def preset(self) -> str:
        """The id of its starting point; empty if it has none."""
        return next((layer.name for layer in self._frozen() if layer.kind is LayerKind.PRESET), "")

    def _frozen(self) -> list[Layer]:
        return [load_layer(text, file=f"agreement {self.number}") for text in self.layers]


def _exceptions(client: Client, on: date) -> list[str]:
    rows = PolicyLayer.unscoped.in_force(on).filter(client=client, kind=PolicyLayer.Kind.EXCEPTION)
    return [row.text for row in rows]


@lru_cache(maxsize=512)
def _together(texts: tuple[str, ...], on: date) -> Resolved:
    """The same frozen texts on the same day come to the same rules; reading them again would cost 2.5 ms."""
    return resolve([load_layer(text, file="agreement") for text in texts], on)


class AcceptanceQuerySet(models.QuerySet["Acceptance"]):
    def of_rows(self, participant: Participant, *, agreement: str = "agreement_id") -> AcceptanceQuerySet:
        """For a row with a version in its column *agreement*: the yes that *participant* gave to it (R-134).

        Acceptances end when a version takes force, so nobody is ever added to what is written under it.
        """
        return self.filter(agreement=models.OuterRef(agreement), participant=participant)

    def sharing(self) -> AcceptanceQuerySet:
        """To versions under which everybody reads what is written."""
        return self.filter(agreement__shares=True)


class Acceptance(PracticeRow):
    """Somebody's own act of accepting one version, with the name they typed."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="acceptances")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="acceptances")
    name_typed = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = PracticeManager.from_queryset(AcceptanceQuerySet)()
    unscoped = models.Manager.from_queryset(AcceptanceQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "participant"], name="acceptance_once"),
        ]

    def __str__(self) -> str:
        return f"acceptance {self.pk}"
