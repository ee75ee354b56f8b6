"""What the writing pages say before and after the words: facts in, sentences in the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interlude.agenda.journal import session_just_over
from interlude.core.outcomes import KeptReason, OverPlan
from interlude.core.readers import Readers
from interlude.core.words import count_words, split_after
from interlude.messaging.actions import Ground, held
from interlude.messaging.outlook import Marks, Outlook
from interlude.messaging.plan import Plan, plan_of
from interlude.messaging.purposes import Purpose, offered
from interlude.messaging.readers import readers_of
from interlude.messaging.why import Why, why_this_date

ANSWERED = ("answered", "acknowledged", "no_answer")


@dataclass(frozen=True, slots=True)
class Line:
    """One purpose of the writing page, with what would happen to it."""

    purpose: Purpose
    outlook: Outlook


def lines_for(ground: Ground) -> list[Line]:
    """What one can write about now, and what would happen to it: one decision for each line."""
    person = ground.participant
    guardian = not person.reads_messages
    just_over = not guardian and session_just_over(person, ground.now) is not None
    return [
        Line(purpose, ground.outlook(purpose.topic, words=1, marks=Marks(no_answer=purpose.no_answer)))
        for purpose in offered(ground.policy, guardian=guardian, after_session=just_over)
    ]


@dataclass(frozen=True, slots=True)
class Composer:
    """The page with the box: what happens, why, what was planned, who reads it, which marks make sense."""

    purpose: Purpose
    outlook: Outlook
    why: Why | None
    plan: Plan | None
    readers: Readers
    marks: str  # all, no_answer, or none

    @property
    def may_hope(self) -> bool:
        """Whether a hope for a date makes sense: not where no answer is wanted from the start."""
        return not self.purpose.no_answer

    @property
    def words_that_fit(self) -> int | None:
        """The plan's words for one message, where it sets a number and the message is to be answered."""
        return self.outlook.policy.words_per_message if self.plan is not None else None


def composer_for(ground: Ground, purpose: Purpose, *, marks: Marks, text: str) -> Composer:
    """The composer for a text as it stands; the promise is that of these marks."""
    words = max(1, count_words(text))
    outlook = ground.outlook(purpose.topic, words=words, marks=marks)
    plain = ground.outlook(purpose.topic, words=1)
    answered = plain.kind == "answered" or plain.over is not None
    return Composer(
        purpose,
        outlook,
        why_this_date(outlook) if outlook.due else None,
        plan_of(ground.policy, ground.used_this_week) if answered else None,
        readers_of(ground.participant, outlook, ground.now),
        _marks(plain),
    )


def _marks(plain: Outlook) -> str:
    """Marks that would change something: all where it is answered; for the desk, that no answer is needed."""
    if plain.kind in ANSWERED or plain.reason == KeptReason.OVER_PLAN:
        return "all"
    return "no_answer" if plain.kind == "desk" else ""


@dataclass(frozen=True, slots=True)
class Review:
    """The last page before sending: the words as they will arrive, and the choices beyond the plan."""

    purpose: Purpose
    outlook: Outlook
    why: Why | None
    readers: Readers
    text: str
    marks: Marks
    keep_rest: Outlook | None = None
    extra: Outlook | None = None
    held: Outlook | None = None  # where it can wait for working hours, which begin at *opens_at*
    opens_at: datetime | None = None

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def first(self) -> str:
        """What would be sent where the rest is kept."""
        return split_after(self.text, self._fit)[0]

    @property
    def rest(self) -> str:
        """What would be kept; empty where nothing can be split off."""
        return split_after(self.text, self._fit)[1].lstrip() if self.keep_rest else ""

    @property
    def _fit(self) -> int:
        offer = self.outlook.keep_rest
        return offer.first_words if offer else self.words


def review_of(ground: Ground, purpose: Purpose, *, text: str, marks: Marks) -> Review:
    """What sending would do now, and what each choice would do: the same decisions as the send button's."""
    words = count_words(text)
    outlook = ground.outlook(purpose.topic, words=words, marks=marks)

    def chosen(choice: OverPlan) -> Outlook:
        with_choice = Marks(marks.no_answer, marks.keep, marks.wish_by, choice)
        return ground.outlook(purpose.topic, words=words, marks=with_choice)

    return Review(
        purpose,
        outlook,
        why_this_date(outlook) if outlook.due else None,
        readers_of(ground.participant, outlook, ground.now),
        text,
        marks,
        chosen(OverPlan.KEEP_REST) if outlook.keep_rest else None,
        chosen(OverPlan.EXTRA) if outlook.extra else None,
        **_held(ground, purpose, words=words, marks=marks),
    )


def _held(ground: Ground, purpose: Purpose, *, words: int, marks: Marks) -> dict[str, Any]:
    """What waiting for working hours would do, if it would still go where it goes now. Rule: R-301."""
    then = held(ground, purpose.topic, words=words, marks=marks)
    if then is None:
        return {}
    outlook = then.outlook(purpose.topic, words=words, marks=marks)
    return {"held": outlook, "opens_at": then.now} if outlook.kind in ANSWERED else {}
