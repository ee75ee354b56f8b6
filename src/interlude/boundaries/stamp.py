"""Rules as typed become rules as published: with who set them and since when written into the text itself."""

from __future__ import annotations

from datetime import date

from interlude.core.layers import LayerKind
from interlude.core.toml_text import dump_layer, layer_of, parse


def stamped(
    text: str, *, kind: LayerKind, name: str, since: date, until: date | None = None, reason: str = ""
) -> str:
    """*text* with its header set from the act of publishing, not from what was typed there. Raises BadPolicy."""
    tables = dict(parse(text, file=name))
    tables |= {"layer": str(kind), "name": name, "since": since}
    tables |= {"until": until} if until else {}
    tables |= {"reason": reason} if reason else {}
    return dump_layer(layer_of(tables, file=name))
