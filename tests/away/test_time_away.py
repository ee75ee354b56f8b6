"""Time away as a clinician sets it: seen before it is set, and every date on it moved openly."""

from __future__ import annotations

from typing import Any

import pytest

from interlude.audit.models import Event
from interlude.boundaries.models import Absence
from interlude.messaging.models import Message, PromiseMove
from interlude.outbox.models import Notice
from tests.cast import NOW
from tests.laws.pages import plain
from tests.messaging.post import TEXT, may, page, send

PAGE = "/practice/time-away/"
pytestmark = pytest.mark.usefixtures("in_alder")


def form(first: str, last: str = "", **more: str) -> dict[str, str]:
    return {"first": first, "last": last, "starts": "", "ends": "", "repeat": "once", "until": ""} | more


def test_what_it_moves_is_shown_before_anything_is_set(cast: Any, visit: Any) -> None:
    handed = send(cast.noor, at=may(12, 9))
    assert handed.reply_due == may(14, 17)
    body = page(visit(cast.ada).post(PAGE, form("2026-05-14", "2026-05-15")))
    assert "This moves 1 date" in body and "Noor Haddad" in body
    assert "Thu 14 May, 17:00" in plain(body) and "Mon 18 May, 17:00" in plain(body)
    assert TEXT not in body
    assert not Absence.unscoped.exists() and not PromiseMove.objects.exists()


def test_the_preview_says_nothing_of_what_no_window_has_handed_over(cast: Any, visit: Any) -> None:
    send(cast.noor, at=NOW)
    body = page(visit(cast.ada).post(PAGE, form("2026-05-14", "2026-05-18")))
    assert "This moves 0 dates" in body and "Noor" not in body.split("Sessions that fall")[0]


@pytest.mark.contract("C16", "B33")
def test_setting_it_moves_every_date_and_whoever_waits_is_told(cast: Any, visit: Any) -> None:
    handed, fresh = send(cast.noor, at=may(12, 9)), send(cast.kai, at=NOW)
    new = send(cast.mira, at=NOW)
    visit(cast.ada).post(PAGE, form("2026-05-14", "2026-05-15") | {"sure": "1"})
    due = {one.pk: one.reply_due for one in Message.unscoped.all()}
    assert due[handed.pk] == may(18, 17) and due[fresh.pk] == fresh.reply_due
    assert due[new.pk] > new.reply_due  # type: ignore[operator]  # both have dates
    told = set(Notice.objects.filter(kind="date_moved").values_list("to", flat=True))
    assert told == {cast.noor.user_id, cast.mira.user_id}
    body = plain(page(visit(cast.noor).get(f"/my/messages/{handed.pk}/")))
    assert "Mon 18 May, 17:00" in body and "not because of you" in body
    assert Event.objects.filter(verb="absence.set").count() == 1


def test_a_date_in_it_that_no_window_comes_before_any_more_moves_openly(
    cast: Any, visit: Any, clock: Any
) -> None:
    """Friday still has open hours, so the date counts to Friday again; but nobody would be there to keep it."""
    message = send(cast.noor, at=NOW)
    assert message.reply_due == may(15, 17)
    clock.set(may(14, 18))  # the last window before that date is over
    browser = visit(cast.ada)
    assert browser.post(PAGE, form("2026-05-15", starts="12:00") | {"sure": "1"}).status_code == 302
    message.refresh_from_db()
    assert message.reply_due == may(18, 17)
    assert Notice.objects.filter(kind="date_moved", to=cast.noor.user).count() == 1


def test_sessions_that_fall_into_it_are_named(cast: Any, visit: Any) -> None:
    body = page(visit(cast.ada).post(PAGE, form("2026-05-19")))
    assert "Sessions that fall into it" in body and "Noor Haddad" in body


