"""A client who would rather not use messages: which ways are open, and that nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.layers import Layer, LayerKind, resolve
from interlude.core.own_wish import OtherWay, other_ways, without_messages
from interlude.core.packs.load import preset
from interlude.core.terms import Channel, ChannelUse, Handling, Topic

ON = date(2026, 5, 13)
WARM = preset("warm_two_business_days").policy()
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "plan.words": st.one_of(st.none(), st.integers(10, 5000)),
        "messages": st.sampled_from(["open", "none"]),
        "client_text": st.sampled_from(["", "Some words."]),
        "topics.session": st.sampled_from([Handling.ANSWER, Handling.KEEP]),
        f"topics.{Topic.HOMEWORK}": st.sampled_from([Handling.ANSWER, Handling.KEEP]),
        "channels.phone": st.sampled_from(list(ChannelUse)),
    },
)


@st.composite
def layers(draw: st.DrawFn) -> list[Layer]:
    found = []
    for kind in (LayerKind.PRACTICE, LayerKind.PRESET, LayerKind.CLINICIAN, LayerKind.AGREEMENT):
        values = draw(VALUES)
        lockable = kind is LayerKind.PRACTICE and "messages" in values and draw(st.booleans())
        locks = frozenset({"messages"}) if lockable else frozenset()
        found.append(Layer(kind, f"{kind}", values, locks=locks, since=ON))
    return found


@pytest.mark.parametrize(
    ("phone", "email", "ways"),
    [
        (ChannelUse.NONE, ChannelUse.ALERTS, (OtherWay.SESSION,)),
        (ChannelUse.TIMES_ONLY, ChannelUse.ALERTS, (OtherWay.SESSION, OtherWay.PHONE)),
        (ChannelUse.COACHING, ChannelUse.TWO_WAY, (OtherWay.SESSION, OtherWay.PHONE, OtherWay.EMAIL)),
        (ChannelUse.CLOSING, ChannelUse.DESK_ONLY, (OtherWay.SESSION, OtherWay.EMAIL)),
    ],
)
def test_only_ways_that_the_rules_allow_are_named(
    phone: ChannelUse, email: ChannelUse, ways: tuple[OtherWay, ...]
) -> None:
    uses = dict(WARM.channels) | {Channel.PHONE: phone, Channel.EMAIL: email}
    assert other_ways(replace(WARM, channels=tuple(uses.items()))) == ways


@given(layers())
def test_the_wish_takes_messages_out_and_changes_no_other_rule(before: list[Layer]) -> None:
    wished = resolve(without_messages(before, words="No messages.", name="version 2", since=ON), ON).policy
    assert wished.messages == "none"
    assert wished.client_text == "No messages."
    old, new = resolve(before, ON).policy.values(), wished.values()
    assert {key for key in old if old[key] != new[key]} <= {"messages", "client_text"}


@given(layers())
def test_a_wish_twice_is_the_same_as_once(before: list[Layer]) -> None:
    once = without_messages(before, words="No.", name="version 2", since=ON)
    assert without_messages(once, words="No.", name="version 2", since=ON) == once
