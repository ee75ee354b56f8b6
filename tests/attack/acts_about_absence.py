"""Time away, covers, wills and sudden absences, as forms."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.attack.act import Act

DAYS = {"first": "2026-07-06", "last": "2026-07-10", "starts": "", "ends": "", "sure": "1"}
BREAK = {"helps": "Walk by the canal.", "there": "My sister."}


def absence_acts(stage: Any) -> dict[str, Act]:
    """What a clinician does about being away."""
    mine = stage.noor.ids
    away = DAYS | {"repeat": "once", "until": ""}
    asked = {
        "cover_id": str(uuid4()), "colleague": str(stage.cast.ben.pk), "clients": str(mine["client"]),
        "topics": "homework", "first": "2026-09-11", "last": "2026-09-14", "starts": "", "ends": "",
    }  # fmt: skip
    sudden = {"clinician": str(stage.cast.ben.pk), "last": "2026-05-15", "why": "ill"}
    return {
        "go away": Act("ada", "/practice/time-away/", away, tuple(away)),
        "move time away": Act("ada", f"/practice/time-away/{mine['absence']}/", DAYS, tuple(DAYS)),
        "come back": Act("ada", f"/practice/time-away/{mine['absence']}/cancel/"),
        "ask to stand in": Act("ada", f"/practice/time-away/{mine['absence']}/cover/", asked, tuple(asked)),
        "end cover": Act("ada", f"/practice/covers/{mine['cover']}/end/"),
        "break plan": Act("ada", f"/practice/clients/{mine['client']}/break/", BREAK, tuple(BREAK)),
        "will": Act("ada", "/practice/will/", {"words": "Ask Ruth."}, ("words",)),
        "rather wait": Act("noor", f"/my/break/covers/{mine['cover']}/", {"may": "no"}, ("may",)),
        "cannot come": Act("priya", "/office/sudden/", sudden, tuple(sudden)),
        "I called": Act(
            "priya", f"/office/sudden/{mine['absence']}/", {"client": str(mine["client"])}, ("client",)
        ),
        "ask for a will": Act("priya", "/office/wills/", {"will": str(mine["will"])}, ("will",)),
    }
