"""What a form can send about the journal, papers and files."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.attack.act import Act
from tests.attack.long_forms import WORDS


def paper_acts(stage: Any) -> dict[str, Act]:
    """What a client does with pages of the journal, with files and with a copy of the record."""
    mine, key = stage.noor.ids, str(uuid4())
    summary, entry = {"item_id": key, "words": WORDS}, {"entry": str(mine["entry"])}
    week, typed = "/my/journal/week/", ("words", "item_id")
    return {
        "summary": Act("noor", week, summary | {"to": "list"}, (*typed, "to")),
        "summary to keep": Act("noor", week, summary | {"to": "journal"}, typed),
        "rest": Act("noor", f"/my/drafts/{mine['draft']}/rest/", {"days": "2"}, ("days",)),
        "pause": Act("noor", "/my/drafts/pause/", {"days": "1"}, ("days",)),
        "ask for my record": Act("noor", "/my/papers/record/"),
        "record taken back": Act("noor", f"/my/papers/record/{mine['record request']}/withdrawal/"),
        "record ready": Act("ada", f"/practice/records/{mine['record request']}/ready/"),
        "record ready, at the desk": Act("olu", f"/office/records/{mine['record request']}/ready/"),
        "file taken away": Act("noor", f"/my/files/{mine['enclosure of a draft']}/removal/"),
        "pages ticked": Act("noor", week, {"page": str(mine["entry"])}, ("page",)),
        "page as a message": Act("noor", "/my/journal/message/", entry, ("entry",)),
        "summary as a message": Act("noor", "/my/journal/message/", summary, typed),
    }
