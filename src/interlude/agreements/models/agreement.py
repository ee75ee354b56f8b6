"""What was agreed with one client, in numbered versions, and who accepted which."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.db import models

from interlude.boundaries.models import PolicyLayer
from interlude.core.guardians import Scope
from interlude.core.layers import Layer, LayerKind, Resolved, resolve
from interlude.core.sheet import Part, parts_of
from interlude.core.support import only_more
from interlude.core.toml_text import dump_layer, load_layer
from interlude.practice.guardians import reach_of
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.scope import PracticeManager
from interlude.sealing.vault import Sealer

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
    wished_by = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    read_aloud_on = models.DateField(null=True)
    read_aloud_by = models.ForeignKey(Clinician, models.PROTECT, null=True, related_name="+")
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
        """The rules on that day: the frozen layers, and on top a dated exception for this client alone.

        Over a client's own wish only what was granted after it: the wish takes back what came before (R-96).
        """
        texts = tuple(self.layers)
        for row in self._exceptions(on):
            text = row.held_text()
            texts = (*texts, text if row.support_id is None else _only_more(texts, text, on))
        return _together(texts, on)

    def as_agreed(self, on: date, *extra: str) -> Resolved:
        """The rules of that day without any exception; with *extra* layers laid on top, as TOML."""
        return _together((*self.layers, *extra), on)

    def as_offered(self) -> Resolved:
        """The rules as this version was offered, without anything dated that was laid over it."""
        return _together(tuple(self.layers), self._offered_on())

    def own_text(self) -> str:
        """What was agreed with this client alone, as TOML; empty if nothing was."""
        frozen = self._frozen()
        own = [one for one in frozen if one.kind is LayerKind.AGREEMENT and one.name != SECRETS]
        return dump_layer(own[-1]) if own else ""

    @property
    def preset(self) -> str:
        """The id of its starting point; empty if it has none."""
        return next((layer.name for layer in self._frozen() if layer.kind is LayerKind.PRESET), "")

    def _offered_on(self) -> date:
        return self.published_at.astimezone(self.client.clinician.time_zone()).date()

    def frozen(self) -> tuple[Layer, ...]:
        """The layers it was made from, loosest first."""
        return tuple(self._frozen())

    def _exceptions(self, on: date) -> list[PolicyLayer]:
        rows = PolicyLayer.unscoped.in_force(on).filter(client=self.client, kind=PolicyLayer.Kind.EXCEPTION)
        if self.wished_by_id:
            by_day = models.Q(support=None, since__gt=self._offered_on())
            rows = rows.filter(by_day | models.Q(support__given_at__gt=self.published_at))
        return list(rows)

    def _frozen(self) -> list[Layer]:
        return [load_layer(text, file=f"agreement {self.number}") for text in self.layers]


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


class AcceptanceQuerySet(models.QuerySet["Acceptance"]):
    def visible_to(self, person: Participant | Clinician | OfficeMember) -> AcceptanceQuerySet:
        """Those of the care, for everybody who writes in it and its clinician; no guardian, no office."""
        mine = self.filter(practice_id=person.practice_id)
        match person:
            case Participant():
                own = mine.filter(agreement__client_id=person.client_id)
                return own if person.reads_messages else mine.none()
            case Clinician():
                return mine.filter(agreement__client__clinician=person)
            case OfficeMember():
                return mine.none()

    def of_rows(self, participant: Participant, *, agreement: str = "agreement_id") -> AcceptanceQuerySet:
        """For a row with a version in its column *agreement*: the yes that *participant* gave to it (R-134).

        Acceptances end when a version takes force, so nobody is ever added to what is written under it.
        """
        return self.filter(agreement=models.OuterRef(agreement), participant=participant)

    def sharing(self) -> AcceptanceQuerySet:
        """To versions under which everybody reads what is written."""
        return self.filter(agreement__shares=True)


class Acceptance(PracticeRow):
    """Somebody's own act of accepting one version, with the name they typed and the words they were shown.

    The name is empty where the version is their own wish. The words are sealed; the fingerprint stays readable.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="acceptances")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="acceptances")
    name_typed = models.CharField(max_length=120)
    at = models.DateTimeField()
    sealed = models.BinaryField(null=True)  # none in those from before texts were kept
    sha256 = models.CharField(max_length=64, blank=True, default="")
    language = models.CharField(max_length=12, blank=True, default="")

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

    @property
    def place(self) -> str:
        return f"agreements.acceptance:{self.pk}"

    @property
    def has_text(self) -> bool:
        return self.sealed is not None

    def text(self, sealer: Sealer) -> str:
        """The words that were shown; empty where none were kept."""
        return sealer.open(self.agreement.client_id, self.place, bytes(self.sealed)) if self.sealed else ""

    def parts(self, sealer: Sealer) -> tuple[Part, ...]:
        """The same, as headings, items and paragraphs."""
        return parts_of(self.text(sealer))
