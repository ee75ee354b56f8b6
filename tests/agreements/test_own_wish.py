"""A client who would rather not use messages: one tap and one page, in force at once, and the way back by asking."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.agenda.models import JournalEntry
from interlude.agreements.actions import in_force_for, publish_agreement
from interlude.agreements.models import Acceptance, Agreement
from interlude.agreements.own_wish import would_rather_not
from interlude.audit.models import Event
from interlude.boundaries.actions import grant_exception
from interlude.core.own_wish import OtherWay
from interlude.messaging.models import Message
from interlude.outbox.models import Notice
from tests.agreements.newcomers import newcomer
from tests.agreements.reading import main_text
from tests.cast import DAY, LONG_AGO, NOW, words
from tests.messaging.post import may

PAGE = "/my/first-steps/without-messages/"
BY_PHONE = '[channels]\nphone = "times_only"\n'
WINDOW = may(13, 12)  # Ada's last one before now, at noon in London, was before the wish


def wish(visit: Any, person: Any, way: str = "session") -> Any:
    return visit(person).post(PAGE, {"way": way})


@pytest.mark.contract("A23", "D12", "D31", "C23", "C25")
def test_one_page_says_what_it_means_and_then_it_is_so(cast: Any, visit: Any) -> None:
    page = main_text(visit(cast.noor).get(PAGE).content.decode())
    for said in (
        "That is fine, and it needs no reason",
        "It holds from now on",
        "What you sent before is still answered, by the date you were told",
        "In our sessions only",
        "You can take it back: just ask",
    ):
        assert said in page, said
    assert wish(visit, cast.noor).status_code == 302
    held = in_force_for(cast.noor.client, NOW)
    assert held is not None
    assert (held.number, held.accepted_at, held.wished_by) == (2, NOW, cast.noor)
    policy = held.rules(NOW.date()).policy
    assert policy.messages == "none"
    assert policy.client_text == "You would rather not use messages. That is fine. We talk in our sessions."
    agreement = main_text(visit(cast.noor).get("/my/agreement/").content.decode())
    assert "Ada does not read messages here" in agreement
    assert "You would rather not use messages. That is fine" in agreement
    assert "Put “our messaging” on our list" in visit(cast.noor).get("/my/agreement/").content.decode()


def test_every_other_rule_stays(cast: Any, visit: Any) -> None:
    before = in_force_for(cast.noor.client, NOW).rules(NOW.date()).policy.values()
    wish(visit, cast.noor)
    after = in_force_for(cast.noor.client, NOW).rules(NOW.date()).policy.values()
    assert {key for key in before if before[key] != after[key]} == {"messages", "client_text"}


@pytest.mark.contract("D12", "C22")
def test_the_way_that_the_client_names_is_written_into_the_agreement(cast: Any, visit: Any) -> None:
    wren = newcomer(cast, text=BY_PHONE)
    page = main_text(visit(wren).get(PAGE).content.decode())
    assert "By phone" in page
    assert "By e-mail" not in page, "the rules allow no e-mail"
    wish(visit, wren, "phone")
    held = in_force_for(wren.client, NOW)
    assert "Between our sessions we use the phone." in held.rules(NOW.date()).policy.client_text
    assert held.own_text().count('phone = "times_only"') == 1


@pytest.mark.parametrize("way", ["", "email", "pigeon", "phone", "\0", "x" * 5000])
def test_a_way_that_is_not_open_changes_nothing_and_the_page_says_what_to_do(
    cast: Any, visit: Any, way: str
) -> None:
    answer = wish(visit, cast.noor, way)
    assert answer.status_code == 422
    assert "Choose one of these" in answer.content.decode()
    assert Agreement.unscoped.filter(client=cast.noor.client).count() == 1


def test_a_tap_without_the_page_behind_it_does_nothing(cast: Any, visit: Any) -> None:
    assert visit(cast.noor).get(PAGE).status_code == 200
    assert Agreement.unscoped.filter(client=cast.noor.client).count() == 1


def test_before_any_yes_the_wish_holds_all_the_same(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    wish(visit, wren)
    assert in_force_for(wren.client, NOW).wished_by == wren
    home = main_text(visit(wren).get("/my/").content.decode())
    assert "In our work we do not use messages" in home or "We talk" in home
    assert "first steps" not in home.lower()


def test_pressing_twice_is_one_version_and_one_line(cast: Any, visit: Any) -> None:
    for _ in range(3):
        wish(visit, cast.noor)
    assert Agreement.unscoped.filter(client=cast.noor.client).count() == 2
    assert Event.objects.filter(verb="agreement.wished").count() == 1


def test_a_promise_given_before_is_kept_and_later_words_stay_in_the_journal(cast: Any, visit: Any) -> None:
    browser = visit(cast.noor)
    browser.post("/my/messages/", words())
    sent = Message.unscoped.get()
    wish(visit, cast.noor)
    assert Message.unscoped.get().reply_due == sent.reply_due
    assert "Fri 15 May, 17:00" in main_text(browser.get(f"/my/messages/{sent.pk}/").content.decode())
    browser.post("/my/messages/", words("After the wish."))
    assert Message.unscoped.count() == 1
    assert JournalEntry.unscoped.filter(participant=cast.noor).exists()


def test_an_offer_that_was_open_is_over_with_the_wish(cast: Any, visit: Any) -> None:
    publish_agreement(
        client=cast.noor.client, by=cast.ada, now=NOW - DAY, text="[plan]\nmessages_per_week = 9\n"
    )
    wish(visit, cast.noor)
    held = in_force_for(cast.noor.client, NOW)
    assert held.number == 3
    assert held.rules(NOW.date()).policy.messages_per_week == 3, "what was not accepted does not slip in"


def test_an_exception_from_before_does_not_bring_messages_back(cast: Any, visit: Any) -> None:
    given = {
        "client": cast.noor.client,
        "by": cast.ada,
        "reason": "A hard month.",
        "until": date(2026, 6, 30),
    }
    grant_exception('messages = "open"\n', since=date(2026, 5, 1), now=LONG_AGO, **given)
    wish(visit, cast.noor)
    assert in_force_for(cast.noor.client, NOW).rules(date(2026, 5, 20)).policy.messages == "none"
    grant_exception('messages = "open"\n', since=date(2026, 5, 25), now=NOW, **given)
    assert in_force_for(cast.noor.client, NOW).rules(date(2026, 5, 26)).policy.messages == "open"


@pytest.mark.contract("D3", "C3")
def test_of_a_couple_the_other_is_asked_first_so_nothing_tightens_silently(cast: Any, visit: Any) -> None:
    page = main_text(visit(cast.tove).get(PAGE).content.decode())
    assert "Imre writes here too. So Imre is asked first" in page
    wish(visit, cast.tove)
    wish(visit, cast.tove)
    assert Agreement.unscoped.filter(client=cast.tove.client).count() == 2
    assert in_force_for(cast.tove.client, NOW).number == 1
    assert "Version 2 is here to read" in main_text(visit(cast.imre).get("/my/agreement/").content.decode())
    assert Notice.objects.filter(to=cast.imre.user, kind="agreement", send_at=NOW).count() == 1
    assert not Notice.objects.filter(to=cast.tove.user, send_at=NOW).exists()
    offered = Agreement.unscoped.get(client=cast.tove.client, number=2)
    visit(cast.imre).post(f"/my/agreement/{offered.pk}/acceptance/", {"name": "Imre"})
    assert in_force_for(cast.tove.client, NOW).rules(NOW.date()).policy.messages == "none"


def test_the_clinician_hears_of_it_in_the_next_window_and_not_before(
    cast: Any, visit: Any, clock: Any
) -> None:
    client_page = f"/practice/clients/{cast.noor.client_id}/"
    said = "would rather not use messages"
    wish(visit, cast.noor)
    assert not Notice.objects.filter(to=cast.ada.user).exists()
    clock.set(NOW + timedelta(hours=1))
    for page in ("/practice/", "/practice/?done=1", "/practice/?stay=1", client_page):
        assert said not in visit(cast.ada).get(page).content.decode(), page
    clock.set(may(14, 17, 5))
    for page in ("/practice/", client_page):
        assert said in visit(cast.ada).get(page).content.decode(), page
    clock.set(may(13, 17) + 20 * DAY)
    assert said not in visit(cast.ada).get("/practice/?done=1").content.decode()


@pytest.mark.contract("C35", "E16")
def test_the_way_back_is_to_ask_and_the_clinician_offers_messages_again(
    cast: Any, visit: Any, clock: Any
) -> None:
    wish(visit, cast.noor)
    visit(cast.noor).post("/my/our-list/notes/", {"topic": "our_messaging"})
    clock.set(NOW + DAY)
    address = f"/practice/clients/{cast.noor.client_id}/agreement/"
    page = main_text(visit(cast.ada).get(address).content.decode())
    assert "Noor’s own wish of Wed 13 May" in page
    assert "Noor Haddad wished it so on Wed 13 May" in page
    for _ in range(2):
        assert visit(cast.ada).post(f"{address}messages/", {"number": "3"}).status_code == 302
    offered = Agreement.unscoped.get(client=cast.noor.client, number=3)
    assert offered.accepted_at is None
    assert offered.as_offered().policy.messages == "open"
    assert in_force_for(cast.noor.client, NOW + DAY).number == 2, "nothing changes before the yes"
    visit(cast.noor).post(f"/my/agreement/{offered.pk}/acceptance/", {"name": "Noor"})
    assert in_force_for(cast.noor.client, NOW + DAY).rules(NOW.date()).policy.messages == "open"


def test_messages_are_not_offered_again_where_nobody_wished_them_away(cast: Any, visit: Any) -> None:
    address = f"/practice/clients/{cast.noor.client_id}/agreement/messages/"
    for number in ("2", "", "x", "-1", "9" * 400):
        assert visit(cast.ada).post(address, {"number": number}).status_code == 302
    assert Agreement.unscoped.filter(client=cast.noor.client).count() == 1
    for stranger in (cast.ben, cast.cleo, cast.noor, cast.olu):
        assert visit(stranger).post(address, {"number": "2"}).status_code == 404


def test_the_wish_keeps_its_own_words_too_without_a_name(cast: Any) -> None:
    made = would_rather_not(participant=cast.noor, way=OtherWay.SESSION, now=NOW)
    kept = Acceptance.unscoped.get(agreement=made)
    assert kept.name_typed == ""
    assert kept.has_text
    assert would_rather_not(participant=cast.noor, way=OtherWay.SESSION, now=NOW) is None


def test_the_wish_is_nobody_elses(cast: Any, visit: Any) -> None:
    for stranger in (cast.jonas, cast.ada, cast.olu):
        assert wish(visit, stranger).status_code == 404
    assert visit(None).post(PAGE, {"way": "session"}).status_code == 401
    assert not Agreement.unscoped.filter(wished_by__isnull=False).exists()
    assert uuid4()
