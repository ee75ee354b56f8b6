"""Each catalogue has the sentences of the source, and no translation that breaks its sentence."""

import re

import pytest

from tests.house import tree
from tests.house.catalogues import LANGUAGES, catalogue, fits, key, sentences


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_the_sentences_of_the_source(language):
    now = {key(one) for one in sentences() if one.id}
    has = {key(one) for one in catalogue(language) if one.id}
    assert len(now) > 3000
    assert (now - has, has - now) == (set(), set()), "run bin/messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_fits_its_sentence(language):
    said = [one for one in catalogue(language) if one.id and any(one.string)]
    wrong = {key(one)[1]: fits(one.id, one.string) for one in said}
    assert {sentence: what for sentence, what in wrong.items() if what} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_says_that_it_is_one(language):
    assert "A draft: no person who speaks" in catalogue(language).header_comment


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("By %(day)s", "Para el"),
        ("By %(day)s", "Para el %(dia)s"),
        ("By {day}", "Para el {dia}"),
        ("100 %% of %s", "100 % de %s"),
        ("<strong>Now</strong>", "Ahora"),
        ('<a href="%(to)s">here</a>', '<a href="%(to)s" class="x">aquí</a>'),
        ("Yes\n", "Sí"),
        ("Yes", " "),
        (("%(n)d day", "%(n)d days"), "%(n)d días"),
        (("%(n)d day", "%(n)d days"), ("%(n)d día", "")),
        (("%(n)d day", "%(n)d days"), ("%(x)d día", "%(n)d días")),
    ],
)
def test_what_does_not_fit_is_found(sentence, said):
    assert fits(sentence, said)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("%(who)s by %(day)s", "el %(day)s por %(who)s"),
        (("one day", "%(n)d days"), ("%(n)d día", "%(n)d días")),
        (("%(n)d day", "%(n)d days"), ("un día", "%(n)d días")),
    ],
)
def test_what_fits_passes(sentence, said):
    assert fits(sentence, said) == ""


OTHER_DAYS = ("ui/customs.py", "phrasebook/picking.py")  # the second by the language of a text, not of a page
DATES = re.compile(r"utils(\.| import .*\b)dateformat\b|\bdate_format\b|defaultfilters import .*\bdate\b")


def test_a_day_that_people_read_is_written_in_the_order_of_their_language():
    """With `written`, which knows orders; a pattern with a month in words is nobody else's."""
    found = [
        tree.short(file)
        for file in tree.files(".py", under=tree.SRC)
        if DATES.search(tree.text(file)) and not file.as_posix().endswith(OTHER_DAYS)
    ]
    found += [tree.short(one) for one in tree.templates() if re.search(r'\|date:"[^"]*[FMN]', tree.text(one))]
    assert not found, f"write it with ui/customs.py, in a template with |written: {found}"
