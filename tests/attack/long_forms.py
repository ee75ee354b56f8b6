"""Forms with many fields, filled as somebody would fill them."""

from __future__ import annotations

from uuid import uuid4

from interlude.core.terms import Channel, Topic

WORDS = "Plain words, as typed."
TYPED = {"check.mon": "12:00", "hours.mon": "9:00-17:00", "promise.days": "2", "extra.price": "", "plan.words": "200",
         "client_text": WORDS, "promise.kind": "working_days", "topics.homework": "answer", "number": "2"}  # fmt: skip
WEEK = [f"hours.{day}" for day in ("mon", "tue", "wed", "thu", "fri")]
OWN_RULES = TYPED | {
    "start": "warm_two_business_days", "messages": "open", "check.minutes": "45", "promise.cut_off": "17:00",
    "charge": "none", "replies_leave": "office_hours", "change_notice_days": "14", "review.first_weeks": "4",
    "review.every_weeks": "12", "pause_days": "0", "participants": "one_to_one", "minimum_age": "13",
    "extra.promise.kind": "next_check",
} | {f"topics.{topic}": "keep" for topic in Topic if topic != "homework"} | {
    f"channels.{channel}": "none" for channel in Channel
}  # fmt: skip
HOUSE_RULES = {
    "number": "2", "zone": "Europe/London", "minimum_age": "16", "hold.minimum_age": "on", "client_text": WORDS,
    "promise.kind": "working_days", "promise.days": "2", "promise.cut_off": "17:00",
} | dict.fromkeys(WEEK, "9:00-17:00")  # fmt: skip


def giving() -> dict[str, str]:
    days = {"since": "2026-05-14", "until": "2026-06-10", "review_on": "2026-06-01"}
    steps = {"messages_1": "5", "until_1": "2026-06-01", "messages_2": "4", "until_2": ""}
    return {
        "support_id": str(uuid4()),
        "purpose": WORDS,
        **days,
        **steps,
        "words": "300",
        "topics": "session",
    }


def deciding() -> dict[str, str]:
    chosen = {
        "age": "adult", "steadiness": "calm", "understanding": "clear", "comfort": "likes", "setting": "allowed",
        "therapy": "some",
    }  # fmt: skip
    reasons = {f"{key}_why": WORDS for key in chosen}
    return {"record_id": str(uuid4()), "decision": "not_now", "instead": WORDS, **chosen, **reasons}


def closing() -> dict[str, str]:
    days = {"last_answer_on": "2026-10-01", "last_read_on": "2026-12-01", "agreed_on": ""}
    words = {"contact": "as_agreed", "contact_words": WORDS, "farewell": WORDS}
    return {"closing_id": str(uuid4()), "offers_copy": "on", **days, **words}
