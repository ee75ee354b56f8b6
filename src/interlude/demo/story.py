"""Reading the stories: what each care of the demo wrote, in order, and what waits today."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "stories"


@dataclass(frozen=True, slots=True)
class Entry:
    """One message and how it was closed: `answer`, `acknowledged`, `kept`, `by_phone`, or '' for none."""

    topic: str
    words: str
    reply: str = ""
    closing: str = ""
    by: str = ""
    no_answer: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A care's past in order, its notes by place (list, journal), and what stands open today."""

    past: tuple[Entry, ...]
    notes: tuple[tuple[str, str], ...]
    today: dict[str, str]


def story(key: str) -> Story:
    """The story of one care. A care without a file has an empty one."""
    path = FOLDER / f"{key}.toml"
    if not path.exists():
        return Story((), (), {})
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Story(
        tuple(_entry(one) for one in told.get("message", [])),
        tuple((note["where"], note["words"].strip()) for note in told.get("note", [])),
        {key: value.strip() for key, value in told.get("now", {}).items()},
    )


def _entry(told: dict[str, Any]) -> Entry:
    reply = told.get("reply", "").strip()
    return Entry(
        topic=told["topic"],
        words=told["words"].strip(),
        reply=reply,
        closing=told.get("closing", "answer" if reply else ""),
        by=told.get("from", ""),
        no_answer=told.get("no_answer", False),
    )
