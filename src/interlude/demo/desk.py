"""At the desk today: a message in two, times that were offered, and a reply that waits for a supervisor."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from interlude.appointments.offering import free_times, offer_times
from interlude.boundaries.windows import window_of
from interlude.demo.story import Entry
from interlude.demo.today import LATE, last_window
from interlude.demo.weeks import send_story
from interlude.messaging.answering import UNDO, Gesture, close_message, reply_to
from interlude.messaging.models import Message
from interlude.messaging.splitting import parts_of, split_message
from interlude.sealing.vault import Sealer

if TYPE_CHECKING:
    from interlude.demo.build import Stage

MINUTE = timedelta(minutes=1)
TRAINEE = "ishan"  # with whom Anil is in training, for writing between sessions
ANOTHER_HOUR = (
    "Dear Ada,\n\nFriday at two is hard for the next weeks. Is there another hour that you have free?\n\nLeo"
)
HOURS = (
    "Dear Leo,\n\nThank you for saying it early. These hours are free. Take the one that suits you.\n\nAda"
)
WALK = (
    "Dear Anil,\n\nI wrote the list of evenings, as we said. On the bad one I went out before I could think. "
    "Does that count as using the skill?\n\nIshan"
)
COUNTS = (
    "Dear Ishan,\n\nGoing out was the skill. You noticed the evening and you moved first. "
    "Put a star beside it, and we look at it on Wednesday.\n\nAnil"
)


def lay_the_desk(stage: Stage) -> None:
    """Each through the action that a clinician's press would call."""
    _split_one(stage)
    _offer_hours(stage)
    _ask_the_supervisor(stage)


def _split_one(stage: Stage) -> None:
    """The first of Ada's waiting messages that has two things in it."""
    ada = stage.clinicians["ada"]
    waiting = Message.unscoped.visible_to(ada, at=stage.now).filter(resolved_at=None, outcome="answer")
    sealer = Sealer(stage.practice.pk)
    for message in waiting.exclude(client=stage.clients[LATE]):
        pieces = parts_of(message.text(sealer))
        if len(pieces) > 2:  # a greeting and a name are not two things
            split_message(message, [len(pieces) - 2], by=ada, now=stage.now - 20 * MINUTE, undo=UNDO)
            return


def _offer_hours(stage: Stage) -> None:
    message = _written(stage, "leo", ANOTHER_HOUR)
    ada = stage.clinicians["ada"]
    times = free_times(ada, window_of(ada, stage.now).calendar, minutes=50, now=stage.now + timedelta(days=1))
    then = stage.now - 30 * MINUTE
    offer = offer_times(
        times[:3],
        client=message.client,
        by=ada,
        now=then,
        expires_at=stage.now + timedelta(days=3),
        minutes=50,
        instead_of=None,
    )
    close_message(
        message, Gesture(HOURS, at_once=True, offer=offer), by=ada, now=then, reply_id=stage.new_id()
    )


def _ask_the_supervisor(stage: Stage) -> None:
    message = _written(stage, TRAINEE, WALK)
    then = stage.now - 25 * MINUTE
    reply_to(message, COUNTS, by=stage.clinicians["anil"], now=then, reply_id=stage.new_id())


def _written(stage: Stage, key: str, words: str) -> Message:
    """Sent before the last window, so that it was handed over."""
    sent_at = last_window(stage.clients[key], stage.now) - timedelta(hours=4)
    sent = send_story(stage, Entry("homework", words), writer=stage.writers[key][0], now=sent_at)
    assert isinstance(sent, Message)
    return sent
