"""A person's words as stored: what is kept exactly, and the three things that are not."""

from __future__ import annotations


def normal_form(text: str) -> str:
    """*text* as it is stored: line ends become \\n; NUL and lone surrogates, which no file can carry, become U+FFFD.

    Everything else stays: directional marks, zero-width characters, any length. Rule: R-70.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if _has_surrogate(text) else text


def count_words(text: str) -> int:
    """How many words, counted between white space. The only thing the decision learns of a text. Rule: R-71."""
    return len(text.split())


def split_after(text: str, words: int) -> tuple[str, str]:
    """*text* in two: its first *words* words, and the rest, both with their own line breaks. Nothing is lost."""
    position, left = 0, words
    while left > 0 and position < len(text):
        while position < len(text) and text[position].isspace():
            position += 1
        while position < len(text) and not text[position].isspace():
            position += 1
        left -= 1
    return text[:position], text[position:]


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
