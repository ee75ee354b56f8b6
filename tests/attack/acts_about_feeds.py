"""What a form can send about meeting by video and calendars."""

from __future__ import annotations

from uuid import UUID, uuid4

from tests.attack.act import Act

HABITS = {"join_url": "https://video.example.org/ada", "remind_hours": "72"}
LINK = {"how": "own", "join_url": "https://video.example.org/this-once"}
FEED = {"to": "make", "title": "busy"}


def feed_acts(mine: dict[str, UUID]) -> dict[str, Act]:
    """A calendar for each of the two, the clinician's usual link and one for a session."""
    calendar = "/my/calendar/"
    return {
        "my calendar": Act("noor", calendar, FEED | {"key": str(uuid4())}, ("title", "key", "to")),
        "calendar named": Act("noor", calendar, {"to": "name", "title": "shown_name"}, ("title",)),
        "calendar stopped": Act("noor", calendar, {"to": "stop"}),
        "own calendar": Act(
            "ada", "/practice/feed/", {"to": "make", "title": "initials", "key": str(uuid4())}, ("title",)
        ),
        "how we meet": Act("ada", "/practice/sessions/habits/", HABITS, tuple(HABITS)),
        "link of a session": Act("ada", f"/practice/sessions/{mine['session']}/link/", LINK, tuple(LINK)),
        "how they meet": Act(
            "priya", f"/office/people/clinicians/{mine['clinician']}/sessions/", HABITS, tuple(HABITS)
        ),
    }
