"""The check window: silence before it, one calm batch in it, nothing lost after it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interlude.audit.models import Event
from interlude.boundaries.actions import close_days, go_away
from interlude.boundaries.windows import window_of
from interlude.messaging.answering import lay_aside, reply_to
from interlude.messaging.batch import Batch
from interlude.messaging.models import EarlyOpening, Message
from tests.messaging.post import answer, many, may, page, send

WINDOW = "/practice/"
EARLY = "/practice/early/"
TEXT_OF_IT = "A canary sang"
pytestmark = pytest.mark.usefixtures("in_alder")


@pytest.mark.contract("A16", "B15", "B33", "D11")
def test_before_the_window_the_page_says_when_it_opens_and_is_the_same_whether_0_or_50_messages_wait(
    cast: Any, visit: Any
) -> None:
    empty = visit(cast.ada).get(WINDOW)
    for number in range(50):
        send(cast.noor, at=may(13, 13) + timedelta(minutes=number))
    full = visit(cast.ada).get(WINDOW)
    assert "Messages are next read on" in page(empty)
    assert "Thu 14 May, 17:00" in page(empty)
    assert page(full) == page(empty)


def test_between_windows_the_page_is_the_same_too_if_something_handed_over_still_waits(
    cast: Any, visit: Any
) -> None:
    empty = page(visit(cast.ada).get(WINDOW))
    send(cast.noor, at=may(12, 9))
    assert page(visit(cast.ada).get(WINDOW)) == empty


@pytest.mark.parametrize(
    "address", [WINDOW, "/practice/?stay=1", "/practice/?look=early", "/practice/promises/"]
)
def test_no_page_hints_at_what_no_window_has_handed_over(cast: Any, visit: Any, address: str) -> None:
    before = page(visit(cast.ada).get(address))
    send(cast.noor, at=may(13, 14))
    send(cast.noor, at=may(13, 14), no_answer=True)
    send(cast.noor, at=may(13, 14), topic="session")
    assert page(visit(cast.ada).get(address)) == before


def test_a_message_that_is_not_handed_over_is_no_page_yet(cast: Any, visit: Any) -> None:
    message = send(cast.noor, at=may(13, 14))
    ada = visit(cast.ada)
    assert ada.get(reverse("clinician:message", args=[message.pk])).status_code == 404
    assert ada.post(reverse("clinician:reply", args=[message.pk]), answer()).status_code == 404
    assert TEXT_OF_IT not in page(ada.get(reverse("clinician:client", args=[cast.noor.client_id])))


def test_from_its_opening_the_window_shows_the_batch_by_due_time_in_three_groups(
    cast: Any, visit: Any, clock: Any
) -> None:
    later = send(cast.noor, at=may(14, 16), topic="homework")
    sooner = send(cast.mira, at=may(13, 14))
    news = send(cast.tove, at=may(13, 15), topic="brief_update")
    quiet = send(cast.imre, at=may(13, 15), no_answer=True)
    kept = send(cast.noor, at=may(13, 15), topic="session")
    clock.set(may(14, 17))
    body = page(visit(cast.ada).get(WINDOW))
    assert "Open until" in body
    order = re.findall(r"/practice/messages/([0-9a-f-]{36})/", body.split("To answer")[1])
    assert order == [str(one.pk) for one in (sooner, later, news, quiet)]
    assert str(kept.pk) not in body
    assert body.index("To answer") < body.index("To acknowledge") < body.index("No answer wanted")


def test_the_batch_carries_no_words_and_no_total(cast: Any, visit: Any, clock: Any) -> None:
    for number in range(7):
        send(cast.noor, at=may(13, 15, number))
    clock.set(may(14, 17, 10))
    body = page(visit(cast.ada).get(WINDOW))
    assert TEXT_OF_IT not in body
    assert "<title>Check window</title>" in body
    assert not re.search(r"(?<![\d:])7(?![\d:])", re.sub(r"<[^>]+>", " ", body.split("<main")[1]))


def test_two_people_with_one_first_name_are_shown_with_both_names(cast: Any, visit: Any, clock: Any) -> None:
    type(cast.mira).unscoped.filter(pk=cast.mira.pk).update(name="Noor Sand")
    send(cast.noor, at=may(13, 14))
    send(cast.mira, at=may(13, 14))
    clock.set(may(14, 17))
    body = page(visit(cast.ada).get(WINDOW))
    assert "Noor Haddad, a practice task" in body
    assert "Noor Sand, a practice task" in body


@pytest.mark.contract("C13")
def test_after_the_window_nothing_is_lost_and_nothing_new_joins(cast: Any, visit: Any, clock: Any) -> None:
    message = send(cast.noor, at=may(13, 14))
    clock.set(may(14, 18))
    new = send(cast.mira, at=may(14, 17, 50))
    body = page(visit(cast.ada).get("/practice/?stay=1"))
    assert str(message.pk) in body
    assert str(new.pk) not in body
    assert "Closed. The next opens on" in body
    assert "Fri 15 May, 12:00" in body


def test_an_empty_window_says_so(cast: Any, visit: Any, clock: Any) -> None:
    clock.set(may(14, 17, 5))
    body = page(visit(cast.ada).get(WINDOW))
    assert "Nothing waits." in body
    assert "Fri 15 May, 12:00" in body


@pytest.mark.contract("B27")
def test_the_window_follows_the_clinicians_calendar(cast: Any) -> None:
    close_days([(may(14, 12).date(), "A holiday")], practice=cast.alder, by=None, now=may(13, 12))
    assert window_of(cast.ada, may(13, 14)).next_at == may(15, 12)
    go_away(clinician=cast.ada, starts_at=may(15, 0), ends_at=may(18, 0), by=None, now=may(13, 12))
    window = window_of(cast.ada, may(13, 14))
    assert window.next_at == may(18, 17)
    assert (window.opened_at, window.closes_at, window.is_open) == (may(13, 12), may(13, 12, 45), False)
    assert window_of(cast.ada, may(13, 12, 44)).is_open


def test_without_any_check_times_the_page_says_what_to_do(cast: Any, visit: Any) -> None:
    go_away(
        clinician=cast.ada,
        starts_at=may(13, 13),
        ends_at=may(13, 13).replace(year=2099),
        by=None,
        now=may(13, 12),
    )
    body = page(visit(cast.ada).get(WINDOW))
    assert "No check window is planned." in body
    assert visit(cast.ada).post(EARLY).status_code == 302
    assert not EarlyOpening.objects.exists()


# Looking before the window


def test_looking_early_takes_a_step_that_says_what_it_means(cast: Any, visit: Any) -> None:
    send(cast.noor, at=may(13, 14))
    ada = visit(cast.ada)
    assert ada.get(EARLY).status_code == 405
    asked = page(ada.get("/practice/?look=early"))
    assert "for one hour" in asked
    assert "written down for you alone" in asked
    assert not EarlyOpening.objects.exists()
    shown = page(ada.post(EARLY, follow=True))
    assert "Before the window" in shown
    assert "Noor, a practice task" in shown


def test_an_early_look_is_listed_for_this_clinician_alone_and_stands_in_no_record(
    cast: Any, visit: Any
) -> None:
    events = Event.objects.count()
    visit(cast.ada).post(EARLY)
    assert EarlyOpening.objects.get().clinician == cast.ada
    assert Event.objects.count() == events
    listed = page(visit(cast.ada).get("/practice/?look=early"))
    assert "You looked early on" in listed
    assert "Look now" not in listed
    assert "You looked early on" not in page(visit(cast.ben).get("/practice/?look=early"))
    for somebody in (cast.olu, cast.noor, None):
        assert visit(somebody).get("/practice/?look=early").status_code in (302, 404)


def test_an_early_look_ends_by_itself(cast: Any, visit: Any, clock: Any) -> None:
    send(cast.noor, at=may(13, 14))
    before = page(visit(cast.ada).get(WINDOW))
    visit(cast.ada).post(EARLY)
    clock.set(may(13, 15, 42))
    assert page(visit(cast.ada).get(WINDOW)) == before


def test_two_presses_are_one_look_and_in_the_window_there_is_none(cast: Any, visit: Any, clock: Any) -> None:
    ada = visit(cast.ada)
    ada.post(EARLY)
    ada.post(EARLY)
    assert EarlyOpening.objects.count() == 1
    clock.set(may(14, 17, 1))
    visit(cast.ada).post(EARLY)
    assert EarlyOpening.objects.count() == 1


@pytest.mark.contract("A17")
def test_nothing_that_a_clinician_looks_at_changes_what_the_client_sees(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.noor, at=may(13, 14))
    quiet = send(cast.noor, at=may(13, 14, 5), no_answer=True)
    addresses = ["/my/", "/my/conversation/", f"/my/messages/{message.pk}/", f"/my/messages/{quiet.pk}/"]
    clock.set(may(13, 15))
    before = [page(visit(cast.noor).get(address)) for address in addresses]
    ada = visit(cast.ada)
    ada.post(EARLY)
    ada.get(reverse("clinician:message", args=[message.pk]))
    ada.post(reverse("clinician:aside", args=[quiet.pk]), answer(""))
    assert Message.unscoped.get(pk=quiet.pk).resolved_at is not None
    assert [page(visit(cast.noor).get(address)) for address in addresses] == before
    clock.set(may(14, 17, 5))
    opened = [page(visit(cast.noor).get(address)) for address in addresses]
    visit(cast.ada).get(reverse("clinician:message", args=[message.pk]))
    assert [page(visit(cast.noor).get(address)) for address in addresses] == opened


# Size


def _queries(browser: Any, address: str) -> int:
    browser.get(address)  # the first request of a session notes that somebody is there
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_the_batch_costs_the_same_for_3_and_for_1000_waiting(cast: Any, visit: Any, clock: Any) -> None:
    clock.set(may(14, 17, 5))
    first = many(cast.noor, 3, at=may(12, 17))
    message = reverse("clinician:message", args=[first[0].pk])
    few = [_queries(visit(cast.ada), WINDOW), _queries(visit(cast.ada), message)]
    many(cast.noor, 400, at=may(12, 18))
    many(cast.mira, 600, at=may(12, 18))
    many(cast.mira, 500, at=may(5, 18), resolved=True)
    assert [_queries(visit(cast.ada), WINDOW), _queries(visit(cast.ada), message)] == few
    assert few[0] == 17  # one of them: who asked to move a session; another: whether mail to Ada comes back
    assert few[1] == 44  # one of them: the files that came with it; another: the number they are reached at


def test_the_batch_comes_in_pages_of_fifty_and_misses_nothing(cast: Any, visit: Any, clock: Any) -> None:
    waiting = many(cast.noor, 60, at=may(12, 17)) + many(cast.mira, 60, at=may(12, 17), outcome="acknowledge")
    waiting += many(cast.tove, 25, at=may(12, 17), outcome="no_answer")
    clock.set(may(14, 17, 5))
    ada, address, seen, pages = visit(cast.ada), WINDOW, [], 0
    while address:
        body = page(ada.get(address)).split("<main")[1]
        seen += re.findall(r'href="/practice/messages/([0-9a-f-]{36})/">', body)
        onwards = re.search(r'href="([^"]*from=[^"]*)">Those after', body)
        address, pages = (onwards[1].replace("&amp;", "&") if onwards else ""), pages + 1
    assert pages == 3
    assert seen == [str(one.pk) for one in waiting]


def test_next_and_before_walk_the_whole_batch_both_ways(cast: Any) -> None:
    waiting = many(cast.noor, 5, at=may(12, 17)) + many(cast.mira, 5, at=may(12, 17), outcome="no_answer")
    batch = Batch(cast.ada, may(14, 17))
    forth = [following.id if (following := batch.next_after(one)) else None for one in waiting]
    back = [earlier.id if (earlier := batch.before(one)) else None for one in waiting]
    ids = [one.pk for one in waiting]
    assert forth == [*ids[1:], None]
    assert back == [None, *ids[:-1]]


def test_the_batch_is_read_from_its_index(cast: Any) -> None:
    """Without sorting and without touching what is answered, on either database."""
    many(cast.noor, 20, at=may(12, 17))
    rows = Batch(cast.ada, may(14, 17))._group(Message.Outcome.ANSWER)[:51]
    if connection.vendor == "sqlite":
        plan = rows.explain()
        assert "message_waiting" in plan
        assert "TEMP B-TREE" not in plan


def test_a_page_from_a_message_that_is_not_there_begins_at_the_beginning(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.noor, at=may(13, 14))
    foreign = send(cast.kai, at=may(13, 14))
    clock.set(may(14, 17))
    for wrong in ("", "nonsense", str(foreign.pk), "\0"):
        assert str(message.pk) in page(visit(cast.ada).get(WINDOW, {"from": wrong}))


@pytest.mark.parametrize("who", ["ben", "cleo", "noor", "jonas", "olu", "priya"])
def test_nobody_else_sees_this_batch(cast: Any, visit: Any, clock: Any, who: str) -> None:
    message = send(cast.noor, at=may(13, 14))
    clock.set(may(14, 17, 5))
    browser = visit(getattr(cast, who))
    assert str(message.pk) not in page(browser.get("/practice/?stay=1"))
    assert browser.get(reverse("clinician:message", args=[message.pk])).status_code == 404


def test_signed_out_there_is_only_the_way_to_sign_in(cast: Any, visit: Any) -> None:
    assert visit(None).get(WINDOW).status_code == 302


def test_done_says_when_messages_are_next_read_and_how_long_it_took(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.noor, at=may(13, 14))
    clock.set(may(14, 17, 5))
    address = reverse("clinician:reply", args=[message.pk])
    body = page(visit(cast.ada).post(address, answer(seconds="720"), follow=True))
    assert "Done." in body
    assert "Fri 15 May, 12:00" in body
    assert "12 minutes, pauses left out" in body
    assert "Answered" in body


def test_what_was_done_in_an_earlier_window_is_not_listed_again(cast: Any, visit: Any, clock: Any) -> None:
    message = send(cast.noor, at=may(11, 14))
    reply_to(message, "Yes.", by=cast.ada, now=may(12, 17, 5), reply_id=message.pk, seconds=300)
    quiet = send(cast.noor, at=may(13, 14), no_answer=True)
    lay_aside(quiet, by=cast.ada, now=may(14, 17, 3), seconds=60)
    clock.set(may(14, 17, 5))
    body = page(visit(cast.ada).get(WINDOW))
    assert "Laid aside" in body
    assert str(message.pk) not in body
    assert "1 minute," in body
