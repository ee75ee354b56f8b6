"""Pieces for tests, made by the same acts as everybody's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from interlude.library.actions import Given, Places, Words, make_ready, share, write_piece
from interlude.library.models import Piece, Share
from interlude.practice.models import Client, Clinician, Participant
from tests.cast import NOW

BEFORE = NOW - timedelta(days=2)


def a_piece(
    by: Clinician,
    *,
    title: str = "A slower breath",
    kind: str = "exercise",
    text: str = "Breathe.",
    **more: Any,
) -> Piece:
    """A piece that is ready."""
    places = Places(more.pop("cues", ()), more.pop("topics", ()), more.pop("for_now", False))
    file, now = more.pop("file", None), more.pop("now", BEFORE)
    words = Words(title, text, **more)
    piece = write_piece(words, kind=kind, by=by, now=now, piece_id=uuid4(), places=places, file=file)
    make_ready(piece, by=by, now=now)
    piece.refresh_from_db()
    return piece


def shared(
    piece: Piece,
    client: Client,
    *,
    now: datetime = BEFORE,
    to: Participant | None = None,
    due_on: date | None = None,
    line: str = "",
) -> Share:
    row = share(
        piece, client=client, by=piece.clinician, now=now, share_id=uuid4(), given=Given(to, due_on, line)
    )
    assert row is not None
    return row
