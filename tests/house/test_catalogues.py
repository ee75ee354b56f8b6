"""Each catalogue has the sentences of the source, and no translation that breaks its sentence."""

import re

import pytest
from django.utils.translation import gettext, ngettext, override

from tests.house import tree
from tests.house.catalogues import (
    LANGUAGES,
    catalogue,
    fits,
    is_formal,
    key,
    read_by_clients,
    sentences,
    waiting,
)

FAMILIAR = "es_TU"
OF_THE_READER = re.compile(  # an ending that takes a side between men and women
    r"\b(tú mism[oa]|tú sol[oa]|[oa]/[oa])\b|\w[@](?!\w)"
    r"|\b(eres|estás|estés|estabas|serás|estarás|quedas|te sientes|te quedas) (?!\w+ndo\b)\w{2,}[oa]s?\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_the_sentences_of_the_source(language):
    now = {key(one) for one in sentences() if one.id}
    has = {key(one) for one in catalogue(language) if one.id}
    assert len(now) > 3000
    assert (now - has, has - now) == (set(), set()), "run bin/messages"


@pytest.mark.parametrize("language", [*LANGUAGES, FAMILIAR])
def test_every_translation_fits_its_sentence(language):
    said = [one for one in catalogue(language) if one.id and any(one.string)]
    wrong = {key(one)[1]: fits(one.id, one.string) for one in said}
    assert {sentence: what for sentence, what in wrong.items() if what} == {}


@pytest.mark.parametrize("language", [*LANGUAGES, FAMILIAR])
def test_a_draft_says_that_it_is_one(language):
    assert "A draft: no person who speaks" in catalogue(language).header_comment


def test_all_that_says_usted_to_a_client_has_its_word_for_tu():
    assert [key(one)[1] for one in waiting(catalogue("es"), catalogue(FAMILIAR))] == [], (
        "bin/messages missing"
    )
    now = {key(one) for one in sentences() if one.id}
    assert {key(one) for one in catalogue(FAMILIAR) if one.id} - now == set(), "run bin/messages"


def test_spanish_that_says_tu_never_says_usted_and_takes_no_side():
    said = [words for one in catalogue(FAMILIAR) if one.id for words in _each(one.string)]
    assert len(said) > 800
    assert [words for words in said if re.search(r"\busted\b", words, re.IGNORECASE)] == []
    assert [words for words in said if OF_THE_READER.search(words)] == []


def test_what_stays_as_it_is_stays_because_somebody_else_is_meant():
    usted = {key(one): one for one in catalogue("es") if one.id}
    same = [usted[key(one)] for one in catalogue(FAMILIAR) if one.id and usted[key(one)].string == one.string]
    assert len(same) < 50
    assert [key(one) for one in same if not (read_by_clients(one) and is_formal(one.string))] == []


@pytest.mark.parametrize(
    "words",
    ["Usted elige.", "Su diario", "Hola. Escriba aquí.", "Hay ayuda, y llame.", "si no se siente a salvo"],
)
def test_usted_is_found(words):
    assert is_formal(words)


@pytest.mark.parametrize(
    "words", ["Tú eliges.", "Tu diario", "Hola. Escribe aquí.", "Úsenlo ustedes", "resultado"]
)
def test_tu_is_let_be(words):
    assert not is_formal(words)


@pytest.mark.parametrize(
    "words", ["Si estás cansada", "tú mismo", "Quédate tranquil@", "cuando te sientes solo"]
)
def test_an_ending_that_takes_a_side_is_found(words):
    assert OF_THE_READER.search(words)


def test_what_differs_lies_over_the_whole_catalogue_plurals_too():
    with override("es-tu"):
        assert gettext("Your message") == "Tu mensaje"
        assert gettext("Our list") == "Nuestra lista"  # the same in both
        planned = ("You planned one.", "You planned up to %(number)s.")
        assert [ngettext(*planned, n) for n in (1, 3)] == ["Planeaste uno.", "Planeaste hasta %(number)s."]
        days = [ngettext("%(n)d day", "%(n)d days", n) % {"n": n} for n in (1, 3)]
        assert days == ["1 día", "3 días"]
        assert gettext("This field is required.") != "This field is required."  # Django's own words


def _each(words):
    return [words] if isinstance(words, str) else list(words)


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
