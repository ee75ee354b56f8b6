"""Law 7: no rule gets stricter silently. Each thing that the law asks for is left out once; and the clock is walked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from interlude.agreements.actions import accept_agreement, publish_agreement, withdraw_agreement
from interlude.agreements.models import Agreement
from interlude.agreements.notice import Notice
from interlude.appointments.actions import cancel_session, plan_session
from interlude.boundaries.actions import grant_exception
from interlude.core.notice import Because, changes_between, takes_away
from interlude.core.promises import WorkingDays
from interlude.messaging.actions import foresee, ground_for
from tests.cast import DAY, NOW
from tests.laws.pages import CLIENT_PAGES, pages, plain

STRICTER = '[plan]\nmessages_per_week = 1\n[promise]\nkind = "working_days"\ndays = 5\ncut_off = "12:00"\n'
REASON = Notice("I answer with more care when there is less.")
BEGINS = datetime(
    2026, 5, 27, 23, tzinfo=UTC
)  # Thu 28 May in London: 14 days, the session of Tue 19 May between
FOR_EVER = NOW + 400 * DAY


def tell(cast: Any, *, notice: Notice = REASON, text: str = STRICTER) -> Agreement:
    return publish_agreement(
        client=cast.noor.client,
        by=cast.ada,
        now=NOW,
        preset="warm_two_business_days",
        text=text,
        notice=notice,
    )


def say_yes(cast: Any, agreement: Agreement) -> None:
    accept_agreement(agreement=agreement, participant=cast.noor, name_typed="Noor", now=NOW)


def per_week(cast: Any, now: datetime) -> int | None:
    return ground_for(cast.noor, now).policy.messages_per_week


def test_with_all_that_the_law_asks_for_it_starts_on_its_day_and_not_a_minute_before(cast: Any) -> None:
    say_yes(cast, tell(cast))
    now = NOW
    while now < BEGINS:
        assert per_week(cast, now) == 3, now
        foreseen = foresee(participant=cast.noor, topic="homework", words=5, now=now)
        assert foreseen.policy.promise == WorkingDays(2, foreseen.policy.promise.cut_off), now  # type: ignore[union-attr]
        now += timedelta(hours=7)
    assert per_week(cast, BEGINS - timedelta(microseconds=1)) == 3
    assert per_week(cast, BEGINS) == 1


@pytest.mark.parametrize(
    "left_out",
    ["the reason", "the session", "the yes", "the session, cancelled in time", "withdrawn", "overtaken"],
)
def test_without_one_of_them_it_never_starts(cast: Any, left_out: str) -> None:
    session = cast.noor.client.sessions.get()
    if left_out == "the session":
        cancel_session(session, by=cast.ada, now=NOW - DAY)
    agreement = tell(cast, notice=Notice() if left_out == "the reason" else REASON)
    if left_out != "the yes":
        say_yes(cast, agreement)
    match left_out:
        case "the session, cancelled in time":
            cancel_session(session, by=cast.ada, now=session.ends_at + timedelta(hours=2))
        case "withdrawn":
            withdraw_agreement(agreement=agreement, by=cast.ada, now=NOW + DAY)
        case "overtaken":
            tell(cast)
    for now in (BEGINS, BEGINS + 60 * DAY, FOR_EVER):
        assert per_week(cast, now) == 3


def test_a_session_that_is_moved_moves_the_start_and_never_forward(cast: Any) -> None:
    say_yes(cast, tell(cast))
    cancel_session(cast.noor.client.sessions.get(), by=cast.ada, now=NOW)
    later = datetime(2026, 6, 9, 9, tzinfo=UTC)
    plan_session(client=cast.noor.client, starts_at=later, by=cast.ada, now=NOW)
    assert per_week(cast, BEGINS) == 3
    assert per_week(cast, datetime(2026, 6, 9, 22, 59, tzinfo=UTC)) == 3
    assert per_week(cast, datetime(2026, 6, 9, 23, tzinfo=UTC)) == 1
    sooner = datetime(2026, 5, 15, 9, tzinfo=UTC)
    plan_session(client=cast.noor.client, starts_at=sooner, by=cast.ada, now=NOW)
    assert per_week(cast, BEGINS - timedelta(seconds=1)) == 3


def test_until_its_day_no_page_of_the_client_but_the_agreement_and_home_knows_of_it(
    cast: Any, visit: Any, clock: Any
) -> None:
    unaware = [address for address in CLIENT_PAGES if address not in ("/my/", "/my/agreement/")]
    clock.set(BEGINS - timedelta(hours=1))
    before = pages(visit(cast.noor), unaware)
    say_yes(cast, tell(cast))
    assert pages(visit(cast.noor), unaware) == before
    home, agreement = (
        plain(visit(cast.noor).get(one).content.decode()) for one in ("/my/", "/my/agreement/")
    )
    assert "A change to our agreement From Thu 28 May" in home
    assert "Version 2 starts on Thu 28 May" in agreement and "I answer with more care" in agreement


def test_safety_and_law_are_apart_only_in_writing(cast: Any) -> None:
    cancel_session(cast.noor.client.sessions.get(), by=cast.ada, now=NOW)
    unwritten = tell(cast, notice=Notice("", Because.SAFETY, (NOW + 2 * DAY).date()))
    assert per_week(cast, FOR_EVER) == 3
    tell(cast, notice=Notice("Somebody could read it.", Because.SAFETY, (NOW - 9 * DAY).date()))
    assert Agreement.unscoped.get(pk=unwritten.pk).withdrawn_at == NOW
    assert (
        per_week(cast, NOW + timedelta(hours=9)) == 3
    )  # the day after the client was told, whatever was written
    assert per_week(cast, datetime(2026, 5, 13, 23, tzinfo=UTC)) == 1


def test_an_exception_never_makes_anything_stricter_and_its_end_brings_back_what_was_agreed(
    cast: Any,
) -> None:
    agreed = ground_for(cast.noor, NOW).policy
    text = (
        'minimum_age = 25\nmessages = "none"\n' + STRICTER + '[check]\nmon = []\nthu = ["09:00", "17:00"]\n'
    )
    until = (NOW + 3 * DAY).date()
    grant_exception(
        text, client=cast.noor.client, by=cast.ada, since=NOW.date(), until=until, reason="A move.", now=NOW
    )
    during, after = (ground_for(cast.noor, now).policy for now in (NOW, NOW + 9 * DAY))
    assert not [one for one in changes_between(agreed, during) if takes_away(one)]
    assert during.values()["check.thu"] != agreed.values()["check.thu"]
    assert after == agreed
