"""The laws of sending, over many messages: what was foreseen happens, and no word is ever lost."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interlude.agenda.models import JournalEntry, ListItem
from interlude.agreements.actions import publish_agreement
from interlude.agreements.models import Agreement
from interlude.core.outcomes import OverPlan
from interlude.core.policy import Topic
from interlude.core.promises import State, state
from interlude.desk.models import Question
from interlude.messaging.actions import GoThere, Sent, foresee, send_message
from interlude.messaging.models import Draft, Message
from interlude.messaging.outlook import Marks
from interlude.sealing.vault import Sealer
from tests.cast import DAY, LONG_AGO, NOW, words

MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EXTRA = """
[extra]
price = "15.00 EUR"
promise = { kind = "working_days", days = 1, cut_off = "17:00" }
"""
moments = st.integers(0, 14 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
marks = st.builds(
    Marks,
    no_answer=st.booleans(),
    keep=st.booleans(),
    wish_by=st.none() | moments,
    choice=st.none() | st.sampled_from(OverPlan),
)


@pytest.fixture
def with_extra(cast: Any) -> Any:
    """Noor's agreement offers extra support at a price."""
    Agreement.unscoped.filter(client=cast.noor.client).get().acceptances.all().delete()
    Agreement.unscoped.filter(client=cast.noor.client).delete()
    publish_agreement(
        client=cast.noor.client, by=cast.ada, now=LONG_AGO, preset="warm_two_business_days", text=EXTRA
    )
    Agreement.unscoped.filter(client=cast.noor.client).update(accepted_at=LONG_AGO)
    return cast


def all_words_of(cast: Any) -> str:
    """Everything that is kept for this client, wherever it is."""
    sealer, practice = Sealer(cast.alder.id), {"practice": cast.alder}
    rows = [
        *(row.text(sealer) for row in Message.unscoped.filter(**practice)),
        *(row.words(sealer) for row in ListItem.unscoped.filter(**practice)),
        *(row.words(sealer) for row in Question.unscoped.filter(**practice)),
        *(row.words(sealer) for row in JournalEntry.unscoped.filter(**practice)),
        *(row.text(sealer) for row in Draft.unscoped.filter(**practice)),
    ]
    return " ".join(" ".join(rows).split())


class Undone(Exception):
    """Rolls one example back."""


@given(
    topic=st.sampled_from(Topic),
    size=st.integers(1, 400),
    marks=marks,
    now=moments,
    before=st.integers(0, 4),
    stranger=st.sampled_from(["noor", "jonas", "mira", "tove"]),
)
@MANY
def test_what_was_foreseen_is_what_happens_and_no_word_is_lost(
    with_extra: Any, topic: Topic, size: int, marks: Marks, now: datetime, before: int, stranger: str
) -> None:
    who = getattr(with_extra, stranger)
    text = " ".join(f"word{number}" for number in range(size))
    with pytest.raises(Undone), transaction.atomic():
        for _ in range(before):
            send_message("Before.", participant=who, draft_id=uuid4(), topic="homework", now=now)
        seen = foresee(participant=who, topic=topic, words=size, now=now, marks=marks)
        sent = send_message(
            text, participant=who, draft_id=uuid4(), topic=topic, now=now, marks=marks, shown=seen.shown
        )
        held = all_words_of(with_extra).split()
        assert [word for word in held if word.startswith("word")] == text.split()
        if isinstance(sent, Sent):
            assert sent.outlook is not None
            assert sent.outlook.decision == seen.decision
            _row_says_the_same(sent.stored, seen, now)
        else:
            assert isinstance(sent, GoThere)
            assert seen.kind == "yourself"
        raise Undone


def _row_says_the_same(row: Any, seen: Any, now: datetime) -> None:
    if isinstance(row, Message):
        assert (row.reply_due, row.reason) == (seen.due, seen.reason)
        assert row.handed_at is None or row.handed_at > now
        if row.reply_due is not None:
            assert state(row.reply_due, now=now, answered_at=None) is State.WAITING
        assert (row.extra_minor is not None) == (seen.price is not None)
    elif isinstance(row, Question):
        assert row.reply_due == seen.due


@pytest.mark.parametrize("topic", [topic.value for topic in Topic])
def test_what_the_last_page_shows_is_what_the_receipt_says(cast: Any, visit: Any, topic: str) -> None:
    browser, form = visit(cast.noor), words(topic=topic)
    page = browser.post(f"/my/drafts/{form['draft_id']}/review/", form, follow=True)
    if "/my/times/" in page.redirect_chain[-1][0]:
        assert topic == "schedule"
        return
    html = page.content.decode()
    shown = _field(html, "shown_")
    browser.post("/my/messages/", form | {"shown_": shown})
    kind, due, _ = shown.split("|")
    if kind == "desk":
        assert Question.unscoped.get().reply_due == datetime.fromisoformat(due)
    elif due:
        assert Message.unscoped.get().reply_due == datetime.fromisoformat(due)
    else:
        assert Message.unscoped.get().outcome == "keep"
    assert not Draft.unscoped.exists()


def _field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"no field {name}"
    return found[1]


