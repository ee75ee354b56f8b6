"""When it is safe to reach somebody: said by them, kept by the server, asked again after a year."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from interlude.audit.models import Event
from interlude.outbox.actions import leave_notice, send_due_notices
from interlude.outbox.models import ContactPoint, Notice
from interlude.practice.whereabouts import say_where
from tests.cast import DAY, NOW, Cast

PAGE = "/my/account/contact/"


@pytest.fixture(autouse=True)
def mails_are_files(settings: Any) -> None:
    settings.EMAIL_BACKEND = "interlude.outbox.spool.SpoolBackend"


def said(**more: str) -> dict[str, str]:
    return {"email-when": "any", "phone-when": "any"} | more


def notice(cast: Cast, once: str = "one") -> Notice:
    Notice.objects.exclude(once__startswith=once).delete()  # those of the agreements
    found = leave_notice(
        "answer", to=cast.noor.user, practice_id=cast.alder.id, once=once, link="/my/", send_at=NOW
    )
    assert found is not None
    return found


def sent(settings: Any) -> int:
    return len(list(Path(settings.SPOOL).glob("*.eml"))) if Path(settings.SPOOL).exists() else 0


def test_nothing_ever_goes_to_a_point_of_which_somebody_said_never(
    cast: Cast, visit: Any, settings: Any
) -> None:
    assert visit(cast.noor).post(PAGE, said(**{"email-when": "never"})).status_code == 302
    left = notice(cast)
    for day in range(30):
        assert send_due_notices(now=NOW + day * DAY) == 0
    assert sent(settings) == 0
    left.refresh_from_db()
    assert left.kept_back_at == NOW and left.sent_at is None


def test_it_is_asked_when_something_leaves_so_a_change_holds_for_what_waits(
    cast: Cast, visit: Any, settings: Any
) -> None:
    notice(cast)
    visit(cast.noor).post(PAGE, said(**{"email-when": "never"}))
    assert send_due_notices(now=NOW) == 0 and sent(settings) == 0


def test_outside_the_safe_hours_it_waits_for_the_next_one(cast: Cast, visit: Any, settings: Any) -> None:
    hours = {"email-when": "hours", "email-opens": "09:00", "email-closes": "12:00"}
    visit(cast.noor).post(PAGE, said(**hours))
    left = notice(cast)
    assert send_due_notices(now=NOW) == 0  # 14:41 in London
    left.refresh_from_db()
    assert left.send_at == datetime(2026, 5, 14, 8, 0, tzinfo=UTC)
    assert send_due_notices(now=left.send_at - timedelta(seconds=1)) == 0
    assert send_due_notices(now=left.send_at) == 1 and sent(settings) == 1


def test_of_a_thousand_moments_none_is_outside_the_rule(cast: Cast, visit: Any, settings: Any) -> None:
    hours = {"email-when": "hours", "email-opens": "22:00", "email-closes": "01:30"}
    visit(cast.noor).post(PAGE, said(**hours))
    wrong = []
    for step in range(1000):
        now = NOW + timedelta(minutes=17 * step)
        Notice.objects.all().delete()
        notice(cast, once=f"n{step}")
        clock = now.astimezone(cast.noor.time_zone()).time()
        if send_due_notices(now=now) != int(clock >= time(22) or clock < time(1, 30)):
            wrong.append(now)
    assert not wrong


def test_safe_hours_go_by_the_clock_where_somebody_is(cast: Cast, visit: Any) -> None:
    hours = {"email-when": "hours", "email-opens": "09:00", "email-closes": "12:00"}
    visit(cast.noor).post(PAGE, said(**hours))
    say_where([cast.noor], zone="Asia/Tokyo", country="JP", now=NOW)
    assert set(ContactPoint.objects.values_list("zone", flat=True)) == {"Asia/Tokyo"}
    left = notice(cast)
    send_due_notices(now=NOW)
    left.refresh_from_db()
    assert left.send_at == datetime(2026, 5, 14, 0, 0, tzinfo=UTC)


def test_others_are_reached_as_before(cast: Cast, visit: Any, settings: Any) -> None:
    visit(cast.noor).post(PAGE, said(**{"email-when": "never"}))
    Notice.objects.all().delete()
    leave_notice("answer", to=cast.kai.user, practice_id=cast.alder.id, once="k", link="/my/", send_at=NOW)
    assert send_due_notices(now=NOW) == 1 and sent(settings) == 1


def test_it_is_asked_at_first_and_again_after_a_year(cast: Cast, visit: Any, clock: Any) -> None:
    noor = visit(cast.noor)
    asked = "When is it safe to reach you by mail or phone?"
    assert asked in noor.get("/my/").content.decode()
    noor.post(PAGE, said())
    assert asked not in noor.get("/my/").content.decode()
    clock.set(NOW + 365 * DAY)
    noor = visit(cast.noor)
    assert asked in noor.get("/my/").content.decode()
    assert "Is it still right?" in noor.get(PAGE).content.decode()
    noor.post(PAGE, said())
    assert asked not in noor.get("/my/").content.decode()
    assert Event.objects.filter(verb="participant.contact_said").count() == 2


def test_those_who_want_to_reach_somebody_see_what_they_said(cast: Cast, visit: Any) -> None:
    visit(cast.noor).post(PAGE, said(**{"phone-when": "never"}))
    page = visit(cast.ada).get(f"/practice/clients/{cast.noor.client_id}/").content.decode()
    assert "phone: <strong>never</strong>" in page
    page = visit(cast.priya).get(f"/office/people/persons/{cast.noor.pk}/").content.decode()
    assert "never contact them here" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"email-when": ""}, "Choose one of the three."),
        ({"email-when": "hours"}, "Give both times"),
        ({"email-when": "hours", "email-opens": "9", "email-closes": "10:00"}, "This is no time of day"),
        ({"email-when": "hours", "email-opens": "09:00", "email-closes": "09:00"}, "Both times are the same"),
        ({"phone-when": "perhaps"}, "perhaps"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_kept(
    wrong: dict[str, str], told: str, cast: Cast, visit: Any
) -> None:
    answer = visit(cast.noor).post(PAGE, said(**wrong))
    assert answer.status_code == 422 and told in answer.content.decode()
    assert not ContactPoint.objects.exists()
