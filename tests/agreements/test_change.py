"""Changed rules: whom they concern and how, the reason, and one act that offers them to all."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from interlude.agreements.actions import publish_agreement
from interlude.agreements.models import Agreement
from interlude.audit.models import Event
from interlude.boundaries.actions import publish_rules
from interlude.outbox.actions import mail_for
from interlude.outbox.models import Notice as Mail
from interlude.practice.actions import add_client
from interlude.practice.models import Client, Clinician
from tests.agreements.changing import (
    FEWER,
    MINE,
    MORE,
    PAGE,
    REASON,
    form_of,
    in_force,
    new_rules,
    newest,
    offer_to,
    read,
)
from tests.agreements.reading import main_text
from tests.cast import DAY, LONG_AGO, NOW, agree_anew

# the clinician's page


@pytest.mark.contract("C4", "C17")
def test_the_page_says_who_is_affected_and_how_in_words_and_from_when(cast: Any, visit: Any) -> None:
    assert "Every agreement is as the rules of today have it" in read(visit, cast.ada, PAGE)
    new_rules(cast)
    page = read(visit, cast.ada, PAGE)
    assert "The rules of today would change 3 agreements" in page
    assert (
        "Noor Haddad. "
        "Messages a week. From 3 to 2, stricter. "
        "It starts after the session on Tue 19 May and not before Thu 28 May. The yes is needed too"
    ) in page
    assert "Mira Sand" in page and "Tove and Imre" in page and "Kai" not in page
    assert Agreement.unscoped.filter(number__gt=1).count() == 0
    assert "/practice/rules/change/" in visit(cast.ada).get("/practice/rules/").content.decode()


@pytest.mark.contract("C17", "C38", "A44")
def test_one_act_offers_it_to_all_and_pressing_twice_is_once(cast: Any, visit: Any) -> None:
    new_rules(cast)
    form = form_of(visit, cast, "noor", "mira", "tove")
    for _ in range(2):
        assert visit(cast.ada).post(PAGE, form).status_code == 302
    offered = Agreement.unscoped.filter(number=2)
    assert {one.client.name for one in offered} == {"Noor Haddad", "Mira Sand", "Tove and Imre"}
    assert not Agreement.unscoped.filter(number=3).exists()
    assert Event.objects.filter(verb="agreement.published", at=NOW).count() == 3
    mails = Mail.objects.filter(kind="agreement", send_at=NOW)
    assert {one.to.email.split("@")[0] for one in mails} == {"noor", "mira", "tove", "imre"}
    said = "".join(mail_for(one).subject + mail_for(one).body for one in mails)
    assert "fewer" not in said and "Ada" not in said
    page = read(visit, cast.ada, PAGE)
    assert "Offered already" in page and "would change" not in page


def test_only_those_who_are_ticked_are_offered_it(cast: Any, visit: Any) -> None:
    new_rules(cast)
    assert offer_to(visit, cast, "noor").status_code == 302
    assert [one.client.name for one in Agreement.unscoped.filter(number=2)] == ["Noor Haddad"]


def test_one_client_alone_is_reached_from_their_agreement(cast: Any, visit: Any) -> None:
    new_rules(cast)
    address = f"/practice/clients/{cast.noor.client_id}/agreement/"
    query = f"?client={cast.noor.client_id}"
    assert f"{PAGE}{query}" in visit(cast.ada).get(address).content.decode()
    page = read(visit, cast.ada, PAGE + query)
    assert "would change one agreement" in page and "Mira" not in page
    form = form_of(visit, cast, "noor", query=query, only=str(cast.noor.client_id))
    answer = visit(cast.ada).post(PAGE, form)
    assert answer["Location"] == address


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_nothing_stricter_is_offered_without_a_reason_and_nothing_typed_is_lost(
    cast: Any, visit: Any, reason: str
) -> None:
    new_rules(cast)
    answer = offer_to(visit, cast, "noor", reason=reason, starts_on="2026-07-01")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nothing gets stricter without a reason that your client can read" in page
    assert 'value="2026-07-01"' in page
    assert not Agreement.unscoped.filter(number=2).exists()


@pytest.mark.parametrize("day", ["2026-05-13", "2026-05-12", "1999-01-01", "9999-12-31", "soon"])
def test_a_day_that_is_not_to_come_is_named_with_what_to_do(cast: Any, visit: Any, day: str) -> None:
    new_rules(cast)
    answer = offer_to(visit, cast, "noor", because="law", starts_on=day)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose tomorrow or later" in page or "Write a day like" in page
    assert escape(REASON) in page
    assert not Agreement.unscoped.filter(number=2).exists()


def test_safety_needs_a_day_in_writing(cast: Any, visit: Any) -> None:
    new_rules(cast)
    answer = offer_to(visit, cast, "noor", because="safety")
    assert answer.status_code == 422 and "Write the day from which it holds" in answer.content.decode()


@pytest.mark.parametrize("reason", ["x" * 1501, "turned \u202e around"])
def test_a_reason_that_cannot_be_shown_is_named_and_kept_in_the_box(
    cast: Any, visit: Any, reason: str
) -> None:
    new_rules(cast)
    answer = offer_to(visit, cast, "noor", reason=reason)
    assert answer.status_code == 422 and reason in answer.content.decode()


def test_what_only_gives_needs_no_reason(cast: Any, visit: Any) -> None:
    new_rules(cast, MORE)
    assert "looser. It only gives more, so it holds as soon as it is offered" in read(visit, cast.ada, PAGE)
    assert offer_to(visit, cast, "noor", reason="").status_code == 302
    assert in_force(cast.noor, NOW) == 2


def test_nobody_ticked_and_a_stranger_ticked_offer_nothing(cast: Any, visit: Any) -> None:
    new_rules(cast)
    form = form_of(visit, cast, "noor")
    for to in (
        [],
        [f"{cast.kai.client_id}:2:0"],
        [f"{cast.dov.client_id}:2:0"],
        ["x"],
        [form["to"][0][:-1] + "_"],
        [form["to"][0].replace(":2:", ":7:")],
    ):
        assert visit(cast.ada).post(PAGE, form | {"to": to}).status_code == 422
    assert not Agreement.unscoped.filter(number=2).exists()


def test_rules_that_changed_in_another_tab_are_read_again_first(cast: Any, visit: Any) -> None:
    new_rules(cast)
    form = form_of(visit, cast, "noor")
    new_rules(cast, FEWER.replace("words = 150", "words = 100"))
    answer = visit(cast.ada).post(PAGE, form)
    assert answer.status_code == 422
    assert "The rules have changed since this page was opened" in answer.content.decode()
    assert "Words in one message. From 150 to 100, stricter" in main_text(answer.content.decode())
    assert not Agreement.unscoped.filter(number=2).exists()
    again = form | {"rules": answer.context["form"].now_shown}
    assert visit(cast.ada).post(PAGE, again).status_code == 302


def test_something_else_offered_in_another_tab_is_read_again_first(cast: Any, visit: Any) -> None:
    new_rules(cast)
    form = form_of(visit, cast, "noor")
    publish_agreement(client=cast.noor.client, by=cast.ada, now=NOW, preset="cbt_homework_support")
    answer = visit(cast.ada).post(PAGE, form)
    assert answer.status_code == 422
    assert "Something else was offered since this page was opened" in answer.content.decode()
    assert not Agreement.unscoped.filter(number=3).exists()


def test_an_offer_that_stands_open_is_withdrawn_openly(cast: Any, visit: Any) -> None:
    old = publish_agreement(
        client=cast.noor.client, by=cast.ada, now=NOW - DAY, preset="cbt_homework_support"
    )
    new_rules(cast)
    assert "Version 2 is still open. It is withdrawn with this" in read(visit, cast.ada, PAGE)
    assert offer_to(visit, cast, "noor").status_code == 302
    old.refresh_from_db()
    assert old.withdrawn_at == NOW
    assert (
        newest(cast.noor).preset == "cbt_homework_support"
    )  # what was offered and not answered is kept in it
    assert Event.objects.filter(verb="agreement.withdrawn", subject=f"agreement:{old.pk}").count() == 1
    assert not Mail.objects.filter(once__startswith=f"agreement:{old.pk}", sent_at=None).exists()
    assert "withdrawn on Wed 13 May. It never held" in read(visit, cast.noor, f"{MINE}?version=2")


def test_rules_that_do_not_fit_together_are_named_for_those_they_concern(cast: Any, visit: Any) -> None:
    agree_anew(cast.noor.client, [cast.noor], preset="async_text_therapy")
    closed = "".join(f"{day} = []\n" for day in ("mon", "tue", "wed", "thu", "fri", "sun"))
    text = f'[hours]\n{closed}sat = ["09:00-13:00"]\n[check]\n{closed}sat = ["10:00"]\n'
    publish_rules(text, practice=cast.alder, clinician=cast.ada, by=None, since=NOW.date(), now=NOW)
    page = read(visit, cast.ada, PAGE)
    assert "Not offered: the rules do not fit together. Noor Haddad" in page


def test_the_pages_are_nobody_elses(cast: Any, visit: Any) -> None:
    new_rules(cast)
    withdrawal = f"/practice/clients/{cast.noor.client_id}/agreement/withdrawal/"
    for person in (cast.noor, cast.jonas, cast.olu, cast.priya, cast.dov):
        assert visit(person).get(PAGE).status_code == 404
    for person in (cast.ben, cast.cleo, cast.noor, cast.olu):
        assert visit(person).post(withdrawal, {"number": "1"}).status_code == 404
    for person in (cast.ben, cast.cleo):
        assert visit(person).get(f"{PAGE}?client={cast.noor.client_id}").status_code == 404
        assert "Noor" not in read(visit, person, PAGE)
    for broken in ("x", "1" * 40):
        assert visit(cast.ada).get(PAGE, {"client": broken}).status_code == 404
    assert visit(None).get(PAGE).status_code == 302


def test_sixty_clients_cost_as_many_questions_as_three(cast: Any, visit: Any) -> None:
    new_rules(cast)
    counts = []
    for many in (3, 20):
        for number in range(many):
            client = add_client(clinician=cast.ada, name=f"Client {number}", by=None, now=LONG_AGO)
            publish_agreement(client=client, by=cast.ada, now=LONG_AGO, preset="warm_two_business_days")
            Agreement.unscoped.filter(client=client).update(accepted_at=LONG_AGO)
        browser = visit(cast.ada)
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            browser.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 25, counts


def test_nothing_is_kept_of_a_care_that_has_ended(cast: Any, visit: Any) -> None:
    new_rules(cast)
    Client.unscoped.filter(pk=cast.noor.client_id).update(ended_at=NOW)
    assert "Noor" not in read(visit, cast.ada, PAGE)


def test_a_therapist_without_clients_reads_that_all_is_well(cast: Any, visit: Any) -> None:
    Client.unscoped.filter(clinician=cast.ada).update(clinician=Clinician.unscoped.get(pk=cast.ben.pk))
    assert "Every agreement is as the rules of today have it" in read(visit, cast.ada, PAGE)
