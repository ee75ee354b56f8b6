"""Interlude's rules as a library: hours, promises, policies in layers, and what happens to a message.

Plain Python, the standard library only. Everything here is a value or a pure function; `now` is always given.
Inside the repository, import from the module that defines a thing.
"""

from interlude.core.delivery import decide_delivery
from interlude.core.errors import BadHours, BadMoment, BadPolicy, InterludeError, NeverOpen
from interlude.core.hours import Absence, Calendar, Opening, WeeklyHours
from interlude.core.layers import (
    Change,
    Explanation,
    Layer,
    LayerKind,
    Origin,
    Resolved,
    Said,
    diff,
    explain,
    resolve,
)
from interlude.core.money import Money
from interlude.core.orders import Direction
from interlude.core.outcomes import (
    Acknowledged,
    AnsweredHere,
    AskExtra,
    Decision,
    Desk,
    DoItYourself,
    Draft,
    KeepRest,
    KeptForSession,
    KeptReason,
    NoAnswerWanted,
    NotHereYet,
    Over,
    OverPlan,
    Reason,
    Shorten,
    Standing,
)
from interlude.core.packs import Preset, preset, presets
from interlude.core.policy import Policy
from interlude.core.promises import (
    FixedTurns,
    NextCheck,
    OpenHours,
    Promise,
    SessionOnly,
    State,
    WorkingDays,
    read_at,
    reply_due,
    state,
)
from interlude.core.schema import schema
from interlude.core.terms import Channel, ChannelUse, Extra, Handling, Page, Review, Topic
from interlude.core.toml_text import dump_layer, load_layer
from interlude.core.windows import CheckTimes
from interlude.core.zones import ZoneData, zone, zone_data

__all__ = [
    "Absence",
    "Acknowledged",
    "AnsweredHere",
    "AskExtra",
    "BadHours",
    "BadMoment",
    "BadPolicy",
    "Calendar",
    "Change",
    "Channel",
    "ChannelUse",
    "CheckTimes",
    "Decision",
    "Desk",
    "Direction",
    "DoItYourself",
    "Draft",
    "Explanation",
    "Extra",
    "FixedTurns",
    "Handling",
    "InterludeError",
    "KeepRest",
    "KeptForSession",
    "KeptReason",
    "Layer",
    "LayerKind",
    "Money",
    "NeverOpen",
    "NextCheck",
    "NoAnswerWanted",
    "NotHereYet",
    "OpenHours",
    "Opening",
    "Origin",
    "Over",
    "OverPlan",
    "Page",
    "Policy",
    "Preset",
    "Promise",
    "Reason",
    "Resolved",
    "Review",
    "Said",
    "SessionOnly",
    "Shorten",
    "Standing",
    "State",
    "Topic",
    "WeeklyHours",
    "WorkingDays",
    "ZoneData",
    "decide_delivery",
    "diff",
    "dump_layer",
    "explain",
    "load_layer",
    "preset",
    "presets",
    "read_at",
    "reply_due",
    "resolve",
    "schema",
    "state",
    "zone",
    "zone_data",
]
