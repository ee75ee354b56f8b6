"""What a form can send at the clinician's desk, and what a client does with what came from there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.attack.act import Act
from tests.attack.long_forms import WORDS

OFFER = {
    "offer": "1", "typed": "2026-06-01 14:30", "minutes": "50", "until": "2026-05-20", "in_place": "",
    "words": WORDS,
}  # fmt: skip


def taking_acts(stage: Any) -> dict[str, Act]:
    mine = stage.noor.ids
    return {
        "take a time": Act("noor", f"/my/times/{mine['time']}/"),
        "order our list": Act("noor", f"/my/our-list/{mine['item']}/order/", {"to": "later"}, ("to",)),
    }


def desk_acts(stage: Any) -> dict[str, Act]:
    mine, key = stage.noor.ids, str(uuid4())
    to = f"/practice/messages/{mine['message']}/"
    item, session = f"/practice/list/{mine['item']}/order/", str(mine["session"])
    words = {"words": WORDS, "reply_id": key, "at_once": ""}
    return {
        "undo": Act("ada", f"{to}undo/", {"words": WORDS}, ("words",)),
        "split": Act("ada", f"{to}split/", {"part": "0", "words": ""}, ("part", "words")),
        "glance": Act("ada", f"{to}glance/", {"words": WORDS}, ("words",)),
        "offer times": Act(
            "ada",
            f"{to}times/",
            OFFER | {"reply_id": key},
            ("typed", "minutes", "until", "words", "reply_id"),
        ),
        "correct": Act("ada", f"/practice/replies/{mine['reply']}/correction/", words, ("words", "reply_id")),
        "order the list": Act("ada", item, {"to": "later", "session": session}, ("to", "session")),
        "line": Act("ada", f"/practice/sessions/{session}/line/", words, ("words", "reply_id")),
        "undo line": Act("ada", f"/practice/lines/{mine['after line']}/undo/"),
    }
