"""What a form can send about templates."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from interlude.core.packs.phrases import id_of
from interlude.core.wording import PARTS
from tests.attack.act import Act
from tests.attack.long_forms import WORDS


def phrase_acts(stage: Any) -> dict[str, Act]:
    """What a clinician does in the phrasebook, and for one client."""
    mine, of = stage.noor.ids, str(id_of("sounded_cold", "en"))
    parts = dict.fromkeys(PARTS, WORDS)
    phrase = parts | {"title": "Ours", "situation": "limits", "language": "en", "phrase_id": str(uuid4())}
    to, client = f"/practice/phrases/{mine['phrase']}/", f"/practice/clients/{mine['client']}/phrases/"
    said = {"of": of, "landed": "well", "said_by": "client", "said_on": "2026-05-12", "note": WORDS}
    said |= {"landing_id": str(uuid4())}
    taken = {"words": WORDS, "take": of, "other": "", "cursor": "3", "phrase": f"{of}:1"}
    typed = (*PARTS, "title", "situation", "language", "phrase_id")
    return {
        "phrase": Act("ada", "/practice/phrases/new/", phrase | {"from": of}, (*typed, "from")),
        "phrase changed": Act("ada", f"{to}change/", phrase | {"number": "1"}, (*typed, "number")),
        "phrase off the list": Act("ada", f"{to}retirement/"),
        "phrase back": Act("ada", f"{to}retirement/", {"back": "1"}, ("back",)),
        "draft reviewed": Act(
            "ada", f"/practice/phrases/{id_of('much_private', 'es')}/review/", {"speaks": "yes"}, ("speaks",)
        ),
        "landed": Act("ada", f"{client}landed/", said, tuple(said)),
        "variant": Act("ada", f"{client}new/", parts | {"of": of}, (*PARTS, "of")),
        "variant changed": Act("ada", f"/practice/variants/{mine['variant']}/", parts, PARTS),
        "phrase opened": Act("ada", f"/practice/messages/{mine['message']}/phrase/", taken, tuple(taken)),
    }
