"""What every page may show of help: the block with the ways for where somebody is. Asked for, it costs one query."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from interlude.crisis.models import HelpLine
from interlude.practice.models import Participant

HARD = "hard"  # session key: they said that it is hard right now; it ends with the session
WAYS = 3


def help_context(request: HttpRequest) -> dict[str, Any]:
    """`help_block` and `is_hard`, both found only where a page asks for them."""
    return {
        "help_block": SimpleLazyObject(lambda: _block(request)),
        "is_hard": SimpleLazyObject(lambda: _is_hard(request)),
    }


def ways_for(person: object) -> list[HelpLine]:
    """Danger to life first, then two more, one of them not a call where there is one. Rule: R-165.

    None where the place is not known: then the block says what holds everywhere.
    """
    if not isinstance(person, Participant) or not person.country:
        return []
    lines = list(HelpLine.unscoped.shown().filter(practice_id=person.practice_id, country=person.country))
    first = [line for line in lines if line.is_emergency][:1]
    others = [line for line in lines if not line.is_emergency]
    silent = [line for line in others if line.is_no_call][:1]
    return (first + silent + [line for line in others if line not in silent])[:WAYS] if first else []


def _is_hard(request: HttpRequest) -> bool:
    session = getattr(request, "session", None)  # a page of an error may come before any session
    return bool(session and session.get(HARD))


def _block(request: HttpRequest) -> str:
    occupants = getattr(request, "occupants", None)
    context = {
        "ways": ways_for(getattr(occupants, "participant", None)),
        "help_address": getattr(occupants, "help_address", "/help/"),
        "is_demo": settings.DEMO,
    }
    return render_to_string("ui/_help_block.html", context)
