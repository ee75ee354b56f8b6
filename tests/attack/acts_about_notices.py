"""What a form can send about notices, from each room."""

from __future__ import annotations

from uuid import uuid4

from tests.attack.act import Act

CHOSEN = {
    "kinds": "answer", "rhythm": "daily", "daily_at": "18:00", "quiet_from": "22:00", "quiet_until": "07:00",
    "subject": "note", "sender": "Calendar",
}  # fmt: skip
ROOMS = {"": ("noor", "my"), ", from Ada": ("ada", "practice"), ", from the office": ("priya", "office")}


def notice_acts() -> dict[str, Act]:
    """Choices, a new address, and a code, in three rooms."""
    found = {}
    for ending, (who, room) in ROOMS.items():
        page = f"/{room}/account/notices/"
        chosen = CHOSEN | {"kinds": "answer" if who == "noor" else "cover"}
        asked = {"address": "elsewhere@example.net", "old_is_unsafe": "on", "key": str(uuid4())}
        found |= {
            f"notices{ending}": Act(who, page, chosen, tuple(chosen)),
            f"notices elsewhere{ending}": Act(who, f"{page}address/", asked, tuple(asked)),
            f"notices code{ending}": Act(who, f"{page}address/code/", {"code": "123 456"}, ("code",)),
        }
    return found
