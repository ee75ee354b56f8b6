"""What is it about, the box, drafts, and one look over the words before they go."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.agreements.models import Agreement
from interlude.boundaries.actions import grant_exception
from interlude.messaging.drafts import save_draft
from interlude.messaging.models import Draft, Message
from interlude.practice.models import Client, Participant
from interlude.sealing.vault import Sealer
from tests.cast import DAY, NOW, words


def page_of(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.contract("A22", "B2", "D4", "D5", "D6", "E7")
def test_each_purpose_says_what_happens_under_this_agreement_before_a_word(cast: Any, visit: Any) -> None:
    page = page_of(visit(cast.noor), "/my/write/")
    for line in (
        "A practice task You hear by Fri 15 May, 17:00 .",
        "News that needs no answer Ada reads it. No answer will come.",
        "Something for our session Kept for Tue 19 May . As long as you like.",
        "Something between us felt wrong You hear by Fri 15 May, 17:00 .",
        "How we use messages You hear by Fri 15 May, 17:00 .",
        "A time or a date You can do this yourself, right now.",
        "A bill The front desk answers by Thu 14 May, 17:00 .",
    ):
        assert line in page


@pytest.mark.contract("E6")
def test_something_that_happened_may_be_sent_at_once(cast: Any, visit: Any) -> None:
    browser = visit(cast.noor)
    assert "Something that happened" in page_of(browser, "/my/write/")
    page = page_of(browser, "/my/write/something_happened/")
    assert "By Fri 15 May, 17:00 you hear that it is here." in page
    assert (
        'name="topic" value="brief_update"' in browser.get("/my/write/something_happened/").content.decode()
    )


@pytest.mark.contract("A29")
def test_help_now_is_a_link_and_never_a_box(cast: Any, visit: Any) -> None:
    browser = visit(cast.noor)
    html = browser.get("/my/write/").content.decode()
    row = html[: html.index("I need help now")].rindex("<a ")
    assert 'href="/help/alder/"' in html[row : row + 120]
    assert browser.get("/my/write/crisis/").status_code == 404


def test_the_writing_page_asks_as_little_for_sixteen_lines_as_for_one(cast: Any, visit: Any) -> None:
    browser = visit(cast.noor)
    browser.get("/my/write/")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/my/write/")
    assert len(asked) == 13


def test_the_desks_date_is_by_the_desks_own_clock_wherever_somebody_is(cast: Any, visit: Any) -> None:
    Participant.unscoped.filter(pk=cast.noor.pk).update(zone="Europe/Madrid")
    page = page_of(visit(cast.noor), "/my/write/billing/")
    assert "The front desk answers by Thu 14 May, 18:00" in page
    assert "The front desk answers within 1 working day, by 17:00 on its own clock." in page
    assert "therapist’s clock" not in page
    assert "by 17:00 on the therapist’s clock" in page_of(visit(cast.noor), "/my/write/homework/")


@pytest.mark.contract("A16", "A21", "C16")
def test_the_box_shows_the_date_first_and_why(cast: Any, visit: Any) -> None:
    page = page_of(visit(cast.noor), "/my/write/homework/")
    assert page.index("You will hear by Fri 15 May, 17:00") < page.index("Your message")
    assert "We agreed on 2 working days, by 17:00" in page
    assert "Ada reads next at Thu 14 May, 17:00" in page
    assert "It stands in version 1 of our agreement, since Mon 2 March ." in page
    assert "You can change a message or take it back until Thu 14 May, 17:00" in page


def test_an_exception_says_that_it_is_for_this_client_alone_and_until_when(cast: Any, visit: Any) -> None:
    grant_exception(
        '[promise]\nkind = "working_days"\ndays = 1\ncut_off = "17:00"',
        client=cast.noor.client,
        by=cast.ada,
        since=NOW.date(),
        until=(NOW + 20 * DAY).date(),
        reason="An exam.",
        now=NOW,
    )
    page = page_of(visit(cast.noor), "/my/write/homework/")
    assert "You will hear by Thu 14 May, 18:00" in page  # the close of the day of reading
    assert "This is a rule for you alone, until Tue 2 June ." in page
    assert "rule for you alone" not in page_of(visit(cast.mira), "/my/write/homework/")


@pytest.mark.contract("A40", "D22", "D33")
def test_the_box_says_why_there_is_a_plan_and_that_text_loses_tone(cast: Any, visit: Any) -> None:
    page = page_of(visit(cast.noor), "/my/write/homework/")
    assert "You planned up to three this week. This is the first." in page
    assert "It keeps care fair and steady" in page
    assert "About 150 words fit well here." in page
    assert "Text loses tone." in page
    assert "See a message that fits" in page
    assert "Big questions need time together, and our session has it." in page


@pytest.mark.parametrize(
    ("who", "line"),
    [
        ("noor", "Only you and Ada can read this."),
        ("mira", "Only you and Ada can read this. Jonas cannot."),
        ("tove", "You, Imre and Ada can read this. There are no secrets between you here."),
    ],
)
def test_above_the_box_stands_who_can_read_it(cast: Any, visit: Any, who: str, line: str) -> None:
    page = page_of(visit(getattr(cast, who)), "/my/write/homework/")
    assert page.index(line) < page.index("Your message")


def test_a_line_to_the_desk_says_that_the_therapist_does_not_get_it(cast: Any, visit: Any) -> None:
    page = page_of(visit(cast.noor), "/my/write/billing/")
    assert "You and the front desk can read this. It does not go to Ada." in page
    assert "Keep it for our session" not in page


@pytest.mark.contract("D26")
def test_a_guardian_can_write_of_times_and_bills_and_of_nothing_else(cast: Any, visit: Any) -> None:
    browser = visit(cast.jonas)
    page = page_of(browser, "/my/write/")
    assert "A bill" in page
    assert "A time or a date" in page
    for other in ("For Ada", "A practice task", "Something for our session", "journal"):
        assert other not in page
    assert browser.get("/my/write/billing/").status_code == 200
    for topic in ("homework", "session", "tech", "brief_update", "something_happened"):
        assert browser.get(f"/my/write/{topic}/").status_code == 404


@pytest.mark.parametrize("topic", ["nothing", "HOMEWORK", "homework%00", "%ED%A0%80", "../home"])
def test_a_purpose_that_nobody_has_is_no_page(cast: Any, visit: Any, topic: str) -> None:
    assert visit(cast.noor).get(f"/my/write/{topic}/").status_code in (404, 400)


def test_before_the_yes_each_line_says_that_it_stays_in_the_journal(cast: Any, visit: Any) -> None:
    Agreement.unscoped.filter(client=cast.noor.client).update(accepted_at=None)
    browser = visit(cast.noor)
    page = page_of(browser, "/my/write/")
    assert "Messages begin once our agreement has its yes." in page
    assert "A practice task Kept in your journal for now." in page
    assert "Only you can read this." in page_of(browser, "/my/write/homework/")
    form = words()
    seen = browser.post(f"/my/drafts/{form['draft_id']}/review/", form, follow=True).content.decode()
    assert "Keep it in my journal" in seen


def test_after_the_end_the_page_says_so_kindly(cast: Any, visit: Any) -> None:
    Client.unscoped.filter(pk=cast.noor.client_id).update(ended_at=NOW - DAY)
    page = page_of(visit(cast.noor), "/my/write/")
    assert "Our work together has ended, so messages no longer go to Ada." in page


def test_a_draft_is_kept_without_a_script_and_opens_again(cast: Any, visit: Any) -> None:
    browser, form = visit(cast.noor), words("Half a thought", no_answer="on", wish_by="2026-05-20")
    address = f"/my/drafts/{form['draft_id']}/"
    left = browser.post(address, form | {"to": "leave"}, follow=True)
    assert "Your draft is kept. Only you can see it." in left.content.decode()
    assert "A draft: your practice task" in left.content.decode()
    again = browser.get(address).content.decode()
    assert "Half a thought" in again
    assert 'value="2026-05-20"' in again
    assert re.search(r'name="no_answer"[^>]*checked', again)


def test_a_draft_saves_itself_without_an_answer_and_an_emptied_one_goes(cast: Any, visit: Any) -> None:
    browser, form = visit(cast.noor), words("One")
    address = f"/my/drafts/{form['draft_id']}/"
    for text in ("One", "One two"):
        saved = browser.post(address, form | {"words": text})
        assert (saved.status_code, saved.content) == (204, b"")
    assert Draft.unscoped.get().text(Sealer(cast.alder.id)) == "One two"
    browser.post(address, form | {"words": " "})
    assert not Draft.unscoped.exists()


def test_words_go_along_to_another_purpose(cast: Any, visit: Any) -> None:
    browser, form = visit(cast.noor), words("I wanted to say this.")
    there = browser.post(f"/my/drafts/{form['draft_id']}/", form | {"to": "write"})["Location"]
    assert there == f"/my/write/?draft={form['draft_id']}"
    assert f"/my/write/session/?draft={form['draft_id']}" in browser.get(there).content.decode()
    page = browser.get(f"/my/write/session/?draft={form['draft_id']}").content.decode()
    assert "I wanted to say this." in page
    assert f"/my/drafts/{form['draft_id']}/review/" in page


def test_a_draft_is_its_writers_alone(cast: Any, visit: Any) -> None:
    kept = save_draft(
        "A canary.", participant=cast.tove, draft_id=uuid4(), topic="homework", now=NOW - timedelta(hours=1)
    )
    for other in (cast.imre, cast.noor, cast.jonas, cast.ada, cast.olu):
        browser = visit(other)
        for address in (f"/my/drafts/{kept.pk}/", f"/my/drafts/{kept.pk}/review/"):
            assert browser.get(address).status_code == 404
            unused = address.replace(str(kept.pk), str(uuid4()))
            theirs, fresh = (browser.post(there, words("My own")) for there in (address, unused))
            assert theirs.status_code == fresh.status_code  # answered like a key that nobody has used
        assert browser.post(f"/my/drafts/{kept.pk}/forget/", {"sure": "yes"}).status_code == 404
        for page in (f"/my/write/?draft={kept.pk}", f"/my/write/session/?draft={kept.pk}"):
            assert browser.get(page).status_code == 404
    assert Draft.unscoped.get(pk=kept.pk).text(Sealer(cast.alder.id)) == "A canary."


@pytest.mark.parametrize("draft", ["", "no id", "%00"])
def test_a_draft_in_the_address_that_is_none_is_no_page(cast: Any, visit: Any, draft: str) -> None:
    assert visit(cast.noor).get(f"/my/write/?draft={draft}").status_code == 404


def test_throwing_a_draft_away_asks_once(cast: Any, visit: Any) -> None:
    browser, form = visit(cast.noor), words()
    browser.post(f"/my/drafts/{form['draft_id']}/", form)
    address = f"/my/drafts/{form['draft_id']}/forget/"
    assert "Throw this draft away?" in browser.post(address).content.decode()
    assert Draft.unscoped.exists()
    browser.post(address, {"sure": "yes"})
    assert not Draft.unscoped.exists()
    assert browser.get(address).status_code == 405


def test_reading_over_shows_the_words_the_date_and_until_when_they_can_change(cast: Any, visit: Any) -> None:
    browser, form = visit(cast.noor), words("Line one.\n\nLine two & more.")
    shown = browser.post(f"/my/drafts/{form['draft_id']}/review/", form)
    assert shown["Location"] == f"/my/drafts/{form['draft_id']}/review/"
    html = browser.get(shown["Location"]).content.decode()
    assert "Line two &amp; more." in html
    page = page_of(browser, shown["Location"])
    for line in (
        "You will hear by Fri 15 May, 17:00",
        "You can change it until Thu 14 May, 17:00",
        "Cost Nothing",
    ):
        assert line in page
    assert not Message.unscoped.exists()


def test_nothing_is_on_a_page_of_somebody_who_is_signed_out(visit: Any, cast: Any) -> None:
    browser = visit(None)
    for address in ("/my/", "/my/write/", "/my/write/homework/", "/my/conversation/"):
        assert browser.get(address).status_code == 302


@pytest.mark.parametrize("address", ["/my/", "/my/write/", "/my/write/homework/", "/my/conversation/"])
def test_no_page_stays_behind_in_a_cache_and_no_title_names_anybody(
    cast: Any, visit: Any, address: str
) -> None:
    answer = visit(cast.noor).get(address)
    assert answer["Cache-Control"] == "no-store"
    title = re.search(r"<title>(.*?)</title>", answer.content.decode())
    assert title
    assert title[1] in {"Home", "Write", "Conversation"}
