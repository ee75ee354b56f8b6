"""Two pieces of one page, side by side: the words that are gone and the words that are new are marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.utils.safestring import SafeString, mark_safe

_PIECES = re.compile(r"<[^>]*>|[^<\s,]+|,|\s+")


def marked(before: SafeString, after: SafeString) -> tuple[SafeString, SafeString]:
    """Both, with `<del>` around what the second does not say and `<ins>` around what the first does not.

    Only words are marked, never across a tag, so the pages stay as sound as they came.
    """
    one, two = _PIECES.findall(before), _PIECES.findall(after)
    steps = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    old = [_put("del", one[a:b]) if step != "equal" else "".join(one[a:b]) for step, a, b, _, _ in steps]
    new = [_put("ins", two[c:d]) if step != "equal" else "".join(two[c:d]) for step, _, _, c, d in steps]
    return mark_safe("".join(old)), mark_safe("".join(new))  # safe: both came escaped, and no word was added


def _put(tag: str, pieces: Iterable[str]) -> str:
    """*pieces* with each run of words in *tag*."""
    text = ""
    run: list[str] = []
    for piece in [*pieces, ""]:
        if piece and not piece.startswith("<"):
            run.append(piece)
            continue
        words = "".join(run)
        text += (f"<{tag}>{words}</{tag}>" if words.strip() else words) + piece
        run = []
    return text
