"""The careful reader: a topic to suggest, and help first where words may mean danger (docs/reference/reading.md)."""

from interlude.core.reading.reader import LANGUAGES, Reading, Signal, get_ready, read

__all__ = ["LANGUAGES", "Reading", "Signal", "get_ready", "read"]
