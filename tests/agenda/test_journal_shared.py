"""The journal by key, after a session, shared page by page or as a summary, and as one file."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

import interlude
from interlude.agenda.actions import write_journal
from interlude.agenda.models import JournalEntry, ListItem
from interlude.appointments.actions import plan_session
from interlude.messaging.models import Draft, Message
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer, Unopenable
from tests.agreements.reading import grade, main_text
from tests.cast import NOW

JOURNAL, WEEK = "/my/journal/", "/my/journal/week/"
DAYS = timedelta(days=1)


def read(answer: Any) -> str:
    return main_text(answer.content.decode())


def body(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


@pytest.mark.contract("D28", "E4")
def test_a_page_does_not_open_with_the_key_that_opens_the_conversation(cast: Any) -> None:
    entry = write_journal("Mine.", participant=cast.noor, now=NOW)
    sealer = Sealer(cast.alder.id)
    assert entry.words(sealer) == "Mine."
    with pytest.raises(Unopenable):
        sealer.open(cast.noor.client_id, entry.place, bytes(entry.sealed))
    with pytest.raises(Unopenable):  # nor with the own key of somebody else in the same care
        sealer.open_own(cast.noor.client_id, cast.mira.pk, bytes(entry.sealed), place=entry.place)


def test_a_page_that_was_sealed_before_it_had_a_key_of_its_own_still_opens(cast: Any) -> None:
    entry = write_journal("Mine.", participant=cast.noor, now=NOW)
    sealer = Sealer(cast.alder.id)
    entry.sealed = sealer.seal(cast.noor.client_id, entry.place, "From before.")
    assert entry.words(sealer) == "From before."


def test_no_page_of_staff_has_a_way_to_the_journal() -> None:
    """Not one view of another room, nor what it calls by name, knows of the table."""
    root = Path(interlude.__file__).parent
    rooms = [*root.glob("*/views/clinician*.py"), *root.glob("*/views/office*.py")]
    assert len(rooms) > 20
    for path in rooms:
        named = {one.id for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.Name)}
        assert "JournalEntry" not in named, path
    shown = [path for path in root.rglob("*.html") if "client:journal" in path.read_text()]
    assert shown
    assert not [path for path in shown if "/client/" not in str(path) and "ui/" not in str(path)]


def test_clinician_supervisor_cover_and_office_see_none(cast: Any) -> None:
    write_journal("Mine.", participant=cast.noor, now=NOW)
    for person in (one for one in cast.everybody if not isinstance(one, Participant)):
        assert not JournalEntry.unscoped.visible_to(person).exists(), person


@pytest.mark.contract("E3", "E4", "E8")
def test_after_a_session_there_are_questions_to_begin_with_and_later_there_are_none(
    cast: Any, visit: Any, clock: Any
) -> None:
    plan_session(client=cast.noor.client, starts_at=NOW - DAYS, by=None, now=NOW - 9 * DAYS)
    noor, asked = visit(cast.noor), "What stayed with me after our session?"
    page = noor.get(JOURNAL).content.decode()
    assert "After our session on" in page
    assert asked in page
    begun = noor.get(JOURNAL, {"with": "stayed"}).context["form"].initial["words"]
    assert begun == f"{asked}\n\n"
    assert noor.get(JOURNAL, {"with": "nonsense"}).context["form"].initial["words"] == ""
    clock.set(NOW + 3 * DAYS)
    assert "After our session on" not in noor.get(JOURNAL).content.decode()


@pytest.mark.contract("E4", "E7", "E8")
def test_a_summary_is_made_of_ticked_pages_read_over_and_shared_as_a_copy(cast: Any, visit: Any) -> None:
    one, two, old = (
        write_journal(words, participant=cast.noor, now=NOW - days * DAYS)
        for words, days in (("First page.", 2), ("Second page.", 1), ("Old page.", 8))
    )
    noor = visit(cast.noor)
    listed = noor.get(WEEK).content.decode()
    assert str(one.pk) in listed
    assert str(old.pk) not in listed
    made = noor.post(WEEK, {"page": [str(two.pk), str(old.pk)]})
    words = made.context["form"].initial["words"]
    assert "Second page." in words
    assert "First" not in words
    assert "Old" not in words
    assert not ListItem.unscoped.exists()  # read over first
    form = {"item_id": str(uuid4()), "words": "The week in a line.", "to": "list"}
    for _ in range(2):
        noor.post(WEEK, form)
    item = ListItem.unscoped.get()
    assert item.words(Sealer(cast.alder.id)) == "The week in a line."
    assert item.source == "journal"
    assert two.words(Sealer(cast.alder.id)) == "Second page."


def test_nothing_ticked_and_nothing_written_are_said_and_lose_nothing(cast: Any, visit: Any) -> None:
    write_journal("A page.", participant=cast.noor, now=NOW)
    noor = visit(cast.noor)
    answer = noor.post(WEEK, {})
    assert answer.status_code == 422
    assert "Nothing is ticked yet" in read(answer)
    answer = noor.post(WEEK, {"item_id": str(uuid4()), "words": " ", "to": "list"})
    assert answer.status_code == 422
    assert "still empty" in read(answer)
    kept = noor.post(WEEK, {"item_id": (key := str(uuid4())), "words": "For me.", "to": "journal"})
    assert kept["Location"] == f"{JOURNAL}{key}/"


def test_a_page_becomes_a_draft_once_and_nothing_is_sent(cast: Any, visit: Any) -> None:
    entry = write_journal("To write about.", participant=cast.noor, now=NOW)
    noor = visit(cast.noor)
    places = {noor.post("/my/journal/message/", {"entry": str(entry.pk)})["Location"] for _ in range(2)}
    draft = Draft.unscoped.get()
    assert places == {f"/my/write/?draft={draft.pk}"}
    assert draft.text(Sealer(cast.alder.id)) == "To write about."
    assert not Message.unscoped.exists()
    assert visit(cast.tove).post("/my/journal/message/", {"entry": str(entry.pk)}).status_code == 404


def test_the_file_holds_every_page_of_its_writer_and_of_nobody_else(cast: Any, visit: Any) -> None:
    for number in range(3):
        write_journal(f"Page {number}.", participant=cast.noor, now=NOW + number * DAYS)
    write_journal("Not mine.", participant=cast.tove, now=NOW)
    answer = visit(cast.noor).get("/my/journal/copy/")
    assert answer["Content-Disposition"] == 'attachment; filename="pages.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    text = body(answer)
    assert [text.index(f"Page {number}.") for number in range(3)] == sorted(
        text.index(f"Page {number}.") for number in range(3)
    )
    assert "Wednesday 13 May 2026, 14:41" in text
    assert "Not mine" not in text


def test_each_page_says_who_can_read_it_and_reads_easily(cast: Any, visit: Any) -> None:
    entry = write_journal("A page.", participant=cast.noor, now=NOW)
    noor = visit(cast.noor)
    for answer, says in (
        (noor.get(JOURNAL), "Nobody but you can read this"),
        (noor.get(f"{JOURNAL}{entry.pk}/"), "Only you can read this page"),
        (noor.get(WEEK), "Nobody sees what you tick"),
        (noor.post(WEEK, {"page": str(entry.pk)}), "Nobody sees it yet"),
    ):
        text = read(answer)
        assert says in text
        assert grade(text) <= 6, (says, grade(text))
