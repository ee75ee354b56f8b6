"""The command line: the core's answers without the portal; every other word goes on to the portal."""

from interlude.cli.main import main

__all__ = ["main"]
