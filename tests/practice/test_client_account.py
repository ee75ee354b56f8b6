"""One's own account, where one is, and the choice between courses of care."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from interlude.audit.models import Event
from interlude.messaging.models import Message
from interlude.outbox.actions import mail_for
from interlude.outbox.models import Notice
from interlude.practice.actions import add_client, add_participant
from interlude.practice.models import Participant
from tests.agreements.reading import grade, main_text
from tests.cast import LONG_AGO, words

ACCOUNT = "/my/account/"
CARE = "/my/care/"


def second_care(cast: Any, person: Any, *, clinician: Any, role: str = "self") -> Participant:
    client = add_client(clinician=clinician, name="Second care", by=None, now=LONG_AGO)
    participant = add_participant(client=client, name=person.name, role=role, by=None, now=LONG_AGO)
    participant.user = person.user
    participant.save()
    return participant


def test_the_account_says_who_i_am_and_how_i_sign_in(cast: Any, visit: Any) -> None:
    page = visit(cast.noor).get(ACCOUNT).content.decode()
    text = main_text(page)
    assert "Noor Haddad. You sign in as noor@example.org" in text
    assert "Set up a passkey, or a code as second step" in text
    for address in ("/account/second-factor/", "/account/password/"):
        assert f'href="{address}"' in page
    assert page.count('action="/sign-out/"') >= 1
    assert "noor@" not in page[page.index("<title>") : page.index("</title>")]


@pytest.mark.contract("C20")
def test_what_a_notice_says_is_the_notice_itself(cast: Any, visit: Any) -> None:
    mail = mail_for(Notice(to=cast.noor.user, kind="answer", link=ACCOUNT))
    page = main_text(visit(cast.noor).get(ACCOUNT + "notices/").content.decode())
    assert str(mail.subject) in page
    for line in mail.body.split("\n"):
        assert line.strip(" .,:") in page
    assert "Ada" not in mail.body


def test_a_journey_changes_how_times_are_shown_and_no_promise(cast: Any, visit: Any) -> None:
    browser = visit(cast.noor)
    browser.post("/my/messages/", words())
    due = Message.unscoped.get().reply_due
    assert browser.post(ACCOUNT, {"zone": "Asia/Kolkata", "country": "IN"}).status_code == 302
    fresh = Participant.unscoped.get(pk=cast.noor.pk)
    assert (fresh.zone, fresh.country) == ("Asia/Kolkata", "IN")
    assert "Tuesday at 14:30" in browser.get("/my/times/").content.decode()
    assert Message.unscoped.get().reply_due == due
    assert Event.objects.filter(verb="participant.place_said").count() == 1
    browser.post(ACCOUNT, {"zone": "Asia/Kolkata", "country": "IN"})
    assert Event.objects.filter(verb="participant.place_said").count() == 1


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc", "x" * 5000, "\0"])
def test_a_zone_that_nobody_knows_is_named_and_changes_nothing(cast: Any, visit: Any, zone: str) -> None:
    answer = visit(cast.noor).post(ACCOUNT, {"zone": zone, "country": "GB"})
    assert answer.status_code == 422
    assert Participant.unscoped.get(pk=cast.noor.pk).zone == "Europe/London"


def test_a_place_is_said_for_every_care_of_the_same_person_and_nobody_elses(cast: Any, visit: Any) -> None:
    other = second_care(cast, cast.kai, clinician=cast.cleo)
    visit(cast.kai).post(ACCOUNT, {"zone": "America/New_York", "country": ""})
    assert {one.zone for one in Participant.unscoped.filter(user=cast.kai.user)} == {"America/New_York"}
    assert other.pk in {one.pk for one in Participant.unscoped.filter(zone="America/New_York")}
    assert Participant.unscoped.get(pk=cast.noor.pk).zone == "Europe/London"


def test_somebody_with_one_care_is_not_asked_to_choose(cast: Any, visit: Any) -> None:
    assert visit(cast.noor).get(CARE)["Location"] == "/my/"
    assert "Change course of care" not in visit(cast.noor).get(ACCOUNT).content.decode()


def test_somebody_with_two_cares_picks_one_and_sees_only_that(cast: Any, visit: Any) -> None:
    other = second_care(cast, cast.kai, clinician=cast.cleo)
    browser = visit(cast.kai)
    page = main_text(browser.get(CARE).content.decode())
    assert "With Ben Okoro" in page
    assert "With Cleo Rao" in page
    browser.post(CARE, {"care": str(cast.kai.pk)})
    browser.post("/my/our-list/notes/", {"item_id": str(uuid4()), "words": "For Ben alone."})
    assert browser.post(CARE, {"care": str(other.pk)})["Location"] == "/my/"
    ours = browser.get("/my/our-list/").content.decode()
    assert "For Ben alone" not in ours
    assert "Cleo" in ours
    browser.post(CARE, {"care": str(cast.kai.pk)})
    assert "For Ben alone" in browser.get("/my/our-list/").content.decode()


def test_a_guardian_who_is_a_client_too_is_told_which_is_which(cast: Any, visit: Any) -> None:
    second_care(cast, cast.jonas, clinician=cast.ben)
    page = main_text(visit(cast.jonas).get(CARE).content.decode())
    assert "As parent or guardian of Mira Sand" in page


def test_nobody_can_pick_somebody_elses_care(cast: Any, visit: Any) -> None:
    for wrong in (str(cast.noor.pk), "x", "", str(uuid4())):
        assert visit(cast.kai).post(CARE, {"care": wrong}).status_code == 404
    assert "Ada" not in visit(cast.kai).get("/my/our-list/").content.decode()


def test_the_pages_are_for_clients_and_guardians_alone(cast: Any, visit: Any) -> None:
    for address in (ACCOUNT, CARE):
        for person in (cast.ada, cast.olu, cast.priya):
            assert visit(person).get(address).status_code == 404
            assert visit(person).post(address).status_code == 404
        assert visit(None).get(address).status_code == 302
    assert visit(cast.jonas).get(ACCOUNT).status_code == 200


def test_the_account_reads_at_grade_six_or_lower(cast: Any, visit: Any) -> None:
    page = visit(cast.noor).get(ACCOUNT).content.decode()
    start, end = page.index("<select"), page.rindex("</select>")
    assert grade(main_text(page[:start] + page[end:])) <= 6
