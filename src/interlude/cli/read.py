"""`interlude read`: messages from standard input, one JSON object a line; one answer a line."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from interlude.cli.ask import numbered_lines, object_in
from interlude.cli.given import NotUnderstood
from interlude.core.reading import LANGUAGES, get_ready, read


def run(words: list[str]) -> int:
    """Answer every line; a line that is no message is answered with its problem, and the others go on."""
    _parser().parse_args(words)
    get_ready()
    problems = 0
    for number, line in numbered_lines():
        try:
            answer: dict[str, Any] = asdict(read(*_asked(line)))
        except NotUnderstood as wrong:
            problems += 1
            answer = {"line": number, "error": {"words": str(wrong)}}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    return 1 if problems else 0


def _asked(line: str) -> tuple[str, str | None]:
    asked = object_in(line)
    text, language = asked.get("text"), asked.get("lang")
    if not isinstance(text, str):
        raise NotUnderstood('text: no text is given; give one such as {"text": "Can we move Thursday?"}')
    if language is not None and language not in LANGUAGES:
        raise NotUnderstood(
            f"lang: {str(language)[:20]!r} is not known here; known are: {', '.join(LANGUAGES)}"
        )
    return text, language


def _parser() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog="interlude read",
        description="Suggest a topic, and whether help should come first on the client's own page. Nothing is kept.",
        epilog='One JSON object a line on standard input: {"text": "...", "lang": "en"}; lang may be left out.',
    )
