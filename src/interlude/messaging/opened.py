"""One message as its clinician opens it: words, what was agreed, when an answer leaves, what stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from interlude.agreements.wording import PromiseFacts, promise_facts
from interlude.appointments.actions import next_session
from interlude.appointments.models import Session
from interlude.core.money import Money
from interlude.core.policy import Policy
from interlude.enclosures.models import Enclosure
from interlude.messaging.answering import leaves_at, needs_approval, readers
from interlude.messaging.batch import Sight
from interlude.messaging.enclosed import enclosed_in
from interlude.messaging.kept import Promised, last_dates
from interlude.messaging.models import Approval, Message, Reply, Split
from interlude.messaging.promises import new_date_for
from interlude.messaging.splitting import parts_of
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the message was sent under.

    Args:
        nth: its place among the week's, where the plan counts it; *left* is what that week has left.
        words: what is planned for one message.
    """

    promise: PromiseFacts
    per_week: int | None
    nth: int | None
    left: int | None
    words: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """A reply with its words, as it stands or as it was held back."""

    reply: Reply
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A supervisor's word on a reply that did not leave."""

    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything that the page of one message shows.

    Args:
        due: none, passed, soon (before the next window), later, or empty once it is answered.
        leaves_at: when an answer sent now goes out; `leaves_at_once` if it is not to wait for working hours.
        standing: the reply that closed the message; `repairs` came before it.
        draft: the clinician's words that did not leave; `changed`: as the client's message is another now.
        new_date: what a repair may promise; None while the answer is not late.
        asks_supervisor: words wait for a supervisor; `given_back` is what one said to the last that did not leave.
        corrections: what stands in the place of the reply by now, oldest first.
        kept: the words of the part that is kept for the session; `parts`: what it can be split into.
        dates: the last dates this client was given; `files`: photos and PDFs that came with it.
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
    asks_supervisor: bool
    given_back: GivenBack | None
    corrections: list[Written]
    split: Split | None
    kept: str
    parts: list[str]
    dates: list[Promised]
    files: list[Enclosure]

    @property
    def waits(self) -> bool:
        """Does an answer sent now wait for working hours, rather than for the minute alone?"""
        return self.leaves_at > self.leaves_at_once

    @property
    def newest(self) -> Written | None:
        """What the client reads, or will: the reply, or the last correction of it."""
        return self.corrections[-1] if self.corrections else self.standing

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
    rows = message.replies.select_related("clinician", "approval__supervisor")
    written = [_written(reply, sealer, message) for reply in rows]
    standing = next((one for one in written if _closes(one.reply)), None)
    held, split = _held_back(written), Split.objects.filter(message=message).first()
    words = message.text(sealer)
    awaits = message.awaits_approval
    may_split = split is None and standing is None and message.resolved_at is None
    return Opened(
        message=message,
        words=words,
        agreed=_agreed(message, at=sight.at),
        due=_due(message, sight) if standing is None or awaits else "",
        leaves_at=leaves_at(message, by=sight.clinician, now=sight.now),
        leaves_at_once=leaves_at(message, by=sight.clinician, now=sight.now, at_once=True),
        session=next_session(message.client, sight.now),
        readers=list(readers(message, at=sight.now)),
        standing=standing,
        repairs=[one for one in written if one.reply.kind == Reply.Kind.REPAIR],
        draft=held.words if held and standing is None else "",
        changed=held is not None and _was_changed(message, held.reply),
        new_date=new_date_for(message, now=sight.now) if standing is None or awaits else None,
        asks_supervisor=needs_approval(message, by=sight.clinician, now=sight.now),
        given_back=_given_back(held, sealer, message) if held and standing is None else None,
        corrections=[one for one in written if one.reply.corrects_id and one.reply.held_back_at is None],
        split=split,
        kept=split.kept(sealer, message.client_id) if split else "",
        parts=_parts(words) if may_split else [],
        dates=last_dates(message.client, clinician=sight.clinician, now=sight.now),
        files=enclosed_in([message.pk]).get(message.pk, []),
    )


def _written(reply: Reply, sealer: Sealer, message: Message) -> Written:
    return Written(reply, reply.text(sealer, message.client_id), reply.note(sealer, message.client_id))


def _parts(words: str) -> list[str]:
    """What can be kept while the rest is answered; nothing where there is only one piece."""
    pieces = parts_of(words)
    return pieces if len(pieces) > 1 else []


def _given_back(held: Written, sealer: Sealer, message: Message) -> GivenBack | None:
    approval: Approval | None = getattr(held.reply, "approval", None)
    if approval is None or approval.decided_at is None:
        return None
    return GivenBack(approval.supervisor.name, approval.note(sealer, message.client_id))


def _closes(reply: Reply) -> bool:
    return reply.held_back_at is None and reply.kind != Reply.Kind.REPAIR and reply.corrects_id is None


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


def _agreed(message: Message, *, at: datetime) -> Agreed:
    zone = message.clinician.time_zone()
    sent = message.sent_at.astimezone(zone)
    policy: Policy = message.agreement.rules(sent.date()).policy
    counts = message.outcome == Message.Outcome.ANSWER and message.extra_minor is None
    monday = (sent - timedelta(days=sent.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    together = Message.objects.filter(client=message.client)
    counted = together if message.agreement.shares else together.filter(participant=message.participant)
    handed = counted.filter(handed_at__lte=at)  # nothing counts up between windows (law 6)
    this_week = handed.in_plan_since(monday).filter(sent_at__lt=monday + timedelta(days=7))
    moments = list(this_week.values_list("sent_at", flat=True)) if counts else []
    nth = sum(at <= message.sent_at for at in moments) if counts else None
    per_week = policy.messages_per_week
    left = max(0, per_week - len(moments)) if counts and per_week else None
    return Agreed(promise_facts(policy.promise), per_week, nth, left, policy.words_per_message)
