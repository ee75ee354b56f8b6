"""The libraries of the demo: pieces of our own, some shared ahead, a page that was finished, and what helped."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from interlude.core.packs.starter import starters
from interlude.library.actions import (
    Given,
    Places,
    Words,
    fill_in,
    give_to_all,
    make_ready,
    say_it_helped,
    share,
    take_starters,
    write_piece,
)
from interlude.library.models import Piece

if TYPE_CHECKING:
    from interlude.demo.build import Stage

FOR_ALL = ("slow_breath", "five_things", "until_our_session", "cold_water", "one_small_thing")
FOR_NOOR = ("worry_time", "night_awake", "before_the_session")
OWN = Words(
    "Respirar más despacio",
    "Siéntate con los pies en el suelo.\n\nToma aire por la nariz y cuenta hasta tres.\n"
    "Suelta el aire por la boca y cuenta hasta cinco.\nSigue dos o tres minutos.",
    language="es",
)
THOUGHT = (
    "On the stairs, Monday evening. The neighbour did not greet me.",
    "She is angry with me.",
    "Small and hot in the face. Six.",
    "She usually says hello.",
    "She was on the phone. She looked tired.",
    "She did not see me.",
)


def fill_libraries(stage: Stage) -> None:
    """Through the same acts, with the clock of those days."""
    began = stage.now - timedelta(weeks=12)
    ada, marta = stage.clinicians["ada"], stage.clinicians["marta"]
    take_starters(list(starters().values()), by=ada, now=began)
    pieces = {one.starter: one for one in Piece.unscoped.filter(clinician=ada)}
    for key in FOR_ALL:
        give_to_all(pieces[key], by=ada, now=began)
    _share_with_noor(stage, pieces)
    places = Places(("ansiedad", "nervios", "no puedo respirar"), ("skill_help",), for_now=True)
    own = write_piece(OWN, kind="exercise", by=marta, now=began, piece_id=stage.new_id(), places=places)
    make_ready(own, by=marta, now=began)
    give_to_all(Piece.unscoped.get(pk=own.pk), by=marta, now=began)


def _share_with_noor(stage: Stage, pieces: dict[str, Piece]) -> None:
    """Ahead of need, for a day; a page that she finished, and what helped."""
    noor = stage.writers["noor"][0]
    give = partial(share, client=noor.client, by=noor.client.clinician)
    for weeks, key in enumerate(FOR_NOOR, 6):
        give(pieces[key], now=stage.now - timedelta(weeks=weeks), share_id=stage.new_id())
    sheet = give(pieces["thought_record"], now=stage.now - timedelta(weeks=3), share_id=stage.new_id())
    assert sheet is not None  # it is ready, and its clinician is hers
    fill_in(list(THOUGHT), version=sheet.version, by=noor, now=stage.now - timedelta(weeks=2), finish=True)
    task = Given(due_on=noor.date_at(stage.now) + timedelta(days=4), line="As we said. One is plenty.")
    given_at = stage.now - timedelta(days=5)
    give(pieces["body_and_mood"], now=given_at, share_id=stage.new_id(), given=task)
    for days, key, instead in (
        (20, "night_awake", True),
        (13, "slow_breath", False),
        (6, "night_awake", False),
    ):
        say_it_helped(pieces[key], by=noor, now=stage.now - timedelta(days=days), instead=instead)
