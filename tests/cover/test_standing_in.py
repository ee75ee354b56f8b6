"""A colleague stands in: asked, accepted, seeing exactly their part, until it ends by itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from interlude.audit.models import Event
from interlude.boundaries.models import Absence
from interlude.core.hours import Absence as Stretch
from interlude.core.wording import Words
from interlude.cover.actions import Asked, ask_cover
from interlude.cover.models import Cover, CoverPart
from interlude.messaging.covering import accept_or_decline
from interlude.messaging.models import Approval, Message, Reply
from interlude.messaging.time_away import set_time_away
from interlude.outbox.models import Notice
from interlude.phrasebook.actions import Entry, write_phrase
from interlude.practice.actions import name_supervisor
from interlude.practice.scope import in_practice
from tests.cast import LONG_AGO, NOW, agree_anew
from tests.laws.pages import plain
from tests.messaging.post import TEXT, answer, may, page, send

WINDOW = "/practice/"
pytestmark = pytest.mark.usefixtures("in_alder")


def stands_in(
    cast: Any, *clients: Any, topics: tuple[str, ...] = ("homework",), accepts: bool = True
) -> Cover:
    """Ben for Ada, from Thursday 14 to Friday 22 May."""
    asked = Asked(cast.ben, [one.client for one in clients], topics, may(14, 0), may(23, 0))
    cover = ask_cover(asked, clinician=cast.ada, by=cast.ada, absence=None, now=NOW, cover_id=uuid4())
    if accepts:
        assert accept_or_decline(cover, accepts=True, by=cast.ben, now=NOW)
    return cover


def away(cast: Any, first: int = 14, last: int = 23) -> Absence:
    made, _ = set_time_away([Stretch(may(first, 0), may(last, 0))], clinician=cast.ada, by=cast.ada, now=NOW)
    return made[0]


@pytest.mark.contract("C16", "B33")
def test_who_stands_in_sees_exactly_their_part_in_their_own_window(cast: Any, visit: Any, clock: Any) -> None:
    away(cast)
    stands_in(cast, cast.noor)
    mine, other_topic = send(cast.noor, at=NOW), send(cast.noor, at=NOW, topic="skill_help")
    other_client, kept = send(cast.mira, at=NOW), send(cast.noor, at=NOW, topic="session")
    assert (mine.handed_at, mine.stands_in) == (may(14, 17), cast.ben)
    assert mine.reply_due == may(26, 17)  # the date is Ada's own
    before = visit(cast.ben)
    assert before.get(f"/practice/messages/{mine.pk}/").status_code == 404  # no window has opened
    clock.set(may(14, 17, 5))
    browser = visit(cast.ben)
    body = page(browser.get(WINDOW))
    assert "For Ada" in body and "Noor Haddad" in body and TEXT not in body
    opened = page(browser.get(f"/practice/messages/{mine.pk}/"))
    assert TEXT in opened and "for whom you stand in" in opened
    for one in (other_topic, other_client, kept):
        assert browser.get(f"/practice/messages/{one.pk}/").status_code == 404
    assert browser.get(f"/practice/clients/{cast.noor.client_id}/").status_code == 404
    assert visit(cast.cleo).get(f"/practice/messages/{mine.pk}/").status_code == 404
    assert Event.objects.filter(verb="message.opened", actor=f"clinician:{cast.ben.pk}").exists()


def test_of_what_was_handed_over_before_they_see_their_clients_and_topics_and_no_more(
    cast: Any, visit: Any, clock: Any
) -> None:
    theirs, other_topic = (send(cast.noor, at=may(11, 9), topic=one) for one in ("homework", "skill_help"))
    other_client = send(cast.mira, at=may(11, 9))
    away(cast)
    stands_in(cast, cast.noor)
    clock.set(may(14, 17, 5))
    browser = visit(cast.ben)
    assert browser.get(f"/practice/messages/{theirs.pk}/").status_code == 200
    for one in (other_topic, other_client):
        assert one.handed_at is not None and one.handed_at < NOW
        assert browser.get(f"/practice/messages/{one.pk}/").status_code == 404
        assert browser.post(f"/practice/messages/{one.pk}/reply/", answer()).status_code == 404
    assert not Reply.unscoped.exists()


def test_what_came_after_they_stood_in_is_no_page_of_theirs(cast: Any, visit: Any, clock: Any) -> None:
    stands_in(cast, cast.noor)
    message = send(cast.noor, at=may(25, 9))
    assert message.handed_at == may(25, 17)
    clock.set(may(25, 17, 5))
    assert visit(cast.ben).post(f"/practice/messages/{message.pk}/reply/", answer()).status_code == 404


def test_an_answer_from_who_stands_in_bears_their_name_and_keeps_the_promise(
    cast: Any, visit: Any, clock: Any
) -> None:
    away(cast)
    stands_in(cast, cast.noor)
    message = send(cast.noor, at=NOW)
    clock.set(may(14, 17, 5))
    browser = visit(cast.ben)
    browser.post(f"/practice/messages/{message.pk}/reply/", answer("Dear Noor, well done."))
    reply = Reply.unscoped.get()
    assert reply.clinician == cast.ben
    assert (
        browser.get(f"/practice/messages/{message.pk}/").status_code == 200
    )  # what one closed oneself stays
    clock.set(may(15, 9, 5))
    body = page(visit(cast.noor).get(f"/my/messages/{message.pk}/"))
    assert "Dear Noor, well done." in body and "From Ben" in body
    clock.set(may(25, 17, 5))
    ada = visit(cast.ada)
    for address in (f"/practice/messages/{message.pk}/", f"/practice/clients/{cast.noor.client_id}/"):
        body = page(ada.get(address))
        assert "Ben answered" in body and "Your answer</h3>" not in body


def test_nothing_is_seen_before_the_yes_after_the_no_or_after_the_end(
    cast: Any, visit: Any, clock: Any
) -> None:
    away(cast)
    cover = stands_in(cast, cast.noor, accepts=False)
    message = send(cast.noor, at=NOW)
    assert message.stands_in is None and message.handed_at == may(25, 17)
    address = f"/practice/messages/{message.pk}/"
    accept_or_decline(cover, accepts=True, by=cast.ben, now=may(14, 9))
    message.refresh_from_db()
    assert message.handed_at == may(14, 17)  # what waited is read at the colleague's window
    clock.set(may(14, 17, 5))
    assert visit(cast.ben).get(address).status_code == 200
    clock.set(may(23, 0))
    assert visit(cast.ben).get(address).status_code == 404  # it ends by itself
    clock.set(may(25, 17, 5))
    assert visit(cast.ada).get(address).status_code == 200


def test_taking_it_back_ends_it_at_once_and_unread_messages_go_back(cast: Any, visit: Any) -> None:
    away(cast)
    cover = stands_in(cast, cast.noor)
    message = send(cast.noor, at=NOW)
    visit(cast.ada).post(f"/practice/covers/{cover.pk}/end/")
    message.refresh_from_db()
    assert (message.handed_at, message.stands_in) == (may(25, 17), None)
    assert message.reply_due == may(26, 17)


@pytest.mark.contract("C12", "C13")
def test_a_cover_that_ends_while_somebody_writes_gives_the_words_back_and_says_why(
    cast: Any, visit: Any, clock: Any
) -> None:
    away(cast)
    cover = stands_in(cast, cast.noor)
    message = send(cast.noor, at=NOW)
    clock.set(may(22, 16, 59))
    clock.set(may(23, 0, 1))
    late = visit(cast.ben).post(f"/practice/messages/{message.pk}/reply/", answer("Half a thought"))
    assert late.status_code == 409
    body = page(late)
    assert "Half a thought" in body and "Your time standing in for Ada is over." in body
    assert not Reply.unscoped.exists()
    assert TEXT not in body and cover.pk
    assert visit(cast.cleo).post(f"/practice/messages/{message.pk}/reply/", answer()).status_code == 404


def test_who_stands_in_for_a_therapist_in_training_answers_without_a_supervisor(
    cast: Any, visit: Any, clock: Any
) -> None:
    assert name_supervisor(cast.ada, cast.cleo, by=None, now=LONG_AGO)
    text = '[topics]\nanswer = ["homework", "skill_help"]\n'
    agree_anew(cast.noor.client, [cast.noor], preset="trainee_supervised", text=text)
    away(cast)
    stands_in(cast, cast.noor)
    message = send(cast.noor, at=NOW)
    clock.set(may(14, 17, 5))
    visit(cast.ben).post(f"/practice/messages/{message.pk}/reply/", answer("I stand in for Ada."))
    assert not Reply.unscoped.get(message=message).awaits_approval
    assert not Approval.unscoped.exists()


def test_a_template_that_who_stands_in_opens_bears_their_own_name(cast: Any, visit: Any, clock: Any) -> None:
    away(cast)
    stands_in(cast, cast.noor)
    message, key = send(cast.noor, at=NOW), uuid4()
    words = Words("I see the work in that.", "It is {therapist} who reads.", "We talk then.")
    write_phrase(Entry("Mine", "limits", "en", words), by=cast.ben, now=NOW, phrase_id=key)
    clock.set(may(14, 17, 5))
    form = answer("") | {"take": str(key)}
    body = page(visit(cast.ben).post(f"/practice/messages/{message.pk}/phrase/", form))
    assert f"It is {cast.ben.name} who reads." in body and f"It is {cast.ada.name}" not in body


def test_the_client_reads_the_name_and_may_say_no(cast: Any, visit: Any, clock: Any) -> None:
    away(cast)
    cover = stands_in(cast, cast.noor)
    message = send(cast.noor, at=NOW)
    browser = visit(cast.noor)
    home = plain(page(browser.get("/my/")))
    assert "Ben stands in" in home
    assert "Ben Okoro" in page(browser.get("/my/readers/"))
    receipt = plain(page(browser.get(f"/my/messages/{message.pk}/")))
    assert "Ben reads, for Ada" in receipt
    browser.post(f"/my/break/covers/{cover.pk}/", {"may": "no"})
    message.refresh_from_db()
    assert message.stands_in is None and message.handed_at == may(25, 17)
    assert "Ben Okoro" not in page(browser.get("/my/readers/"))
    clock.set(may(14, 17, 5))
    assert visit(cast.ben).get(f"/practice/messages/{message.pk}/").status_code == 404
    visit(cast.noor).post(f"/my/break/covers/{cover.pk}/", {"may": "yes"})
    assert CoverPart.objects.get().refused_at is None
    for other in (cast.kai, cast.jonas, cast.mira):
        assert visit(other).post(f"/my/break/covers/{cover.pk}/", {"may": "no"}).status_code == 404


def asking(cast: Any, *clients: Any, **more: Any) -> dict[str, Any]:
    form = {"cover_id": str(uuid4()), "colleague": str(cast.ben.pk), "topics": ["homework"]}
    days = {"first": "2026-05-14", "last": "2026-05-22", "starts": "", "ends": ""}
    return form | days | {"clients": [str(one.client_id) for one in clients]} | more


def test_asking_and_answering_by_the_pages(cast: Any, visit: Any) -> None:
    address = f"/practice/time-away/{away(cast).pk}/cover/"
    form = asking(cast, cast.noor)
    browser = visit(cast.ada)
    assert "Ben Okoro" in page(browser.get(address))
    browser.post(address, form)
    browser.post(address, form)  # a second click
    cover = Cover.unscoped.get()
    notice = Notice.objects.get(kind="cover")
    assert notice.to == cast.ben.user
    body = page(visit(cast.ben).get("/practice/covers/"))
    assert "Ada Lindqvist asks you" in body and "Noor Haddad" in body
    assert visit(cast.ada).post(f"/practice/covers/{cover.pk}/answer/", {"answer": "yes"}).status_code == 404
    visit(cast.ben).post(f"/practice/covers/{cover.pk}/answer/", {"answer": "yes"})
    cover.refresh_from_db()
    assert cover.accepted and cover.state(may(15, 9)) == "on"
    visit(cast.ben).post(f"/practice/covers/{cover.pk}/answer/", {"answer": "no"})  # from another tab
    cover.refresh_from_db()
    assert cover.accepted


def test_a_colleague_who_is_away_too_is_said_and_can_be_asked_all_the_same(cast: Any, visit: Any) -> None:
    address = f"/practice/time-away/{away(cast).pk}/cover/"
    set_time_away([Stretch(may(20, 0), may(30, 0))], clinician=cast.ben, by=cast.ben, now=NOW)
    form = asking(cast, cast.noor)
    said = visit(cast.ada).post(address, form)
    assert said.status_code == 409 and "is away too" in page(said)
    assert not Cover.unscoped.exists()
    visit(cast.ada).post(address, form | {"anyway": "1"})
    assert Cover.unscoped.count() == 1
    assert "Ben is away too" in page(visit(cast.ben).get("/practice/covers/"))


def test_a_circle_is_said(cast: Any, visit: Any) -> None:
    address = f"/practice/time-away/{away(cast).pk}/cover/"
    back = Asked(cast.ada, [cast.kai.client], ["homework"], may(20, 0), may(24, 0))
    ask_cover(back, clinician=cast.ben, by=cast.ben, absence=None, now=NOW, cover_id=uuid4())
    said = visit(cast.ada).post(address, asking(cast, cast.noor))
    assert said.status_code == 409 and "in a circle: Ada Lindqvist, Ben Okoro" in page(said)


def test_a_client_of_somebody_else_or_days_outside_cannot_be_asked_for(cast: Any, visit: Any) -> None:
    address = f"/practice/time-away/{away(cast).pk}/cover/"
    browser = visit(cast.ada)
    assert browser.post(address, asking(cast, cast.kai)).status_code == 422
    assert browser.post(address, asking(cast, cast.noor, colleague=str(cast.cleo.pk))).status_code == 422
    outside = browser.post(address, asking(cast, cast.noor, last="2026-05-29"))
    assert outside.status_code == 422 and "not all within your time away" in page(outside)
    assert not Cover.unscoped.exists()


def test_two_who_stand_in_at_once_both_see_it_and_one_answers(cast: Any, visit: Any, clock: Any) -> None:
    away(cast)
    stands_in(cast, cast.noor)
    stands_in(cast, cast.noor)
    message = send(cast.noor, at=NOW)
    clock.set(may(14, 17, 5))
    browser = visit(cast.ben)
    assert page(browser.get(WINDOW)).count("For Ada") >= 1
    browser.post(f"/practice/messages/{message.pk}/reply/", answer())
    assert Reply.unscoped.count() == 1


@pytest.mark.contract("B33")
def test_absent_means_silent_no_batch_for_who_is_away(cast: Any, visit: Any, clock: Any) -> None:
    away(cast)
    send(cast.noor, at=NOW)
    clock.set(may(14, 17, 5))
    body = plain(page(visit(cast.ada).get(WINDOW)))
    assert "Messages are next read on Mon 25 May, 17:00" in body
    assert "Noor" not in body
    assert not Message.unscoped.filter(resolved_at__isnull=False).exists()
    assert not Notice.objects.filter(to=cast.ada.user).exists()


def test_a_cover_ends_with_the_time_away_it_was_asked_for_and_shrinks_with_it(cast: Any, visit: Any) -> None:
    absence = away(cast)
    visit(cast.ada).post(f"/practice/time-away/{absence.pk}/cover/", asking(cast, cast.noor))
    cover = Cover.unscoped.get()
    visit(cast.ben).post(f"/practice/covers/{cover.pk}/answer/", {"answer": "yes"})
    days = {"first": "2026-05-14", "last": "2026-05-19", "starts": "", "ends": "", "sure": "1"}
    visit(cast.ada).post(f"/practice/time-away/{absence.pk}/", days)
    cover.refresh_from_db()
    assert (cover.starts_at, cover.ends_at) == (may(14, 0), may(20, 0))
    with in_practice(cast.alder.id):
        message = send(cast.noor, at=NOW)
    assert message.stands_in == cast.ben
    visit(cast.ada).post(f"/practice/time-away/{absence.pk}/cancel/")
    cover.refresh_from_db()
    message.refresh_from_db()
    assert cover.ended_at == NOW and message.stands_in is None
