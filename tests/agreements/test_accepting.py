"""Saying yes: an act of one's own, for the newest version, by everybody whose word counts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from interlude.agreements.actions import in_force_for, publish_agreement
from interlude.agreements.models import Acceptance, Agreement
from interlude.agreements.notice import Notice
from interlude.audit.models import Event
from interlude.messaging.models import Message
from tests.agreements.reading import main_text
from tests.cast import DAY, NOW, words

PAGE = "/my/agreement/"
BEGINS = datetime(2026, 5, 26, 23, tzinfo=UTC)  # Wed 27 May in London: 14 days, and the session of the 19th
STRICTER = (
    '[plan]\nmessages_per_week = 2\n[check]\nmon = ["17:00"]\ntue = []\nwed = []\nthu = ["17:00"]\nfri = []\n'
)


def offer(client: Any, *, text: str = STRICTER) -> Agreement:
    clinician, notice = client.clinician, Notice("I read with more care when I read less often.")
    return publish_agreement(
        client=client, by=clinician, now=NOW - DAY, preset="warm_two_business_days", text=text, notice=notice
    )


def say_yes(visit: Any, person: Any, agreement: Agreement, name: str = "My own name") -> Any:
    return visit(person).post(f"{PAGE}{agreement.pk}/acceptance/", {"name": name})


@pytest.mark.contract("C3", "C38", "A44")
def test_a_new_version_holds_only_once_the_yes_is_given(cast: Any, visit: Any, clock: Any) -> None:
    offered = offer(cast.noor.client)
    before = main_text(visit(cast.noor).get(PAGE).content.decode())
    assert "Version 2 is here to read. Version 1 holds until Wed 27 May and until the yes is given" in before
    assert in_force_for(cast.noor.client, NOW).number == 1

    assert say_yes(visit, cast.noor, offered, "Noor Haddad").status_code == 302
    acceptance = Acceptance.unscoped.get(agreement=offered)
    assert (acceptance.participant, acceptance.name_typed, acceptance.at) == (cast.noor, "Noor Haddad", NOW)
    waiting = main_text(visit(cast.noor).get(PAGE).content.decode())
    assert "Version 2 starts on Wed 27 May. Until then version 1 holds" in waiting

    clock.set(BEGINS)
    after = main_text(visit(cast.noor).get(PAGE).content.decode())
    assert "Our agreement, version 2" in after
    assert "up to 2 messages a week" in after


@pytest.mark.contract("C4")
def test_what_changes_stands_side_by_side_in_words(cast: Any, visit: Any) -> None:
    offer(cast.noor.client)
    page = main_text(visit(cast.noor).get(PAGE).content.decode())
    assert "Now, version 1. We planned up to 3 messages a week" in page
    assert "New, version 2. We planned up to 2 messages a week" in page
    assert "New, version 2. Ada reads messages on Monday and Thursday at 17:00" in page
    assert page.count("Now, version 1") == 2
    assert "All the rest stays as it is. Answers that you were told to expect keep their dates" in page


def test_a_version_that_reads_the_same_says_that_nothing_changes(cast: Any, visit: Any) -> None:
    offer(cast.noor.client, text="")
    assert "Nothing in the rules changes with it" in visit(cast.noor).get(PAGE).content.decode()


def test_a_stricter_youngest_age_is_never_left_unsaid(cast: Any, visit: Any) -> None:
    offer(cast.noor.client, text="minimum_age = 21\n")
    page = main_text(visit(cast.noor).get(PAGE).content.decode())
    assert "Messages here are from the age of 13 on" in page
    assert "Messages here are from the age of 21 on" in page


@pytest.mark.contract("C38")
def test_every_earlier_version_stays_readable(cast: Any, visit: Any) -> None:
    say_yes(visit, cast.noor, offer(cast.noor.client))
    first = main_text(visit(cast.noor).get(f"{PAGE}?version=1").content.decode())
    assert "Version 1, as it was offered. Offered on Mon 2 March, agreed on Mon 2 March" in first
    assert "up to 3 messages a week" in first
    assert "A message sent now" not in first
    for wrong in ("9", "0", "x", "-1", "1" * 400, "²", ""):
        assert visit(cast.noor).get(PAGE, {"version": wrong}).status_code == 404


@pytest.mark.contract("D3")
def test_of_a_couple_both_words_are_needed_and_nobody_is_blamed(cast: Any, visit: Any) -> None:
    offered = offer(cast.tove.client)
    say_yes(visit, cast.tove, offered)
    assert in_force_for(cast.tove.client, NOW).number == 1
    asked = main_text(visit(cast.imre).get(PAGE).content.decode())
    assert "Version 1 holds until Wed 27 May and until the yes is given" in asked
    waiting = main_text(visit(cast.tove).get(PAGE).content.decode())
    assert "It holds once Imre has said yes too. Until then version 1 stays" in waiting
    assert "You said yes on Wed 13 May. Imre’s word is still to come. There is no hurry" in waiting
    assert "Your name" not in waiting

    say_yes(visit, cast.imre, offered)
    assert in_force_for(cast.tove.client, BEGINS - DAY).number == 1
    assert in_force_for(cast.tove.client, BEGINS).number == 2


def test_pressing_twice_is_one_yes_and_one_line_in_the_record(cast: Any, visit: Any) -> None:
    offered = offer(cast.noor.client)
    for _ in range(2):
        assert say_yes(visit, cast.noor, offered).status_code == 302
    assert Acceptance.unscoped.filter(agreement=offered).count() == 1
    assert Event.objects.filter(verb="agreement.accepted", subject=f"agreement:{offered.pk}").count() == 1


def test_an_offer_that_was_overtaken_cannot_be_accepted_by_accident(cast: Any, visit: Any) -> None:
    old = offer(cast.noor.client)
    newer = offer(cast.noor.client, text="")
    answer = visit(cast.noor).post(f"{PAGE}{old.pk}/acceptance/", {"name": "Noor"}, follow=True)
    assert "A newer version is here" in answer.content.decode()
    assert not Acceptance.unscoped.filter(agreement__in=[old, newer]).exists()


@pytest.mark.parametrize("typed", ["", "   ", "\t\n"])
def test_without_a_name_nothing_is_accepted_and_the_page_says_what_to_do(
    cast: Any, visit: Any, typed: str
) -> None:
    offered = offer(cast.noor.client)
    answer = say_yes(visit, cast.noor, offered, typed)
    assert answer.status_code == 422
    assert "Type your name here" in answer.content.decode()
    assert not Acceptance.unscoped.filter(agreement=offered).exists()


@pytest.mark.parametrize("typed", ["N\0oor", "نور\u202e", "\ufffd", "x" * 5000, "<b>Noor</b>"])
def test_an_odd_name_is_taken_or_answered_but_never_breaks(cast: Any, visit: Any, typed: str) -> None:
    answer = say_yes(visit, cast.noor, offer(cast.noor.client), typed)
    assert answer.status_code in (302, 422)
    assert visit(cast.noor).get(PAGE).status_code == 200


def test_the_yes_is_nobody_elses_to_give(cast: Any, visit: Any) -> None:
    offered = offer(cast.mira.client)
    wrong = (cast.jonas, cast.noor, cast.kai, cast.tove, cast.dov, cast.ada, cast.ben, cast.olu, cast.priya)
    for person in wrong:
        assert say_yes(visit, person, offered).status_code == 404
    assert say_yes(visit, None, offered).status_code == 401
    assert not Acceptance.unscoped.filter(agreement=offered).exists()
    assert visit(cast.mira).get(f"{PAGE}{offered.pk}/acceptance/").status_code == 405
    assert visit(cast.mira).post(f"{PAGE}{uuid4()}/acceptance/", {"name": "M"}).status_code == 404


@pytest.mark.contract("C3")
def test_a_promise_given_under_the_old_version_keeps_its_date(cast: Any, visit: Any) -> None:
    visit(cast.noor).post("/my/messages/", words())
    message = Message.unscoped.get()
    say_yes(visit, cast.noor, offer(cast.noor.client))
    message.refresh_from_db()
    assert message.agreement.number == 1
    assert message.reply_due is not None
