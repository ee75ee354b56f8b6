"""The verification room: the history of checks, wrong numbers told by anybody, and the practice's own place."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from interlude.audit.models import Event
from interlude.core.packs.lines import countries_with_lines, help_lines
from interlude.crisis.actions import add_own_line, bring_in_lines, confirm_line, take_down_line
from interlude.crisis.models import HelpLine, LineCheck, WrongNumber
from interlude.crisis.own_place import own_place
from interlude.crisis.wrong_numbers import MOST_FOR_A_LINE
from interlude.outbox.models import Notice
from interlude.practice.models import Practice
from tests.cast import DAY, NOW, Cast

LINES = "/office/help-lines/"
WRONG = "/help/alder/GB/wrong/"


@pytest.fixture
def lines(cast: Cast) -> list[HelpLine]:
    bring_in_lines("GB", practice=cast.alder, by=cast.priya, now=NOW)
    rows = list(HelpLine.unscoped.filter(practice=cast.alder))
    for line in rows:
        confirm_line(line, by=cast.priya, how="called", on=NOW.date(), now=NOW)
    return rows


def told(line: HelpLine, **more: str) -> dict[str, str]:
    return {"line": str(line.pk), "what": "nobody"} | more


def test_every_check_is_a_row_that_stays_with_the_numbers_as_they_were(
    cast: Cast, visit: Any, lines: list[HelpLine]
) -> None:
    line = lines[0]
    confirm_line(line, by=cast.olu, how="page", on=(NOW + DAY).date(), now=NOW + DAY)
    take_down_line(line, by=cast.olu, why="A tax office answers.", now=NOW + 2 * DAY)
    HelpLine.unscoped.filter(pk=line.pk).update(phone="000")
    rows = list(line.checks.order_by("at"))
    assert [row.found for row in rows] == ["called", "page", "down"]
    assert {row.phone for row in rows} == {line.phone}
    assert [row.by for row in rows] == [cast.priya, cast.olu, cast.olu]
    page = visit(cast.olu).get(LINES).content.decode()
    assert "A tax office answers." in page and "Olu Adeyemi looked at its page" in page


def test_a_row_of_the_history_is_neither_changed_nor_deleted(lines: list[HelpLine]) -> None:
    row = lines[0].checks.get()
    row.found = "page"
    for act in (row.save, row.delete):
        with pytest.raises(TypeError, match="kept as it was written"):
            act()
    assert LineCheck.unscoped.get(pk=row.pk).found == "called"


def test_the_database_keeps_no_line_taken_down_without_a_reason(cast: Cast, lines: list[HelpLine]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        take_down_line(lines[0], by=cast.olu, why="", now=NOW)


def test_nothing_held_back_can_be_brought_in_by_any_country(cast: Cast) -> None:
    for country in countries_with_lines():
        bring_in_lines(country, practice=cast.alder, by=cast.priya, now=NOW)
    known = set(HelpLine.unscoped.values_list("source_id", flat=True))
    assert known == {line.id for country in countries_with_lines() for line in help_lines(country)}
    assert len(countries_with_lines()) == 38
    assert not HelpLine.unscoped.shown().exists()


def test_anybody_tells_a_wrong_number_without_a_trace_of_who(
    cast: Cast, visit: Any, lines: list[HelpLine], caplog: Any
) -> None:
    before = Event.objects.count()
    somebody = visit(cast.noor)
    answer = somebody.post(WRONG, told(lines[1], note="A shop answers."), REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 200 and "Thank you for telling us." in answer.content.decode()
    assert not answer.cookies and answer["Cache-Control"] == "no-store"
    row = WrongNumber.unscoped.get()
    assert (row.line, row.what, row.note, row.told_on) == (lines[1], "nobody", "A shop answers.", NOW.date())
    kept = {field.name for field in WrongNumber._meta.concrete_fields}
    assert kept == {"id", "practice", "line", "what", "note", "told_on", "settled_on", "settled_by"}
    assert Event.objects.count() == before and not Notice.objects.filter(kind="wrong").exists()
    assert "203.0.113.9" not in caplog.text
    assert lines[1].tel in Browser().get("/help/alder/GB/").content.decode(), "only a person takes it down"


def test_the_office_alone_reads_what_was_told_and_a_check_settles_it(
    cast: Cast, visit: Any, lines: list[HelpLine]
) -> None:
    Browser().post(WRONG, told(lines[1], note="A shop answers."))
    desk = visit(cast.olu)
    assert "Somebody told you that a help line is wrong." in desk.get("/office/").content.decode()
    assert "A shop answers." in desk.get(LINES).content.decode()
    for page in (visit(cast.ada).get("/practice/"), Browser().get("/help/alder/GB/"), Browser().get(WRONG)):
        assert "A shop answers." not in page.content.decode()
    desk.post(f"{LINES}{lines[1].pk}/", {"how": "down", "why": "A shop answers."})
    row = WrongNumber.unscoped.get()
    assert row.settled_by == cast.olu and row.settled_on == NOW.date()
    assert "Somebody told you" not in desk.get("/office/").content.decode()


def test_telling_has_an_end_and_says_thank_you_all_the_same(lines: list[HelpLine]) -> None:
    for _ in range(MOST_FOR_A_LINE + 2):
        assert "Thank you" in Browser().post(WRONG, told(lines[1])).content.decode()
    assert WrongNumber.unscoped.count() == MOST_FOR_A_LINE
    for line in lines:
        for _ in range(20):
            Browser().post(WRONG, told(line))
    assert WrongNumber.unscoped.count() <= 30


@pytest.mark.parametrize(
    "wrong",
    [{}, {"line": "x"}, {"what": "x"}, {"note": "x" * 301}, {"note": "a\0b"}, {"note": "x" * 1_000_000}],
)
def test_what_makes_no_sense_is_told_and_not_kept(wrong: dict[str, str], lines: list[HelpLine]) -> None:
    sent = {} if not wrong else told(lines[1]) | wrong
    assert Browser().post(WRONG, sent).status_code == 422
    assert not WrongNumber.unscoped.exists()


def test_a_line_of_another_practice_or_one_not_shown_cannot_be_told(
    cast: Cast, lines: list[HelpLine]
) -> None:
    bring_in_lines("IN", practice=cast.birch, by=None, now=NOW)
    theirs = HelpLine.unscoped.filter(practice=cast.birch).first()
    assert theirs is not None
    take_down_line(lines[1], by=cast.olu, why="Wrong.", now=NOW)
    for line in (theirs, lines[1]):
        assert Browser().post(WRONG, told(line)).status_code == 422
    assert Browser().get("/help/alder/FR/wrong/").status_code == 302


def test_a_practice_confirms_its_own_place_before_it_invites_a_client(cast: Cast, visit: Any) -> None:
    Practice.objects.filter(pk=cast.alder.pk).update(set_up_at=None)
    owner = visit(cast.priya)
    answer = owner.get("/office/people/add/?kind=person", follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == LINES
    assert (
        "United Kingdom, is not confirmed yet" in page and "confirm the help lines of your own place" in page
    )
    assert (
        owner.post(f"/office/people/participant/{cast.noor.pk}/invitation/", {"email": "n@example.org"})[
            "Location"
        ]
        == LINES
    )
    assert owner.get("/office/people/add/?kind=clinician").status_code == 200
    bring_in_lines("GB", practice=cast.alder, by=cast.priya, now=NOW)
    emergency, other, *_ = HelpLine.unscoped.filter(practice=cast.alder).order_by("position")
    owner.post(f"{LINES}{emergency.pk}/", {"how": "called"})
    assert not Practice.objects.get(pk=cast.alder.pk).takes_clients
    owner.post(f"{LINES}{other.pk}/", {"how": "page"})
    assert Practice.objects.get(pk=cast.alder.pk).set_up_at == NOW
    assert owner.get("/office/people/add/?kind=person").status_code == 200
    assert Event.objects.filter(verb="practice.set_up").count() == 1


def test_a_country_without_drafts_is_confirmed_by_lines_of_ones_own(cast: Cast) -> None:
    Practice.objects.filter(pk=cast.alder.pk).update(country="IS", set_up_at=None)
    cast.priya.practice.refresh_from_db()
    for kind, phone in (("emergency", "112"), ("line", "1717")):
        line = HelpLine(country="IS", kind=kind, name=phone, phone=phone)
        confirm_line(
            add_own_line(line, by=cast.priya, now=NOW), by=cast.priya, how="called", on=NOW.date(), now=NOW
        )
    assert own_place(cast.priya.practice).is_confirmed
    assert Practice.objects.get(pk=cast.alder.pk).takes_clients
    assert Browser().get("/help/alder/IS/").content.decode().index("tel:112") > 0
