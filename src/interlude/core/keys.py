"""Every rule of a policy by its key: its name in words, and what makes it stricter. A closed list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, assert_never

from interlude.core import orders
from interlude.core.bounds import MAY_BE_MISSING
from interlude.core.orders import Order
from interlude.core.policy import Policy
from interlude.core.promises import FixedTurns, NextCheck, OpenHours, Promise, SessionOnly, WorkingDays
from interlude.core.terms import WEEKDAYS, Channel, Extra, LateCancel, Topic


@dataclass(frozen=True, slots=True)
class Key:
    """One rule. *lock* orders values for those who may not loosen them, *client* for the one who loses."""

    name: str
    label: str
    lock: Order = orders.unordered
    client: Order = orders.unordered


DEFAULTS: Mapping[str, Any] = MappingProxyType(Policy().values())
"""The starting value of every rule, where no layer says anything."""

ALWAYS: Mapping[str, Any] = MappingProxyType(
    {
        "law.help_shown": True,
        "law.message_refused": False,
        "law.automatic_text_is_answer": False,
        "law.read_receipts": False,
    }
)
"""What no layer can switch: shown by explanations, refused in files. Rule: R-67."""


TOPIC_WORDS: Mapping[Topic, str] = {
    Topic.SCHEDULE: "times and dates",
    Topic.BILLING: "bills",
    Topic.TECH: "technical problems",
    Topic.LATE: "running late",
    Topic.HOMEWORK: "practice tasks",
    Topic.SKILL_HELP: "help with a skill",
    Topic.BRIEF_UPDATE: "short news",
    Topic.SESSION: "feelings, memories and inner work",
    Topic.RELATIONSHIP_REPAIR: "something between us that felt wrong",
    Topic.OUR_MESSAGING: "how we use messages",
    Topic.RESOURCE: "links, forms and worksheets",
    Topic.MEDICATION: "medication",
    Topic.THIRD_PARTY: "another person",
    Topic.PARENT_LOGISTICS: "parents' times and rides",
    Topic.ASYNC_SESSION: "the written session",
}

CHANNEL_WORDS: Mapping[Channel, str] = {
    Channel.PORTAL: "the portal",
    Channel.SMS: "text messages by phone",
    Channel.EMAIL: "e-mail",
    Channel.PHONE: "the phone",
    Channel.MESSENGER_APPS: "chat apps",
}


_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _both(order: Order) -> dict[str, Order]:
    return {"lock": order, "client": order}


def _all_keys() -> Mapping[str, Key]:
    keys = [
        Key("preset", "starting point"),
        Key("zone", "time zone"),
        *_week(),
        *_topics_and_plan(),
        *_channels(),
        *_frame(),
        *_promises(),
    ]
    return MappingProxyType({key.name: key for key in keys})


def _week() -> list[Key]:
    days = dict(zip(WEEKDAYS, _DAY_NAMES, strict=True))
    hours: dict[str, Order] = {"lock": orders.within, "client": orders.taken_away}
    return [
        *(Key(f"hours.{day}", f"open hours on {name}", **hours) for day, name in days.items()),
        *(
            Key(f"check.{day}", f"messages read on {name}", client=orders.taken_away)
            for day, name in days.items()
        ),
        Key("check.minutes", "minutes of each check"),
    ]


def _topics_and_plan() -> list[Key]:
    return [
        *(
            Key(f"topics.{topic}", f"messages about {words}", **_both(orders.answered))
            for topic, words in TOPIC_WORDS.items()
        ),
        Key("messages", "messages to the therapist", **_both(orders.strictest("none"))),
        Key("minimum_age", "youngest age for messages", **_both(orders.higher)),
        Key("plan.words", "words in one message", **_both(orders.lower)),
        Key("plan.messages_per_week", "messages a week", **_both(orders.lower)),
        Key("plan.minutes_per_week", "the clinician's minutes a week", lock=orders.lower),
        Key("pause_days", "days a message may rest after a session"),
        Key("extra", "extra support", lock=orders.strictest(None), client=orders.priced),
    ]


def _channels() -> list[Key]:
    order = _both(orders.strictest("none"))
    return [Key(f"channels.{name}", f"use of {words}", **order) for name, words in CHANNEL_WORDS.items()]


def _frame() -> list[Key]:
    return [
        Key("participants", "who takes part"),
        Key("secrets", "what several writers may read of each other"),
        Key("charge", "cost of messages", client=orders.charged),
        Key(
            "late_cancel",
            "sessions cancelled late",
            lock=orders.sooner_and_dearer,
            client=orders.sooner_or_dearer,
        ),
        Key("supervised", "a supervisor reads too", **_both(orders.strictest(True))),
        Key("replies_leave", "when replies leave", lock=orders.strictest("office_hours")),
        Key("change_notice_days", "days of notice before a change", lock=orders.higher, client=orders.lower),
        Key("review.first_weeks", "weeks to the first look back", lock=orders.lower),
        Key("review.every_weeks", "weeks between later looks back", lock=orders.lower),
        Key("review.ends_weeks", "weeks until it ends", **_both(orders.lower)),
        Key("client_text", "words for the client"),
    ]


def _promises() -> list[Key]:
    pace: dict[str, Order] = {"lock": orders.never_slower, "client": orders.slower}
    return [Key("promise", "answers come", **pace), Key("desk_promise", "the front desk answers", **pace)]


KEYS: Mapping[str, Key] = _all_keys()
"""In the order in which they are settled and shown; promises last, as comparing them needs the hours."""


def suggestion(key: str, known: Mapping[str, object] = KEYS) -> str:
    """What to do about an unknown key."""
    near = get_close_matches(key, known, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else "no such key; take the line out"


def in_words(key: str, value: Any) -> str:
    """*value* of *key* as a person would say it."""
    if value is None:
        return MAY_BE_MISSING[key]
    if value is True or value is False:
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return _times_in_words(value)
    if isinstance(value, Extra):
        return f"{value.price}, answered {_promise_in_words(value.promise)}"
    if isinstance(value, LateCancel):
        return f"{value.price} within {value.hours} hours of the session"
    if key in ("promise", "desk_promise"):
        return _promise_in_words(value)
    text = " ".join(str(value).split()) or "nothing"
    return text if len(text) <= 60 else f"{text[:50].rstrip()} …"


def _times_in_words(values: tuple[Any, ...]) -> str:
    return (
        ", ".join(f"{each:%H:%M}" if isinstance(each, time) else str(each) for each in values) or "not at all"
    )


def _promise_in_words(promise: Promise) -> str:
    match promise:
        case WorkingDays(days=1, cut_off=cut_off):
            return f"within 1 working day, by {cut_off:%H:%M}"
        case WorkingDays(days=days, cut_off=cut_off):
            return f"within {days} working days, by {cut_off:%H:%M}"
        case OpenHours(amount=amount):
            hours, minutes = divmod(amount // timedelta(minutes=1), 60)
            return f"within {hours}:{minutes:02} open hours"
        case FixedTurns(weekdays=weekdays, at=at):
            return f"on {' and '.join(WEEKDAYS[day] for day in sorted(weekdays))}, by {at:%H:%M}"
        case NextCheck():
            return "by the end of the working day after the next check"
        case SessionOnly():
            return "in the session only"
        case never:  # pragma: no cover
            assert_never(never)
