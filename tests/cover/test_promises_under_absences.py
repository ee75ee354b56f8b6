"""Whatever is set, changed, taken back, covered and refused: no date is broken silently."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interlude.boundaries.calendars import calendar_of
from interlude.boundaries.models import Absence
from interlude.core.hours import Absence as Stretch
from interlude.cover.actions import Asked, ask_cover
from interlude.cover.models import Cover, CoverPart
from interlude.messaging.calendar_changes import count_again
from interlude.messaging.covering import accept_or_decline, end_standing_in, say_no
from interlude.messaging.models import Message
from interlude.messaging.promises import rules_of
from interlude.messaging.time_away import cancel_time_away, change_time_away, set_time_away
from interlude.outbox.models import Notice
from interlude.practice.scope import in_practice
from tests.cast import NOW
from tests.messaging.post import send

HOUR = timedelta(hours=1)
ACTS = ("send", "away", "cancel", "change", "cover", "end cover", "refuse", "allow", "worker", "leave")
steps = st.tuples(
    st.sampled_from(ACTS), st.integers(0, 30), st.integers(0, 200), st.integers(1, 240), st.integers(0, 5)
)
Step = tuple[str, int, int, int, int]


class World:
    """The cast, the moment, and every date that was ever given."""

    def __init__(self, cast: Any) -> None:
        self.cast, self.now = cast, NOW
        self.given: dict[Any, datetime] = {}
        self.handed: dict[Any, datetime | None] = {}

    def do(self, step: Step) -> None:
        act, waited, ahead, length, which = step
        self.now += waited * HOUR
        stretch = Stretch(self.now + ahead * HOUR, self.now + (ahead + length) * HOUR)
        writer = (self.cast.noor, self.cast.mira, self.cast.tove)[which % 3]
        match act:
            case "send":
                message = send(writer, at=self.now)
                self.given[message.pk] = message.reply_due  # type: ignore[assignment]
                self.handed[message.pk] = message.handed_at
            case "away":
                set_time_away([stretch], clinician=self.cast.ada, by=self.cast.ada, now=self.now)
                self.nobody_is_left_without_a_window()
            case "leave":
                self.leave(length, which)
            case "cover":
                self.cover(stretch, writer)
            case "worker":
                count_again(self.now)
            case _:
                self.undo(act, stretch, which)
        self.holds()

    def leave(self, length: int, which: int) -> None:
        """Go at once, some hours before a date."""
        soon = Message.unscoped.filter(reply_due__gt=self.now).order_by("reply_due").first()
        if soon is None or soon.reply_due is None:
            return
        self.now = max(self.now, soon.reply_due - (which + 1) * HOUR)
        self.holds()
        stretch = Stretch(self.now, self.now + length * HOUR)
        set_time_away([stretch], clinician=self.cast.ada, by=self.cast.ada, now=self.now)
        self.nobody_is_left_without_a_window()

    def cover(self, stretch: Stretch, writer: Any) -> None:
        asked = Asked(self.cast.ben, [writer.client], ["homework"], stretch.starts, stretch.ends)
        ada = self.cast.ada
        cover = ask_cover(asked, clinician=ada, by=ada, absence=None, now=self.now, cover_id=uuid4())
        accept_or_decline(cover, accepts=True, by=self.cast.ben, now=self.now)

    def undo(self, act: str, stretch: Stretch, which: int) -> None:
        absences = list(Absence.unscoped.filter(ends_at__gt=self.now))
        covers = list(Cover.unscoped.not_over(self.now))
        match act:
            case "cancel" if absences:
                one = absences[which % len(absences)]
                cancel_time_away(one, by=self.cast.ada, now=self.now)
            case "change" if absences:
                one = absences[which % len(absences)]
                change_time_away(one, stretch, clinician=self.cast.ada, by=self.cast.ada, now=self.now)
                self.nobody_is_left_without_a_window()
            case "end cover" if covers:
                end_standing_in(covers[which % len(covers)], by=self.cast.ben, now=self.now)
            case "refuse" | "allow" if covers:
                part = CoverPart.objects.select_related("cover").get(cover=covers[which % len(covers)])
                by = part.client.participants.writers().first()
                say_no(part, by=by, now=self.now, refuses=act == "refuse")  # type: ignore[arg-type]

    def holds(self) -> None:
        """Each date is the one that was given, or moved later, in writing, before it passed, and told."""
        for message in Message.unscoped.prefetch_related("moves"):
            due = self.given[message.pk]
            for move in message.moves.all():
                assert move.from_due == due
                assert move.to_due > due
                assert move.moved_at < due
                once = f"moved:{message.pk}:{int(move.to_due.timestamp())}"
                notices = Notice.objects.filter(once__startswith=once)
                assert notices.exists()
                assert all(notice.send_at < due for notice in notices)
                due = move.to_due
            assert message.reply_due == due
            self.handed_stays_handed(message)

    def handed_stays_handed(self, message: Message) -> None:
        """What a window has handed over is taken from nobody."""
        before = self.handed[message.pk]
        if before is not None and before <= self.now:
            assert message.handed_at == before
        if message.handed_at is not None:
            assert message.handed_at > message.sent_at
        self.handed[message.pk] = message.handed_at

    def nobody_is_left_without_a_window(self) -> None:
        """No date falls into time away with no window before it: nobody could have met it."""
        for message in Message.unscoped.filter(reply_due__gt=self.now).select_related("agreement__client"):
            policy = rules_of(message)
            calendar = calendar_of(self.cast.ada, policy)
            assert message.reply_due is not None
            if calendar.away(message.reply_due) is not None:
                assert policy.checks().next_after(self.now, calendar) <= message.reply_due


@pytest.mark.contract("C12", "C13", "C16", "C17")
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=3, max_size=12))
def test_no_date_is_broken_silently_under_any_absences_and_covers(cast: Any, run: list[Step]) -> None:
    with transaction.atomic(), in_practice(cast.alder.id):
        spot = transaction.savepoint()
        world = World(cast)
        world.do(("send", 0, 0, 1, 0))
        world.do(("send", 0, 0, 1, 1))
        for step in run:
            world.do(step)
        transaction.savepoint_rollback(spot)
