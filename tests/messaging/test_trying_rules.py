"""Try it first: a clinician's own past under other rules, message by message."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.agreements.actions import accept_agreement, publish_agreement
from interlude.audit.models import Event
from interlude.boundaries.actions import grant_exception, publish_rules
from interlude.core.errors import BadPolicy
from interlude.core.outcomes import OverPlan
from interlude.core.replayed import End
from interlude.core.toml_text import load_layer
from interlude.demo.build import build_demo
from interlude.messaging.actions import send_message, take_back_message
from interlude.messaging.answering import reply_to
from interlude.messaging.models import Message
from interlude.messaging.outlook import Marks
from interlude.messaging.promises import new_date_for, repair
from interlude.messaging.trying import try_on, try_rules
from interlude.practice.models import Clinician
from interlude.practice.scope import in_practice
from tests.cast import DAY, HOUR, LONG_AGO, NOW, Cast
from tests.messaging.past import MONDAY, SINCE, live_through, own_rules_with, plan_of_one, sent, tried


@pytest.fixture
def history(cast: Cast) -> Cast:
    return live_through(cast)


def test_ones_own_rules_of_today_say_that_nothing_differs(history):
    found = tried(history)
    assert (found.all.messages, found.all.differ, found.clients, found.unchanged) == (4, 0, 2, 2)
    assert (found.answers, found.late_before) == (4, 0)


def test_a_smaller_plan_is_counted_week_by_week_for_each_client(history):
    found = tried(history, plan_of_one(history))
    assert found.all.moved == {(End.ANSWERED, End.KEPT): 1}
    assert (found.all.over_after, found.unchanged, found.most) == (1, 1, (1, 3))


@pytest.mark.contract("C25")
def test_what_was_agreed_with_one_client_alone_still_holds(history):
    five, warm = "[plan]\nmessages_per_week = 5\n", "warm_two_business_days"
    agreement = publish_agreement(
        client=history.noor.client, by=history.ada, now=LONG_AGO, preset=warm, text=five
    )
    accept_agreement(agreement=agreement, participant=history.noor, name_typed="Noor", now=LONG_AGO)
    assert tried(history, plan_of_one(history)).all.differ == 0


def test_a_version_that_nobody_accepted_does_not_count(history):
    publish_agreement(
        client=history.noor.client, by=history.ada, now=LONG_AGO, text="[plan]\nmessages_per_week = 5\n"
    )
    assert tried(history, plan_of_one(history)).all.differ == 1


def test_an_exception_holds_on_its_days_and_on_no_other(history):
    for monday in (MONDAY, MONDAY + 7 * DAY):
        sent(history.noor, monday + 2 * HOUR)
    day = MONDAY.date()
    grant_exception(
        "[plan]\nmessages_per_week = 5\n",
        client=history.noor.client,
        by=history.ada,
        since=day,
        until=day + 6 * DAY,
        reason="A hard week.",
        now=MONDAY,
    )
    found = tried(history, plan_of_one(history))
    assert found.all.over_after == 1  # the second of the week after


def test_what_the_practice_locks_still_holds(history):
    locked = 'locks = ["plan.messages_per_week"]\nzone = "Europe/London"\n[plan]\nmessages_per_week = 1\n'
    publish_rules(locked, practice=history.alder, by=None, since=date(2026, 5, 12), now=NOW - DAY)
    assert tried(history).all.over_after == 1


def test_a_starting_point_stands_in_the_place_of_each_clients(history):
    found = tried(history, "", preset="scheduling_only")
    assert found.all.after[End.KEPT] == 4


def test_rules_of_a_practice_may_be_tried_and_move_the_desks_hours(history):
    closed = "".join(f"{day} = []\n" for day in ("mon", "tue", "wed", "thu"))
    header = (
        'layer = "practice"\nname = "Alder"\nzone = "Europe/London"\ndesk_promise = { kind = "next_check" }\n'
    )
    with in_practice(history.alder.id):
        both = [
            load_layer(f'{header}[hours]\n{closed}fri = ["10:00-11:00"]\n'),
            load_layer('layer = "clinician"\nname = "Ada"\ntopics.desk = ["homework"]\n'),
        ]
        found = try_rules(both, clinician=history.ada, since=SINCE, now=NOW)
    assert found.all.after[End.DESK] == 4
    assert [length for length, _ in found.lengths][-1] > 3 * DAY


def test_marks_lengths_prices_and_ages_are_those_of_the_message(cast):
    extra = '[extra]\nprice = "25.00 GBP"\npromise = { kind = "working_days", days = 1, cut_off = "17:00" }\n'
    agreement = publish_agreement(
        client=cast.noor.client, by=cast.ada, now=LONG_AGO, preset="warm_two_business_days", text=extra
    )
    accept_agreement(agreement=agreement, participant=cast.noor, name_typed="Noor", now=LONG_AGO)
    sent(cast.noor, MONDAY, marks=Marks(no_answer=True))
    sent(cast.noor, MONDAY + HOUR, marks=Marks(keep=True))
    sent(cast.noor, MONDAY + 2 * HOUR, words=400)
    sent(cast.noor, MONDAY + 3 * HOUR, words=400, marks=Marks(choice=OverPlan.KEEP_REST))
    with in_practice(cast.alder.id):
        send_message(
            "quiet " * 400, participant=cast.noor, draft_id=uuid4(), topic="homework", now=MONDAY + 4 * HOUR,
            marks=Marks(choice=OverPlan.EXTRA), shown=None,
        )  # fmt: skip
    sent(cast.mira, MONDAY)
    found = tried(cast)
    assert found.all.differ == 0
    older = tried(cast, own_rules_with(cast, "minimum_age = 16\n"))
    assert older.all.after[End.NOT_HERE] == 1


def test_a_repaired_date_counts_as_it_was_promised_first(cast):
    message = sent(cast.noor, MONDAY)
    late = MONDAY + 5 * DAY
    with in_practice(cast.alder.id):
        to = new_date_for(message, now=late)
        repair(message, "I am late.", by=cast.ada, now=late, reply_id=uuid4(), to=to)
        reply_to(message, "Here it is.", by=cast.ada, now=late + HOUR, reply_id=uuid4())
    found = tried(cast)
    assert (found.all.differ, found.answers, found.late_before, found.late_after) == (0, 1, 1, 1)


def test_taken_back_and_not_handed_over_yet_are_not_in_it(cast):
    taken = sent(cast.noor, MONDAY)
    with in_practice(cast.alder.id):
        assert take_back_message(taken, by=cast.noor, now=MONDAY + timedelta(minutes=5))
    sent(cast.noor, NOW)
    assert tried(cast).all.messages == 0


def test_every_clinician_has_their_own_past_alone(history):
    assert tried(history, who=history.ben).all.messages == 0
    assert tried(history, who=history.cleo).all.messages == 0


def test_no_column_with_words_is_read_and_nothing_is_written(history):
    lines = Event.objects.count()
    with CaptureQueriesContext(connection) as asked:
        tried(history, plan_of_one(history))
    assert not [each["sql"] for each in asked if "sealed" in each["sql"]]
    assert all(each["sql"].startswith(("SELECT", "DECLARE", "FETCH", "CLOSE")) for each in asked)
    assert Event.objects.count() == lines


def test_it_asks_once_more_for_each_client_and_as_often_for_many_messages_as_for_one(history):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            tried(history)
        return len(asked)

    few = count()
    for number in range(40):
        sent(history.noor, MONDAY + 8 * DAY + timedelta(minutes=number))
    assert count() == few <= 14
    sent(history.mira, MONDAY)
    assert count() == few + 1


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL sorts on disk what memory does not hold"
)
def test_no_client_s_messages_are_sorted_in_memory(history):
    with CaptureQueriesContext(connection) as asked:
        tried(history)
    rows = [each["sql"] for each in asked if "leaves_at" in each["sql"]]
    assert len(rows) == 2
    for sql in rows:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = [str(row[3]) for row in cursor.fetchall()]
        assert "message_of_client" in plan[0]
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan[-1]


def test_the_six_months_of_the_demo_under_their_own_rules_say_that_nothing_differs(db, quick_and_apart):
    now = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    practice = build_demo(now=now)
    everybody = 0
    with in_practice(practice.id):
        for clinician in Clinician.objects.select_related("practice"):
            found = try_rules([], clinician=clinician, since=date(2026, 5, 1), now=now)
            assert found.all.differ == 0, clinician.name
            everybody += found.all.messages
            stricter = try_on(
                "[plan]\nmessages_per_week = 1\nwords = 20\n",
                preset="scheduling_only",
                clinician=clinician,
                since=date(2026, 5, 1),
                now=now,
            )
            assert stricter.all.messages == found.all.messages
            assert stricter.all.after[End.ANSWERED] <= found.all.after[End.ANSWERED]
    assert everybody == Message.unscoped.filter(handed_at__lte=now, taken_back_at=None).count() > 60


def test_two_locks_that_contradict_say_which_and_what_to_do(history):
    law = load_layer('layer = "law"\nname = "Act"\nlocks = ["zone"]\nzone = "Europe/Paris"\n')
    house = load_layer('layer = "practice"\nname = "Alder"\nlocks = ["zone"]\nzone = "Europe/Oslo"\n')
    with in_practice(history.alder.id), pytest.raises(BadPolicy, match="contradicts Europe/Paris by Act"):
        try_rules([law, house], clinician=history.ada, since=SINCE, now=NOW)


def test_an_exception_is_for_one_client_and_not_for_trying(history):
    one = load_layer(
        'layer = "exception"\nname = "x"\nreason = "r"\nsince = 2026-05-01\nuntil = 2026-05-02\n'
    )
    with in_practice(history.alder.id), pytest.raises(BadPolicy, match="for one client"):
        try_rules([one], clinician=history.ada, since=SINCE, now=NOW)
