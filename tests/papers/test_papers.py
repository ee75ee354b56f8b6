"""Papers on one page, and a copy of the whole record: asked for, due, made ready, saved; never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.agenda.actions import keep_words, write_journal
from interlude.appointments.actions import cancel_session, plan_session
from interlude.appointments.models import Session
from interlude.audit.models import Event
from interlude.core.money import Money
from interlude.library.actions import fill_in
from interlude.messaging.actions import send_message
from interlude.messaging.answering import reply_to
from interlude.outbox.actions import mail_for
from interlude.outbox.models import Notice
from interlude.papers.actions import ask_for_record, hand_out
from interlude.papers.models import RecordRequest
from interlude.practice.models import OfficeMember
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, NOW
from tests.library.shelf import a_piece, shared

PAPERS = "/my/papers/"
CANARY = "Zaunkoenigin"


def read(answer: Any) -> str:
    return main_text(answer.content.decode())


def text_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


@pytest.fixture
def asked(cast: Any) -> RecordRequest:
    return ask_for_record(participant=cast.noor, now=NOW)


@pytest.mark.contract("B8", "B12", "B13")
def test_what_was_agreed_shared_and_filled_in_stands_on_one_page(cast: Any, visit: Any) -> None:
    bare = read(visit(cast.noor).get(PAPERS))
    assert "Forms, worksheets and files" not in bare  # a heading stands only over something
    assert "Files you added" not in bare
    row = shared(a_piece(cast.ada, title="Evening notes", fields=("What was it?",)), cast.noor.client)
    fill_in(["It was."], version=row.version, by=cast.noor, now=NOW, finish=True)
    page = read(visit(cast.noor).get(PAPERS))
    for said in ("Version 1, as you said yes to it", "Evening notes", "You filled it in on", "protect"):
        assert said in page + visit(cast.noor).get(PAPERS).content.decode()
    for absent in ("invoice", "Invoice", "receipt"):
        assert absent not in page


@pytest.mark.contract("B8")
def test_asking_gives_one_date_however_often_it_is_pressed(cast: Any, visit: Any) -> None:
    noor = visit(cast.noor)
    for _ in range(3):
        page = noor.post(f"{PAPERS}record/", follow=True)
    request = RecordRequest.unscoped.get()
    assert request.due_on.isoformat() == "2026-06-12"
    assert "You have it by Fri 12 Jun" in read(page)
    assert Event.objects.filter(verb="record.asked").count() == 1


def test_it_cannot_be_saved_before_it_is_ready_and_by_nobody_else_ever(
    cast: Any, visit: Any, asked: RecordRequest
) -> None:
    place = f"{PAPERS}record/{asked.pk}/"
    assert visit(cast.noor).get(place).status_code == 404
    assert hand_out(asked, by=cast.ada, now=NOW)
    assert not hand_out(asked, by=cast.ada, now=NOW)
    assert visit(cast.noor).get(place).status_code == 200
    for person in {id(one): one for one in cast.everybody if one is not cast.noor}.values():
        assert visit(person).get(place).status_code == 404, person


@pytest.mark.contract("A15")
def test_the_file_holds_all_that_is_ones_own_and_nothing_that_is_not(
    cast: Any, visit: Any, asked: RecordRequest
) -> None:
    sent = send_message(
        f"{CANARY} message.", participant=cast.noor, draft_id=uuid4(), topic="homework", now=NOW - 2 * DAY
    ).stored
    reply_to(sent, f"{CANARY} answer.", by=cast.ada, now=NOW - DAY, reply_id=uuid4())
    keep_words(f"{CANARY} note.", client=cast.noor.client, topic="session", by=cast.noor, now=NOW)
    write_journal(f"{CANARY} page.", participant=cast.noor, now=NOW)
    write_journal("Not hers.", participant=cast.tove, now=NOW)
    send_message("Nor this.", participant=cast.tove, draft_id=uuid4(), topic="homework", now=NOW)
    hand_out(asked, by=cast.ada, now=NOW)
    answer = visit(cast.noor).get(f"{PAPERS}record/{asked.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="copy.txt"'
    text = text_of(answer)
    for said in ("message.", "answer.", "note.", "page."):
        assert f"{CANARY} {said}" in text
    for title in ("What we agreed", "Messages and answers", "Our list", "My journal"):
        assert f"==== {title} ====" in text
    assert "Not hers" not in text
    assert "Nor this" not in text
    assert "==== Pages I filled in" not in text  # no heading over nothing


def test_a_session_that_was_cancelled_for_a_fee_stands_in_it_with_the_fee(
    cast: Any, visit: Any, asked: RecordRequest
) -> None:
    session = Session.unscoped.get(client=cast.noor.client)
    assert cancel_session(session, by=cast.noor, now=NOW, fee=Money(6000, "GBP"))
    free = plan_session(client=cast.noor.client, starts_at=NOW - 8 * DAY, by=None, now=NOW - 9 * DAY)
    held = plan_session(client=cast.noor.client, starts_at=NOW - 7 * DAY, by=None, now=NOW - 9 * DAY)
    assert cancel_session(free, by=cast.noor, now=NOW - 9 * DAY) and held.starts_at < NOW
    hand_out(asked, by=cast.ada, now=NOW)
    text = text_of(visit(cast.noor).get(f"{PAPERS}record/{asked.pk}/"))
    assert "Tuesday 19 May 2026, 10:00: Cancelled on your side, £60.00" in text
    assert "Wednesday 6 May 2026" in text
    assert "Tuesday 5 May 2026" not in text  # it did not happen, and cost nothing


def test_every_step_is_written_down_without_a_word_of_it(cast: Any, visit: Any, asked: RecordRequest) -> None:
    write_journal(CANARY, participant=cast.noor, now=NOW)
    hand_out(asked, by=cast.ada, now=NOW)
    visit(cast.noor).get(f"{PAPERS}record/{asked.pk}/")
    steps = Event.objects.filter(verb__startswith="record.").order_by("number")
    assert [one.verb for one in steps] == ["record.asked", "record.ready", "record.taken"]
    assert CANARY not in str([one.facts for one in steps])
    notice = Notice.objects.get(kind="record")
    assert (notice.to_id, notice.link) == (cast.noor.user_id, PAPERS)
    said = mail_for(notice).body
    assert "what you asked for is ready." in said
    assert "record" not in said.lower()
    assert "The copy of your record is ready" in read(visit(cast.noor).get("/my/account/notices/"))


def test_it_can_be_taken_back_and_asked_again(cast: Any, visit: Any, asked: RecordRequest) -> None:
    noor = visit(cast.noor)
    for _ in range(2):
        noor.post(f"{PAPERS}record/{asked.pk}/withdrawal/")
    assert Event.objects.filter(verb="record.withdrawn").count() == 1
    assert not hand_out(asked, by=cast.ada, now=NOW)
    noor.post(f"{PAPERS}record/")
    assert RecordRequest.unscoped.open().count() == 1


def test_a_late_one_says_so_and_whose_fault_it_is_not(cast: Any, visit: Any, clock: Any, asked: Any) -> None:
    clock.set(NOW + 31 * DAY)
    page = read(visit(cast.noor).get(PAPERS))
    assert "This is late. That is not because of you." in page
    assert "You were to have it by Fri 12 Jun" in page


def test_the_clinician_and_the_office_see_who_and_by_when_and_nothing_else(
    cast: Any, visit: Any, asked: RecordRequest
) -> None:
    write_journal(CANARY, participant=cast.noor, now=NOW)
    for person, place in ((cast.ada, "/practice/records/"), (cast.olu, "/office/records/")):
        page = visit(person).get(place).content.decode()
        assert cast.noor.name in page
        assert "Due on" in page
        assert CANARY not in page
    assert cast.noor.name not in read(visit(cast.ben).get("/practice/records/"))
    custodian = OfficeMember.unscoped.create(practice=cast.alder, name="C", role="custodian")
    assert not RecordRequest.unscoped.visible_to(custodian).exists()


def test_no_request_is_lost_when_somebody_is_seen_out(cast: Any, asked: RecordRequest) -> None:
    """A request stays open, and in the office's list, whoever leaves."""
    cast.ada.left_at = NOW + timedelta(days=1)
    cast.ada.save()
    assert RecordRequest.unscoped.visible_to(cast.olu).open().get() == asked


@pytest.mark.contract("B32")
def test_the_page_reads_easily_in_each_state(cast: Any, visit: Any, asked: RecordRequest) -> None:
    noor = visit(cast.noor)
    waiting = read(noor.get(PAPERS))
    hand_out(asked, by=cast.ada, now=NOW)
    ready = read(noor.get(PAPERS))
    for page in (waiting, ready):
        assert grade(page) <= 6, grade(page)
