"""What a form can send about the library: a clinician's own, and what a client does with it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.attack.act import Act
from tests.attack.long_forms import WORDS

PIECE = {
    "title": "A title",
    "text": WORDS,
    "language": "en",
    "cues": "sleep",
    "topics": "homework",
    "to": "ready",
}


def thing_acts(stage: Any) -> dict[str, Act]:
    """What a client does with what was shared."""
    of, key = f"/my/things/{stage.noor.ids['piece']}/", str(uuid4())
    page = {"filled_id": key, "answer_0": WORDS}
    return {
        "look for things": Act("noor", "/my/things/", {"words": WORDS}, ("words",)),
        "page as a draft": Act(
            "noor", f"{of}answers/", page | {"to": "draft"}, ("answer_0", "to", "filled_id")
        ),
        "page finished": Act("noor", f"{of}answers/", page | {"to": "finish"}, ("answer_0",)),
        "page away": Act("noor", f"{of}answers/", {"to": "away"}),
        "it helped": Act("noor", f"{of}helped/", {"instead": "yes", "draft": ""}, ("instead", "draft")),
    }


def library_acts(stage: Any) -> dict[str, Act]:
    """What a clinician does with their library and for a client."""
    mine, key = stage.noor.ids, str(uuid4())
    piece = f"/practice/library/{mine['piece']}/"
    new = PIECE | {"piece_id": key, "kind": "worksheet", "fields": "What was it?"}
    share = {
        "share_id": key,
        "piece": str(mine["piece"]),
        "person": "",
        "due_on": "2026-05-20",
        "line": WORDS,
    }
    return {
        "look in the library": Act("ada", "/practice/library/", {"words": WORDS}, ("words",)),
        "new piece": Act("ada", "/practice/library/new/", new, (*PIECE, "piece_id", "kind", "fields")),
        "new link": Act(
            "ada", "/practice/library/new/", new | {"kind": "link", "link": "https://example.org"}, ("link",)
        ),
        "changed piece": Act("ada", f"{piece}change/", new, ("title", "text", "fields", "cues")),
        "piece for all": Act("ada", f"{piece}state/", {"to": "for_all"}, ("to",)),
        "pieces of ours": Act("ada", "/practice/library/begin/", {"piece": "five_things"}, ("piece",)),
        "share a piece": Act(
            "ada",
            f"/practice/clients/{mine['client']}/library/share/",
            share,
            ("share_id", "piece", "person", "due_on", "line", "message"),
        ),
        "take a piece back": Act("ada", f"/practice/shares/{mine['share']}/back/"),
    }
