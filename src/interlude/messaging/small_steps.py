"""Setting up in small actions, each of which fits into a day (contract A52). What is done is read from what stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interlude.agreements.models import Acceptance
from interlude.boundaries.calendars import clinician_layers, own_rules
from interlude.core.layers import resolve
from interlude.core.toml_text import load_layer
from interlude.messaging.models import Reply
from interlude.phrasebook.models import Phrase
from interlude.plans.models import Plan
from interlude.practice.models import Clinician


@dataclass(frozen=True, slots=True)
class Step:
    """One small action: its name in the template, the page on which it is done, and whether something shows it."""

    key: str
    page: str
    is_done: bool


def small_steps(clinician: Clinician, *, now: datetime) -> list[Step]:
    """The six, in the order in which they help. No sign of what a client opened or read is among them (law 4)."""
    on = clinician.date_at(now)
    own = own_rules(clinician, on)
    policy = resolve([load_layer(text, file="rules") for text in clinician_layers(clinician, on)], on).policy
    has_limit = policy.messages_per_week is not None or policy.words_per_message is not None
    return [
        Step("rules", "own_rules" if own else "starting_points", own is not None),
        Step("limits", "own_rules" if own else "starting_points", own is not None and has_limit),
        Step("consent", "clients", Acceptance.objects.visible_to(clinician).exists()),
        Step("plan", "clients", Plan.objects.visible_to(clinician).exists()),
        Step("templates", "phrases", Phrase.objects.visible_to(clinician).exists()),
        Step("receipt", "window", Reply.objects.filter(clinician=clinician).exists()),
    ]
