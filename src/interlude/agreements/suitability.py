"""Whether messages fit: a short record that two people make together. Reasons in words, decided by a person.

Nothing is added up from it and nothing follows from it: it holds what was said, and no rule reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.functional import Promise as Later
from django.utils.translation import gettext_lazy as _

from interlude.agreements.models import Suitability, SuitabilityQuerySet, SuitabilityView
from interlude.practice.models import Clinician, Participant
from interlude.sealing.vault import Sealer

Choices = tuple[tuple[str, str | Later], ...]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing to talk about: its name, what it asks, and the plain answers to choose from."""

    key: str
    name: str | Later
    asks: str | Later
    choices: Choices


_OPEN = ("open", _("We have not talked about it yet"))
ASPECTS: tuple[Aspect, ...] = (
    Aspect(
        "age",
        _("Age"),
        _("Whose own account it is, and who else must agree."),
        (
            ("adult", _("An adult, with an account of their own")),
            ("young_agreed", _("Under age; parents or guardians know and agree")),
            ("young_times", _("Under age; times go through a parent or guardian")),
            _OPEN,
        ),
    ),
    Aspect(
        "steadiness",
        _("Steady times"),
        _("How life is just now. In a bad night a help line is safer than a message."),
        (
            ("calm", _("Mostly calm now")),
            ("some", _("Hard days come, and there is a plan for them")),
            ("many", _("Hard days come often; a call is safer than a message")),
            _OPEN,
        ),
    ),
    Aspect(
        "understanding",
        _("What is understood"),
        _("The risks of writing, the times of reading, and what to do when it cannot wait."),
        (
            ("clear", _("Talked about, and clear")),
            ("partly", _("Talked about; some questions are open")),
            _OPEN,
        ),
    ),
    Aspect(
        "comfort",
        _("How writing feels"),
        _("It is fine to rather not write."),
        (
            ("likes", _("Writing feels fine")),
            ("now_and_then", _("Now and then, if need be")),
            ("rather_not", _("Would rather talk or call")),
            _OPEN,
        ),
    ),
    Aspect(
        "setting",
        _("The place we work in"),
        _("What the practice or clinic allows."),
        (
            ("allowed", _("Messages are allowed here")),
            ("times", _("Times and dates only")),
            ("none", _("No messages here")),
        ),
    ),
    Aspect(
        "therapy",
        _("This therapy"),
        _("How much contact between sessions belongs to this way of working."),
        (
            ("part", _("Contact between sessions is part of it")),
            ("some", _("A little contact fits")),
            ("session", _("The work is in the session")),
            _OPEN,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class AspectShown:
    """What was chosen for one aspect, and why."""

    name: str | Later
    chosen: str | Later
    why: str


@dataclass(frozen=True, slots=True)
class ViewShown:
    """Somebody's own line."""

    view: SuitabilityView
    words: str


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """One version, opened."""

    record: Suitability
    aspects: list[AspectShown]
    instead: str
    views: list[ViewShown]


def with_views(rows: SuitabilityQuerySet, *, reader: Participant | Clinician) -> SuitabilityQuerySet:
    """*rows* with those lines of clients that *reader* may read."""
    lines = SuitabilityView.objects.visible_to(reader).select_related("participant")
    return rows.prefetch_related(Prefetch("views", lines))


def decisions_shown(
    rows: Iterable[Suitability], sealer: Sealer, *, until: datetime | None = None
) -> list[DecisionShown]:
    """*rows* opened; of the views those said by *until*. Pass them as `with_views` gives them."""
    return [_shown(row, sealer, until) for row in rows]


def _shown(row: Suitability, sealer: Sealer, until: datetime | None) -> DecisionShown:
    said = row.said(sealer)
    views = [one for one in row.views.all() if until is None or one.said_at <= until]
    return DecisionShown(
        row,
        [_aspect(one, said) for one in ASPECTS],
        said.get("instead", ""),
        [ViewShown(one, one.words(sealer)) for one in views],
    )


def _aspect(aspect: Aspect, said: dict[str, str]) -> AspectShown:
    words = dict(aspect.choices).get(said.get(aspect.key, ""), "")
    return AspectShown(aspect.name, words, said.get(f"{aspect.key}_why", ""))
