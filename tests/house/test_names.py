"""A thing that would go into `utils` has not been named yet; a word that hardens is not let in."""

import re

import pytest

from tests.house import tree
from tests.house.words import ALLOWED, ANYWHERE, ON_SCREEN, visible

UNNAMED = {
    "utils", "helpers", "common", "base", "services", "managers", "signals", "mixins", "selectors",
}  # fmt: skip
NAMED_BY_OTHERS = {"src/interlude/site/sqlite/base.py": "Django looks for a database backend under this name"}


def test_every_module_has_a_name_of_its_own():
    found = [
        tree.short(file)
        for file in tree.files(".py")
        if tree.short(file) not in NAMED_BY_OTHERS
        and UNNAMED & {part.removesuffix(".py").strip("_") for part in file.relative_to(tree.ROOT).parts}
    ]
    assert not found, f"name what these are about: {found}"


def offences(word: str, reason: str, places: list[tuple[str, str]]) -> list[str]:
    pattern = re.compile(word, re.IGNORECASE)
    return [
        f"{place}:{number}: {line.strip()[:90]!r} ({reason})"
        for place, source in places
        if (word, place) not in ALLOWED
        for number, line in enumerate(source.splitlines(), 1)
        if pattern.search(line)
    ]


def in_source() -> list[tuple[str, str]]:
    kept = tree.files(".py", ".html", ".css", ".js", ".toml", under=tree.SRC)
    return [(tree.short(file), tree.text(file)) for file in kept if "demo" not in file.parts]


def on_screen() -> list[tuple[str, str]]:
    return [(tree.short(file), visible(tree.text(file))) for file in tree.templates()]


@pytest.mark.parametrize(("word", "reason"), ANYWHERE.items())
def test_a_word_that_hardens_is_nowhere_in_the_source(word, reason):
    found = offences(word, reason, in_source())
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("word", "reason"), ON_SCREEN.items())
def test_a_word_that_is_not_ours_is_on_no_screen_and_in_no_mail(word, reason):
    found = offences(word, reason, on_screen())
    assert not found, "\n".join(found)


def test_every_allowed_exception_is_still_needed():
    needless = []
    for (word, place), reason in ALLOWED.items():
        assert reason, f"{word} in {place} needs a reason"
        file = tree.ROOT / place
        if not file.exists() or not re.search(word, tree.text(file), re.IGNORECASE):
            needless.append(f"{word} in {place}")
    assert not needless, f"remove these from the list: {needless}"
