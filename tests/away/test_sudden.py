"""Somebody cannot come: a second person says so, dates move, and a list says whom to call and who did."""

from __future__ import annotations

from typing import Any

import pytest

from interlude.audit.models import Event
from interlude.away.models import Call
from interlude.boundaries.models import Absence
from interlude.messaging.models import Message
from interlude.outbox.actions import send_due_notices
from interlude.outbox.models import ContactPoint, Notice
from interlude.practice.contacts import say_phone
from tests.cast import NOW
from tests.cover.test_standing_in import stands_in
from tests.laws.pages import plain
from tests.messaging.post import TEXT, may, page, send

PAGE = "/office/sudden/"
pytestmark = pytest.mark.usefixtures("in_alder")


def form(cast: Any, **more: str) -> dict[str, str]:
    return {"clinician": str(cast.ada.pk), "last": "2026-05-15", "why": "ill"} | more


@pytest.mark.contract("C16", "C12")
def test_the_office_sets_it_dates_move_and_nobody_reads_why(cast: Any, visit: Any) -> None:
    message = send(cast.noor, at=may(12, 9))
    desk = visit(cast.olu)
    answer = desk.post(PAGE, form(cast))
    absence = Absence.unscoped.get()
    assert answer.url == f"{PAGE}{absence.pk}/"
    assert (absence.starts_at, absence.ends_at, absence.unplanned) == (NOW, may(16, 0), "ill")
    assert Message.unscoped.get(pk=message.pk).reply_due == may(18, 17)
    told = Notice.objects.filter(kind="date_moved").values_list("to", flat=True)
    assert set(told) == {cast.noor.user_id}
    body = plain(page(visit(cast.noor).get(f"/my/messages/{message.pk}/")))
    assert "not because of you" in body and "ill" not in body.lower().split()
    desk.post(PAGE, form(cast))  # a second click
    assert Absence.unscoped.count() == 1
    assert Event.objects.get(verb="absence.set").actor == f"officemember:{cast.olu.pk}"


def test_the_list_names_whom_to_call_as_they_allow_it_and_who_called(cast: Any, visit: Any) -> None:
    send(cast.noor, at=may(12, 9))
    say_phone(cast.noor, "+44 7700 900123", by=cast.priya, now=NOW, knowing=False)
    say_phone(cast.mira, "+44 7700 900456", by=cast.priya, now=NOW, knowing=False)
    ContactPoint.objects.create(
        user=cast.mira.user, kind="phone", never=True, zone="Europe/London", confirmed_on=NOW.date()
    )
    desk = visit(cast.olu)
    address = desk.post(PAGE, form(cast)).url
    body = page(desk.get(address))
    assert "+44 7700 900123" in body and "+44 7700 900456" not in body and "never by phone" in body
    assert "Kai Mercer" not in body and TEXT not in body and "Tue 19 May, 10:00" in plain(body)
    desk.post(address, {"client": str(cast.noor.client_id)})
    visit(cast.priya).post(address, {"client": str(cast.noor.client_id)})
    assert Call.unscoped.get().member == cast.olu
    assert "Olu Adeyemi" in page(desk.get(address))
    for foreign in (str(cast.kai.client_id), str(cast.dov.client_id), "nobody"):
        assert desk.post(address, {"client": foreign}).status_code == 422
    assert Call.unscoped.count() == 1


def test_a_colleague_may_say_it_only_for_whom_they_stand_in(cast: Any, visit: Any) -> None:
    address = "/practice/sudden/"
    assert visit(cast.ben).post(address, form(cast)).status_code == 422
    stands_in(cast, cast.noor)
    assert visit(cast.ben).post(address, form(cast)).status_code == 302
    assert Absence.unscoped.get().unplanned == "ill"
    assert visit(cast.cleo).post(address, form(cast)).status_code == 422


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"last": "2026-05-12"}, "That day is over"),
        ({"last": "2036-05-12"}, "Look at the year"),
        ({"last": ""}, "A first guess is enough"),
        ({"why": ""}, "Choose the kind of reason"),
        ({"clinician": ""}, "Choose somebody"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_set(cast: Any, visit: Any, typed: Any, said: str) -> None:
    answer = visit(cast.olu).post(PAGE, form(cast, **typed))
    assert answer.status_code == 422 and said in page(answer)
    assert not Absence.unscoped.exists()


@pytest.mark.contract("B33")
def test_mails_to_who_is_away_wait_and_come_as_one(cast: Any, visit: Any, clock: Any) -> None:
    visit(cast.olu).post(PAGE, form(cast, clinician=str(cast.ben.pk)))
    stands_in(cast, cast.noor, accepts=False)
    stands_in(cast, cast.mira, accepts=False)
    send_due_notices(now=NOW)
    assert not Notice.objects.filter(to=cast.ben.user, sent_at__isnull=False).exists()
    back = Notice.objects.get(to=cast.ben.user)
    assert (back.kind, back.send_at) == ("back", may(18, 17))
    assert send_due_notices(now=may(18, 17)) == 1