def test_a_date_of_today_is_answered_first_or_moved_knowingly(cast: Any, visit: Any, clock: Any) -> None:
    message = send(cast.noor, at=may(12, 9))
    clock.set(may(14, 9))
    browser = visit(cast.ada)
    away = form("2026-05-14", starts="10:00")
    body = page(browser.post(PAGE, away))
    assert "Promised for today" in body and f"/practice/messages/{message.pk}/" in body
    unsure = browser.post(PAGE, away | {"sure": "1"})
    assert unsure.status_code == 422 and "Answer them first, or tick" in page(unsure)
    again = page(unsure)
    assert 'value="2026-05-14"' in again
    assert f'action="{PAGE}#seen"' in again  # the answer begins where one reads on, not at the form's top
    assert (
        again.index('id="seen"') < again.index("Answer them first, or tick") < again.index("Dates that move")
    )
    assert not Absence.unscoped.exists()
    browser.post(PAGE, away | {"sure": "1", "move_today": "1"})
    assert PromiseMove.objects.get().from_due == may(14, 17)


def test_each_wednesday_afternoon_is_set_once_and_taken_back_from_a_day_on(cast: Any, visit: Any) -> None:
    browser = visit(cast.ada)
    weekly = form("2026-05-20", starts="13:00", ends="18:00", repeat="weekly", until="2026-06-17")
    browser.post(PAGE, weekly | {"sure": "1"})
    browser.post(PAGE, weekly | {"sure": "1"})  # a second click
    rows = list(Absence.unscoped.order_by("starts_at"))
    assert len(rows) == 5 and len({one.series for one in rows}) == 1
    browser.post(f"{PAGE}{rows[1].pk}/cancel/")
    browser.post(f"{PAGE}{rows[2].pk}/cancel/", {"all": "1"})
    assert list(Absence.unscoped.values_list("starts_at", flat=True)) == [may(20, 13)]


def test_a_longer_stretch_moves_what_falls_into_it_and_a_shorter_one_leaves_dates(
    cast: Any, visit: Any
) -> None:
    message = send(cast.noor, at=may(12, 9))
    browser = visit(cast.ada)
    browser.post(PAGE, form("2026-05-20") | {"sure": "1"})
    one = Absence.unscoped.get()
    address = f"{PAGE}{one.pk}/"
    assert "This moves 1 date" in page(browser.post(address, form("2026-05-14")))
    browser.post(address, form("2026-05-14") | {"sure": "1"})
    message.refresh_from_db()
    assert message.reply_due == may(15, 17)
    assert "To answer before you go" in page(browser.post(address, form("2026-05-15")))  # Thursday's window
    browser.post(address, form("2026-05-14", "2026-05-15") | {"sure": "1"})
    message.refresh_from_db()
    assert message.reply_due == may(18, 17)
    browser.post(f"{address}cancel/")
    message.refresh_from_db()
    assert message.reply_due == may(18, 17) and not Absence.unscoped.exists()


def test_coming_back_early_ends_it_now(cast: Any, visit: Any, clock: Any) -> None:
    browser = visit(cast.ada)
    browser.post(PAGE, form("2026-05-14", "2026-05-20") | {"sure": "1"})
    clock.set(may(18, 9))
    visit(cast.ada).post(f"{PAGE}{Absence.unscoped.get().pk}/cancel/")
    assert Absence.unscoped.get().ends_at == may(18, 9)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (form("2026-05-14", "2026-05-13"), "It ends before it begins"),
        (form("2026-05-14", starts="15:00", ends="14:00"), "Name a later time"),
        (form("2026-05-12"), "over already"),
        (form("2026-05-14", "2028-05-13"), "more than a year"),
        (form("2036-05-14"), "Look at the year"),
        (form("2026-05-14", repeat="weekly"), "so that it ends by itself"),
        (form("2026-05-14", repeat="yearly", until="2026-05-14"), "only once"),
        (form("tomorrow"), "This is no day"),
        (form("2026-05-14", starts="noon"), "This is no time"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_set(
    cast: Any, visit: Any, typed: dict[str, str], said: str
) -> None:
    answer = visit(cast.ada).post(PAGE, typed | {"sure": "1"})
    assert answer.status_code == 422 and said in page(answer)
    assert not Absence.unscoped.exists()


def test_another_clinician_finds_nothing_there(cast: Any, visit: Any) -> None:
    visit(cast.ada).post(PAGE, form("2026-05-14") | {"sure": "1"})
    address = f"{PAGE}{Absence.unscoped.get().pk}/"
    for other in (cast.ben, cast.cleo, cast.noor, cast.priya):
        browser = visit(other)
        assert browser.get(address).status_code == 404
        assert browser.post(f"{address}cancel/").status_code == 404
    assert Absence.unscoped.exists()
