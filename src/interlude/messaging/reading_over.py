"""A look at the words on their writer's own page, while they can be changed. Kept nowhere, told to nobody. Rule: R-190.

The decision does not know of it: `core.delivery` is given topic, marks and the number of words, and no reading.
"""

from __future__ import annotations

from dataclasses import dataclass

from interlude.core.policy import Topic
from interlude.core.reading import Reading, read
from interlude.messaging.composing import Review
from interlude.messaging.correspondence import Sheet
from interlude.messaging.purposes import Purpose, offered
from interlude.practice.models import Participant

MOST_QUOTES = 3
LISTEN_TO_THEIR_CHOICE = frozenset({Topic.OUR_MESSAGING, Topic.RELATIONSHIP_REPAIR, Topic.SESSION})
"""What somebody means who chooses one of these is theirs to say; no other purpose is suggested."""


@dataclass(frozen=True, slots=True)
class ReadOver:
    """What the page shows of a reading: where help stands, the words it found, and another purpose that may fit.

    Args:
        help: `first` (the whole help block, above everything), `offer` (one quiet line) or `none`.
        quotes: the client's own words that were found, for "why do I see this?".
    """

    help: str
    quotes: tuple[str, ...]
    fits_better: Purpose | None


def read_over(review: Review, *, participant: Participant) -> ReadOver | None:
    """Read the words of *review* once; None where the practice has switched it off."""
    if not participant.practice.reads_over:
        return None
    found = read(review.text)
    return ReadOver(found.help, _quotes(found), _fits_better(found, review, participant))


def read_again(sheet: Sheet, *, participant: Participant) -> ReadOver | None:
    """The same for a message that its writer can still change: no page stands between other words and their sending."""
    if not (sheet.is_mine and sheet.can_be_changed and participant.practice.reads_over):
        return None
    found = read(sheet.text)
    return ReadOver(found.help, _quotes(found), None)


def _quotes(found: Reading) -> tuple[str, ...]:
    live = (" ".join(each.text.split()) for each in found.signals if each.silenced_by is None)
    return tuple(dict.fromkeys(live))[:MOST_QUOTES] if found.help != "none" else ()


def _fits_better(found: Reading, review: Review, participant: Participant) -> Purpose | None:
    """A purpose of this person's own list that the words fit, where they chose another; none beside help."""
    chosen = review.purpose.topic
    if found.help != "none" or found.topic not in set(Topic) or chosen in LISTEN_TO_THEIR_CHOICE:
        return None
    lines = offered(review.outlook.policy, guardian=not participant.reads_messages)
    return next(
        (
            each
            for each in lines
            if each.topic == found.topic != chosen and each.practical and not each.no_answer
        ),
        None,
    )
