"""The pack of help lines: drafts with sources, nothing withheld from the checker, nothing held back shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interlude.core.packs.lines import (
    BadLines,
    collected_on,
    countries_with_lines,
    directories,
    help_line,
    help_lines,
    read_line,
)
from interlude.core.packs.places import COUNTRIES, NoSuchCountry, country

SOURCE = Path(__file__).resolve().parents[3] / "shared" / "domain" / "crisis_lines.json"
GOOD = {
    "id": "xx-1", "country": "GB", "kind": "line", "subject": "emotional_support", "name": "A line",
    "phone": "1", "dial": "1", "evidence": "official",
}  # fmt: skip


@pytest.fixture(scope="module")
def source() -> dict[str, dict[str, object]]:
    if not SOURCE.exists():
        pytest.skip("the sample data lie beside the project, and are not here")
    return {line["id"]: line for line in json.loads(SOURCE.read_text())["lines"]}


def every_line():
    return [line for code in countries_with_lines() for line in help_lines(code)]


def test_no_line_that_is_held_back_is_in_the_pack(source):
    held = {id for id, line in source.items() if line["display"] == "hold"}
    assert held
    for line in every_line():
        assert line.id not in held
        assert "-".join(line.id.split("-")[:2]) in source


def test_every_number_is_one_that_the_source_has(source):
    for line in every_line():
        origin = source["-".join(line.id.split("-")[:2])]
        if line.dial:
            assert line.dial in origin["dial"], line.id
        if line.text_number:
            assert line.text_number.replace(" ", "") == origin["message"]["sms"]["number"], line.id


def test_every_line_that_may_be_shown_made_it_into_the_pack(source):
    wanted = {id for id, line in source.items() if line["display"] != "hold"}
    assert wanted == {"-".join(line.id.split("-")[:2]) for line in every_line()}


def test_hours_are_never_made_up(source):
    for line in every_line():
        if line.hours == "Any hour":
            assert source["-".join(line.id.split("-")[:2])]["hours"] == "24/7"


@pytest.mark.parametrize("code", countries_with_lines())
def test_danger_to_life_stands_first_in_every_country(code):
    first, *_ = help_lines(code)
    assert first.kind == "emergency"
    assert [line.position for line in help_lines(code)] == sorted(line.position for line in help_lines(code))


def test_every_line_fits_where_it_is_kept():
    for line in every_line():
        assert len(line.id) <= 24 and len(line.name) <= 120 and len(line.about) <= 240, line.id
        assert len(f"{line.source} {line.source_date}") <= 240, line.id


def test_a_country_is_found_by_its_code_in_any_letters_and_an_unknown_one_has_none():
    assert help_lines("gb") == help_lines("GB") != ()
    assert help_lines("ZZ") == () == help_lines("")
    assert help_line("gb-03").name == "Samaritans"
    assert help_line("gb-99") is None
    assert country(" gb ") == "GB"


@pytest.mark.parametrize("code", ["", "XX", "GBR", "United Kingdom", "\0", "ＧＢ"])
def test_a_country_that_is_none_is_named_in_the_error(code):
    with pytest.raises(NoSuchCountry, match="use two letters as in ISO 3166-1"):
        country(code)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"country": "XX"}, "country = 'XX'"),
        ({"kind": "hotline"}, "kind = 'hotline'"),
        ({"subject": "other"}, "subject = 'other'"),
        ({"evidence": "rumour"}, "evidence = 'rumour'"),
        ({"name": ""}, "name = ''"),
        ({"dial": "12 34"}, "dial = '12 34'"),
        ({"dial": ""}, "phone = '1'"),
        ({"phone": "", "dial": ""}, "give a phone or a text number"),
        ({"url": "http://place.org"}, "url = 'http://place.org'"),
        ({"display": "hold"}, "leave it out"),
    ],
)
def test_an_entry_that_no_page_could_show_is_refused_with_its_id_key_and_value(change, named):
    assert read_line(GOOD).name == "A line"
    with pytest.raises(BadLines) as refused:
        read_line(GOOD | change)
    assert "lines.json, xx-1" in str(refused.value) and named in str(refused.value)


def test_the_pack_says_when_it_was_made_and_where_to_look_otherwise():
    assert collected_on().year == 2026
    assert all(each.url.startswith("https://") for each in directories())
    assert len(COUNTRIES) == 249
