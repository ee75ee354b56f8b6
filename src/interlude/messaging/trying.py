"""Try it first: a clinician's past messages under other rules. Only columns without words are read.

The decision is the core's own (`core/replay.py`). What is tried stands in the place of the layer of its kind; the
rest is as it holds today: the practice's rules, the clinician's, what was agreed with each client, exceptions on
their days (R-144).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery

from interlude.agreements.models import Agreement
from interlude.boundaries.calendars import clinician_layers, days_off, desk_calendar_of
from interlude.boundaries.models import PolicyLayer
from interlude.boundaries.stamp import stamped
from interlude.core.errors import BadPolicy
from interlude.core.layers import Layer, LayerKind, resolve
from interlude.core.notice import loosened
from interlude.core.outcomes import KeptReason, OverPlan
from interlude.core.packs.load import preset as shipped
from interlude.core.policy import Policy
from interlude.core.replay import Decider, Past, Replay, ready
from interlude.core.replayed import End, Replayed
from interlude.core.terms import Topic
from interlude.core.toml_text import dump_values, load_layer
from interlude.core.zones import first_moment
from interlude.messaging.models import Message, MessageQuerySet, PromiseMove, Reply
from interlude.practice.models import Client, Clinician

ENDS: dict[str, End] = {
    Message.Outcome.ANSWER: End.ANSWERED,
    Message.Outcome.ACKNOWLEDGE: End.ACKNOWLEDGED,
    Message.Outcome.KEEP: End.KEPT,
    Message.Outcome.NO_ANSWER: End.NO_ANSWER,
}
TOPICS: dict[str, Topic] = {str(topic): topic for topic in Topic}
COLUMNS = (
    "client_id", "sent_at", "topic", "words", "outcome", "reason", "reply_due", "extra_minor", "left", "promised",
)  # fmt: skip
AT_ONCE = 2_000  # rows in memory
_read = lru_cache(maxsize=512)(load_layer)


def try_rules(tried: Sequence[Layer], *, clinician: Clinician, since: date, now: datetime) -> Replayed:
    """What would have differed for this clinician's messages since that day. Writes nothing.

    One query for each client, a dozen beside; memory for some rows, however many there are. Without *tried*, their
    rules of today are what is tried.

    Raises:
        BadPolicy: the layers do not come to one set of rules, or one of them is for a single client.
    """
    rules = _Rules(tried, clinician=clinician, on=clinician.date_at(now), since=since)
    again = Replay(rules.zone, since=since)
    for past in _history(clinician, rules, now=now):
        again.take(past, rules.under(past))
    return again.result()


def try_on(text: str, *, preset: str, clinician: Clinician, since: date, now: datetime) -> Replayed:
    """The same for a clinician's own rules as typed, and a starting point in place of each client's.

    *text* is TOML without a header, as `own_rules` gives it; without *preset*, each client's own stays.
    Raises BadPolicy, naming key, value and what to do.
    """
    on = clinician.date_at(now)
    own = stamped(text, kind=LayerKind.CLINICIAN, name=clinician.name, since=on)
    tried = [load_layer(own, file=clinician.name), *([shipped(preset).layer] if preset else [])]
    return try_rules(tried, clinician=clinician, since=since, now=now)


def own_rules(clinician: Clinician, on: date) -> str:
    """The clinician's own rules of that day as text, without their header; empty if they set none."""
    layers = [_read(text, file="rules") for text in clinician_layers(clinician, on)]
    own = [layer for layer in layers if layer.kind is LayerKind.CLINICIAN]
    return dump_values(own[-1].values) if own else ""


class _Rules:
    """The rules that would have held: for each client, and where there were exceptions for each day."""

    def __init__(self, tried: Sequence[Layer], *, clinician: Clinician, on: date, since: date) -> None:
        for layer in tried:
            if layer.kind is LayerKind.EXCEPTION:
                remedy = "this is for one client and one time; try a layer of another kind"
                raise BadPolicy(layer.name, "layer", str(layer.kind), remedy)
        self.zone: ZoneInfo = clinician.time_zone()
        self.on, self.monday = on, since - timedelta(days=since.weekday())
        self._tried = [_undated(layer) for layer in tried]
        self._kinds = {layer.kind for layer in tried}
        place, *published = map(_always, clinician_layers(clinician, on))
        self._start = [layer for layer in published if layer.kind is LayerKind.PRESET]
        self._shared = [place, *self._left([layer for layer in published if layer not in self._start])]
        self._closed, self._away = days_off(clinician)
        practice = next((each for each in self._tried if each.kind is LayerKind.PRACTICE), None)
        self._desk = desk_calendar_of(clinician.practice, on, tried=practice)[1]
        self._agreed = _agreed(clinician, on)
        self._exceptions = _exceptions(clinician, until=self.monday)
        self._known: dict[object, Decider] = {}
        self._by_layers: dict[tuple[int, ...], Decider] = {}
        self._by_policy: dict[Policy, Decider] = {}
        self._ready(
            self._left(self._start), on
        )  # says at once what cannot be meant, also where there is no message

    def under(self, past: Past) -> Decider:
        """The rules for one message: its client's, with what was laid over them on that day."""
        exceptions, on = self._exceptions.get(past.client), self.on
        laid_over: list[Layer] = []
        key: object = past.client
        if exceptions:
            on = past.sent_at.astimezone(self.zone).date()
            laid_over = [each for each in exceptions if each.in_force(on)]
            key = (past.client, *map(id, laid_over))
        found = self._known.get(key)
        if found is None:
            agreed = self._left(self._agreed.get(past.client, self._start))
            found = self._loosened(agreed, laid_over, on) if laid_over else self._ready(agreed, on)
            self._known[key] = found
        return found

    def _loosened(self, agreed: list[Layer], exceptions: list[Layer], on: date) -> Decider:
        """With what was laid over for a time; it gives and never takes, also beside what is tried (R-108, R-112)."""
        layers = [*self._shared, *self._tried, *agreed]
        return self._of(loosened(resolve(layers, on), layers, exceptions, on=on).policy)

    def _ready(self, agreed: list[Layer], on: date) -> Decider:
        """Clients with the same layers share what is found out about their dates."""
        layers = tuple(map(id, agreed))
        found = self._by_layers.get(layers)
        if found is None:
            policy = resolve([*self._shared, *self._tried, *agreed], on).policy
            found = self._by_layers[layers] = self._of(policy)
        return found

    def _of(self, policy: Policy) -> Decider:
        if policy not in self._by_policy:
            calendar = policy.calendar(closed_on=self._closed, absences=self._away)
            self._by_policy[policy] = ready(policy, calendar, self._desk)
        return self._by_policy[policy]

    def _left(self, layers: Sequence[Layer]) -> list[Layer]:
        """Those in whose place nothing is tried."""
        return [layer for layer in layers if layer.kind not in self._kinds]


