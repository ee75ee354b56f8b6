"""Extra support as both read it: what it is for, its days, what is more on which of them, and what follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from interlude.agreements.models import Agreement
from interlude.boundaries.models import ExtraSupport, PolicyLayer, SupportMove
from interlude.sealing.vault import Sealer

WEEKLY = "plan.messages_per_week"


@dataclass(frozen=True, slots=True)
class StepShown:
    """Days with the same plan for the week."""

    since: date
    until: date
    messages: int


@dataclass(frozen=True, slots=True)
class SupportShown:
    """One plan. *more* holds what is more on all its days; *agreed* is the plan for the week that follows."""

    support: ExtraSupport
    purpose: str
    steps: list[StepShown]
    more: list[tuple[str, Any]]
    topics: list[str]
    agreed: int | None
    moves: list[SupportMove]

    def is_running(self, on: date) -> bool:
        return self.support.since <= on <= self.support.until

    def planned_on(self, on: date) -> int | None:
        """Messages a week on that day."""
        return next((one.messages for one in self.steps if one.since <= on <= one.until), self.agreed)


def supports_shown(
    supports: Iterable[ExtraSupport], *, agreement: Agreement | None, on: date, sealer: Sealer
) -> list[SupportShown]:
    """Those of one client, opened; pass them with `layers` and `moves` fetched along."""
    agreed = agreement.as_agreed(on).policy.messages_per_week if agreement else None
    return [_shown(one, agreed, sealer) for one in supports]


def _shown(support: ExtraSupport, agreed: int | None, sealer: Sealer) -> SupportShown:
    layers = sorted((one for one in support.layers.all() if _counts(one)), key=lambda one: one.since)
    values: dict[str, Any] = {}
    for row in layers:
        values |= {key: value for key, value in row.layer().values.items() if key != WEEKLY}
    return SupportShown(
        support,
        support.purpose(sealer),
        _steps(layers),
        [(key, value) for key, value in values.items() if not key.startswith("topics.")],
        [key.removeprefix("topics.") for key in values if key.startswith("topics.")],
        agreed,
        list(support.moves.all()),
    )


def _counts(layer: PolicyLayer) -> bool:
    return layer.last_day is not None and layer.since <= layer.last_day


def _steps(layers: list[PolicyLayer]) -> list[StepShown]:
    """One step for each number of messages; the same number on and on is one step."""
    steps: list[StepShown] = []
    for row in layers:
        messages = row.layer().values.get(WEEKLY)
        if messages is None or row.last_day is None:
            continue
        if steps and steps[-1].messages == messages:
            steps[-1] = StepShown(steps[-1].since, row.last_day, messages)
        else:
            steps.append(StepShown(row.since, row.last_day, messages))
    return steps