@pytest.mark.contract("A37", "A38", "B34")
def test_a_long_message_is_answered_in_its_first_part_and_the_rest_is_kept(cast: Any, visit: Any) -> None:
    long = " ".join(f"word{number}" for number in range(200))
    browser, form = visit(cast.noor), words(long)
    page = browser.post(f"/my/drafts/{form['draft_id']}/review/", form, follow=True).content.decode()
    assert "It is 50 words longer than we planned." in page
    for choice in ("Make it shorter", "Send the first part, keep the rest", "Send it as it is"):
        assert choice in page
    chosen = form | {"choice": "keep_rest", "shown_keep_rest": _field(page, "shown_keep_rest")}
    receipts = [browser.post("/my/messages/", chosen) for _ in range(2)]
    message, item = Message.unscoped.get(), ListItem.unscoped.get()
    assert message.words == 150
    assert item.words(Sealer(cast.alder.id)).split()[0] == "word150"
    assert not Draft.unscoped.exists()
    assert "The rest of it" in browser.get(receipts[1]["Location"]).content.decode()


def test_a_long_message_as_it_is_is_kept_whole(cast: Any, visit: Any) -> None:
    long = "word " * 200
    visit(cast.noor).post("/my/messages/", words(long, choice="as_it_is"))
    message = Message.unscoped.get()
    assert (message.outcome, message.reason, message.words) == ("keep", "over_plan", 200)


@pytest.mark.contract("C5", "C6")
def test_the_fourth_of_three_is_said_before_a_word_is_written_and_kept_without_blame(
    cast: Any, visit: Any
) -> None:
    browser = visit(cast.noor)
    for _ in range(3):
        browser.post("/my/messages/", words())
    page = browser.get("/my/write/homework/").content.decode()
    assert "You planned up to three this week." in page
    assert "This is the fourth." in page
    assert "That is all right." in page
    browser.post("/my/messages/", words())
    assert sorted(Message.unscoped.values_list("outcome", flat=True)) == [
        "answer",
        "answer",
        "answer",
        "keep",
    ]


@pytest.mark.contract("A41")
def test_extra_support_shows_its_price_first_and_needs_a_tick(with_extra: Any, visit: Any) -> None:
    browser, form = visit(with_extra.noor), words("word " * 200)
    page = browser.post(f"/my/drafts/{form['draft_id']}/review/", form, follow=True).content.decode()
    assert "It costs €15.00." in page
    chosen = form | {"choice": "extra", "shown_extra": _field(page, "shown_extra")}
    without = browser.post("/my/messages/", chosen)
    assert without.status_code == 422
    assert "Tick that the price is all right for you" in without.content.decode()
    assert not Message.unscoped.exists()
    browser.post("/my/messages/", chosen | {"accept_price": "on"})
    message = Message.unscoped.get()
    assert (message.extra_minor, message.extra_currency, message.words) == (1500, "EUR", 200)
    assert "€15.00" in browser.get(f"/my/messages/{message.pk}/").content.decode()


@pytest.mark.parametrize("shown", [None, "answered|2026-05-20T16:00:00+00:00|10.00 EUR"])
def test_a_price_that_was_not_shown_is_never_taken(with_extra: Any, visit: Any, shown: str | None) -> None:
    form = words("word " * 200, choice="extra", accept_price="on")
    answer = visit(with_extra.noor).post("/my/messages/", form | ({"shown_extra": shown} if shown else {}))
    assert answer.status_code == 422
    assert "€15.00" in answer.content.decode()
    assert not Message.unscoped.exists()


@pytest.mark.contract("D27")
def test_a_hope_for_a_date_gets_an_honest_reply(cast: Any, visit: Any) -> None:
    browser = visit(cast.noor)
    for wish, said in ((NOW + DAY, "It may take until"), (NOW + 5 * DAY, "That is possible.")):
        form = words(wish_by=wish.date().isoformat())
        page = browser.post(f"/my/drafts/{form['draft_id']}/review/", form, follow=True).content.decode()
        assert said in page
        assert ("Ask for an earlier session" in page) == (said == "It may take until")
        browser.post("/my/messages/", form)
    wishes = Message.unscoped.order_by("wish_by").values_list("wish_by", flat=True)
    assert [wish.date() for wish in wishes if wish] == [(NOW + DAY).date(), (NOW + 5 * DAY).date()]


@pytest.mark.parametrize("wish", ["9999-12-31", "0001-01-01", "2026-05-12", "soon", "31.12.2026", "\0"])
def test_a_wish_that_is_no_day_asks_again_and_keeps_the_words(cast: Any, visit: Any, wish: str) -> None:
    form = words("Typed for an hour.", wish_by=wish)
    browser = visit(cast.noor)
    for address in ("/my/messages/", f"/my/drafts/{form['draft_id']}/review/"):
        answer = browser.post(address, form)
        assert answer.status_code == 422
        assert "Typed for an hour." in answer.content.decode()
    assert browser.post(f"/my/drafts/{form['draft_id']}/", form).status_code == 204
    assert Draft.unscoped.get().text(Sealer(cast.alder.id)) == "Typed for an hour."


def test_two_presses_at_the_same_instant_are_one_message(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second press does not see the first one's row yet; the key holds all the same."""
    key = uuid4()
    first = send_message("Once.", participant=cast.noor, draft_id=key, topic="homework", now=NOW)
    assert isinstance(first, Sent)
    looks = iter([None, first.stored])
    monkeypatch.setattr("interlude.messaging.actions.stored_under", lambda key: next(looks))
    second = send_message("Once.", participant=cast.noor, draft_id=key, topic="homework", now=NOW)
    assert isinstance(second, Sent)
    assert second.again
    assert Message.unscoped.count() == 1
