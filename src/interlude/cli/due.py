"""interlude due: when a message sent at a moment is read, and by when its answer comes."""

from __future__ import annotations

import argparse
from typing import Any
from zoneinfo import ZoneInfo

from interlude.cli.ask import Command, add_form, add_rules
from interlude.cli.given import Given
from interlude.cli.output import moment, say
from interlude.core.promises import read_at, reply_due


def run(words: list[str]) -> int:
    """Answer when, for one moment or for many."""
    parser = argparse.ArgumentParser(prog="interlude due", description=__doc__)
    parser.add_argument(
        "--sent", metavar="MOMENT", help="when it is sent, such as 2026-03-03T10:00; now if left out"
    )
    parser.add_argument(
        "--desk", action="store_true", help="sent to the front desk, which reads while it is open"
    )
    add_rules(parser)
    add_form(parser)
    return Command(parser, answer, tell).run(words)


def answer(given: Given) -> dict[str, Any]:
    """The moments, in UTC and by the client's clock."""
    setting = given.setting()
    policy, desk = setting.policy, given.flag("desk")
    sent = given.moment("sent", policy.zone) or given.now
    checks = None if desk else policy.checks()
    promise = policy.desk_promise if desk else policy.promise
    read = read_at(sent, setting.calendar, checks)
    due = reply_due(promise, sent=sent, calendar=setting.calendar, checks=checks)
    return {
        "sent": sent,
        "read_at": read,
        "reply_due": due,
        "zone": setting.clock.key,
        "read_at_local": read.astimezone(setting.clock).isoformat(),
        "reply_due_local": due and due.astimezone(setting.clock).isoformat(),
    }


def tell(found: dict[str, Any]) -> None:
    clock = ZoneInfo(found["zone"])
    say("read", moment(found["read_at"], clock))
    say("answer by", moment(found["reply_due"], clock) if found["reply_due"] else "in the session only")
