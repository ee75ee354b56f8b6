"""A plan for hard moments, as plain values: parts in their owner's order, three steps of a scale, if-then steps.

Every part is free text; nothing is offered to tick, so no list ever names a method (R-181).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

PARTS = ("signs", "alone", "company", "people", "services", "safer", "live_for")
WANTED = ("people", "services")  # a person and a service: kindly asked for, never required
OWN = "own"
LEVELS = 3


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One part. *kind* is one of PARTS, or OWN with a *title* of the owner's; *hidden*: kept, and not shown."""

    kind: str
    text: str = ""
    title: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """If this happens, then I do that."""

    when: str
    then: str


@dataclass(frozen=True, slots=True)
class HardMoments:
    """The whole plan. *language* is the one of its headings; *levels* are from a little to a lot."""

    language: str = "en"
    parts: tuple[PlanPart, ...] = tuple(PlanPart(kind) for kind in PARTS)
    levels: tuple[str, ...] = ("",) * LEVELS
    steps: tuple[Step, ...] = ()

    def shown(self) -> tuple[PlanPart, ...]:
        """The parts that a page, a print and a copy show: in order, with words, not hidden."""
        return tuple(part for part in self.parts if part.text.strip() and not part.hidden)

    def is_empty(self) -> bool:
        said = [
            *(part.text for part in self.parts),
            *self.levels,
            *(one.when + one.then for one in self.steps),
        ]
        return not any(word.strip() for word in said)

    def kindly_asked_for(self) -> tuple[str, ...]:
        """Which of a person and a service nobody stands under yet. A hidden part is a choice. Rule: R-180."""
        return tuple(
            part.kind
            for part in self.parts
            if part.kind in WANTED and not part.hidden and not part.text.strip()
        )


def tidied(plan: HardMoments) -> HardMoments:
    """Without own parts that are wholly empty and without steps that say nothing."""
    parts = tuple(part for part in plan.parts if part.kind != OWN or (part.text + part.title).strip())
    steps = tuple(step for step in plan.steps if (step.when + step.then).strip())
    return replace(plan, parts=parts, steps=steps)


def as_text(plan: HardMoments) -> str:
    """*plan* as text that `from_text` reads back to the same."""
    return json.dumps(asdict(plan), ensure_ascii=False)


def from_text(text: str) -> HardMoments:
    """What `as_text` wrote."""
    raw = json.loads(text)
    return HardMoments(
        language=raw["language"],
        parts=tuple(PlanPart(**part) for part in raw["parts"]),
        levels=tuple(raw["levels"]),
        steps=tuple(Step(**step) for step in raw["steps"]),
    )
