"""A glance at a clinician's words before they leave: what may be heard as blame, the grade, the length.

Advice and nothing else. No answer is held up, shortened or refused for it (laws 1 and 12).
"""

from __future__ import annotations

from dataclasses import dataclass

from interlude.core.readability import Hard, Reading, reading
from interlude.core.words import count_words

LONGEST_READ = 50_000
"""Characters that are read for a glance; of a longer text the beginning is enough to tell its tone."""


@dataclass(frozen=True, slots=True)
class Glance:
    """How an answer reads.

    Args:
        words: how many it has; *planned* is what the agreement plans for a message, None for no number.
    """

    words: int
    planned: int | None
    reading: Reading

    @property
    def hard(self) -> tuple[Hard, ...]:
        return self.reading.hard

    @property
    def is_longer(self) -> bool:
        """Longer than what the client plans to write: a quick question grows into a session (B34)."""
        return self.planned is not None and self.words > self.planned

    @property
    def is_plain(self) -> bool:
        return self.reading.is_plain

    @property
    def has_advice(self) -> bool:
        """Is there anything to think about before sending?"""
        return bool(self.hard or self.reading.places) or self.is_longer or not self.is_plain


def glance(text: str, *, planned: int | None) -> Glance | None:
    """What to know of *text* before it leaves; None where nothing is written. Rule: R-261."""
    if not text.strip():
        return None
    return Glance(count_words(text), planned, reading(text[:LONGEST_READ]))
