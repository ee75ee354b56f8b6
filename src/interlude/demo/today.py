"""The last days, laid out so that something waits, is due, is kept and is late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from interlude.agreements.actions import in_force_for
from interlude.boundaries.calendars import calendar_of
from interlude.demo.away import plan_a_week_away
from interlude.demo.people import CARES, Care
from interlude.demo.story import Entry, story
from interlude.demo.weeks import send_story
from interlude.messaging.drafts import save_draft
from interlude.practice.models import Client

if TYPE_CHECKING:
    from interlude.demo.build import Stage

LATE = "kai"  # whose message waits beyond its date
FRESH = timedelta(minutes=25)


def lay_out_today(stage: Stage) -> None:
    """What stands open: a message that waits, one that can still be changed, a draft, a kept one."""
    for care in CARES:
        open_today = story(care.key).today
        for what, lay in (("waiting", _waiting), ("kept", _kept), ("fresh", _fresh), ("draft", _draft)):
            if open_today.get(what):
                lay(stage, care, open_today)
    plan_a_week_away(stage)


def _waiting(stage: Stage, care: Care, today: dict[str, str]) -> None:
    """Sent before the last window: handed over, in the batch. The late one was sent a week ago."""
    client = stage.clients[care.key]
    before = last_window(client, stage.now)
    sent_at = stage.now - timedelta(days=8) if care.key == LATE else before - timedelta(hours=5)
    entry = Entry(today.get("waiting_topic", "homework"), today["waiting"])
    send_story(stage, entry, writer=stage.writers[care.key][0], now=sent_at)


def _kept(stage: Stage, care: Care, today: dict[str, str]) -> None:
    sent_at = last_window(stage.clients[care.key], stage.now) - timedelta(hours=9)
    send_story(stage, Entry("session", today["kept"]), writer=stage.writers[care.key][0], now=sent_at)


def _fresh(stage: Stage, care: Care, today: dict[str, str]) -> None:
    entry = Entry(today.get("fresh_topic", "homework"), today["fresh"])
    send_story(
        stage,
        entry,
        writer=stage.writers[care.key][-1 if care.kind == "couple" else 0],
        now=stage.now - FRESH,
    )


def _draft(stage: Stage, care: Care, today: dict[str, str]) -> None:
    save_draft(
        today["draft"],
        participant=stage.writers[care.key][0],
        draft_id=stage.new_id(),
        topic=today.get("draft_topic", "homework"),
        now=stage.now - timedelta(hours=3),
    )


def last_window(client: Client, now: datetime) -> datetime:
    """The opening of the newest check window that has begun."""
    agreement = in_force_for(client, now)
    assert agreement is not None  # the demo has one for each care
    policy = agreement.rules(now.date()).policy
    window = policy.checks().latest_until(now, calendar_of(client.clinician, policy))
    return window or now
