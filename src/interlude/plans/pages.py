"""A plan as the pages, the print, the PDF and the copy on a device show it: sections in order, in its language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone, translation

from interlude.core.hard_moments import HardMoments
from interlude.core.plan_words import PlanWords, words_in
from interlude.core.sheet import Part
from interlude.plans.models import PlanVersion
from interlude.sealing.vault import Sealer
from interlude.ui.customs import written
from interlude.ui.paper import NotPrinted, print_sheet

DAY = "j F Y"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the owner's words under it; *items* are lines with a name of their own."""

    heading: str
    text: str = ""
    items: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """One version, opened."""

    version: PlanVersion
    plan: HardMoments
    words: PlanWords
    sections: tuple[Section, ...]

    @property
    def asked_for(self) -> tuple[str, ...]:
        return self.plan.kindly_asked_for()


def shown(version: PlanVersion, sealer: Sealer) -> ShownPlan:
    plan = version.words(sealer)
    words = words_in(plan.language)
    return ShownPlan(version, plan, words, tuple(_sections(plan, words)))


def _sections(plan: HardMoments, words: PlanWords) -> list[Section]:
    found = [Section(words.headings.get(part.kind) or part.title, part.text) for part in plan.shown()]
    levels = tuple(pair for pair in zip(words.levels, plan.levels, strict=True) if pair[1].strip())
    steps = tuple(
        (f"{words.when} {step.when.strip()}", f"{words.then} {step.then.strip()}") for step in plan.steps
    )
    found += [Section(words.levels_heading, items=levels)] if levels else []
    found += [Section(words.steps_heading, items=steps)] if steps else []
    return found


def pdf_of(shown_plan: ShownPlan) -> bytes | NotPrinted:
    """The plan on paper, tagged, in its own language. No name stands on it: it may lie on a table."""
    words, version = shown_plan.words, shown_plan.version
    parts = [part for section in shown_plan.sections for part in _parts(section)]
    with translation.override(shown_plan.plan.language):
        day = timezone.localtime(version.written_at)
        return print_sheet(
            (*parts, Part("words", words.danger)),
            title=words.title,
            facts=((words.of, written(day, DAY)),),
            language=shown_plan.plan.language,
            on=day.date(),
            dense=True,
        )


def _parts(section: Section) -> list[Part]:
    said = [Part("words", section.text).tidy()] if section.text.strip() else []
    items = [Part("item", f"{name}: {text}").tidy() for name, text in section.items]
    return [*([Part("heading", section.heading).tidy()] if section.heading.strip() else []), *said, *items]
