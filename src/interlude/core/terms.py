"""The closed sets that the rules of contact are written in: topics, what happens to them, channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Literal

from interlude.core.hours import Opening
from interlude.core.money import Money
from interlude.core.promises import Promise

Hours = tuple[tuple[int, tuple[Opening, ...]], ...]
CheckPlan = tuple[tuple[int, tuple[time, ...]], ...]
Messages = Literal["open", "none"]
Participants = Literal[
    "one_to_one",
    "one_to_one_supervised",
    "one_to_desk",
    "couple",
    "family",
    "group",
    "child_and_guardians",
    "minor_and_guardians",
]
Secrets = Literal["not_chosen", "no_secrets", "limited_secrets"]
Charge = Literal["none", "included", "flat", "per_answer"]
RepliesLeave = Literal["office_hours", "at_once"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Topic(StrEnum):
    """What a client says a message is about. Danger is no topic: it leads to help, not to a message."""

    SCHEDULE = "schedule"
    BILLING = "billing"
    TECH = "tech"
    LATE = "late"
    HOMEWORK = "homework"
    SKILL_HELP = "skill_help"
    BRIEF_UPDATE = "brief_update"
    SESSION = "session"
    RELATIONSHIP_REPAIR = "relationship_repair"
    OUR_MESSAGING = "our_messaging"
    RESOURCE = "resource"
    MEDICATION = "medication"
    THIRD_PARTY = "third_party"
    PARENT_LOGISTICS = "parent_logistics"
    ASYNC_SESSION = "async_session"


class Handling(StrEnum):
    """What the agreement does with a topic."""

    ANSWER = "answer"
    ACKNOWLEDGE = "acknowledge"
    KEEP = "keep"
    DESK = "desk"
    SELF_SERVICE = "self_service"


class Page(StrEnum):
    """A page on which the client does it alone."""

    APPOINTMENTS = "appointments"
    PAPERS = "papers"
    RUNNING_LATE = "running_late"
    RESOURCES = "resources"


class Channel(StrEnum):
    """A way in which the two sides may reach each other."""

    PORTAL = "portal"
    SMS = "sms"
    EMAIL = "email"
    PHONE = "phone"
    MESSENGER_APPS = "messenger_apps"


class ChannelUse(StrEnum):
    """What a channel is for. An alert says that something waits in the portal, and never what."""

    TWO_WAY = "two_way"
    DESK_ONLY = "desk_only"
    TIMES_ONLY = "times_only"
    COACHING = "coaching"
    ALERTS = "alerts"
    ALERTS_IF_ASKED = "alerts_if_asked"
    ALERTS_OWN_ADDRESS = "alerts_own_address"
    CLOSING = "closing"
    NONE = "none"


PAGE_FOR: Mapping[Topic, Page] = {
    Topic.SCHEDULE: Page.APPOINTMENTS,
    Topic.PARENT_LOGISTICS: Page.APPOINTMENTS,
    Topic.BILLING: Page.PAPERS,
    Topic.LATE: Page.RUNNING_LATE,
    Topic.RESOURCE: Page.RESOURCES,
}


@dataclass(frozen=True, slots=True)
class Extra:
    """Support beyond the plan: its price, shown and accepted first, and by when its answer comes."""

    price: Money
    promise: Promise


@dataclass(frozen=True, slots=True)
class LateCancel:
    """What a session costs that a client cancels fewer than *hours* before it begins."""

    hours: int
    price: Money


@dataclass(frozen=True, slots=True)
class Review:
    """When both look at the agreement again, in weeks from its start; *ends_weeks* None is no end."""

    first_weeks: int = 4
    every_weeks: int = 12
    ends_weeks: int | None = None
