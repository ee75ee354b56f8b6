"""Laws 2, 3, 4 and 6: a date for every message, promises kept, no receipts, silence between windows."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.boundaries.actions import publish_rules
from interlude.core.policy import Topic
from interlude.desk.models import Question
from interlude.messaging.calendar_changes import close_and_move
from interlude.messaging.models import Message, PromiseMove, Reply
from interlude.outbox.models import Notice
from tests.cast import CLINICIAN_RULES, DAY, HOUR, NOW, words
from tests.laws.pages import CLIENT_PAGES, CLINICIAN_PAGES, field, page, pages, plain
from tests.messaging.post import answer, many, may, send, take_time_away

WHEN = re.compile(r'<time datetime="([^"]+)"')


# Law 2: every message that expects an answer gets a date, the same one everywhere


@pytest.mark.parametrize("hour", [NOW, may(15, 16, 59), may(16, 3), may(17, 23, 59)], ids=str)
@pytest.mark.parametrize("topic", list(Topic))
def test_a_message_that_expects_an_answer_has_one_date_on_every_page(
    cast: Any, visit: Any, clock: Any, topic: str, hour: Any
) -> None:
    clock.set(hour)
    browser, form = visit(cast.noor), words(topic=topic)
    review = browser.post(f"/my/drafts/{form['draft_id']}/review/", form, follow=True).content.decode()
    kind, due, _ = (field(review, "shown_") or "yourself||").split("|")
    assert bool(due) == (kind in ("answered", "acknowledged", "desk"))
    if not due:
        return
    shown = due.replace("+00:00", "Z")
    assert shown in WHEN.findall(review)
    composer = browser.get(f"/my/drafts/{form['draft_id']}/").content.decode()
    assert shown in WHEN.findall(composer)
    receipt = browser.post("/my/messages/", form | {"shown_": f"{kind}|{due}|"}, follow=True)
    assert shown in WHEN.findall(receipt.content.decode())
    row = (Question if kind == "desk" else Message).unscoped.get(pk=form["draft_id"])
    assert row.reply_due.isoformat() == due
    assert kind == "desk" or shown in WHEN.findall(browser.get("/my/conversation/").content.decode())


# Law 3: a promise given is kept, or moved openly before it passes


SLOWER = CLINICIAN_RULES + '\n[promise]\nkind = "working_days"\ndays = 5\ncut_off = "17:00"\n'


@pytest.mark.parametrize("change", ["rules", "closed day", "time away"])
def test_no_date_gets_worse_without_being_moved_openly_before_it_passes(
    cast: Any, visit: Any, change: str
) -> None:
    before = {one.pk: one.reply_due for one in (send(cast.noor, at=NOW), send(cast.tove, at=NOW + HOUR))}
    match change:
        case "rules":
            text = SLOWER.format(zone="Europe/London")
            publish_rules(text, practice=cast.alder, clinician=cast.ada, by=None, since=NOW.date(), now=NOW)
        case "closed day":
            close_and_move([((NOW + DAY).date(), "x")], practice=cast.alder, by=None, now=NOW)
        case _:
            take_time_away(
                clinician=cast.ada, starts_at=NOW + 2 * HOUR, ends_at=NOW + 5 * DAY, by=None, now=NOW
            )
    for row in Message.unscoped.all():
        if row.reply_due == before[row.pk]:
            continue
        move = PromiseMove.objects.get(message=row)
        assert (move.from_due, move.to_due) == (before[row.pk], row.reply_due)
        assert move.moved_at < before[row.pk]
        told = Notice.objects.filter(once__startswith=f"moved:{row.pk}", kind="date_moved")
        assert told.exists()
        assert all(notice.send_at < before[row.pk] for notice in told)
    assert (change != "rules") == PromiseMove.objects.exists()


def test_a_late_answer_says_so_plainly_and_an_automatic_text_is_no_answer(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.noor, at=NOW)
    clock.set(message.reply_due + timedelta(seconds=1))
    for address in ("/my/", "/my/conversation/", f"/my/messages/{message.pk}/"):
        said = plain(visit(cast.noor).get(address).content.decode()).lower()
        assert "late" in said, address
        assert "not because of you" in said, address
    assert Message.unscoped.get().resolved_at is None
    assert not Reply.unscoped.exists()


# Law 4: no receipts by construction


ACTS = ["nothing", "opened", "early", "aside", "answered", "kept", "looked at everything"]


@pytest.fixture
def two(cast: Any) -> tuple[Message, Message]:
    """One that wants an answer and one that wants none."""
    return send(cast.noor, at=may(12, 10)), send(cast.noor, "Thanks.", at=may(12, 11), no_answer=True)


def do(act: str, two: tuple[Message, Message], browser: Any) -> None:
    first, second = (f"/practice/messages/{one.pk}/" for one in two)
    match act:
        case "opened":
            browser.get(first)
        case "early":
            browser.post("/practice/early/")
            browser.get(first)
        case "aside":
            assert browser.post(f"{second}aside/", {"words": "", "seconds": "5"}).status_code == 302
        case "answered":
            assert browser.post(f"{first}reply/", answer()).status_code == 302
        case "kept":
            assert browser.post(f"{first}session/", answer("")).status_code == 302
        case "looked at everything":
            for address in CLINICIAN_PAGES:
                browser.get(address)


def test_nothing_that_a_clinician_does_at_night_shows_before_the_clock_says_so(
    cast: Any, visit: Any, clock: Any, two: Any
) -> None:
    """It is 22:00: what is answered or kept now leaves at 9:00, and until then no page may tell."""
    clock.set(may(13, 22))
    mine = [*CLIENT_PAGES, *(f"/my/messages/{one.pk}/" for one in two)]
    before = pages(visit(cast.noor), mine)
    for act in ACTS:
        do(act, two, visit(cast.ada))
        after = pages(visit(cast.noor), mine)
        assert [address for address in mine if before[address] != after[address]] == [], act
        Reply.unscoped.all().delete()
        Message.unscoped.update(resolved_at=None)
    assert not Notice.objects.filter(kind="answer", send_at__lte=may(13, 22)).exists()


def test_the_clock_alone_changes_what_a_client_sees(cast: Any, visit: Any, clock: Any, two: Any) -> None:
    clock.set(may(13, 10))
    fresh = send(cast.noor, "Later.", at=may(13, 10))
    address = f"/my/messages/{fresh.pk}/"
    assert f"{address}change/" in page(visit(cast.noor), address)
    clock.set(fresh.handed_at)
    assert f"{address}change/" not in page(visit(cast.noor), address)


# Law 6: silence between check windows


@pytest.mark.parametrize("count", [1, 50])
def test_between_windows_no_page_of_a_clinician_tells_what_waits(
    cast: Any, visit: Any, clock: Any, count: int
) -> None:
    clock.set(may(13, 14))
    mine = [*CLINICIAN_PAGES, f"/practice/clients/{cast.noor.client_id}/"]
    mine.append(f"/practice/sessions/{cast.noor.client.sessions.get().pk}/")
    before = pages(visit(cast.ada), mine)
    for _ in range(min(count, 3)):
        send(cast.noor, "Now.", at=may(13, 13))
        send(cast.noor, "For the session.", at=may(13, 13), topic="session")
        send(cast.noor, "No answer.", at=may(13, 13), no_answer=True)
    many(cast.noor, count, at=may(14, 17))
    after = pages(visit(cast.ada), mine)
    assert [address for address in mine if before[address] != after[address]] == []
    assert not Notice.objects.filter(to=cast.ada.user).exists()
    for address in (f"/practice/messages/{one}/" for one in Message.unscoped.values_list("pk", flat=True)):
        assert visit(cast.ada).get(address).status_code == 404


def test_no_notice_ever_goes_to_a_therapist(cast: Any, visit: Any, clock: Any) -> None:
    form = words()
    visit(cast.noor).post("/my/messages/", form)
    visit(cast.noor).post("/my/our-list/notes/", {"item_id": str(uuid4()), "words": "A note."})
    clock.set(may(16, 10))
    assert not Notice.objects.filter(to__clinician__isnull=False).exists()
