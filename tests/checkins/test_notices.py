"""At most one notice for a check-in that is due: without content, in the morning, if notices are used."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from interlude.agreements.actions import accept_agreement, publish_agreement
from interlude.agreements.models import Agreement
from interlude.checkins.actions import tell_of_due
from interlude.outbox.actions import mail_for
from interlude.outbox.models import Notice
from tests.cast import DAY, HOUR, NOW, agree_anew
from tests.checkins.weeks import ANSWERS, PAGE, a_week_old
from tests.messaging.post import may

MORNING = NOW - timedelta(hours=8)  # 6:41 in London


def told() -> list[str]:
    return sorted(one.to.email for one in Notice.objects.filter(link=PAGE).select_related("to"))


def test_one_notice_and_never_a_second(cast: Any) -> None:
    a_week_old(cast.noor.client)
    for hour in range(30):
        tell_of_due(now=MORNING + hour * HOUR)
    for day in range(7):
        tell_of_due(now=MORNING + day * DAY)
    assert told() == ["noor@example.org"]
    notice = Notice.objects.get(link=PAGE)
    assert notice.send_at == may(13, 9)
    mail = mail_for(notice)
    assert "there is something for you to look at" in mail.body
    for trace in ("Ada", "Noor", "check-in is", "question", "message"):
        assert trace not in mail.body.replace("/my/check-in/", "") + mail.subject


def test_of_a_couple_each_is_told_and_a_guardian_never(cast: Any) -> None:
    for person in (cast.tove, cast.mira):
        a_week_old(person.client)
    tell_of_due(now=MORNING)
    assert told() == ["imre@example.org", "mira@example.org", "tove@example.org"]


def test_who_answered_or_laid_it_aside_is_not_told(cast: Any, visit: Any, clock: Any) -> None:
    for person in (cast.noor, cast.kai, cast.mira):
        a_week_old(person.client)
    clock.set(MORNING)
    tell_of_due(now=MORNING)
    visit(cast.noor).post(PAGE, ANSWERS)
    visit(cast.kai).post(PAGE, {"outcome": "aside"})
    assert told() == ["mira@example.org"]
    tell_of_due(now=MORNING + HOUR)
    assert told() == ["mira@example.org"]


@pytest.mark.parametrize("use", ["none", "alerts_if_asked"])
def test_nobody_is_told_where_the_agreement_has_no_notices(cast: Any, use: str) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=f'[channels]\nemail = "{use}"\n')
    Agreement.unscoped.filter(client=cast.noor.client).update(accepted_at=NOW - 7 * DAY)
    tell_of_due(now=MORNING)
    assert told() == []


def test_weeks_count_from_the_version_that_holds_and_not_from_one_that_has_yet_to_start(cast: Any) -> None:
    a_week_old(cast.noor.client)
    newer = publish_agreement(
        client=cast.noor.client, by=cast.ada, now=NOW - 3 * DAY, text='[channels]\nemail = "none"\n'
    )
    accept_agreement(agreement=newer, participant=cast.noor, name_typed="Noor", now=NOW - 3 * DAY)
    tell_of_due(now=MORNING)
    assert told() == ["noor@example.org"]


def test_a_worker_that_was_down_tells_in_daytime(cast: Any) -> None:
    a_week_old(cast.noor.client)
    tell_of_due(now=may(13, 22))
    assert Notice.objects.get(link=PAGE).send_at == may(14, 9)


def test_the_worker_makes_its_round_by_itself(cast: Any, clock: Any) -> None:
    a_week_old(cast.noor.client)
    clock.set(MORNING)
    call_command("deliver", once=True)
    assert told() == ["noor@example.org"]
    assert Notice.objects.get(link=PAGE).sent_at is None


def test_practices_are_told_apart_and_nothing_is_due_in_the_ninth_week(cast: Any) -> None:
    for person, weeks in ((cast.noor, 9), (cast.dov, 2), (cast.kai, 16)):
        a_week_old(person.client, weeks=weeks)
    tell_of_due(now=MORNING)
    assert told() == ["dov@example.org", "kai@example.org"]
