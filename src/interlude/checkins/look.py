"""A check-in page as one side sees it: whose turn it is, what lies side by side, how it went, words of welcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interlude.checkins.models import Answers, CheckIn, Welcome
from interlude.checkins.picture import Column, Drawing, Line, columns, drawings, table
from interlude.checkins.rounds import Round, Sides, rounds_of, sides_of
from interlude.checkins.turns import Turn, frame_of, turn_of
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer

WELCOMES = 5


@dataclass(frozen=True, slots=True)
class Said:
    """A word of welcome, opened."""

    welcome: Welcome
    words: str


@dataclass(frozen=True, slots=True)
class Look:
    """Everything of the page; what may not be read yet is not in it."""

    turn: Turn
    sides: Sides
    rounds: list[Round]
    welcomes: list[Said]
    answers: Answers | None
    now: datetime

    @property
    def may_change(self) -> bool:
        """Are there answers of one's own that have not been handed over?"""
        return self.turn.current is not None and self.turn.current.can_be_changed(self.now)

    @property
    def met(self) -> list[Round]:
        """Without one's own newest, as long as it stands alone."""
        current = self.turn.current
        return [one for one in self.rounds if one.have_met or current is None or one.due_on != current.due_on]

    @property
    def newest(self) -> Round | None:
        return self.met[0] if self.met else None

    @property
    def newest_columns(self) -> list[Column]:
        return columns(self.newest) if self.newest else []

    @property
    def drawings(self) -> list[Drawing]:
        return drawings(self.rounds, self.sides)

    @property
    def lines(self) -> list[Line]:
        return table(self.rounds)

    @property
    def read(self) -> list[CheckIn]:
        """Others' answers whose words are on the page."""
        return [entry.row for one in self.rounds for entry in one.entries if not entry.is_mine]


def look_at(client: Client, *, reader: Participant | Clinician, now: datetime) -> Look:
    """As many queries for a year of check-ins as for one."""
    turn = turn_of(frame_of(client, now), by=reader)
    sides = sides_of(client, reader=reader, now=now)
    sealer = Sealer(client.practice_id)
    sealer.fetch([client.pk])
    said = Welcome.objects.visible_to(reader, at=now).filter(client=client).select_related("clinician")
    return Look(
        turn,
        sides,
        rounds_of(client, sides=sides, now=now),
        [Said(one, one.text(sealer)) for one in said[:WELCOMES]],
        turn.current.answers(sealer) if turn.current else None,
        now,
    )
