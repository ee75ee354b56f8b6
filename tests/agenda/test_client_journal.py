"""The journal: its writer's alone, sealed, and the place of words that could not be sent yet."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.agenda.actions import write_journal
from interlude.agenda.models import JournalEntry, ListItem
from interlude.agreements.models import Acceptance, Agreement
from interlude.audit.models import Event
from interlude.core.outcomes import Reason
from interlude.sealing.vault import Sealer
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, NOW, words

PAGE = "/my/journal/"
SECRET = "Nobody is to read this but me."


def page_form(text: str = SECRET) -> dict[str, str]:
    return {"entry_id": str(uuid4()), "words": text}


@pytest.mark.contract("D28", "E4", "E8")
def test_a_page_is_kept_once_and_opens_again(cast: Any, visit: Any) -> None:
    form, browser = page_form(), visit(cast.noor)
    answers = [browser.post(PAGE, form) for _ in range(2)]
    entry = JournalEntry.unscoped.get()
    assert [answer["Location"] for answer in answers] == [f"{PAGE}{entry.pk}/"] * 2
    assert SECRET in main_text(browser.get(f"{PAGE}{entry.pk}/").content.decode()) + "."
    listed = main_text(browser.get(PAGE).content.decode())
    assert "Nobody but you can read this" in listed
    assert "Wed 13 May, 14:41" in listed
    assert Event.objects.filter(verb="journal.written").count() == 1


@pytest.mark.contract("D29")
def test_a_page_is_sealed_where_it_is_stored_and_left_out_of_the_record(cast: Any, visit: Any) -> None:
    visit(cast.noor).post(PAGE, page_form())
    entry = JournalEntry.unscoped.get()
    assert b"Nobody is to read" not in bytes(entry.sealed)
    assert entry.words(Sealer(cast.alder.id)) == SECRET
    event = Event.objects.get(verb="journal.written")
    assert "read" not in str(event.facts)
    assert "read" not in str(entry)


def test_nobody_but_its_writer_has_a_way_to_a_page(cast: Any, visit: Any) -> None:
    for writer in (cast.tove, cast.mira):
        secret = f"{SECRET} {writer.name}"
        entry = write_journal(secret, participant=writer, now=NOW)
        for person in {id(one): one for one in cast.everybody if one is not writer}.values():
            assert visit(person).get(f"{PAGE}{entry.pk}/").status_code == 404
            page = visit(person).get(PAGE)
            assert secret not in page.content.decode()
            assert not JournalEntry.unscoped.visible_to(person).filter(pk=entry.pk).exists()
            assert visit(person).post("/my/our-list/notes/", {"entry": str(entry.pk)}).status_code == 404
        assert visit(None).get(f"{PAGE}{entry.pk}/").status_code == 302
    assert not ListItem.unscoped.exists()


def test_a_guardian_the_clinician_and_the_office_have_no_journal_page(cast: Any, visit: Any) -> None:
    for person in (cast.jonas, cast.ada, cast.olu, cast.priya):
        assert visit(person).get(PAGE).status_code == 404
        assert visit(person).post(PAGE, page_form()).status_code == 404
    assert not JournalEntry.unscoped.exists()


def test_words_of_a_lost_session_are_given_back(cast: Any, visit: Any) -> None:
    answer = visit(None).post(PAGE, page_form())
    assert answer.status_code == 401
    assert SECRET in answer.content.decode()


@pytest.mark.parametrize("text", ["x" * 1_000_000, "a\0b", "\u202eturned", "line\r\nend", "   indented"])
def test_whatever_is_typed_is_kept(cast: Any, visit: Any, text: str) -> None:
    assert visit(cast.noor).post(PAGE, page_form(text)).status_code == 302
    kept = JournalEntry.unscoped.get().words(Sealer(cast.alder.id))
    assert kept == text.replace("\0", "\ufffd").replace("\r\n", "\n")


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_page_is_asked_for_a_line(cast: Any, visit: Any, text: str) -> None:
    answer = visit(cast.noor).post(PAGE, page_form(text))
    assert answer.status_code == 422
    assert "This page is still empty" in answer.content.decode()


def test_a_page_with_somebody_elses_key_becomes_a_page_of_its_own(cast: Any, visit: Any) -> None:
    theirs = write_journal("Theirs.", participant=cast.kai, now=NOW)
    visit(cast.noor).post(PAGE, {"entry_id": str(theirs.pk), "words": "Mine."})
    sealer = Sealer(cast.alder.id)
    assert [entry.words(sealer) for entry in JournalEntry.unscoped.filter(participant=cast.noor)] == ["Mine."]
    assert JournalEntry.unscoped.get(pk=theirs.pk).words(sealer) == "Theirs."


@pytest.mark.parametrize("reason", list(Reason))
def test_words_that_could_not_be_sent_say_why_and_what_to_do(cast: Any, visit: Any, reason: Reason) -> None:
    entry = write_journal("Meant for Ada.", participant=cast.noor, now=NOW, not_sent=reason)
    said = {
        Reason.ENDED: "Our work together has ended",
        Reason.NO_MESSAGES: "Ada does not use messages",
        Reason.NO_AGREEMENT: "We have not agreed yet",
        Reason.NOT_ACCEPTED: "Messages can go out once our agreement has its yes",
        Reason.UNDER_AGE: "Messages here begin at a later age",
    }
    page = main_text(visit(cast.noor).get(f"{PAGE}{entry.pk}/").content.decode())
    assert "This was not sent. It is safe here" in page
    assert said[reason] in page
    assert "Not sent" in main_text(visit(cast.noor).get(PAGE).content.decode())


@pytest.mark.contract("D28", "E4")
def test_a_page_comes_to_the_session_by_its_writers_own_act_alone(cast: Any, visit: Any) -> None:
    entry = write_journal(SECRET, participant=cast.noor, now=NOW - DAY)
    browser = visit(cast.noor)
    assert "Ada can read them there" in main_text(browser.get(f"{PAGE}{entry.pk}/").content.decode())
    assert not ListItem.unscoped.exists()
    for _ in range(2):
        browser.post("/my/our-list/notes/", {"entry": str(entry.pk)})
    item = ListItem.unscoped.get()
    assert item.words(Sealer(cast.alder.id)) == SECRET
    assert item in ListItem.unscoped.visible_to(cast.ada)
    assert "You put these words on our list" in main_text(browser.get(f"{PAGE}{entry.pk}/").content.decode())
    for wrong in ("no id", "", str(uuid4())):
        assert browser.post("/my/our-list/notes/", {"entry": wrong}).status_code == 404


def test_a_partner_is_named_before_a_page_is_shared(cast: Any, visit: Any) -> None:
    entry = write_journal(SECRET, participant=cast.tove, now=NOW)
    page = main_text(visit(cast.tove).get(f"{PAGE}{entry.pk}/").content.decode())
    assert "Imre can read them on the list too" in page


def test_older_pages_are_one_step_away_and_the_cost_stays_the_same(cast: Any, visit: Any) -> None:
    write_journal("First.", participant=cast.noor, now=NOW - 30 * DAY)
    before = queries(visit, cast.noor)
    for number in range(14):
        write_journal(f"Page {number}.", participant=cast.noor, now=NOW - number * DAY)
    assert queries(visit, cast.noor) == before <= 16
    browser = visit(cast.noor)
    assert "First." not in browser.get(PAGE).content.decode()
    assert "First." in browser.get(f"{PAGE}?page=2").content.decode()
    for odd in ("x", "-1", "99999999999999999999"):
        assert browser.get(PAGE, {"page": odd}).status_code == 200


def test_the_journal_reads_at_grade_six_or_lower(cast: Any, visit: Any) -> None:
    entry = write_journal("A walk.", participant=cast.noor, now=NOW, not_sent="not_accepted")
    for address in (PAGE, f"{PAGE}{entry.pk}/"):
        assert grade(main_text(visit(cast.noor).get(address).content.decode())) <= 6


@pytest.mark.contract("C1")
def test_a_message_before_any_yes_stays_in_the_journal_and_says_so(cast: Any, visit: Any) -> None:
    Acceptance.unscoped.filter(participant=cast.noor).delete()
    Agreement.unscoped.filter(client=cast.noor.client).update(accepted_at=None)
    answer = visit(cast.noor).post("/my/messages/", words("Meant for Ada."), follow=True)
    page = main_text(answer.content.decode())
    assert "This was not sent. It is safe here" in page
    assert "Read our agreement" in page
    assert "Meant for Ada" in page
    assert JournalEntry.unscoped.get().not_sent == Reason.NOT_ACCEPTED


def queries(visit: Any, person: Any) -> int:
    browser = visit(person)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as ran:
        browser.get(PAGE)
    return len(ran)
