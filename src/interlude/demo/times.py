"""A lively week: somebody asks to move, somebody waits, somebody cancelled, and the last sessions were marked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from interlude.appointments.actions import mark_session, next_session
from interlude.appointments.freed import Wishes, free_up, wait_for_earlier
from interlude.appointments.models import MoveRequest, Session
from interlude.appointments.offering import free_times
from interlude.appointments.requests import Wanted, ask_to_move
from interlude.boundaries.windows import window_of
from interlude.messaging.actions import ground_for
from interlude.messaging.moving import who_answers

if TYPE_CHECKING:
    from interlude.demo.build import Stage

DAY = timedelta(days=1)
MISSED = 7  # of so many past sessions one was missed
LINE = (
    "The school moved its evening, so this week is hard. Either of these would be good, or later in the week."
)


def lay_out_times(stage: Stage) -> None:
    """Each through the action that a press would call."""
    _mark_the_past(stage)
    _one_waits(stage)
    _one_cancels(stage)
    _one_asks(stage)


def _mark_the_past(stage: Stage) -> None:
    """The sessions before today, held but for a few; those of today wait for a tap."""
    today = stage.now.replace(hour=0, minute=0, second=0, microsecond=0)
    past = Session.unscoped.filter(state=Session.State.PLANNED, starts_at__lt=today)
    for number, session in enumerate(past.select_related("client__clinician").order_by("starts_at", "pk")):
        said = Session.Attendance.MISSED if number % MISSED == MISSED - 2 else Session.Attendance.HELD
        mark_session(session, said, by=session.client.clinician, now=session.ends_at)


def _one_waits(stage: Stage) -> None:
    wishes = Wishes(weekdays=(0, 1, 2, 3, 4), notice_hours=24)
    wait_for_earlier(wishes, by=stage.writers["dunya"][0], now=stage.now - 9 * DAY)


def _one_cancels(stage: Stage) -> None:
    """Kai gives up a session that is not too near; Dunya, who waits, has it held if it is earlier than her own."""
    coming = Session.unscoped.filter(client=stage.clients["kai"]).coming(stage.now + timedelta(hours=36))
    for session in coming.select_related("client__clinician")[:1]:
        free_up(session, by=stage.writers["kai"][0], now=stage.now - timedelta(hours=1))


def _one_asks(stage: Stage) -> MoveRequest | None:
    """Leo asks to move, with two times that suit; it was there when the last window opened."""
    leo, ada = stage.writers["leo"][0], stage.clinicians["ada"]
    window = window_of(ada, stage.now)
    session = next_session(leo.client, stage.now)
    if session is None or window.opened_at is None:
        return None
    then = window.opened_at - timedelta(hours=3)
    free = free_times(ada, window.calendar, minutes=session.minutes, now=stage.now + 3 * DAY)
    answers = who_answers(ground_for(leo, then))
    wanted = Wanted(free[3:7:3], LINE, answers.to, answers.due)
    return ask_to_move(session, wanted, by=leo, now=then, request_id=stage.new_id())
