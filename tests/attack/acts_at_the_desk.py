"""What a form can send at the clinician's desk, and what a client does with what came from there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from interlude.appointments.models import MoveRequest
from tests.attack.act import Act
from tests.attack.long_forms import WORDS

OFFER = {
    "offer": "1", "typed": "2026-06-01 14:30", "minutes": "50", "until": "2026-05-20", "in_place": "",
    "words": WORDS,
}  # fmt: skip


MOVE = {"request_id": "", "first": "2026-05-21T10:00", "second": "", "third": "", "words": WORDS}
EARLIER = {"weekdays": "1", "parts": "morning", "notice_hours": "24"}


def taking_acts(stage: Any) -> dict[str, Act]:
    mine = stage.noor.ids
    return {
        "take a time": Act("noor", f"/my/times/{mine['time']}/"),
        "ask to move": Act(
            "noor", f"/my/times/{mine['session']}/move/", MOVE | {"request_id": str(uuid4())}, tuple(MOVE)
        ),
        "move taken back": Act("noor", f"/my/times/asked/{mine['move']}/back/"),
        "cancel a session": Act(
            "noor", f"/my/times/{mine['session']}/cancel/", {"shown": "free"}, ("shown",)
        ),
        "late": Act("noor", f"/my/times/{mine['session']}/late/", {"minutes": "10"}, ("minutes",)),
        "earlier": Act("noor", "/my/times/earlier/", EARLIER, tuple(EARLIER)),
        "wait no longer": Act("noor", "/my/times/earlier/", {"stop": "1"}, ("stop",)),
        "take what is free": Act("noor", f"/my/times/freed/{mine['freed']}/", {"take": "1"}, ("take",)),
        "let it go": Act("noor", f"/my/times/freed/{mine['freed']}/"),
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


def time_acts(stage: Any) -> dict[str, Act]:
    """The week and its requests, at the therapist's desk and at the front desk."""
    mine = stage.noor.ids
    series = {
        "client": str(mine["client"]), "on": "2026-06-02", "clock": "10:00", "minutes": "50", "every": "1",
        "times": "3", "beside": "", "series_id": str(uuid4()), "make": "1",
    }  # fmt: skip
    wished = str(MoveRequest.unscoped.get(pk=mine["move"]).times.get().pk)
    acts = {}
    for who, room in (("ada", "practice"), ("olu", "office")):
        to = f"/{room}/calendar"
        asked, session = f"{to}/asked/{mine['move']}/", f"{to}/{mine['session']}/"
        other = {"answer": "other", "other-typed": "2026-05-22T10:00", "other-line": WORDS}
        acts |= {
            f"series, {who}": Act(who, f"{to}/new/", series, tuple(series)),
            f"mark, {who}": Act(who, f"{session}mark/", {"attendance": "held"}, ("attendance",)),
            f"cancel, {who}": Act(who, f"{session}cancel/", {"offer": "1"}, ("offer",)),
            f"yes, {who}": Act(who, asked, {"answer": "yes", "time": wished}, ("answer", "time")),
            f"other times, {who}": Act(who, asked, other, tuple(other)),
            f"no, {who}": Act(who, asked, {"answer": "no", "no-line": WORDS}, ("answer", "no-line")),
        }
    return acts
