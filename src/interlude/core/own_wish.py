"""A client's own wish not to use messages: which other ways there are, and what the wish changes.

It is the client's to say, so it needs nobody's leave; it is no tightening by the other side (law 7).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from interlude.core.layers import Layer, LayerKind
from interlude.core.policy import Policy
from interlude.core.terms import Channel, ChannelUse

_SPEAKS = (ChannelUse.TWO_WAY, ChannelUse.TIMES_ONLY, ChannelUse.COACHING, ChannelUse.DESK_ONLY)


class OtherWay(StrEnum):
    """How the two sides reach each other instead."""

    SESSION = "session"
    PHONE = "phone"
    EMAIL = "email"


def other_ways(policy: Policy) -> tuple[OtherWay, ...]:
    """What the rules in force allow: the session always, phone and e-mail where they carry words. Rule: R-95."""
    uses = dict(policy.channels)
    asked = ((OtherWay.PHONE, Channel.PHONE), (OtherWay.EMAIL, Channel.EMAIL))
    return (OtherWay.SESSION, *(way for way, channel in asked if uses[channel] in _SPEAKS))


def without_messages(layers: Iterable[Layer], *, words: str, name: str, since: date) -> tuple[Layer, ...]:
    """*layers* with the wish in the layer that is this client's alone. No other rule changes. Rule: R-96.

    Args:
        words: the text for the client, with the way that they named.
    """
    kept = list(layers)
    own = [layer for layer in kept if layer.kind is LayerKind.AGREEMENT]
    values = {key: value for layer in own for key, value in layer.values.items()}
    wish = Layer(
        LayerKind.AGREEMENT,
        name,
        values | {"messages": "none", "client_text": words},
        since=since,
    )
    return (*(layer for layer in kept if layer.kind is not LayerKind.AGREEMENT), wish)
