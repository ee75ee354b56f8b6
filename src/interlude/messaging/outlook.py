"""What would happen to a message, with everything a page needs to say so and to say why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from interlude.agreements.models import Agreement
from interlude.appointments.models import Session
from interlude.core.layers import Resolved
from interlude.core.money import Money
from interlude.core.outcomes import (
    Acknowledged,
    AnsweredHere,
    AskExtra,
    Decision,
    Desk,
    DoItYourself,
    KeepRest,
    KeptForSession,
    KeptReason,
    NoAnswerWanted,
    NotHereYet,
    Over,
    OverPlan,
    Shorten,
)
from interlude.core.policy import Policy

KINDS = {
    AnsweredHere: "answered",
    Acknowledged: "acknowledged",
    KeptForSession: "kept",
    NoAnswerWanted: "no_answer",
    Desk: "desk",
    DoItYourself: "yourself",
    NotHereYet: "not_here",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What the writer asked for beside the words."""

    no_answer: bool = False
    keep: bool = False
    wish_by: datetime | None = None
    choice: OverPlan | None = None

    def wish_on(self, zone: ZoneInfo) -> date | None:
        """The day of the wish, as its writer chose it."""
        return self.wish_by.astimezone(zone).date() if self.wish_by else None


def end_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    """The last minute of a day where the writer is: a hope for that day is met at any hour of it."""
    return datetime.combine(day, time(23, 59), tzinfo=zone) if day else None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would happen now. Templates read it; sentences are theirs, keyed by `kind` and `reason`."""

    decision: Decision
    rules: Resolved
    agreement: Agreement | None
    session: Session | None
    used_this_week: int
    next_window: datetime | None
    part: str = "in"  # how the writer stands to the version in force: in, late, left

    @property
    def policy(self) -> Policy:
        return self.rules.policy

    @property
    def kind(self) -> str:
        return KINDS[type(self.decision)]

    @property
    def reason(self) -> str:
        """Why it is kept, or why not here yet; else empty."""
        match self.decision:
            case KeptForSession(reason=reason) | NotHereYet(reason=reason):
                return str(reason)
            case _:
                return ""

    @property
    def due(self) -> datetime | None:
        """By when the writer hears; None where no answer comes."""
        match self.decision:
            case AnsweredHere(reply_due=due) | Acknowledged(acknowledge_by=due) | Desk(reply_due=due):
                return due
            case _:
                return None

    @property
    def read_at(self) -> datetime | None:
        """When the clinician reads it: the moment until which it can be changed."""
        match self.decision:
            case AnsweredHere(read_at=read) | Acknowledged(read_at=read) | NoAnswerWanted(read_at=read):
                return read
            case KeptForSession():
                return self.next_window
            case _:
                return None

    @property
    def session_at(self) -> datetime | None:
        match self.decision:
            case KeptForSession(session_at=at) | Acknowledged(session_at=at):
                return at
            case _:
                return None

    @property
    def wish_met(self) -> bool | None:
        return self.decision.wish_met if isinstance(self.decision, AnsweredHere) else None

    @property
    def price(self) -> Money | None:
        return self.decision.price if isinstance(self.decision, AnsweredHere) else None

    @property
    def over(self) -> Over | None:
        """How far beyond the plan for the week, where it is kept because of that."""
        match self.decision:
            case KeptForSession(reason=KeptReason.OVER_PLAN, over=over):
                return over
            case _:
                return None

    @property
    def shorten(self) -> Shorten | None:
        return next((choice for choice in self._choices if isinstance(choice, Shorten)), None)

    @property
    def keep_rest(self) -> KeepRest | None:
        return next((choice for choice in self._choices if isinstance(choice, KeepRest)), None)

    @property
    def extra(self) -> AskExtra | None:
        return next((choice for choice in self._choices if isinstance(choice, AskExtra)), None)

    @property
    def _choices(self) -> tuple[Shorten | KeepRest | AskExtra, ...]:
        return self.over.choices if self.over else ()

    @property
    def shown(self) -> str:
        """What a page says will happen, for the form: `answered|2026-05-15T16:00:00+00:00|`."""
        due = self.due.isoformat() if self.due else ""
        return f"{self.kind}|{due}|{self.price or ''}"

    def is_as_shown(self, shown: str | None) -> bool:
        """Whether this is what the writer was told, or sooner. A price must have been shown (law 9)."""
        if not shown:
            return self.price is None
        kind, due, price = (*shown.split("|"), "", "")[:3]
        if (kind, price) != (self.kind, str(self.price or "")):
            return False
        return self.due is None or self.due.isoformat() <= due
