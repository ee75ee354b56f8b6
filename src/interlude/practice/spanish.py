"""Whether Spanish says usted or tú to somebody: a practice chooses it for its clients and guardians. Rule: R-319."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from interlude.practice.models import Clinician, OfficeMember, Participant
from interlude.practice.neutral import Spanish
from interlude.ui.languages import FAMILIAR, spoken


def spoken_to(person: Participant | Clinician | OfficeMember | None, code: str) -> str:
    """What pages are spoken in for *person*, whose language is *code*; whoever works here reads usted."""
    known = spoken(code)
    says_tu = isinstance(person, Participant) and person.practice.spanish == Spanish.TU
    return FAMILIAR if says_tu and known == "es" else known


def spoken_in(user: Any, practice_id: UUID | None) -> str:
    """What a mail of that practice to *user* is spoken in. One query for a reader of Spanish, none for others."""
    known = spoken(user.language)
    if known != "es" or practice_id is None:
        return known
    theirs = Participant.unscoped.filter(user_id=user.pk, practice_id=practice_id)
    return FAMILIAR if theirs.filter(practice__spanish=Spanish.TU).exists() else known
