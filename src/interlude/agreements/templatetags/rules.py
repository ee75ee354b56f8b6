"""Short words for values and days of the rules of contact, the same in every room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise as Lazy
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from interlude.agreements.wording import PromiseFacts, promise_facts
from interlude.core.hours import Opening
from interlude.core.packs.load import preset as shipped
from interlude.core.packs.load import preset_ids
from interlude.core.promises import FixedTurns, NextCheck, OpenHours, SessionOnly, WorkingDays
from interlude.core.terms import WEEKDAYS as DAYS
from interlude.core.terms import Extra, LateCancel
from interlude.ui.templatetags.moments import money, working_days

register = template.Library()

TOPIC_WORDS: dict[str, str | Lazy] = {
    "schedule": _("times and dates"),
    "billing": _("bills"),
    "tech": _("technical problems"),
    "late": _("running late"),
    "homework": _("practice tasks"),
    "skill_help": _("help with a skill"),
    "brief_update": _("short news"),
    "session": _("feelings and memories"),
    "relationship_repair": _("something between us that felt wrong"),
    "our_messaging": _("how we use messages"),
    "resource": _("worksheets and links"),
    "medication": _("medicine"),
    "third_party": _("another person"),
    "parent_logistics": _("rides and times for parents"),
    "async_session": _("the written session"),
    "extra_support": _("extra support"),
    "suitability": _("whether messages fit"),
}

RULE_WORDS: dict[str, str | Lazy] = {
    "preset": _("starting point"),
    "zone": _("time zone"),
    "check.minutes": _("length of each reading time"),
    "messages": _("messages to the therapist"),
    "minimum_age": _("youngest age for messages"),
    "plan.words": _("words in one message"),
    "plan.messages_per_week": _("messages in a week"),
    "plan.minutes_per_week": _("your own minutes in a week"),
    "extra": _("extra support"),
    "participants": _("who takes part"),
    "secrets": _("what several writers may read of each other"),
    "charge": _("what messages cost"),
    "late_cancel": _("sessions cancelled late"),
    "pause_days": _("a pause after a session"),
    "supervised": _("a supervisor may read"),
    "replies_leave": _("when answers leave"),
    "change_notice_days": _("notice before a rule gets stricter"),
    "review.first_weeks": _("first look back"),
    "review.every_weeks": _("later looks back"),
    "review.ends_weeks": _("end"),
    "client_text": _("words for the client"),
    "promise": _("answers come"),
    "desk_promise": _("the front desk answers"),
    "channels.portal": _("this portal"),
    "channels.sms": _("text messages by phone"),
    "channels.email": _("e-mail"),
    "channels.phone": _("phone calls"),
    "channels.messenger_apps": _("messenger apps"),
}

VALUE_WORDS: dict[str, str | Lazy] = {
    "answer": _("answered here"),
    "acknowledge": _("a short sign that it came"),
    "keep": _("kept for the session"),
    "desk": _("the front desk answers"),
    "self_service": _("a page of your own, or the front desk"),
    "two_way": _("for messages and answers"),
    "desk_only": _("for the front desk"),
    "times_only": _("for times and dates"),
    "coaching": _("for short coaching calls"),
    "alerts": _("only to say that something is waiting here"),
    "alerts_if_asked": _("only to say that something is waiting here, if you ask for it"),
    "alerts_own_address": _("only to say that something is waiting here, to your own address"),
    "closing": _("being closed"),
    "none": _("not used"),
    "open": _("open"),
    "one_to_one": _("one client, one therapist"),
    "one_to_one_supervised": _("one client, one therapist, a supervisor"),
    "one_to_desk": _("the client and the front desk"),
    "couple": _("a couple"),
    "family": _("a family"),
    "group": _("a group"),
    "child_and_guardians": _("a child and guardians"),
    "minor_and_guardians": _("a teenager and guardians"),
    "not_chosen": _("not chosen"),
    "no_secrets": _("no secrets between those who write here"),
    "limited_secrets": _("each one’s messages stay between them and the therapist"),
    "included": _("part of the fee"),
    "flat": _("a set price"),
    "per_answer": _("a price for each answer"),
    "office_hours": _("in working hours"),
    "at_once": _("at once"),
}


_MISSING = {"extra": _("not offered"), "late_cancel": _("free"), "review.ends_weeks": _("no end")}
_NONE = {"charge": _("nothing"), "preset": _("none"), "messages": _("none")}


@register.filter
def topic_words(topic: str) -> str:
    """What a message is about, as words inside a sentence: `practice tasks`."""
    return str(TOPIC_WORDS.get(topic, TOPIC_WORDS["session"]))


@register.filter
def topics_series(topics: Sequence[str]) -> str:
    """`bills, running late and technical problems`"""
    return _series([topic_words(topic) for topic in topics])


@register.filter
def channel_words(channel: str) -> str:
    """A way to reach each other: `phone calls`."""
    return str(RULE_WORDS[f"channels.{channel}"])


@register.filter
def city(zone: str) -> str:
    """The place that a zone is named after: `London` for Europe/London."""
    return zone.rpartition("/")[2].replace("_", " ")


@register.filter
def weekdays_series(days: Sequence[int]) -> str:
    """`Monday to Friday`, or `Monday and Thursday`; Monday is 0."""
    if len(days) > 2 and list(days) == list(range(days[0], days[0] + len(days))):
        return gettext("%(first)s to %(last)s") % {"first": WEEKDAYS[days[0]], "last": WEEKDAYS[days[-1]]}
    return _series([str(WEEKDAYS[day]) for day in days])


@register.filter
def clock_series(times: Sequence[time | Opening]) -> str:
    """`10:00 and 15:00`, or `9:00 to 12:30 and 13:30 to 17:00`."""
    return _series([_stretch(each) if isinstance(each, Opening) else _clock(each) for each in times])


@register.filter
def clock(at: time | None) -> str:
    """`17:00`; nothing for None."""
    return _clock(at) if at else ""


@register.filter
def rule_names(keys: Sequence[str]) -> str:
    """Several rules by name: `bills and running late`, `Monday to Friday`."""
    days = [DAYS.index(key[-3:]) for key in keys if key.startswith(("hours.", "check.")) and key[-3:] in DAYS]
    topics = [key.partition(".")[2] for key in keys if key.startswith("topics.")]
    others = [str(RULE_WORDS[key]) for key in keys if key in RULE_WORDS]
    if days and not others:
        return weekdays_series(days)
    return _series([*([weekdays_series(days)] if days else []), *map(topic_words, topics), *others])


@register.filter
def change_names(keys: Sequence[str]) -> str:
    """What changes, so that it stands by itself: `messages about bills`, `reading on Monday and Friday`."""
    names = rule_names(keys)
    if keys[0].startswith("topics."):
        return gettext("messages about %(topics)s") % {"topics": names}
    if keys[0].startswith("hours."):
        return gettext("working hours on %(days)s") % {"days": names}
    if keys[0] != "check.minutes" and keys[0].startswith("check."):
        return gettext("reading on %(days)s") % {"days": names}
    return gettext("messages a week") if keys[0] == "plan.messages_per_week" else names


@register.filter
def change_value(value: Any, key: str) -> str:
    """A value beside the rule's name, which says already what is counted: `Messages a week: from 3 to 2`."""
    return str(value) if key.startswith("plan.") and isinstance(value, int) else rule_value(value, key)


