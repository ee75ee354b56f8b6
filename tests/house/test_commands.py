"""Every word after `interlude` is documented, and no other."""

import re

from django.core.management import get_commands

from interlude.cli.main import OURS
from tests.house import tree

REFERENCE = tree.ROOT / "docs" / "reference" / "commands.md"
DJANGO = {"migrate", "check"}  # an operator needs these two of Django's own


def ours() -> set[str]:
    return {*OURS, *(name for name, app in get_commands().items() if str(app).startswith("interlude."))}


def documented() -> set[str]:
    """The words that headings name: `## interlude due`, with or without marks."""
    return set(re.findall(r"^#+ +`?interlude ([a-z_]+)", tree.text(REFERENCE), flags=re.MULTILINE))


def test_every_command_has_a_heading_in_the_reference():
    assert ours() - documented() == set()


def test_every_heading_in_the_reference_is_a_command():
    assert documented() - ours() - DJANGO == set()


def test_every_script_of_the_checkout_says_what_it_does():
    scripts = [
        file for file in (tree.ROOT / "bin").iterdir() if file.is_file() and not file.name.startswith("_")
    ]
    silent = [file.name for file in scripts if not re.match(r"#!/bin/sh\n# [A-Z]", tree.text(file))]
    assert not silent
