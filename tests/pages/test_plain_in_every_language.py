"""A client's pages read easily in Spanish and Hindi too: running sentences, without names of things and tables."""

from __future__ import annotations

import re
from typing import Any

import pytest

from interlude.accounts.models import User
from interlude.core.reading_ease import EASY, hindi_measure, perspicuity
from tests.agreements.reading import main_text
from tests.pages.test_in_every_language import pages

NOT_SAID = r"(?s)<(textarea|select|script|table|bdi)\b.*?</\1>"  # somebody's own words, figures in rows
FEWEST = 5  # words: less is the name of a thing, and no sentence


def prose(page: str, language: str) -> str:
    """The sentences of a page in *language*; a text that stays in another one says so, and is left out."""
    own = re.sub(rf'(?s)<(\w+)[^>]*\blang="(?!{language})[^>]*>.*?</\1>', " ", page.partition("<body")[2])
    parts = re.split(r"(?<=[.!?…:;।])\s+", main_text(re.sub(NOT_SAID, " ", own)))
    return " ".join(f"{one.rstrip('.')}." for one in parts if len(one.split()) >= FEWEST)


def read(cast: Any, visit: Any, clock: Any, language: str) -> dict[str, str]:
    User.objects.update(language=language)
    said = {
        where: prose(page, language) for where, page in pages(cast, visit, clock, "client") if "<main" in page
    }
    sentences = sum(text.count(".") + text.count("।") for text in said.values())
    assert len(said) > 40 and sentences > 500
    return {where: text for where, text in said.items() if text}


def test_a_clients_pages_in_spanish_are_rather_easy(cast: Any, visit: Any, clock: Any) -> None:
    """Rule: R-314."""
    ease = {where: perspicuity(text) for where, text in read(cast, visit, clock, "es").items()}
    assert all(found is not None for found in ease.values())
    assert not {where: found for where, found in ease.items() if found < EASY}


def test_a_clients_pages_in_hindi_keep_to_short_sentences_and_words(
    cast: Any, visit: Any, clock: Any
) -> None:
    """Rule: R-315."""
    measures = {where: hindi_measure(text) for where, text in read(cast, visit, clock, "hi").items()}
    assert all(found is not None for found in measures.values())
    assert not {where: found for where, found in measures.items() if not found.is_plain}


@pytest.mark.parametrize(("language", "left"), [("es", "Esta frase se lee así."), ("en", "")])
def test_what_stays_in_another_language_is_not_measured(language: str, left: str) -> None:
    page = '<body><main><p lang="es">Esta frase se lee así.</p><h2>Aquí</h2></main></body>'
    assert prose(page, language) == left
