"""Every word after `interlude` is documented with its options, and no other."""

import re

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from interlude.cli.main import OURS
from tests.house import tree

LIBRARY = tree.ROOT / "docs" / "reference" / "commands.md"
PORTAL = tree.ROOT / "docs" / "reference" / "portal-commands.md"
DJANGO = {"migrate", "check"}  # an operator needs these two of Django's own
WORDS = {name: str(app) for name, app in get_commands().items() if str(app).startswith("interlude.")}


def options(name: str) -> set[str]:
    """Long options that are a command's own, not Django's."""
    own = load_command_class(WORDS[name], name).create_parser("interlude", name)
    bare = BaseCommand().create_parser("interlude", name)
    return set(re.findall(r"--[a-z][a-z-]+", own.format_help())) - set(
        re.findall(r"--[a-z][a-z-]+", bare.format_help())
    )


def chapters() -> dict[str, str]:
    """What the reference says of each word: `## serve` and what follows."""
    parts = re.split(r"^## (\w+)$", tree.text(PORTAL), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("word", OURS)
def test_every_word_of_the_library_is_in_the_reference(word):
    assert f"interlude {word}" in tree.text(LIBRARY)


def test_the_portals_words_are_in_the_reference_and_no_others():
    assert set(chapters()) == {*WORDS, *DJANGO}


@pytest.mark.parametrize("word", WORDS)
def test_every_option_of_the_portals_words_is_in_the_reference(word):
    missing = [option for option in options(word) if f"`{option}" not in chapters().get(word, "")]
    assert not missing


def test_every_script_of_the_checkout_says_what_it_does():
    scripts = [
        file for file in (tree.ROOT / "bin").iterdir() if file.is_file() and not file.name.startswith("_")
    ]
    silent = [file.name for file in scripts if not re.match(r"#!/bin/sh\n# [A-Z]", tree.text(file))]
    assert not silent
