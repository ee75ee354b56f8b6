"""What a help page says: each sentence in each language, each with the same things to fill in; calm and plain."""

from __future__ import annotations

import json
import re

import pytest

from interlude.core.packs.help_words import FILE, help_words, in_language, languages, place_in
from interlude.core.packs.lines import about_line, countries_with_lines, help_lines
from interlude.core.packs.places import COUNTRIES
from interlude.core.readability import grade

DOCUMENT = json.loads(FILE.read_text(encoding="utf-8"))


def test_every_sentence_is_there_in_every_language_with_the_same_blanks() -> None:
    for name, said in DOCUMENT["words"].items():
        assert set(said) == set(languages()), name
        blanks = {tuple(sorted(re.findall(r"{\w+}", each))) for each in said.values()}
        assert len(blanks) == 1, name
    for text, said in DOCUMENT["about"].items():
        assert set(said) == set(languages()) - {"en"}, text
        blanks = {tuple(sorted(re.findall(r"{\w+}", each))) for each in (text, *said.values())}
        assert len(blanks) == 1, text


@pytest.mark.parametrize("language", ["es", "hi"])
def test_every_line_of_the_pack_is_said_in_the_readers_language(language: str) -> None:
    for country in countries_with_lines():
        for line in help_lines(country):
            assert line.about != about_line(line.id, language), line.id
            if line.hours and line.daily() is None:
                assert in_language(line.hours, language) != line.hours, line.id
        assert place_in(country, language)
    assert {"es", "hi"} <= set(languages())


@pytest.mark.contract("A33")
def test_no_sentence_hurries_blames_or_shouts() -> None:
    for said in DOCUMENT["words"].values():
        for each in said.values():
            assert not re.search(r"[!¡]", each)
        assert not re.search(r"unfortunately|emergenc(y|ies)(?! number)", said["en"], re.IGNORECASE)


def test_the_english_is_read_at_grade_six_or_lower() -> None:
    text = " ".join(words if words.endswith(".") else f"{words}." for words in help_words("en").values())
    assert grade(text) is not None and grade(text) <= 6


def test_a_language_or_a_place_that_is_not_there_falls_back_to_english() -> None:
    assert help_words("xx") == help_words("en")
    assert place_in("ZW", "es") == COUNTRIES["ZW"]
    assert in_language("Opens the door.", "es") == "Opens the door."
