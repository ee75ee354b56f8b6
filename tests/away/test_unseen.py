"""Nothing unseen: what its own person cannot see stands on somebody's list, worker or no worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command

from interlude.accounts.models import User
from interlude.appointments.actions import plan_session
from interlude.appointments.models import MoveRequest
from interlude.appointments.requests import Wanted, ask_to_move, withdraw_request
from interlude.audit.models import Event
from interlude.away.models import SeenTo
from interlude.away.unseen import tell_of_unseen, unseen_in
from interlude.boundaries.models import PolicyLayer
from interlude.core.hours import Absence as Stretch
from interlude.cover.models import Cover
from interlude.messaging.answering import lay_aside, reply_to
from interlude.messaging.covering import accept_or_decline
from interlude.messaging.models import Message
from interlude.messaging.time_away import set_time_away
from interlude.outbox.models import Notice
from interlude.practice.actions import see_out
from interlude.practice.models import Client, OfficeMember
from tests.cast import DAY, NOW, words
from tests.cover.test_standing_in import stands_in
from tests.laws.pages import plain
from tests.messaging.post import TEXT, answer, may, page, send

PAGE = "/office/unseen/"
pytestmark = pytest.mark.usefixtures("in_alder")


def whys(cast: Any, now: Any = NOW) -> list[str]:
    return [str(one.why) for one in unseen_in(cast.alder, now=now)]


def leaves(cast: Any) -> None:
    see_out(cast.ada, by=None, now=NOW)


def locked_out(cast: Any) -> None:
    User.objects.filter(pk=cast.ada.user_id).update(is_active=False)


def never_signed_in(cast: Any) -> None:
    type(cast.ada).unscoped.filter(pk=cast.ada.pk).update(user=None)


def ends(cast: Any) -> None:
    Client.unscoped.filter(pk=cast.noor.client_id).update(ended_at=NOW)


def moves(cast: Any) -> None:
    Client.unscoped.filter(pk=cast.noor.client_id).update(clinician=cast.ben)


def no_window(cast: Any) -> None:
    Message.unscoped.update(handed_at=None)


BROKEN = {
    leaves: "left", locked_out: "locked_out", never_signed_in: "locked_out", ends: "ended", moves: "moved",
    no_window: "no_window",
}  # fmt: skip


def asks_to_move(cast: Any) -> MoveRequest:
    session = plan_session(client=cast.noor.client, starts_at=may(20, 10), by=None, now=NOW)
    wanted = Wanted([may(21, 10)], "A canary is ill.", "clinician", may(14, 17))
    asked = ask_to_move(session, wanted, by=cast.noor, now=NOW, request_id=uuid4())
    assert asked is not None
    return asked


@pytest.mark.contract("C13", "C14", "C15")
@pytest.mark.parametrize("breaks", BROKEN, ids=lambda one: one.__name__)
@pytest.mark.parametrize("marks", [{}, {"no_answer": True}], ids=["answer", "no answer"])
def test_whatever_takes_its_person_away_puts_it_on_the_list(
    cast: Any, visit: Any, breaks: Any, marks: Any
) -> None:
    message = send(cast.noor, at=may(12, 9), **marks)
    assert whys(cast) == []
    breaks(cast)
    assert whys(cast) == [BROKEN[breaks]]
    body = page(visit(cast.olu).get(PAGE))
    assert "Noor Haddad" in body and TEXT not in body
    assert tell_of_unseen(now=NOW) == 1
    assert Notice.objects.get(kind="unseen").to == cast.priya.user
    assert tell_of_unseen(now=NOW + timedelta(minutes=1)) == 0  # once a day
    assert message.pk


def test_a_kept_message_counts_until_it_was_talked_about(cast: Any) -> None:
    send(cast.noor, at=may(12, 9), topic="session")
    leaves(cast)
    assert whys(cast) == ["left"]


def test_what_is_closed_or_taken_back_is_on_no_list(cast: Any) -> None:
    done = send(cast.noor, at=may(12, 9))
    reply_to(done, "Yes.", by=cast.ada, now=may(12, 17, 5), reply_id=done.pk)
    aside = send(cast.noor, at=may(12, 9), no_answer=True)
    assert lay_aside(aside, by=cast.ada, now=may(12, 17, 5))
    gone = send(cast.noor, at=may(12, 9))
    Message.unscoped.filter(pk=gone.pk).update(taken_back_at=NOW)
    leaves(cast)
    assert whys(cast) == []


def test_an_answer_in_training_whose_supervisor_cannot_see_it_is_found(cast: Any, visit: Any) -> None:
    message = send(cast.noor, at=may(12, 9))
    clinicians = type(cast.ada).unscoped
    clinicians.filter(pk=cast.ada.pk).update(supervisor=cast.ben)
    Message.unscoped.filter(pk=message.pk).update(awaits_approval=True)
    assert whys(cast) == []
    User.objects.filter(pk=cast.ben.user_id).update(is_active=False)
    assert whys(cast) == ["supervisor_gone"]
    assert "waits for a supervisor" in page(visit(cast.olu).get(PAGE))
    clinicians.filter(pk=cast.ada.pk).update(supervisor=None)
    assert whys(cast) == ["supervisor_gone"]
    clinicians.filter(pk=cast.ada.pk).update(supervisor=cast.cleo)
    assert whys(cast) == []


def test_a_cover_that_is_gone_while_its_own_clinician_is_away_is_found(cast: Any, clock: Any) -> None:
    set_time_away([Stretch(may(14, 0), may(23, 0))], clinician=cast.ada, by=cast.ada, now=NOW)
    stands_in(cast, cast.noor)
    send(cast.noor, at=NOW)
    now = may(14, 17, 5)
    assert whys(cast, now) == []
    see_out(cast.ben, by=None, now=now)
    assert whys(cast, now) == ["cover_gone"]
    assert whys(cast, may(25, 9)) == []  # Ada is back and sees it


def test_what_waits_longer_than_its_limit_is_found(cast: Any) -> None:
    message = send(cast.noor, at=may(12, 9))
    assert message.reply_due is not None
    assert whys(cast, message.reply_due + 3 * DAY) == []
    assert whys(cast, message.reply_due + 3 * DAY + timedelta(seconds=1)) == ["too_long"]


def test_questions_nobody_at_the_desk_can_see_are_found(cast: Any, visit: Any) -> None:
    visit(cast.noor).post("/my/messages/", words("Which bill?", topic="billing"))
    assert whys(cast) == []
    OfficeMember.unscoped.filter(pk__in=[cast.olu.pk, cast.priya.pk]).update(left_at=NOW)
    assert whys(cast) == ["no_desk"]


@pytest.mark.parametrize("breaks", [leaves, locked_out, never_signed_in], ids=lambda one: one.__name__)
def test_a_wish_to_move_a_session_whose_clinician_cannot_see_it_is_found(
    cast: Any, visit: Any, breaks: Any
) -> None:
    asked = asks_to_move(cast)
    assert whys(cast) == []
    breaks(cast)
    assert whys(cast) == [BROKEN[breaks]]
    body = page(visit(cast.olu).get(PAGE))
    assert "Noor Haddad" in body and "Another time for the session on" in body and "A canary" not in body
    assert '/office/calendar/?day=2026-05-20"' in body
    assert tell_of_unseen(now=NOW) == 1
    assert whys(cast, asked.session.starts_at) == []  # it was, or was not, held
    for other in (cast.noor, cast.ben, cast.cleo):
        assert visit(other).get(PAGE).status_code == 404


def test_its_client_reads_the_true_state(cast: Any, visit: Any) -> None:
    asks_to_move(cast)
    assert "Ada answers by" in plain(page(visit(cast.noor).get("/my/times/")))
    leaves(cast)
    body = plain(page(visit(cast.noor).get("/my/times/")))
    assert "Ada does not work here any more. The practice knows that you wait" in body
    assert "Ada answers by" not in body


def test_once_the_session_has_begun_its_client_is_promised_nobody_who_sees_to_it(
    cast: Any, visit: Any, clock: Any
) -> None:
    """The office's list has it no more: what was asked for cannot be had."""
    asked = asks_to_move(cast)
    leaves(cast)
    clock.set(asked.session.starts_at)
    body = plain(page(visit(cast.noor).get("/my/times/")))
    assert "The session began before an answer came. That is not because of you." in body
    assert "somebody sees to it" not in body


