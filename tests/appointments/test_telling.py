"""Mails about sessions: once, at the right moment, of nothing that is no more, and without content."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command

from interlude.agreements.actions import in_force_for
from interlude.appointments.actions import cancel_session, plan_session
from interlude.appointments.freed import Wishes, free_up, wait_for_earlier
from interlude.appointments.meeting import Habits, set_habits
from interlude.appointments.models import FreedOffer, MoveRequest, Session
from interlude.appointments.offering import offer_times, take_time
from interlude.appointments.telling import remind, tell_booked
from interlude.core.guardians import Scope
from interlude.outbox.actions import mail_for, send_due_notices
from interlude.outbox.contact import Said, hold, say_contact
from interlude.outbox.models import Notice
from tests.cast import DAY, LONG_AGO, NOW, agree_anew, grant

HOUR = timedelta(hours=1)
LATE = '[late_cancel]\nhours = {hours}\nprice = "40 GBP"\n'


@pytest.fixture(autouse=True)
def mails_in_memory(settings: Any, cast: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Notice.objects.all().delete()  # those of the agreements


@pytest.fixture
def session(cast: Any) -> Session:
    return Session.unscoped.select_related("client__clinician").get(client=cast.noor.client)


def reminders(**of: Any) -> list[Notice]:
    return list(Notice.objects.filter(kind="reminder", **of))


def at(now: datetime) -> int:
    """One round of the worker, at that moment; how many mails left."""
    remind(now=now)
    return send_due_notices(now=now)


def only(cast: Any, session: Session) -> None:
    """No other session near, so that every mail is of this one."""
    Session.unscoped.exclude(pk=session.pk).update(state=Session.State.CANCELLED)


@pytest.mark.contract("B26")
def test_a_reminder_leaves_once_two_days_before(cast: Any, session: Session) -> None:
    only(cast, session)
    moment = session.starts_at - 48 * HOUR
    assert at(moment - timedelta(seconds=1)) == 0
    assert at(moment) == 1
    for later in (timedelta(minutes=1), 24 * HOUR, 47 * HOUR):
        assert at(moment + later) == 0
    assert [one.to for one in mail.outbox] == [[cast.noor.user.email]]
    assert reminders()[0].link == "/my/times/"


@pytest.mark.contract("B26")
def test_the_worker_itself_does_it_and_a_restart_changes_nothing(
    cast: Any, session: Session, clock: Any
) -> None:
    only(cast, session)
    clock.set(session.starts_at - 30 * HOUR)  # it stood still for eighteen hours
    for _ in range(3):
        call_command("deliver", "--once")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("hours", "mails"), [(0, 0), (2, 1), (24, 1), (72, 1)])
def test_its_moment_is_the_clinicians_own(cast: Any, session: Session, hours: int, mails: int) -> None:
    only(cast, session)
    set_habits(Habits("", hours), clinician=cast.ada, by=cast.ada, now=NOW)
    moment = session.starts_at - hours * HOUR
    assert at(moment - timedelta(minutes=1)) == 0
    assert at(min(moment, session.starts_at - HOUR)) == mails


def test_a_moved_or_cancelled_session_reminds_nobody(cast: Any, session: Session) -> None:
    only(cast, session)
    remind(now=session.starts_at - 48 * HOUR)
    assert len(reminders(sent_at=None)) == 1
    cancel_session(session, by=None, now=session.starts_at - 47 * HOUR)
    assert reminders() == []
    assert at(session.starts_at - 46 * HOUR) == 0


def test_a_session_that_was_moved_is_reminded_of_at_its_new_time_alone(cast: Any, session: Session) -> None:
    only(cast, session)
    old = session.starts_at
    remind(now=old - 48 * HOUR)
    Session.unscoped.filter(pk=session.pk).change(now=old - 47 * HOUR, starts_at=old + 7 * DAY)
    assert at(old - 46 * HOUR) == 0
    assert reminders() == []
    assert at(old + 7 * DAY - 48 * HOUR) == 1


def test_a_reminder_that_waited_past_the_start_never_leaves(cast: Any, session: Session) -> None:
    only(cast, session)
    said = Said("email", never=False, opens=time(23, 0), closes=time(23, 30))
    say_contact(cast.noor.user, [said], zone="Europe/London", today=NOW.date())
    set_habits(Habits("", 2), clinician=cast.ada, by=cast.ada, now=NOW)
    assert at(session.starts_at - 2 * HOUR) == 0
    assert at(session.starts_at + 14 * HOUR) == 0
    assert reminders() == []


def test_safe_hours_and_a_hold_are_kept(cast: Any, session: Session) -> None:
    only(cast, session)
    said = Said("email", never=False, opens=time(20, 0), closes=time(21, 0))
    say_contact(cast.noor.user, [said], zone="Europe/London", today=NOW.date())
    moment = session.starts_at - 48 * HOUR  # ten in the morning
    assert [at(moment), at(moment + 9 * HOUR), at(moment + 10 * HOUR)] == [0, 0, 1]
    hold(cast.noor.user, practice_id=cast.alder.id, now=NOW)
    later = plan_session(client=cast.noor.client, starts_at=NOW + 20 * DAY, by=None, now=NOW)
    assert at(later.starts_at - 14 * HOUR) == 0


def test_a_session_set_after_its_moment_has_no_reminder_beside_the_news_of_it(
    cast: Any, session: Session
) -> None:
    only(cast, session)
    late = session.starts_at - 30 * HOUR
    soon = plan_session(client=cast.noor.client, starts_at=late + 20 * HOUR, by=cast.ada, now=late)
    tell_booked(soon, now=late)
    at(late)
    assert sorted(Notice.objects.values_list("kind", flat=True)) == ["booked", "reminder"]
    assert reminders()[0].once.split(":")[1] == str(session.pk)


def test_those_who_see_times_are_told_and_a_guardian_without_is_not(cast: Any) -> None:
    session = Session.unscoped.select_related("client__clinician").get(client=cast.mira.client)
    only(cast, session)
    assert at(session.starts_at - 48 * HOUR) == 2
    assert {one.to[0] for one in mail.outbox} == {cast.mira.user.email, cast.jonas.user.email}
    assert all(len(one.recipients()) == 1 for one in mail.outbox)
    grant(cast.jonas, Scope.TIMES, by=cast.ada, may=False)
    tell_booked(session, now=NOW)
    assert [one.to for one in Notice.objects.filter(kind="booked")] == [cast.mira.user]


@pytest.mark.contract("B8", "B17")
def test_a_time_that_was_taken_is_confirmed_in_one_mail_with_the_sentence_and_a_way_out(cast: Any) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=LATE.format(hours=24))
    Notice.objects.all().delete()
    begins = NOW + 9 * DAY
    offer = offer_times(
        [begins], client=cast.noor.client, by=cast.ada, now=NOW, expires_at=NOW + 5 * DAY, minutes=50
    )
    for _ in range(2):
        take_time(offer.times.get(), by=cast.noor, now=NOW)
    assert send_due_notices(now=NOW) == 1
    (sent,) = mail.outbox
    assert "a time is set" in sent.body
    assert "It can be cancelled free of charge until 24 hours before:\nhttp" in sent.body
    assert "/my/times/" in sent.body
    assert "What is written there is read at set times." in sent.body


@pytest.mark.contract("B17")
def test_a_yes_to_another_time_confirms_it_to_everybody_who_sees_times(cast: Any, visit: Any) -> None:
    session = Session.unscoped.get(client=cast.mira.client)
    wish = {"first": "2026-05-29T10:00", "request_id": str(uuid4())}
    visit(cast.mira).post(f"/my/times/{session.pk}/move/", wish)
    asked = MoveRequest.unscoped.get(session=session)
    form = {"answer": "yes", "time": str(asked.times.get().pk)}
    visit(cast.olu).post(f"/office/calendar/asked/{asked.pk}/", form)
    assert told() == {("booked", cast.mira.user), ("booked", cast.jonas.user)}


@pytest.mark.contract("B17")
def test_a_freed_time_that_is_taken_is_confirmed_to_both_of_a_couple(cast: Any, visit: Any) -> None:
    friday = datetime(2026, 5, 15, 9, tzinfo=UTC)  # before everybody's Tuesday
    spare = plan_session(client=cast.mira.client, starts_at=friday, by=cast.ada, now=LONG_AGO)
    wait_for_earlier(Wishes(), by=cast.tove, now=LONG_AGO)
    free_up(spare, by=cast.ada, now=NOW)
    offer = FreedOffer.unscoped.get()
    Notice.objects.all().delete()  # that it is held
    for _ in range(2):
        visit(cast.tove).post(f"/my/times/freed/{offer.pk}/", {"take": "1"})
    assert told() == {("booked", cast.tove.user), ("booked", cast.imre.user)}


@pytest.mark.contract("D4")
def test_who_cancels_is_not_told_of_it_and_whoever_else_would_come_is(cast: Any, visit: Any) -> None:
    session = Session.unscoped.get(client=cast.tove.client)
    address = f"/my/times/{session.pk}/cancel/"
    assert visit(cast.noor).post(address, {"shown": "free"}).status_code == 404
    assert told() == set()
    for _ in range(2):
        visit(cast.tove).post(address, {"shown": "free"})
    assert told() == {("times", cast.imre.user)}


def told() -> set[tuple[str, Any]]:
    """Who has a notice about times, and of which kind; nobody has two."""
    rows = list(Notice.objects.filter(kind__in=["booked", "times"]).select_related("to"))
    assert len(rows) == len({one.to_id for one in rows})
    return {(one.kind, one.to) for one in rows}


def test_a_series_set_in_one_act_is_one_mail(cast: Any) -> None:
    for week in range(1, 9):
        one = plan_session(client=cast.noor.client, starts_at=NOW + week * 7 * DAY, by=cast.ada, now=NOW)
        tell_booked(one, now=NOW)
    assert Notice.objects.filter(kind="booked").count() == 1


@pytest.mark.contract("B14", "B26")
@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (24, "It can be cancelled free of charge until 24 hours before:"),
        (48, "please say so as soon as you can. What it then costs"),
        (None, "If you cannot come, cancel it here:"),
    ],
)
def test_a_reminder_says_what_the_agreement_says(
    cast: Any, session: Session, hours: int | None, said: str
) -> None:
    only(cast, session)
    if hours:
        agree_anew(cast.noor.client, [cast.noor], text=LATE.format(hours=hours))
    agreement = in_force_for(cast.noor.client, NOW)
    assert agreement is not None
    assert bool(agreement.rules(NOW.date()).policy.late_cancel) is bool(hours)
    Notice.objects.all().delete()
    assert at(session.starts_at - 48 * HOUR) == 1
    assert said in mail.outbox[0].body


@pytest.mark.contract("D29")
def test_no_mail_says_who_what_or_when(cast: Any, session: Session) -> None:
    for kind, once in (
        ("booked", f"booked:{cast.noor.client_id}:1"),
        ("reminder", f"reminder:{session.pk}:1"),
    ):
        notice = Notice(
            kind=kind, to=cast.noor.user, practice_id=cast.alder.id, once=f"{once}:{uuid4()}", send_at=NOW,
            link="/my/times/",
        )  # fmt: skip
        text = str(mail_for(notice).message()).lower()
        for word in (
            "noor",
            "haddad",
            "ada",
            "lindqvist",
            "alder",
            "therap",
            "session with",
            "video",
            "10:00",
            "19 may",
        ):
            assert word not in text.replace(cast.noor.user.email, "").replace("/my/times/", ""), word
