"""What may happen to a message, as a closed set of answers; and what the decision may know to choose one.

Reasons, never sentences: the words that a client reads live in the client's templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from interlude.core.errors import BadMoment, InterludeError
from interlude.core.money import Money
from interlude.core.terms import Page, Topic

Rules = tuple[str, ...]


class OverPlan(StrEnum):
    """What a client chose to do with a message beyond the plan for the week."""

    AS_IT_IS = "as_it_is"
    KEEP_REST = "keep_rest"
    EXTRA = "extra"


class Reason(StrEnum):
    """Why a message is not taken here yet; its text stays in the client's own journal."""

    ENDED = "ended"
    NO_MESSAGES = "no_messages"
    NO_AGREEMENT = "no_agreement"
    NOT_ACCEPTED = "not_accepted"
    UNDER_AGE = "under_age"


class KeptReason(StrEnum):
    """Why a message is kept for the session."""

    ASKED = "asked"
    TOPIC = "topic"
    SESSION_ONLY = "session_only"
    OVER_PLAN = "over_plan"
    NEVER_OPEN = "never_open"


@dataclass(frozen=True, slots=True)
class Draft:
    """What the decision may know of a message. *wish_by*, aware, is when the client hopes for an answer."""

    topic: Topic
    words: int
    no_answer: bool = False
    keep: bool = False
    wish_by: datetime | None = None

    def __post_init__(self) -> None:
        _check_count("words", self.words)
        if self.wish_by is not None and self.wish_by.utcoffset() is None:
            raise BadMoment(f"{self.wish_by.isoformat()} has no UTC offset; pass an aware datetime")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the decision needs to know of the client.

    Args:
        agreement: the version that must be accepted, None if there is none yet.
        accepted: the version that this client accepted last, None if none.
        used_this_week: messages this week that count against the plan: those answered here, and no others.
        age: in whole years; None if not known, and then no youngest age applies.
        choice: what the client chose for a message beyond the plan.
    """

    agreement: str | None
    accepted: str | None
    used_this_week: int = 0
    age: int | None = None
    ended: bool = False
    choice: OverPlan | None = None

    def __post_init__(self) -> None:
        _check_count("used_this_week", self.used_this_week)


@dataclass(frozen=True, slots=True)
class Shorten:
    """Offer: bring the message down to *to_words* words."""

    to_words: int


@dataclass(frozen=True, slots=True)
class KeepRest:
    """Offer: the first *first_words* words are answered, the rest is kept for the session."""

    first_words: int
    session_at: datetime | None


@dataclass(frozen=True, slots=True)
class AskExtra:
    """Offer: the whole message is answered by *reply_due*, at a price that is shown and accepted first."""

    price: Money
    reply_due: datetime


Choice = Shorten | KeepRest | AskExtra


@dataclass(frozen=True, slots=True)
class Over:
    """How far a message goes beyond the plan, and what may be done instead of keeping it whole."""

    words_over: int
    messages_over: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class AnsweredHere:
    """In the batch of the window that opens at *read_at*; answered by *reply_due*.

    *wish_met* says whether that is as early as the client hoped; None without a wish. *over* is set when the
    client chose to keep the rest (the caller splits the text) or asked for extra support. *price* is set for
    extra support and for nothing else: without it, nothing may be billed.
    """

    read_at: datetime
    reply_due: datetime
    wish_met: bool | None = None
    over: Over | None = None
    price: Money | None = None
    rules: Rules = ()


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """In the batch; one tap acknowledges it by *acknowledge_by*, and the session has the rest."""

    read_at: datetime
    acknowledge_by: datetime
    session_at: datetime | None
    rules: Rules = ()


@dataclass(frozen=True, slots=True)
class KeptForSession:
    """On the list of the session at *session_at*; of the next one that is made, if None."""

    session_at: datetime | None
    reason: KeptReason
    over: Over | None = None
    rules: Rules = ()


@dataclass(frozen=True, slots=True)
class NoAnswerWanted:
    """In the batch, below a line; no answer comes, as the client asked."""

    read_at: datetime
    rules: Rules = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """In the front desk's queue, answered by *reply_due*; None only if the client wants no answer."""

    reply_due: datetime | None
    rules: Rules = ()


@dataclass(frozen=True, slots=True)
class DoItYourself:
    """The page that does it, with the text carried along; a request made there is answered by *desk_due*."""

    page: Page
    desk_due: datetime | None
    rules: Rules = ()


@dataclass(frozen=True, slots=True)
class NotHereYet:
    """Not taken here yet; the text is kept in the client's own journal."""

    reason: Reason
    kept_in: Literal["journal"] = "journal"
    rules: Rules = ()


Decision = AnsweredHere | Acknowledged | KeptForSession | NoAnswerWanted | Desk | DoItYourself | NotHereYet


def _check_count(name: str, count: int) -> None:
    if type(count) is not int or count < 0:
        raise InterludeError(f"{name} is {count!r}; give a whole number, 0 or more")
