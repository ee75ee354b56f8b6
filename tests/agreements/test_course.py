"""When a changed version starts, what its reader is told, and what never starts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from interlude.agreements.actions import accept_agreement, in_force_for, publish_agreement, withdraw_agreement
from interlude.agreements.course import course_of
from interlude.agreements.models import Acceptance, Agreement
from interlude.agreements.notice import Notice
from interlude.appointments.actions import cancel_session, plan_session
from interlude.appointments.models import Session
from interlude.audit.models import Event
from interlude.boundaries.actions import grant_exception, publish_rules
from interlude.core.notice import Because, changes_between, takes_away
from interlude.messaging.actions import ground_for
from interlude.messaging.models import Message
from interlude.practice.models import Client
from tests.agreements.changing import (
    BEGINS,
    FEWER,
    MINE,
    MORE,
    PAGE,
    REASON,
    SESSION,
    in_force,
    new_rules,
    newest,
    offer_to,
    read,
    yes,
)
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, NOW, agree_anew, words
from tests.laws.pages import plain

# what the client reads, and when it starts


@pytest.mark.contract("C3", "C4", "C17", "A42")
def test_the_client_reads_why_from_when_and_both_versions_with_the_words_marked(
    cast: Any, visit: Any
) -> None:
    new_rules(cast)
    offer_to(visit, cast, "noor")
    answer = visit(cast.noor).get(MINE).content.decode()
    page = main_text(answer)
    assert f"Why Ada would change it. {REASON.rstrip('.')}" in page
    assert (
        "Not before Thu 28 May, and only with the yes. Before that we can talk about it, in our session on Tue 19 May"
    ) in page
    assert "<del>3</del>" in answer and "<ins>2</ins>" in answer
    assert "You do not have to say yes. Without it, version 1 stays" in page
    assert 'href="/my/write/our_messaging/"' in answer
    assert 'name="topic" value="our_messaging"' in answer
    assert "A change to our agreement" in read(visit, cast.noor, "/my/")
    assert grade(page) <= 6


@pytest.mark.contract("C38")
def test_after_the_yes_it_is_coming_and_then_it_holds(cast: Any, visit: Any, clock: Any) -> None:
    new_rules(cast)
    offer_to(visit, cast, "noor")
    visit(cast.noor).post(f"{MINE}{newest(cast.noor).pk}/acceptance/", {"name": "Noor"})
    page = read(visit, cast.noor, MINE)
    assert "Version 2 starts on Thu 28 May. Until then version 1 holds" in page
    assert "Version 2, from Thu 28 May" in plain(visit(cast.noor).get(MINE).content.decode())
    assert "From Thu 28 May" in read(visit, cast.noor, "/my/")
    assert ground_for(cast.noor, NOW).policy.messages_per_week == 3
    theirs = read(visit, cast.ada, f"/practice/clients/{cast.noor.client_id}/agreement/")
    assert "Version 2 starts on Thu 28 May. Version 1 holds until then" in theirs
    beside = visit(cast.ada).get(f"/practice/clients/{cast.noor.client_id}/").content.decode()
    assert "Version 2 starts on Thu 28 May" in plain(beside)

    assert ground_for(cast.noor, BEGINS - timedelta(microseconds=1)).policy.messages_per_week == 3
    clock.set(BEGINS)
    assert ground_for(cast.noor, BEGINS).policy.messages_per_week == 2
    assert "Version 2, since Thu 28 May" in plain(visit(cast.noor).get(MINE).content.decode())
    assert "A change to our agreement" not in read(visit, cast.noor, "/my/")
    assert "Version 2 holds since Thu 28 May" in read(
        visit, cast.ada, f"/practice/clients/{cast.noor.client_id}/agreement/"
    )


def test_somebody_who_does_not_say_yes_keeps_the_old_version(cast: Any, visit: Any, clock: Any) -> None:
    new_rules(cast)
    offer_to(visit, cast, "noor")
    clock.set(BEGINS + 100 * DAY)
    assert in_force(cast.noor, BEGINS + 100 * DAY) == 1
    page = read(visit, cast.noor, MINE)
    assert "We have had time to talk about it. It holds once the yes is given" in page
    theirs = read(visit, cast.ada, f"/practice/clients/{cast.noor.client_id}/agreement/")
    assert "Nobody has to give it: without it, what holds now stays" in theirs


@pytest.mark.contract("C3")
def test_when_the_session_is_cancelled_the_start_moves_and_both_are_told_why(
    cast: Any, visit: Any, clock: Any
) -> None:
    new_rules(cast)
    offer_to(visit, cast, "noor")
    yes(cast.noor)
    cancel_session(cast.noor.client.sessions.get(), by=cast.ada, now=SESSION - DAY)
    clock.set(SESSION)
    page = read(visit, cast.noor, MINE)
    assert "It starts only after we have talked in a session. No session is set yet" in page
    assert "It was to start on Thu 28 May. Our session on Tue 19 May does not take place" in page
    assert in_force(cast.noor, BEGINS + 365 * DAY) == 1
    theirs = read(visit, cast.ada, f"/practice/clients/{cast.noor.client_id}/agreement/")
    assert "It moved, because the session on Tue 19 May does not take place" in theirs
    assert "No session with Noor Haddad is planned, so it cannot start. Plan a session" in theirs

    plan_session(client=cast.noor.client, starts_at=SESSION + 21 * DAY, by=None, now=SESSION)
    assert "It starts on Wed 10 June" in read(visit, cast.noor, MINE)
    assert in_force(cast.noor, SESSION + 22 * DAY - timedelta(hours=11)) == 1
    assert in_force(cast.noor, SESSION + 22 * DAY) == 2


def test_an_earlier_session_does_not_bring_the_start_forward(cast: Any, visit: Any) -> None:
    Session.unscoped.filter(client=cast.noor.client).update(starts_at=SESSION + 21 * DAY)
    new_rules(cast)
    offer_to(visit, cast, "noor")
    yes(cast.noor)
    assert course_of(cast.noor.client, NOW).coming.start.at == datetime(2026, 6, 9, 23, tzinfo=UTC)  # type: ignore[union-attr]
    plan_session(client=cast.noor.client, starts_at=SESSION, by=None, now=NOW)
    assert in_force(cast.noor, datetime(2026, 6, 9, 22, 59, tzinfo=UTC)) == 1


def test_without_a_session_the_page_says_what_to_do(cast: Any, visit: Any) -> None:
    cancel_session(cast.noor.client.sessions.get(), by=cast.ada, now=NOW)
    new_rules(cast)
    assert "No session with Noor Haddad is planned, so it cannot start" in read(visit, cast.ada, PAGE)
    assert offer_to(visit, cast, "noor").status_code == 302
    yes(cast.noor)
    assert in_force(cast.noor, NOW + 400 * DAY) == 1


@pytest.mark.contract("C17")
def test_safety_starts_on_its_day_without_a_yes_and_is_told_first(cast: Any, visit: Any, clock: Any) -> None:
    cancel_session(cast.noor.client.sessions.get(), by=cast.ada, now=NOW)
    new_rules(cast)
    assert offer_to(visit, cast, "noor", because="safety", starts_on="2026-05-15").status_code == 302
    page = read(visit, cast.noor, MINE)
    assert "Version 2 starts on Fri 15 May" in page
    assert "It is for safety. It is not because of something you did" in page
    assert "For this your yes is not needed. You can still ask, or talk about it" in page
    assert "Your name" not in page
    assert "From Fri 15 May" in read(visit, cast.noor, "/my/")
    starts = datetime(2026, 5, 14, 23, tzinfo=UTC)
    assert in_force(cast.noor, starts - timedelta(seconds=1)) == 1
    assert in_force(cast.noor, starts) == 2
    clock.set(starts)
    assert "A change to our agreement" not in read(visit, cast.noor, "/my/")
    assert visit(cast.noor).post("/my/messages/", words()).status_code == 302
    assert Message.unscoped.get().agreement.number == 2


def test_the_database_wants_a_day_for_safety_and_law(cast: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        publish_agreement(
            client=cast.noor.client, by=cast.ada, now=NOW, notice=Notice("Because.", Because.LAW, None)
        )


def test_what_only_gives_holds_at_once_and_the_yes_is_still_welcome(cast: Any, visit: Any) -> None:
    new_rules(cast, MORE)
    offer_to(visit, cast, "noor", reason="")
    page = read(visit, cast.noor, MINE)
    assert "Version 2 gives you more, and holds already" in page
    assert "Before, version 1. We planned up to 3 messages a week" in page
    assert ground_for(cast.noor, NOW).policy.messages_per_week == 4
    visit(cast.noor).post("/my/messages/", words())
    assert Message.unscoped.get().agreement.number == 2
    visit(cast.noor).post(f"{MINE}{newest(cast.noor).pk}/acceptance/", {"name": "Noor"})
    assert "This is how we use messages" in read(visit, cast.noor, MINE)


def test_a_second_stricter_change_within_eight_weeks_is_named_and_not_offered(
    cast: Any, visit: Any, clock: Any
) -> None:
    new_rules(cast)
    offer_to(visit, cast, "noor")
    yes(cast.noor)
    for week in range(2, 10):
        plan_session(client=cast.noor.client, starts_at=SESSION + week * 7 * DAY, by=None, now=NOW)
    later = BEGINS + 7 * DAY
    clock.set(later)
    text = FEWER.replace("words = 150", "words = 100").format(zone="Europe/London")
    publish_rules(text, practice=cast.alder, clinician=cast.ada, by=None, since=later.date(), now=later)
    page = read(visit, cast.ada, PAGE)
    assert (
        "something got stricter less than eight weeks ago. The next such change can start on Thu 23 July"
        in page
    )
    answer = offer_to(visit, cast, "noor")
    assert answer.status_code == 422
    assert "Noor Haddad: something got stricter less than eight weeks ago" in answer.content.decode()
    assert offer_to(visit, cast, "noor", because="law", starts_on="2026-06-20").status_code == 302

    # by any other way it is held back as well, until the eight weeks are over
    withdraw_agreement(agreement=newest(cast.noor), by=cast.ada, now=later)
    publish_agreement(
        client=cast.noor.client, by=cast.ada, now=later, text="[plan]\nwords = 50", notice=Notice(REASON)
    )
    yes(cast.noor, later)
    assert in_force(cast.noor, datetime(2026, 7, 22, 22, 59, tzinfo=UTC)) == 2
    assert in_force(cast.noor, datetime(2026, 7, 22, 23, tzinfo=UTC)) == 4


def test_a_stricter_version_without_a_reason_never_starts_whoever_offers_it(cast: Any, visit: Any) -> None:
    publish_agreement(client=cast.noor.client, by=cast.ada, now=NOW, text="[plan]\nmessages_per_week = 1")
    yes(cast.noor)
    assert in_force(cast.noor, NOW + 400 * DAY) == 1
    assert "Ada has not written why. What holds now stays" in read(visit, cast.noor, MINE)
    assert "No reason was written" in read(
        visit, cast.ada, f"/practice/clients/{cast.noor.client_id}/agreement/"
    )


def test_a_version_can_be_withdrawn_before_it_holds_and_not_after(cast: Any, visit: Any, clock: Any) -> None:
    new_rules(cast)
    offer_to(visit, cast, "noor")
    yes(cast.noor)
    address = f"/practice/clients/{cast.noor.client_id}/agreement/"
    assert "Withdraw version 2" in read(visit, cast.ada, address)
    for _ in range(2):
        assert visit(cast.ada).post(f"{address}withdrawal/", {"number": "2"}).status_code == 302
    assert Event.objects.filter(verb="agreement.withdrawn").count() == 1
    assert in_force(cast.noor, BEGINS + DAY) == 1
    assert "This is how we use messages" in read(visit, cast.noor, MINE)
    assert "Withdrawn Wed 13 May" in plain(visit(cast.ada).get(address).content.decode())
    answer = visit(cast.noor).post(f"{MINE}{newest(cast.noor).pk}/acceptance/", {"name": "N"}, follow=True)
    assert "This version is not offered any more" in answer.content.decode()
    for number in ("1", "2"):
        visit(cast.ada).post(f"{address}withdrawal/", {"number": number})
    assert in_force(cast.noor, NOW) == 1
    for wrong in ("", "x", "9", "-1", "1" * 30):
        assert visit(cast.ada).post(f"{address}withdrawal/", {"number": wrong}).status_code == 404


def test_a_guardian_reads_the_change_and_not_the_reason(cast: Any, visit: Any) -> None:
    new_rules(cast)
    offer_to(visit, cast, "mira")
    assert REASON.rstrip(".") in read(visit, cast.mira, MINE)
    page = read(visit, cast.jonas, MINE)
    assert "more care" not in page and "messages a week" in page
    assert "more care" not in read(visit, cast.jonas, f"{MINE}?version=2")


def test_the_reason_is_sealed_and_the_record_carries_none_of_it(cast: Any, visit: Any) -> None:
    new_rules(cast)
    offer_to(visit, cast, "noor", reason="A canary sang.")
    assert b"canary" not in bytes(newest(cast.noor).sealed_reason or b"")
    assert not [one for one in Event.objects.all() if "canary" in str(one.facts)]


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York", "Pacific/Apia"])
def test_in_another_zone_it_starts_on_the_day_that_its_reader_was_told(
    cast: Any, visit: Any, clock: Any, zone: str
) -> None:
    type(cast.noor).unscoped.filter(pk=cast.noor.pk).update(zone=zone)
    new_rules(cast)
    offer_to(visit, cast, "noor")
    yes(cast.noor)
    (start,) = [one for one in visit(cast.noor).get(MINE).context["versions"].all if one.number == 2]
    cast.noor.refresh_from_db()
    told = start.starts_at.astimezone(cast.noor.time_zone()).date()
    assert f"Version 2 starts on {told:%a} {told.day} {told:%B}" in read(visit, cast.noor, MINE)
    assert in_force(cast.noor, start.starts_at - timedelta(seconds=1)) == 1


def test_a_promise_given_keeps_its_date_when_the_new_version_starts(
    cast: Any, visit: Any, clock: Any
) -> None:
    new_rules(cast, FEWER + '\n[promise]\nkind = "working_days"\ndays = 5\ncut_off = "12:00"\n')
    offer_to(visit, cast, "noor")
    yes(cast.noor)
    before = BEGINS - timedelta(hours=3)
    clock.set(before)
    visit(cast.noor).post("/my/messages/", words())
    due = Message.unscoped.get().reply_due
    clock.set(BEGINS + timedelta(hours=1))
    assert in_force(cast.noor, BEGINS) == 2
    message = Message.unscoped.get()
    assert (message.reply_due, message.agreement.number) == (due, 1)
    visit(cast.noor).post("/my/messages/", words())
    later = Message.unscoped.exclude(pk=message.pk).get()
    assert later.agreement.number == 2 and later.reply_due > due


def test_an_exception_that_would_take_something_away_only_gives(cast: Any) -> None:
    text = "[plan]\nmessages_per_week = 5\nwords = 20\n"
    given = {"since": NOW.date(), "until": NOW.date() + 9 * DAY, "reason": "A move.", "now": NOW}
    grant_exception(text, client=cast.noor.client, by=cast.ada, **given)
    policy = ground_for(cast.noor, NOW).policy
    assert (policy.messages_per_week, policy.words_per_message) == (5, 150)


def test_an_end_that_stands_in_a_frozen_layer_takes_nothing_away_by_itself(cast: Any) -> None:
    agree_anew(cast.noor.client, [cast.noor], text="until = 2026-06-01\n[plan]\nmessages_per_week = 6\n")
    for now in (NOW, NOW + 60 * DAY):
        assert ground_for(cast.noor, now).policy.messages_per_week == 6


@pytest.mark.parametrize("seed", range(12))
def test_in_no_history_in_the_database_does_anything_get_stricter_silently(cast: Any, seed: int) -> None:
    """The same as over a thousand histories in the core, through the acts themselves."""
    chance, now, client = Random(seed), NOW, Client.unscoped.get(pk=cast.noor.client_id)
    held = in_force_for(client, now)
    for _ in range(30):
        act(chance, client, cast, now)
        for _ in range(chance.choice([1, 1, 3, 20])):
            now += timedelta(hours=23)
            found = in_force_for(client, now)
            assert held and found and found.number >= held.number
            before, after = held.as_offered().policy, found.as_offered().policy
            if any(takes_away(one) for one in changes_between(before, after)):
                assert told(found, now, before.change_notice_days), (seed, found.number)
            held = found


def told(found: Agreement, now: datetime, days: int) -> bool:
    if not found.sealed_reason:
        return False
    if found.because != "ordinary":
        return now > found.published_at
    met = Session.unscoped.filter(client=found.client, starts_at__gt=found.published_at, starts_at__lt=now)
    held = [
        one
        for one in met
        if one.ends_at <= now and (one.cancelled_at is None or one.cancelled_at >= now - DAY)
    ]
    return bool(held) and now >= found.published_at + days * DAY and found.accepted_at is not None


def act(chance: Random, client: Any, cast: Any, now: datetime) -> None:
    match chance.choice(["publish", "publish", "yes", "yes", "yes", "plan", "plan", "cancel", "withdraw"]):
        case "publish":
            text = f"[plan]\nwords = {chance.choice([50, 150, 300])}\nmessages_per_week = {chance.randint(1, 4)}\n"
            because = chance.choice([Because.ORDINARY] * 5 + [Because.LAW])
            day = (now + 3 * DAY).date() if because is Because.LAW else None
            notice = Notice(chance.choice(["", REASON, REASON, REASON]), because, day)
            publish_agreement(client=client, by=cast.ada, now=now, text=text, notice=notice)
        case "yes":
            accept_agreement(agreement=newest(cast.noor), participant=cast.noor, name_typed="N", now=now)
        case "plan":
            begins = now + timedelta(days=chance.choice([-2, 1, 5, 20]))
            plan_session(client=client, starts_at=begins, by=None, now=now)
        case "cancel":
            sessions = list(Session.unscoped.filter(client=client, state="planned"))
            if sessions:
                cancel_session(chance.choice(sessions), by=None, now=now)
        case _:
            withdraw_agreement(agreement=newest(cast.noor), by=cast.ada, now=now)


def test_the_yes_of_a_couple_is_both_their_words(cast: Any, visit: Any) -> None:
    new_rules(cast)
    offer_to(visit, cast, "tove")
    yes(cast.tove)
    assert course_of(cast.tove.client, NOW).coming is None
    yes(cast.imre)
    assert course_of(cast.tove.client, NOW).coming == newest(cast.tove)
    assert Acceptance.unscoped.filter(agreement=newest(cast.tove)).count() == 2
