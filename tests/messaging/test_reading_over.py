"""Help first on the page before sending: for its writer alone, kept nowhere, and never in the way."""

from __future__ import annotations

import inspect
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.audit.models import Event
from interlude.core import delivery
from interlude.messaging.drafts import save_draft
from interlude.messaging.models import Draft, Message
from tests.attack.snapshot import differences, rows
from tests.cast import NOW, Cast
from tests.library.shelf import a_piece, shared
from tests.messaging.post import send

DANGER = "I have the pills here on the table and I am going to kill myself tonight."
HEAVY = "Some days I wish I were dead."
CALM = "I did the breathing twice. On Tuesday I got stuck. What can I do then?"
HELP_LEAD = "Is it hard right now? Help comes first."
OFFER_LEAD = "Is it hard right now? People are there at any hour:"


def before_sending(browser: Any, person: Any, text: str, topic: str = "homework") -> str:
    draft = save_draft(text, participant=person, draft_id=uuid4(), topic=topic, now=NOW)
    assert isinstance(draft, Draft)
    answer = browser.get(f"/my/drafts/{draft.pk}/review/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def said(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.contract("A29", "A30", "D25")
def test_words_of_danger_put_help_above_them_and_the_message_can_still_go(cast: Cast, visit: Any) -> None:
    html = before_sending(visit(cast.noor), cast.noor, DANGER)
    main = html[html.index('id="main"') :]
    assert main.index(HELP_LEAD) < main.index("help--block") < main.index("Read it over.")
    assert main.count("help--block") == 1
    assert "Send it to Ada" in main and "You can still send them" not in main.replace("you can still", "")
    assert "Nobody watches, and nobody is told." in said(main)


def test_it_quotes_the_words_it_found_and_says_that_it_is_often_wrong(cast: Cast, visit: Any) -> None:
    html = before_sending(visit(cast.noor), cast.noor, DANGER)
    quotes = re.findall(r"<q><bdi>(.+?)</bdi></q>", html)
    assert 1 <= len(quotes) <= 3 and all(quote in DANGER for quote in quotes)
    assert "It is often wrong, and it misses a lot." in said(html)


def test_words_that_may_be_heavy_get_one_quiet_line(cast: Cast, visit: Any) -> None:
    html = before_sending(visit(cast.noor), cast.noor, HEAVY)
    assert OFFER_LEAD in said(html) and HELP_LEAD not in said(html)


def test_calm_words_get_neither(cast: Cast, visit: Any) -> None:
    page = said(before_sending(visit(cast.noor), cast.noor, CALM))
    assert "Is it hard right now?" not in page


def test_who_said_that_it_is_hard_sees_the_block_once(cast: Cast, visit: Any) -> None:
    browser = visit(cast.noor)
    session = browser.session
    session["hard"] = True
    session.save()
    for words in (DANGER, HEAVY):
        assert before_sending(browser, cast.noor, words).count("help--block") == 1


def test_what_it_finds_changes_nothing_is_kept_nowhere_and_is_told_to_nobody(cast: Cast, visit: Any) -> None:
    browser, kept = visit(cast.noor), {}
    for words in (CALM, DANGER):
        draft = save_draft(words, participant=cast.noor, draft_id=uuid4(), topic="homework", now=NOW)
        assert isinstance(draft, Draft)
        before, told = rows(), Event.objects.count()
        with CaptureQueriesContext(connection) as asked:
            html = browser.get(f"/my/drafts/{draft.pk}/review/").content.decode()
        assert not differences(before, rows()) and Event.objects.count() == told
        written = [each["sql"] for each in asked if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert all('UPDATE "django_session"' in sql for sql in written), written  # which page was seen last
        kept[words] = re.findall(r'name="(shown_|topic|keep|no_answer)" value="([^"]*)"', html)
    assert kept[CALM] == kept[DANGER]


def test_the_message_goes_as_any_other_and_the_clinician_sees_no_sign_of_it(cast: Cast, visit: Any) -> None:
    browser, sent = visit(cast.noor), []
    for words in (CALM, DANGER):
        key = uuid4()
        html = before_sending_with(browser, cast.noor, words, key)
        form = dict(
            re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html[html.index('id="send"') :])
        )
        assert browser.post("/my/messages/", form | {"words": words}).status_code == 302
        sent.append(Message.unscoped.get(pk=key))
    calm, danger = sent
    assert (calm.outcome, calm.reply_due, calm.rules) == (danger.outcome, danger.reply_due, danger.rules)


def before_sending_with(browser: Any, person: Any, text: str, key: Any) -> str:
    save_draft(text, participant=person, draft_id=key, topic="homework", now=NOW)
    return str(browser.get(f"/my/drafts/{key}/review/").content.decode())


def test_a_purpose_that_fits_better_is_a_question_and_no_more(cast: Cast, visit: Any) -> None:
    bill = "Could you send me the invoice for April again? I want to pay it by card."
    page = said(before_sending(visit(cast.noor), cast.noor, bill))
    assert "Is it about a bill? An answer may come sooner if you say so." in page
    assert "Is it about" not in said(before_sending(visit(cast.noor), cast.noor, bill, topic="billing"))
    assert "Is it about" not in said(before_sending(visit(cast.noor), cast.noor, bill, topic="our_messaging"))


def test_a_practice_may_switch_it_off_and_only_its_owner_can(cast: Cast, visit: Any) -> None:
    for person in (cast.olu, cast.ada, cast.noor):
        assert visit(person).post("/office/reading/", {}).status_code == 404
    assert HELP_LEAD in said(before_sending(visit(cast.noor), cast.noor, DANGER))
    owner = visit(cast.priya)
    assert owner.post("/office/reading/", {}).status_code == 302
    assert "checked" not in owner.get("/office/reading/").content.decode().split("reads_over")[1][:12]
    assert "Is it hard right now?" not in said(before_sending(visit(cast.noor), cast.noor, DANGER))
    assert owner.post("/office/reading/", {"reads_over": "on"}).status_code == 302
    assert HELP_LEAD in said(before_sending(visit(cast.noor), cast.noor, DANGER))
    verbs = list(Event.objects.filter(verb__startswith="practice.reading").values_list("verb", flat=True))
    assert sorted(verbs) == ["practice.reading_off", "practice.reading_on"]


def test_other_words_for_a_message_are_looked_at_too_until_its_window_opens(
    cast: Cast, visit: Any, clock: Any
) -> None:
    """Nothing stands between other words and their place, so the message's own page has help first."""
    message = send(cast.noor, CALM, at=NOW)
    browser, page = visit(cast.noor), f"/my/messages/{message.pk}/"
    assert HELP_LEAD not in said(browser.get(page).content.decode())
    before = (message.outcome, message.reply_due, message.handed_at)
    answer = browser.post(f"{page}change/", {"words": DANGER, "keep_rest": "on"})
    assert answer.status_code == 302  # no step more than for other words
    message.refresh_from_db()
    assert (message.outcome, message.reply_due, message.handed_at) == before
    html = browser.get(page).content.decode()
    main = html[html.index('id="main"') :]
    assert main.index(HELP_LEAD) < main.index("help--block") < main.index("Your message is received.")
    assert main.count("help--block") == 1
    assert "Your message is safe, and you can still change it." in said(html)
    assert message.handed_at is not None
    clock.set(message.handed_at)
    for reader in (cast.noor, cast.ada):
        later = f"/practice/messages/{message.pk}/" if reader is cast.ada else page
        assert HELP_LEAD not in said(visit(reader).get(later).content.decode())


def test_another_writer_of_the_care_sees_no_sign_of_it_and_a_practice_that_switched_it_off_none(
    cast: Cast, visit: Any
) -> None:
    message = send(cast.tove, DANGER, at=NOW)
    page = f"/my/messages/{message.pk}/"
    assert HELP_LEAD in said(visit(cast.tove).get(page).content.decode())
    other = visit(cast.imre).get(page)
    assert HELP_LEAD not in said(other.content.decode())
    visit(cast.priya).post("/office/reading/", {})
    assert HELP_LEAD not in said(visit(cast.tove).get(page).content.decode())


def test_another_practice_keeps_its_own_choice(cast: Cast, visit: Any) -> None:
    visit(cast.priya).post("/office/reading/", {})
    cast.birch.refresh_from_db()
    assert cast.birch.reads_over


@pytest.mark.parametrize("words", ["<script>alert(1)</script> " + DANGER, "x" * 100_000 + ". " + DANGER])
def test_hostile_and_huge_words_are_read_as_words(cast: Cast, visit: Any, words: str) -> None:
    html = before_sending(visit(cast.noor), cast.noor, words)
    assert "<script>alert" not in html
    assert HELP_LEAD in said(html)


def test_the_decision_is_given_no_reading_and_no_words() -> None:
    assert "core.reading" not in inspect.getsource(delivery)
    for name, member in inspect.getmembers(delivery, inspect.isfunction):
        given = set(inspect.signature(member).parameters)
        assert not given & {"text", "body", "reading", "help", "signals"}, (name, given)


def test_where_help_is_offered_no_page_to_fill_in_stands_beside_it(cast: Cast, visit: Any) -> None:
    piece = a_piece(cast.ada, title="A quiet page", topics=("homework",))
    shared(piece, cast.noor.client)
    calm, danger = (before_sending(visit(cast.noor), cast.noor, words) for words in (CALM, DANGER))
    assert "A quiet page" in calm and "A quiet page" not in danger