def test_a_wish_that_waits_too_long_or_that_nobody_at_the_desk_sees_is_found(cast: Any) -> None:
    asked = asks_to_move(cast)
    assert whys(cast, may(14, 17) + 3 * DAY) == []
    assert whys(cast, may(14, 17) + 3 * DAY + timedelta(seconds=1)) == ["too_long"]
    MoveRequest.unscoped.update(to="desk")
    assert whys(cast) == []
    OfficeMember.unscoped.filter(pk__in=[cast.olu.pk, cast.priya.pk]).update(left_at=NOW)
    assert whys(cast) == ["no_desk"]
    assert withdraw_request(asked, by=cast.noor, now=NOW)
    assert whys(cast) == []


def test_the_worker_tells_within_a_minute_and_the_page_knows_when_there_is_none(
    cast: Any, visit: Any, clock: Any
) -> None:
    send(cast.noor, at=may(12, 9))
    leaves(cast)
    Notice.objects.all().delete()  # what the cast was told long ago
    body = page(visit(cast.priya).get(PAGE))  # no worker has run
    assert "Noor Haddad" in body and "Mails have not left" not in body
    call_command("deliver", "--once")
    assert Notice.objects.get(kind="unseen").sent_at is not None
    Notice.objects.filter(kind="unseen").update(sent_at=None, send_at=NOW - timedelta(minutes=6))
    assert "Mails have not left since" in page(visit(cast.priya).get(PAGE))


