"""interlude decide: what happens to a message, and by which rules. It needs no words, only their number."""

from __future__ import annotations

import argparse
from dataclasses import fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from interlude.cli.ask import Command, add_form, add_rules
from interlude.cli.given import Given, NotUnderstood, Setting
from interlude.cli.output import moment, plain, say
from interlude.core.delivery import Decision, Draft, OverPlan, Standing, decide_delivery
from interlude.core.keys import suggestion
from interlude.core.policy import Topic

OUTCOMES = {
    "AnsweredHere": "answered here",
    "Acknowledged": "acknowledged",
    "KeptForSession": "kept for the session",
    "NoAnswerWanted": "no answer wanted",
    "Desk": "at the front desk",
    "DoItYourself": "a page does it",
    "NotHereYet": "not here yet",
}
LABELS = {
    "read_at": "read",
    "reply_due": "answer by",
    "acknowledge_by": "by",
    "session_at": "session",
    "desk_due": "answer by",
}


def run(words: list[str]) -> int:
    """Answer what happens, for one message or for many."""
    parser = argparse.ArgumentParser(prog="interlude decide", description=__doc__)
    parser.add_argument("--topic", choices=[str(topic) for topic in Topic], help="what the message is about")
    parser.add_argument("--words", type=int, metavar="N", help="how many words it has; 1 if left out")
    parser.add_argument("--no-answer", action="store_true", help="the client needs no answer")
    parser.add_argument("--keep", action="store_true", help="the client wants it kept for the session")
    parser.add_argument("--wish-by", metavar="MOMENT", help="when the client hopes for an answer")
    parser.add_argument("--now", metavar="MOMENT", help="when it is sent; now if left out")
    parser.add_argument("--next-session", metavar="MOMENT", help="when the next session begins")
    parser.add_argument("--used", type=int, metavar="N", help="messages this week that were answered here")
    parser.add_argument("--age", type=int, metavar="YEARS", help="the client's age")
    parser.add_argument(
        "--choice", choices=[str(choice) for choice in OverPlan], help="what to do beyond the plan"
    )
    parser.add_argument("--not-accepted", action="store_true", help="the agreement is not accepted yet")
    parser.add_argument("--ended", action="store_true", help="the work together has ended")
    add_rules(parser)
    add_form(parser)
    return Command(parser, answer, tell).run(words)


def answer(given: Given) -> dict[str, Any]:
    """The decision, with its outcome by name."""
    setting = given.setting()
    zone = setting.policy.zone
    decision = decide_delivery(
        _draft(given, zone),
        policy=setting.policy,
        standing=_standing(given),
        calendar=setting.calendar,
        desk_calendar=None,
        next_session=given.moment("next_session", zone),
        now=given.moment("now", zone) or given.now,
    )
    return {"outcome": type(decision).__name__, "zone": setting.clock.key, **_named(decision, setting)}


def tell(found: dict[str, Any]) -> None:
    clock = ZoneInfo(found["zone"])
    print(OUTCOMES[found["outcome"]])
    for name, value in found.items():
        if isinstance(value, datetime):
            say(LABELS[name], moment(value, clock))
    for name in ("reason", "kept_in", "page", "price", "wish_met"):
        if found.get(name) is not None:
            say(name.replace("_", " "), {True: "yes", False: "no"}.get(found[name], str(found[name])))
    for offer in (found.get("over") or {}).get("choices", []):
        say("or", offer["words"])
    say("rules", ", ".join(found["rules"]))


def _draft(given: Given, zone: str) -> Draft:
    topic = given.text("topic")
    if topic is None or topic not in set(Topic):
        meant = suggestion(topic or "", dict.fromkeys(Topic)) if topic else f"one of: {', '.join(Topic)}"
        raise NotUnderstood(f"topic: {topic!r} is none; {meant}")
    return Draft(
        Topic(topic),
        given.whole("words", 1) or 0,
        no_answer=given.flag("no_answer"),
        keep=given.flag("keep"),
        wish_by=given.moment("wish_by", zone),
    )


def _standing(given: Given) -> Standing:
    choice = given.text("choice")
    if choice is not None and choice not in set(OverPlan):
        raise NotUnderstood(f"choice: {choice!r} is none; one of: {', '.join(OverPlan)}")
    return Standing(
        agreement="given",
        accepted=None if given.flag("not_accepted") else "given",
        used_this_week=given.whole("used", 0) or 0,
        age=given.whole("age"),
        ended=given.flag("ended"),
        choice=OverPlan(choice) if choice else None,
    )


def _named(decision: Decision, setting: Setting) -> dict[str, Any]:
    found = {each.name: getattr(decision, each.name) for each in fields(decision)}
    if over := found.get("over"):
        offers = [{"offer": type(each).__name__, **plain(each)} for each in over.choices]
        for offer in offers:
            offer["words"] = _offer_in_words(offer, setting)
        found["over"] = {
            "words_over": over.words_over,
            "messages_over": over.messages_over,
            "choices": offers,
        }
    return found


def _offer_in_words(offer: dict[str, Any], setting: Setting) -> str:
    match offer["offer"]:
        case "Shorten":
            return f"shorten it to {offer['to_words']} words"
        case "KeepRest":
            return f"have the first {offer['first_words']} words answered and keep the rest"
    due = moment(datetime.fromisoformat(offer["reply_due"]), setting.clock)
    return f"ask for extra support: {offer['price']}, answered by {due}"
