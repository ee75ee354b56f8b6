"""One message as its clinician opens it: words, what was agreed, when an answer leaves, what stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from interlude.agreements.wording import PromiseFacts, promise_facts
from interlude.appointments.actions import next_session
from interlude.appointments.models import Session
from interlude.core.money import Money
from interlude.core.policy import Policy
from interlude.messaging.answering import leaves_at, readers
from interlude.messaging.batch import Sight
from interlude.messaging.models import Message, Reply
from interlude.messaging.promises import new_date_for
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the message was sent under. *nth*: its place among the week's, where the plan counts it."""

    promise: PromiseFacts
    per_week: int | None
    nth: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """A reply with its words, as it stands or as it was held back."""

    reply: Reply
    words: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything that the page of one message shows.

    Args:
        due: none, passed, soon (before the next window), later, or empty once it is answered.
        leaves_at: when an answer sent now goes out; `leaves_at_once` if it is not to wait for working hours.
        standing: the reply that closed the message; `repairs` came before it.
        draft: the clinician's words that did not leave; `changed`: as the client's message is another now.
        new_date: what a repair may promise; None while the answer is not late.
    """

    message: Message
    words: str
    agreed: Agreed
    due: str
    leaves_at: datetime
    leaves_at_once: datetime
    session: Session | None
    readers: list[Participant]
    standing: Written | None
    repairs: list[Written]
    draft: str
    changed: bool
    new_date: datetime | None

    @property
    def laid_aside(self) -> bool:
        """Did the clinician put it away without a word? Its writer never learns of it."""
        return self.message.resolved_at is not None and self.standing is None

    @property
    def price(self) -> Money | None:
        """What was accepted for extra support."""
        message = self.message
        return Money(message.extra_minor, message.extra_currency) if message.extra_minor is not None else None


def opened(message: Message, *, sight: Sight) -> Opened:
    """The page's facts. *message* comes with client, participant and agreement; a fixed number of queries."""
    sealer = Sealer(message.practice_id)
    written = [Written(reply, reply.text(sealer, message.client_id)) for reply in message.replies.all()]
    standing = next((one for one in written if _closes(one.reply)), None)
    held = _held_back(written)
    return Opened(
        message=message,
        words=message.text(sealer),
        agreed=_agreed(message),
        due=_due(message, sight) if standing is None else "",
        leaves_at=leaves_at(message, by=sight.clinician, now=sight.now),
        leaves_at_once=max(sight.now, message.handed_at or sight.now),
        session=next_session(message.client, sight.now),
        readers=list(readers(message, at=sight.now)),
        standing=standing,
        repairs=[one for one in written if one.reply.kind == Reply.Kind.REPAIR],
        draft=held.words if held and standing is None else "",
        changed=held is not None and _was_changed(message, held.reply),
        new_date=new_date_for(message, now=sight.now) if standing is None else None,
    )


def _closes(reply: Reply) -> bool:
    return reply.held_back_at is None and reply.kind != Reply.Kind.REPAIR


def _held_back(written: list[Written]) -> Written | None:
    """The latest words that were held back."""
    held = [one for one in written if one.reply.held_back_at and one.words]
    return max(held, key=lambda one: one.reply.written_at, default=None)


def _was_changed(message: Message, held: Reply) -> bool:
    """Did the writer change the message, rather than the clinician call the answer back?"""
    return held.held_back_at is not None and message.revisions.filter(replaced_at=held.held_back_at).exists()


def _due(message: Message, sight: Sight) -> str:
    if message.reply_due is None:
        return "none"
    if message.reply_due < sight.now:
        return "passed"
    following = sight.window.next_at
    return "soon" if following is None or message.reply_due <= following else "later"


def _agreed(message: Message) -> Agreed:
    zone = message.clinician.time_zone()
    sent = message.sent_at.astimezone(zone)
    policy: Policy = message.agreement.rules(sent.date()).policy
    counts = message.outcome == Message.Outcome.ANSWER and message.extra_minor is None
    monday = (sent - timedelta(days=sent.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    together = Message.objects.filter(client=message.client)
    counted = together if message.agreement.shares else together.filter(participant=message.participant)
    this_week = counted.in_plan_since(monday)
    nth = this_week.filter(sent_at__lte=message.sent_at).count() if counts else None
    return Agreed(promise_facts(policy.promise), policy.messages_per_week, nth)