def test_taking_it_on_and_asking_a_colleague_gives_it_eyes(cast: Any, visit: Any) -> None:
    message = send(cast.noor, at=may(12, 9))
    seen = send(cast.kai, at=may(12, 9))
    leaves(cast)
    desk, lead = visit(cast.olu), visit(cast.priya)
    address = f"{PAGE}{message.pk}/"
    assert desk.post(f"{PAGE}{seen.pk}/").status_code == 404  # Ben sees that one
    assert desk.post(f"{address}colleague/", {"colleague": str(cast.ben.pk)}).status_code == 404
    assert desk.post(address).status_code == 302
    desk.post(address)
    assert SeenTo.unscoped.get().member == cast.olu
    assert Event.objects.filter(verb="unseen.taken").count() == 1
    assert "Olu Adeyemi sees to it" in page(desk.get(PAGE))
    assert tell_of_unseen(now=NOW) == 0
    lead.post(f"{address}colleague/", {"colleague": str(cast.ben.pk)})
    cover = Cover.unscoped.get()
    assert visit(cast.ben).get(f"/practice/messages/{message.pk}/").status_code == 404
    assert accept_or_decline(cover, accepts=True, by=cast.ben, now=NOW)
    browser = visit(cast.ben)
    assert TEXT in page(browser.get(f"/practice/messages/{message.pk}/"))
    browser.post(f"/practice/messages/{message.pk}/reply/", answer())
    assert whys(cast) == []


def test_the_client_reads_the_true_state(cast: Any, visit: Any) -> None:
    message = send(cast.noor, at=may(12, 9))
    leaves(cast)
    body = plain(page(visit(cast.noor).get(f"/my/messages/{message.pk}/")))
    assert "Ada does not work here any more. The practice knows that you wait" in body


def test_other_practices_and_rooms_learn_nothing(cast: Any, visit: Any) -> None:
    send(cast.noor, at=may(12, 9))
    leaves(cast)
    assert unseen_in(cast.birch, now=NOW) == []
    for other in (cast.noor, cast.ben, cast.cleo):
        assert visit(other).get(PAGE).status_code == 404
    assert PolicyLayer.unscoped.exists()
