"""What was agreed with one client, in numbered versions, and who accepted which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db import models
from django.db.models.functions import Coalesce

from interlude.boundaries.models import PolicyLayer, PolicyLayerQuerySet
from interlude.core.guardians import Scope
from interlude.core.layers import Layer, LayerKind, Resolved, resolve
from interlude.core.notice import Because, Effect, Offer, Start, loosened
from interlude.core.sheet import Part, parts_of
from interlude.core.toml_text import dump_layer, load_layer
from interlude.practice.guardians import reach_of
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, PracticeRow
from interlude.practice.prepared import Prepared
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
    wished_by = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    read_aloud_on = models.DateField(null=True)
    read_aloud_by = models.ForeignKey(Clinician, models.PROTECT, null=True, related_name="+")
    shares = models.BooleanField(default=True)  # whoever accepted it reads what is written under it
    read_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")  # see `yes_given_to`

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
        """The rules on that day: the frozen layers, and on top a dated exception for this client alone.

        Over a client's own wish only what was granted after it: the wish takes back what came before (R-96).
        """
        exceptions = tuple(row.held_text() for row in self._exceptions(on))
        return rules_of(tuple(self.layers), self._offered_on(), exceptions=exceptions, on=on)

    def as_agreed(self, on: date, *extra: str) -> Resolved:
        """The rules of that day without any exception; with *extra* layers laid on top as they are, as TOML."""
        return _laid_over(tuple(self.layers), self._offered_on(), extra, on)

    def as_offered(self) -> Resolved:
        """The rules as this version was offered, without anything dated that was laid over it."""
        return rules_of(tuple(self.layers), self._offered_on())

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

    def yes_given_to(self) -> Agreement:
        """The version whose yes says who reads along: this one, or for one that holds without a yes, the one before."""
        return self.read_as or self

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
        return self.client.clinician.date_at(self.published_at)

    def frozen(self) -> tuple[Layer, ...]:
        """The layers it was made from, loosest first."""
        return tuple(self._frozen())

    def _exceptions(self, on: date) -> list[PolicyLayer]:
        if self.wished_by_id is None:
            return _EXCEPTIONS(client=self.client_id, on=on)
        by_day = models.Q(support=None, since__gt=self._offered_on())
        since = by_day | models.Q(support__given_at__gt=self.published_at)
        return list(exceptions_of(self.client_id, on).filter(since))

    def _frozen(self) -> list[Layer]:
        return [load_layer(text, file=f"agreement {self.number}") for text in self.layers]


def exceptions_of(client: UUID, on: date) -> PolicyLayerQuerySet:
    """The dated exceptions for one client that hold on that day."""
    return PolicyLayer.unscoped.in_force(on).filter(client=client, kind=PolicyLayer.Kind.EXCEPTION)


_EXCEPTIONS: Prepared[PolicyLayer] = Prepared(exceptions_of, client=models.UUIDField(), on=models.DateField())


@lru_cache(maxsize=512)
def rules_of(
    texts: tuple[str, ...], offered: date, *, exceptions: tuple[str, ...] = (), on: date | None = None
) -> Resolved:
    """The same frozen texts come to the same rules; reading them again would cost 2.5 ms.

    What stood in a frozen layer on the day it was offered stays, also past an end that was written into it:
    only a new version takes it away. An exception gives for a time; what it would take away is left out.
    """
    kept = _kept(texts, offered)
    agreed = resolve(kept, on or offered)
    if on is None or not exceptions:
        return agreed
    return loosened(agreed, kept, [load_layer(text, file="exception") for text in exceptions], on=on)


@lru_cache(maxsize=512)
def _laid_over(texts: tuple[str, ...], offered: date, extra: tuple[str, ...], on: date) -> Resolved:
    return resolve([*_kept(texts, offered), *(load_layer(text, file="extra") for text in extra)], on)


def _kept(texts: tuple[str, ...], offered: date) -> list[Layer]:
    """The frozen layers that stood on the day of the offer, without an end."""
    frozen = [load_layer(text, file="agreement") for text in texts]
    return [replace(layer, until=None) for layer in frozen if layer.in_force(offered)]


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

    def of_rows(self, participant: Participant, *, agreement: str = "agreement") -> AcceptanceQuerySet:
        """For a row with a version in its column *agreement*: the yes that *participant* gave to it (R-134).

        Acceptances end when a version takes force, so nobody is ever added to what is written under it. Under one
        that holds without a yes, read as under the one before.
        """
        asked = Coalesce(models.OuterRef(f"{agreement}__read_as"), models.OuterRef(agreement))
        return self.filter(agreement=asked, participant=participant.pk)

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
