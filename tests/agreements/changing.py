"""Changed rules for Ada's clients, and the form that offers them; for the tests of changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from interlude.agreements.actions import accept_agreement, in_force_for
from interlude.agreements.models import Agreement
from interlude.boundaries.actions import publish_rules
from tests.agreements.reading import main_text
from tests.cast import CLINICIAN_RULES, NOW

PAGE, MINE = "/practice/rules/change/", "/my/agreement/"
REASON = "I read with more care when there are fewer."
FEWER = CLINICIAN_RULES.replace("messages_per_week = 3", "messages_per_week = 2")
MORE = CLINICIAN_RULES.replace("messages_per_week = 3", "messages_per_week = 4")
BEGINS = datetime(2026, 5, 27, 23, tzinfo=UTC)  # Thu 28 May in London: 14 days, and the session of Tue 19 May
SESSION = datetime(2026, 5, 19, 9, tzinfo=UTC)


def new_rules(cast: Any, text: str = FEWER) -> None:
    rules = text.format(zone="Europe/London")
    publish_rules(rules, practice=cast.alder, clinician=cast.ada, by=None, since=NOW.date(), now=NOW)


def read(visit: Any, person: Any, address: str) -> str:
    answer = visit(person).get(address)
    assert answer.status_code == 200
    return main_text(answer.content.decode())


def form_of(visit: Any, cast: Any, *names: str, query: str = "", **typed: str) -> dict[str, Any]:
    """What the page would send for those clients."""
    form = visit(cast.ada).get(PAGE + query).context["form"]
    keys = [one.key for one in form.concerns if one.client.name.split()[0].lower() in names]
    assert len(keys) == len(names)
    return {
        "to": keys,
        "rules": form.now_shown,
        "reason": REASON,
        "because": "ordinary",
        "starts_on": "",
    } | typed


def offer_to(visit: Any, cast: Any, *names: str, **typed: str) -> Any:
    return visit(cast.ada).post(PAGE, form_of(visit, cast, *names, **typed))


def newest(participant: Any) -> Agreement:
    return Agreement.unscoped.filter(client=participant.client).order_by("-number").first()  # type: ignore[return-value]


def yes(participant: Any, now: datetime = NOW) -> None:
    given = {"participant": participant, "name_typed": participant.name, "now": now}
    assert accept_agreement(agreement=newest(participant), **given)


def in_force(participant: Any, now: datetime) -> int:
    held = in_force_for(participant.client, now)
    assert held is not None
    return held.number
