"""Elif in her first steps, Sunita who would rather not use messages, and versions that were read aloud."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import translation

from interlude.agenda.actions import OUR_MESSAGING, keep_words
from interlude.agenda.models import ListItem
from interlude.agreements.actions import in_force_for, note_read_aloud
from interlude.agreements.first_steps import pass_step
from interlude.agreements.own_wish import would_rather_not
from interlude.boundaries.windows import window_of
from interlude.core.first_steps import Step
from interlude.core.own_wish import OtherWay

if TYPE_CHECKING:
    from interlude.demo.build import Stage

NEW, RATHER_NOT = "elif", "sunita"
WORRY = "What if I write at night and then wish I had not? And does somebody at the practice see my name?"


def take_first_steps(stage: Stage) -> None:
    """What the last days left of beginnings; called once everything else is there."""
    _half_way(stage)
    _without_messages(stage)
    for key, client in stage.clients.items():
        agreement = in_force_for(client, stage.now)
        if key not in (NEW, RATHER_NOT) and agreement is not None:
            on = stage.began.date() + timedelta(days=7)
            note_read_aloud(
                agreement=agreement, by=client.clinician, on=on, now=stage.began + timedelta(days=7)
            )


def _half_way(stage: Stage) -> None:
    """Three pages read and one worry written down; it is with Ada from the next window on."""
    (elif_,) = stage.writers[NEW]
    for step in (Step.TOPICS, Step.READING, Step.HELP):
        pass_step(elif_, step)
    keep_words(
        WORRY,
        client=stage.clients[NEW],
        topic=OUR_MESSAGING,
        by=elif_,
        now=stage.now - timedelta(hours=22),
        source=ListItem.Source.WORRY,
        item_id=stage.new_id(),
    )


def _without_messages(stage: Stage) -> None:
    """Her own wish, a few hours before the last window, which told of it."""
    (sunita,) = stage.writers[RATHER_NOT]
    opened = window_of(stage.clients[RATHER_NOT].clinician, stage.now).opened_at or stage.now
    with translation.override("hi"):  # as where she pressed it herself
        would_rather_not(participant=sunita, way=OtherWay.SESSION, now=opened - timedelta(hours=6))