def _undated(layer: Layer) -> Layer:
    """The same rules for any day: the past is asked what it would have been under them."""
    return replace(layer, since=None, until=None)


@lru_cache(maxsize=512)
def _always(text: str) -> Layer:
    return _undated(_read(text, file="rules"))


def _agreed(clinician: Clinician, on: date) -> dict[object, list[Layer]]:
    """Of each client's newest accepted agreement, its starting point and what is this client's alone.

    A client's own wish not to use messages is no rule to try others against: what was agreed before it stands.
    """
    mine = Agreement.objects.visible_to(clinician).filter(accepted_at__isnull=False, wished_by=None)
    newest: dict[object, list[str]] = dict(mine.order_by("number").values_list("client_id", "layers"))
    return {
        client: [_always(text) for text in texts if _is_own(text, on)] for client, texts in newest.items()
    }


def _is_own(text: str, on: date) -> bool:
    """Is this what was agreed with one client, and not what holds for all?"""
    layer = _read(text, file="rules")
    return layer.kind in (LayerKind.PRESET, LayerKind.AGREEMENT) and layer.in_force(on)


def _exceptions(clinician: Clinician, *, until: date) -> dict[object, list[Layer]]:
    """What was laid over an agreement for a time that had not ended on that day, by client."""
    mine = Client.objects.visible_to(clinician)
    rows = PolicyLayer.objects.filter(kind=PolicyLayer.Kind.EXCEPTION, client__in=mine, until__gte=until)
    found: dict[object, list[Layer]] = {}
    for row in rows.order_by("since", "number"):
        found.setdefault(row.client_id, []).append(_read(row.held_text(), file="exception"))
    return found


def _history(clinician: Clinician, rules: _Rules, *, now: datetime) -> Iterator[Past]:
    """What the clock has handed over, client by client, from the Monday on that fills the first plan.

    One query for each client, read in the order of its index: sorting all of them at once would hold them all in
    memory, because temporary files hold no clear text here.
    """
    handed = Message.objects.visible_to(clinician, at=now)
    handed = handed.filter(sent_at__gte=first_moment(rules.monday, time(0), rules.zone))
    clients = list(handed.order_by("client_id").values_list("client_id", flat=True).distinct())
    born = {one.pk: one for one in Client.objects.visible_to(clinician).filter(born_on__isnull=False)}
    rows = _with_dates(handed).order_by("sent_at", "id").values_list(*COLUMNS)
    for client_id in clients:
        for row in rows.filter(client_id=client_id).iterator(chunk_size=AT_ONCE):
            yield _past(row, born.get(client_id), rules.zone)


def _with_dates(messages: MessageQuerySet) -> MessageQuerySet:
    """With the moment at which the answer left, and the date as it was before a repair moved it."""
    left = (
        Reply.objects.closing()
        .filter(message=OuterRef("pk"), awaits_approval=False)
        .order_by("leaves_at")
        .values("leaves_at")
    )
    repaired = PromiseMove.objects.filter(message=OuterRef("pk"), reason=PromiseMove.Reason.REPAIR)
    promised = repaired.order_by("moved_at").values("from_due")
    return messages.annotate(left=Subquery(left[:1]), promised=Subquery(promised[:1]))


def _past(row: tuple[Any, ...], client: Client | None, zone: ZoneInfo) -> Past:
    client_id, sent_at, topic, words, outcome, reason, due, extra, left, promised = row
    return Past(
        client_id,
        sent_at,
        TOPICS[topic],
        words,
        ENDS[outcome],
        promised or due,
        left,
        reason == KeptReason.OVER_PLAN or extra is not None,
        outcome == "no_answer",
        reason == KeptReason.ASKED,
        OverPlan.EXTRA if extra is not None else None,
        client.age(sent_at.astimezone(zone).date()) if client else None,
    )