@register.filter
def rule_value(value: Any, key: str) -> str:
    """A value of the rule *key* as a short phrase: `2 working days, by 17:00`, `3 messages`, `not used`."""
    match value:
        case None:
            return str(_MISSING.get(key, _("no limit")))
        case bool():
            return gettext("yes") if value else gettext("no")
        case tuple():
            nothing = gettext("closed") if key.startswith("hours") else gettext("not read")
            return clock_series(value) or nothing
        case WorkingDays() | OpenHours() | NextCheck() | FixedTurns() | SessionOnly():
            return promise_words(promise_facts(value))
        case Extra(price=price, promise=promise):
            return f"{money(price)}, {promise_words(promise_facts(promise))}"
        case LateCancel(hours=hours, price=price):
            facts = {"price": money(price), "hours": hours}
            return (
                ngettext(
                    "%(price)s, less than %(hours)d hour before",
                    "%(price)s, less than %(hours)d hours before",
                    hours,
                )
                % facts
            )
        case int():
            return _counted(value, key)
        case _:
            return _chosen(str(value), key)


def _chosen(value: str, key: str) -> str:
    """One of a closed list, or a text."""
    if value == "none" and key in _NONE:
        return str(_NONE[key])
    if key == "preset" and value in preset_ids():
        return shipped(value).label
    return str(VALUE_WORDS.get(value, value)) or gettext("nothing")


@register.filter
def promise_words(promise: PromiseFacts) -> str:
    """`within 2 working days, by 17:00`"""
    match promise.kind:
        case "working_days":
            facts = {"days": working_days(promise.days), "clock": clock(promise.at)}
            return gettext("within %(days)s, by %(clock)s") % facts
        case "open_hours":
            hours, minutes = divmod(promise.minutes, 60)
            length = f"{hours}:{minutes:02}" if minutes else str(hours)
            return gettext("within %(length)s open hours") % {"length": length}
        case "fixed_turns":
            facts = {"days": weekdays_series(promise.weekdays), "clock": clock(promise.at)}
            return gettext("on %(days)s, by %(clock)s") % facts
        case "next_check":
            return gettext("by the end of the working day after the next reading time")
        case _:
            return gettext("in the session only")


def _counted(value: int, key: str) -> str:
    match key:
        case "plan.words":
            return ngettext("%(n)d word", "%(n)d words", value) % {"n": value}
        case "plan.messages_per_week":
            return ngettext("%(n)d message a week", "%(n)d messages a week", value) % {"n": value}
        case "plan.minutes_per_week" | "check.minutes":
            return ngettext("%(n)d minute", "%(n)d minutes", value) % {"n": value}
        case "change_notice_days" | "pause_days":
            return ngettext("%(n)d day", "%(n)d days", value) % {"n": value}
        case "minimum_age":
            return gettext("%(n)d years") % {"n": value} if value else gettext("no youngest age")
        case _:
            return ngettext("%(n)d week", "%(n)d weeks", value) % {"n": value}


def _series(words: Sequence[str]) -> str:
    return get_text_list(list(words), gettext("and"))


def _stretch(opening: Opening) -> str:
    return gettext("%(from)s to %(until)s") % {
        "from": _clock(opening.opens),
        "until": _clock(opening.closes, end=True),
    }


def _clock(at: time, *, end: bool = False) -> str:
    return "24:00" if end and at == time(0) else f"{at.hour}:{at.minute:02}"
