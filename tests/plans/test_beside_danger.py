"""What is at hand for a clinician who happens to see danger, and what the client chose to tell."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import uuid4

import pytest

from interlude.agreements.frozen import words_shown
from interlude.audit.models import Event
from interlude.core.hard_moments import HardMoments, PlanPart
from interlude.cover.actions import Asked, ask_cover
from interlude.messaging.covering import accept_or_decline
from interlude.outbox.actions import leave_notice, send_due_notices
from interlude.outbox.contact import Said, say_contact
from interlude.outbox.models import Hold, Notice
from interlude.plans.actions import share_plan, write_plan
from interlude.plans.beside_danger import pause_coaching, say_whom_to_call, write_consult_note
from interlude.plans.models import CoachingPause, ConsultNote, Plan, WhomToCall
from interlude.practice.contacts import say_phone
from interlude.practice.models import Participant
from interlude.practice.scope import in_practice
from interlude.sealing.vault import Sealer
from tests.cast import DAY, HOUR, NOW
from tests.messaging.post import may, send

WHOM = "/my/whom-to-call/"
TOLD = {"place": "Elm Lane 4", "contact": "Rana, my sister", "phone": "020 7946 0000", "yes": "on"}


@pytest.mark.contract("B30")
def test_the_agreement_says_what_is_done_and_whom_the_practice_may_call(cast: Any, visit: Any) -> None:
    agreement = cast.noor.client.agreements.get()
    text = words_shown(agreement, reader=cast.noor)
    assert "# If we happen to see danger" in text
    assert "No one here looks for danger, and no program does." in text
    assert "Ada may call the person you named, if you said yes to that." in text


@pytest.mark.contract("B30")
def test_a_client_tells_place_and_person_changes_and_takes_away(cast: Any, visit: Any, clock: Any) -> None:
    noor, sealer = visit(cast.noor), Sealer(cast.alder.id)
    assert noor.post(WHOM, TOLD).status_code == 302
    row = WhomToCall.unscoped.get()
    assert b"Elm" not in bytes(row.sealed)
    later = NOW + HOUR / 6
    clock.set(later)
    noor.post(WHOM, TOLD | {"place": "At the sea"})
    row.refresh_from_db()
    assert (row.place_told_at, row.contact_told_at) == (later, NOW)
    noor.post(WHOM, {"place": "", "contact": "", "phone": ""})
    row.refresh_from_db()
    assert row.said(sealer) == {"place": "", "contact": "", "phone": ""}
    assert row.contact_told_at is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"yes": ""}, "Tick this if we may call this person."),
        ({"contact": ""}, "Write whose number this is."),
        ({"phone": ""}, "Write a number for this person, or leave both empty."),
    ],
)
def test_a_person_is_named_only_with_a_number_and_a_yes(
    cast: Any, visit: Any, changed: dict[str, str], said: str
) -> None:
    answer = visit(cast.noor).post(WHOM, TOLD | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode() and "Elm Lane 4" in answer.content.decode()
    assert not WhomToCall.unscoped.exists()


def test_place_and_person_stand_beside_the_message_and_on_no_page_of_the_office(
    cast: Any, visit: Any, clock: Any
) -> None:
    say_whom_to_call(TOLD, participant=cast.noor, now=NOW)
    message = send(cast.noor, "A hard day.", at=may(13, 9))
    clock.set(may(14, 16, 5))
    page = visit(cast.ada).get(f"/practice/messages/{message.pk}/").content.decode()
    for said in ("Elm Lane 4", "Rana, my sister", "020 7946 0000", "None is shared with you."):
        assert said in page
    for other in (cast.olu, cast.priya, cast.ben, cast.jonas):
        assert not WhomToCall.unscoped.visible_to(other).exists()
    assert "Elm Lane" not in visit(cast.priya).get(f"/office/people/persons/{cast.noor.pk}/").content.decode()


def test_their_own_number_and_the_help_lines_where_they_are_stand_there_too(
    cast: Any, visit: Any, clock: Any
) -> None:
    with in_practice(cast.alder.id):
        say_phone(cast.noor, "020 7946 0001", by=cast.olu, now=NOW)
    Participant.unscoped.filter(pk=cast.noor.pk).update(country="GB")
    message = send(cast.noor, "A hard day.", at=may(13, 9))
    clock.set(may(14, 16, 5))
    address, ada = f"/practice/messages/{message.pk}/", visit(cast.ada)
    page = ada.get(address).content.decode()
    assert 'href="tel:020 7946 0001"' in page and 'href="/help/alder/GB/"' in page
    say_contact(
        cast.noor.user,
        [Said("phone", never=False, opens=time(9), closes=time(18))],
        zone="Europe/London",
        today=NOW.date(),
    )
    assert "a call is safe from 09:00 to 18:00" in ada.get(address).content.decode()
    say_contact(cast.noor.user, [Said("phone", never=True)], zone="Europe/London", today=NOW.date())
    page = ada.get(address).content.decode()
    assert "They asked never to be called." in page and "7946 0001" not in page


def test_who_stands_in_has_it_beside_a_message_of_theirs_without_the_plan_and_only_then(
    cast: Any, visit: Any, clock: Any
) -> None:
    say_whom_to_call(TOLD, participant=cast.noor, now=NOW)
    with in_practice(cast.alder.id):
        write_plan(
            HardMoments(parts=(PlanPart("people", "A line."),)),
            participant=cast.noor,
            now=NOW,
            version_id=uuid4(),
        )
        share_plan(Plan.unscoped.get(), by=cast.noor, now=NOW)
        asked = Asked(cast.ben, [cast.noor.client], ("homework",), may(14, 0), may(23, 0))
        cover = ask_cover(asked, clinician=cast.ada, by=cast.ada, absence=None, now=NOW, cover_id=uuid4())
        assert accept_or_decline(cover, accepts=True, by=cast.ben, now=NOW)
    message = send(cast.noor, "A hard day.", at=NOW)
    clock.set(may(14, 17, 5))
    ben, address = visit(cast.ben), f"/practice/messages/{message.pk}/"
    page = ben.get(address).content.decode()
    for said in ("If you see danger", "Elm Lane 4", "Rana, my sister", "020 7946 0000", "A note of the call"):
        assert said in page
    assert "Plan for hard moments" not in page
    for closed in (
        f"/practice/clients/{cast.noor.client_id}/safety/",
        f"/practice/plans/{Plan.unscoped.get().pk}/",
    ):
        assert closed not in page and ben.get(closed).status_code == 404
    assert visit(cast.cleo).get(address).status_code == 404
    clock.set(may(23, 0))
    assert visit(cast.ben).get(address).status_code == 404
    assert "A colleague who stands in for them sees it too" in visit(cast.noor).get(WHOM).content.decode()


def test_a_consult_note_is_sealed_stays_as_it_is_and_is_on_no_page_of_the_client(
    cast: Any, visit: Any
) -> None:
    address = f"/practice/clients/{cast.noor.client_id}/safety/"
    ada = visit(cast.ada)
    assert ada.post(f"{address}notes/", {"note_id": uuid4(), "words": " "}).status_code == 422
    assert (
        ada.post(f"{address}notes/", {"note_id": uuid4(), "words": "Spoke with Zaunkoenigin."}).status_code
        == 302
    )
    note = ConsultNote.unscoped.get()
    assert b"Zaun" not in bytes(note.sealed)
    assert "Spoke with Zaunkoenigin." in ada.get(address).content.decode()
    for other in (cast.noor, cast.olu, cast.priya, cast.ben, cast.jonas):
        assert not ConsultNote.unscoped.visible_to(other).exists()
    again = write_consult_note("Other words.", client=cast.noor.client, by=cast.ada, now=NOW, note_id=note.pk)
    assert again.words(Sealer(cast.alder.id)) == "Spoke with Zaunkoenigin."


def test_the_file_of_dates_is_an_act_that_is_written_down(cast: Any, visit: Any, clock: Any) -> None:
    send(cast.noor, "A canary.", at=may(12, 9))
    write_consult_note("With my supervisor.", client=cast.noor.client, by=cast.ada, now=NOW, note_id=uuid4())
    address = f"/practice/clients/{cast.noor.client_id}/safety/dates/"
    ada = visit(cast.ada)
    assert ada.get(address).status_code == 405
    bare = ada.post(address)
    assert bare["Content-Disposition"] == 'attachment; filename="dates-2026-05-13.txt"'
    text = bare.content.decode()
    for said in ("message from Noor Haddad", "Noor Haddad accepted version 1", "consultation note of Ada"):
        assert said in text
    assert "A canary." not in text and "supervisor" not in text and "opened" not in text
    dates = [line[:16] for line in text.splitlines()[2:]]
    assert dates == sorted(dates)
    assert Event.objects.filter(verb="timeline.exported").count() == 1
    whole = ada.post(address, {"with_words": "on"}).content.decode()
    assert "A canary." in whole and "With my supervisor." in whole


def test_a_message_that_was_not_handed_over_is_not_in_the_file(cast: Any, visit: Any) -> None:
    send(cast.noor, "Not yet.", at=NOW)
    answer = visit(cast.ada).post(
        f"/practice/clients/{cast.noor.client_id}/safety/dates/", {"with_words": "on"}
    )
    assert "Not yet." not in answer.content.decode()


def test_the_24_hour_note_ends_by_itself_and_holds_back_nothing(cast: Any, visit: Any, clock: Any) -> None:
    address = f"/practice/clients/{cast.noor.client_id}/safety/coaching/"
    ada, noor = visit(cast.ada), visit(cast.noor)
    ada.post(address, {"pause_id": uuid4(), "is_shown": "on"})
    assert "There is no skills coaching until" in noor.get("/my/").content.decode()
    with_note = send(cast.noor, "I still write.", at=NOW)
    CoachingPause.unscoped.all().delete()
    without = send(cast.noor, "I still write.", at=NOW)
    seen = [(one.outcome, one.reply_due, one.handed_at, one.rules) for one in (with_note, without)]
    assert seen[0] == seen[1]
    pause_coaching(client=cast.noor.client, by=cast.ada, now=NOW, is_shown=True, pause_id=uuid4())
    clock.set(NOW + DAY)
    assert "skills coaching" not in visit(cast.noor).get("/my/").content.decode()


def test_the_24_hour_note_is_shown_to_the_client_only_where_that_was_agreed(cast: Any, visit: Any) -> None:
    pause_coaching(client=cast.noor.client, by=cast.ada, now=NOW, is_shown=False, pause_id=uuid4())
    assert "skills coaching" not in visit(cast.noor).get("/my/").content.decode()
    page = visit(cast.ada).get(f"/practice/clients/{cast.noor.client_id}/safety/").content.decode()
    assert "Only you see it." in page


def waiting_mail(cast: Any, person: Any, *, once: str) -> Notice:
    notice = leave_notice(
        "answer",
        to=person.user,
        practice_id=person.practice_id,
        once=once,
        link="/my/",
        send_at=NOW - HOUR,
    )
    assert notice is not None
    return notice


def test_not_safe_now_holds_every_mail_back_at_once_until_it_is_safe_again(
    cast: Any, visit: Any, mailoutbox: Any
) -> None:
    Notice.objects.all().delete()
    ada, page = visit(cast.ada), f"/practice/clients/{cast.noor.client_id}/safety/"
    waiting_mail(cast, cast.noor, once="before")
    assert ada.post(f"/practice/people/{cast.noor.pk}/hold/").status_code == 302
    waiting_mail(cast, cast.noor, once="after")
    waiting_mail(cast, cast.kai, once="another person")
    assert send_due_notices(now=NOW) == 1
    assert [mail.to for mail in mailoutbox] == [[cast.kai.user.email]]
    assert "no mail leaves for them" in ada.get(page).content.decode()
    assert (
        "no mail is sent to you, to keep you safe"
        in visit(cast.noor).get("/my/account/contact/").content.decode()
    )
    assert ada.post(f"/practice/people/{cast.noor.pk}/hold/", {"safe": "1"}).status_code == 302
    waiting_mail(cast, cast.noor, once="later")
    assert send_due_notices(now=NOW) == 1
    assert mailoutbox[-1].to == [cast.noor.user.email]
    verbs = Event.objects.filter(verb__startswith="contact.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["contact.held", "contact.let_go"]


def test_a_hold_counts_for_the_practice_that_set_it_alone(cast: Any, visit: Any, mailoutbox: Any) -> None:
    Notice.objects.all().delete()
    visit(cast.ada).post(f"/practice/people/{cast.noor.pk}/hold/")
    notice = waiting_mail(cast, cast.noor, once="from elsewhere")
    Notice.objects.filter(pk=notice.pk).update(practice_id=cast.birch.pk)
    assert send_due_notices(now=NOW) == 1


def test_nobody_but_the_treating_clinician_sets_or_ends_a_hold(cast: Any, visit: Any) -> None:
    for person in (cast.ben, cast.noor, cast.olu, cast.kai):
        for form in ({}, {"safe": "1"}):
            assert visit(person).post(f"/practice/people/{cast.noor.pk}/hold/", form).status_code == 404
    assert not Hold.objects.exists()
