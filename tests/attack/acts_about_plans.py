"""What a form can send about a plan for hard moments, and beside danger."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.attack.act import Act
from tests.attack.long_forms import WORDS


def plan_acts(stage: Any) -> dict[str, Act]:
    """What a client does with their plan."""
    plan = {"version_id": str(uuid4()), "language": "en", "kind_0": "signs", "text_0": WORDS, "title_0": ""}
    plan |= {"place_0": "1", "when_0": "", "then_0": ""} | {f"level_{n}": "" for n in range(3)}
    whom = {"place": WORDS, "contact": "A sister", "phone": "1", "yes": "on"}
    gone = f"/my/plan/files/{stage.noor.ids['plan file']}/removal/"
    return {
        "plan": Act("noor", "/my/plan/write/", plan, ("text_0", "title_0", "place_0", "kind_0", "when_0")),
        "share": Act("noor", "/my/plan/sharing/", {"share": "yes"}, ("share",)),
        "plan alone": Act("noor", "/my/plan/sharing/", {"share": "no"}, ("share",)),
        "plan looked at": Act("noor", "/my/plan/looks/", {"on": "2026-05-12"}, ("on",)),
        "remind": Act("noor", "/my/plan/reminder/", {"weeks": "12"}, ("weeks",)),
        "plan file gone": Act("noor", gone),
        "whom to call": Act("noor", "/my/whom-to-call/", whom, ("place", "contact", "phone")),
    }


def danger_acts(stage: Any) -> dict[str, Act]:
    """What a clinician does who happens to see danger."""
    mine, key = stage.noor.ids, str(uuid4())
    of = f"/practice/clients/{mine['client']}/safety/"
    looks = f"/practice/plans/{mine['plan']}/looks/"
    return {
        "their plan looked at": Act("ada", looks, {"on": "2026-05-11"}, ("on",)),
        "consult note": Act("ada", f"{of}notes/", {"note_id": key, "words": WORDS}, ("words", "note_id")),
        "coaching pause": Act("ada", f"{of}coaching/", {"pause_id": key, "is_shown": "on"}, ("pause_id",)),
        "hold": Act("ada", f"/practice/people/{mine['participant']}/hold/"),
        "let go": Act("ada", f"/practice/people/{mine['participant']}/hold/", {"safe": "1"}, ("safe",)),
        "coaching again": Act("ada", f"{of}coaching/", {"end": "1"}, ("end",)),
        "timeline": Act("ada", f"{of}dates/", {"with_words": "on"}, ("with_words",)),
    }
