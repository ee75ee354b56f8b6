"""The careful reader: a topic to suggest, and help first where words may mean danger (docs/reference/reading.md)."""

from interlude.core.reading.reader import Reading, Signal, read

__all__ = ["Reading", "Signal", "read"]
