"""Try it first, on the page: what a clinician reads, and what the page says to rules that cannot be meant."""

from __future__ import annotations

from datetime import date

import pytest

from interlude.messaging.what_differs import Tried, months_before
from tests.cast import Cast
from tests.messaging.past import SINCE, live_through, own_rules_with, plan_of_one, tried

TRY = "/practice/rules/try/"


@pytest.fixture
def history(cast: Cast) -> Cast:
    return live_through(cast)


def test_the_page_offers_ones_own_rules_and_every_starting_point(visit, cast):
    page = visit(cast.ada).get(TRY)
    text = page.content.decode()
    assert page.status_code == 200
    assert "messages_per_week = 3" in text
    assert text.count("<option") == 1 + 17 + 3
    assert "would have met" not in text


def test_a_smaller_plan_is_read_in_sentences(visit, history):
    form = {"preset": "", "text": plan_of_one(history), "months": "6"}
    page = visit(history.ada).post(TRY, form)
    text = " ".join(page.content.decode().split())
    assert page.status_code == 200
    assert "1 of 4 messages would have gone another way." in text
    assert "1 message that was answered here would have been kept for a session." in text
    assert "For 1 of your 2 clients nothing differs." in text
    assert "At most 1 of 3 messages for one" in text
    assert "Noor" not in text and "Tove" not in text
    assert "messages_per_week = 1" in text


def test_a_link_may_name_a_starting_point(visit, history):
    page = visit(history.ada).get(TRY, {"preset": "scheduling_only"})
    assert "of 4 messages would have gone another way." in page.content.decode()
    assert visit(history.ada).get(TRY, {"preset": "nothing"}).status_code == 404


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("this is = = no toml", "correct that line"),
        ("plan.words = 5", "use a whole number from 10 to 100000"),
        ("minimum_agee = 5", "did you mean minimum_age?"),
        ('locks = ["minimum_age"]\nminimum_age = 3', "only law and practice can lock"),
        ("[hours]\nmon=[]\ntue=[]\nwed=[]\nthu=[]\nfri=[]", "open on one day at least"),
        ("[check]\nmon=[]\ntue=[]\nwed=[]\nthu=[]\nfri=[]", "name one time at least at which messages are read"),
        ("since = 9999-12-31\nplan.words = 50", ""),
        ("x" * 200_001, "keep it below"),
    ],
)  # fmt: skip
def test_rules_that_cannot_be_meant_are_named_and_what_was_typed_stays(visit, history, text, says):
    page = visit(history.ada).post(TRY, {"preset": "", "text": text, "months": "6"})
    if not says:
        assert page.status_code == 200  # the day of publishing is the act's, not the text's
        return
    assert page.status_code == 422
    assert says in page.content.decode()
    assert page.context["form"]["text"].value() == text


@pytest.mark.parametrize("months", ["", "0", "-6", "7", "six"])
def test_another_length_of_time_is_not_known(visit, history, months):
    page = visit(history.ada).post(TRY, {"preset": "", "text": "", "months": months})
    assert page.status_code == 422
    assert "Choose one of the list." in page.content.decode()


def test_without_messages_it_says_so(visit, cast):
    page = visit(cast.ben).post(TRY, {"preset": "scheduling_only", "text": "", "months": "3"})
    assert "No message came in that time." in page.content.decode()


def test_nobody_else_finds_the_page(visit, cast):
    for person in (cast.noor, cast.jonas, cast.olu, cast.priya):
        assert visit(person).get(TRY).status_code == 404
        assert visit(person).post(TRY, {"months": "6"}).status_code == 404


@pytest.mark.parametrize(
    ("today", "months", "before"),
    [
        (date(2026, 11, 27), 6, date(2026, 5, 27)),
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2026, 3, 31), 3, date(2025, 12, 31)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
    ],
)
def test_so_many_months_back_is_the_same_day_or_the_last_of_its_month(today, months, before):
    assert months_before(today, months) == before


def test_the_drawing_counts_every_date_once(history):
    for text in (
        plan_of_one(history),
        own_rules_with(history, 'promise = { kind = "working_days", days = 4, cut_off = "17:00" }\n'),
    ):
        shown = Tried(tried(history, text), SINCE)
        assert sum(bar.number for bar in shown.bars) == shown.found.all.dated
        assert all(0 <= bar.height <= 46 and 0 < bar.left + 28 <= 240 for bar in shown.bars)
        assert [bar.number for bar in shown.bars if bar.is_same] == [shown.same]
