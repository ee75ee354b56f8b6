"""One word, one command. Only what a command needs is loaded: the start is part of the answer."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

from interlude import __version__

OURS = {
    "due": "when a message sent at a moment is read, and by when its answer comes",
    "decide": "what happens to a message, and why",
    "policy": "starting points and layers of rules: presets, show, check, explain, diff",
    "read": "what a message is about, and whether help should come first on its writer's page",
    "replay": "what would have differed had past messages met other rules",
}
USAGE = f"""usage: interlude COMMAND [options]

Without the portal:
{"".join(f"  {word:8}{what}{chr(10)}" for word, what in OURS.items())}
  interlude COMMAND --help says more; interlude --version names the version and the zone data.
  Any other command (serve, demo, practice, audit, deliver, doctor) belongs to the portal.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; *argv* is without the program's name.

    Returns:
        0: done; 1: something that was given has a problem; 2: the command was not understood.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _write_anything()
    try:
        return _run(words)
    except SystemExit as leaving:  # argparse has said what was wrong, or has shown its help
        return leaving.code if isinstance(leaving.code, int) else 2
    except BrokenPipeError:  # the reader, such as head, has seen enough
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def _run(words: list[str]) -> int:
    command = words[0] if words else "--help"
    if command in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0 if words else 2
    if command in ("-V", "--version"):
        return _version()
    if command in OURS:
        return int(importlib.import_module(f"interlude.cli.{command}").run(words[1:]))
    return _portal(words)


def _version() -> int:
    zones = importlib.import_module("interlude.core.zones").zone_data()
    print(f"interlude {__version__}")
    print(f"zone data {zones.version} ({zones.source})")
    return 0


def _portal(words: list[str]) -> int:
    near = importlib.import_module("difflib").get_close_matches(words[0], OURS, n=1, cutoff=0.75)
    if near:
        print(f"interlude: there is no command {words[0]!r}; did you mean {near[0]}?", file=sys.stderr)
        return 2
    return hand_over(words)


def hand_over(words: list[str]) -> int:
    """Let the portal answer, if it is installed."""
    try:
        portal = importlib.import_module("interlude.site.manage")
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("interlude."):
            raise
        return _no_portal(words[0])
    return int(portal.main(words) or 0)


def _no_portal(word: str) -> int:
    print(f"interlude: {word!r} is a command of the portal, and", file=sys.stderr, end=" ")
    print('the portal is not installed; pip install "interlude[portal]"', file=sys.stderr)
    return 2


def _write_anything() -> None:
    """A file name or a text that no terminal can show is shown as escapes, instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
