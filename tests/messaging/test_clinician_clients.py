"""A clinician's clients: who they are, what was written and answered, and who may read it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interlude.appointments.actions import plan_session
from interlude.audit.models import Event
from interlude.messaging.answering import reply_to
from interlude.practice.actions import add_client
from interlude.practice.models import Client
from tests.cast import LONG_AGO
from tests.messaging.post import TEXT, many, may, page, send

CLIENTS = "/practice/clients/"
pytestmark = pytest.mark.usefixtures("in_alder")


def of(client: Client) -> str:
    return reverse("clinician:client", args=[client.pk])


def queries(browser: Any, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_the_list_has_my_clients_with_their_next_session(cast: Any, visit: Any) -> None:
    Client.objects.filter(pk=cast.mira.client_id).update(ended_at=may(1, 12))
    body = page(visit(cast.ada).get(CLIENTS))
    names = re.findall(r'row__name">([^<]+)<', body)
    assert names == ["Noor Haddad", "Tove and Imre", "Mira Sand"]
    assert "Next session" in body
    assert "Care ended on" in body
    assert "Kai" not in body


def test_the_list_costs_the_same_for_three_and_for_sixty(cast: Any, visit: Any) -> None:
    few = queries(visit(cast.ada), CLIENTS)
    for number in range(60):
        client = add_client(clinician=cast.ada, name=f"Client {number}", by=None, now=LONG_AGO)
        plan_session(client=client, starts_at=may(20, 9), by=None, now=LONG_AGO)
    assert queries(visit(cast.ada), CLIENTS) == few
    assert "Those after" in page(visit(cast.ada).get(CLIENTS))
    assert visit(cast.ada).get(CLIENTS, {"page": "nonsense"}).status_code == 200


def test_a_clients_page_has_what_was_handed_over_and_what_was_answered(
    cast: Any, visit: Any, clock: Any
) -> None:
    message = send(cast.noor, at=may(12, 9))
    reply_to(message, "As it comes.", by=cast.ada, now=may(12, 17, 5), reply_id=message.pk)
    send(cast.noor, "not handed over yet", at=may(13, 14))
    clock.set(may(13, 14, 30))
    body = page(visit(cast.ada).get(of(cast.noor.client)))
    assert TEXT in body
    assert "As it comes." in body
    assert "not handed over yet" not in body
    assert "Noor Haddad, and you." in re.sub(r"\s+", " ", body)
    assert "Version 1, in force since" in body
    assert "<title>A client</title>" in body


def test_opening_a_clients_page_leaves_one_line_with_ids_alone(cast: Any, visit: Any, clock: Any) -> None:
    first, second = send(cast.noor, at=may(11, 9)), send(cast.noor, at=may(12, 9))
    visit(cast.ada).get(of(cast.noor.client))
    line = Event.objects.get(verb="messages.opened")
    assert line.subject == f"client:{cast.noor.client_id}"
    assert set(str(line.facts["ids"]).split(",")) == {str(first.pk), str(second.pk)}
    visit(cast.ada).get(of(cast.mira.client))
    assert Event.objects.filter(verb="messages.opened").count() == 1


def test_the_page_says_what_a_guardian_does_not_see(cast: Any, visit: Any) -> None:
    body = page(visit(cast.ada).get(of(cast.mira.client)))
    assert "Jonas Sand is a guardian and sees times and bills only." in body
    assert "Mira Sand, and you." in re.sub(r"\s+", " ", body)


def test_an_answer_that_has_not_left_is_shown_with_its_time(cast: Any, visit: Any, clock: Any) -> None:
    message = send(cast.noor, at=may(12, 9))
    reply_to(message, "Sleep well.", by=cast.ada, now=may(12, 22), reply_id=message.pk)
    clock.set(may(12, 22, 1))
    body = page(visit(cast.ada).get(of(cast.noor.client)))
    assert "leaves on" in body
    assert "Wed 13 May, 9:00" in body


def test_a_long_conversation_comes_in_pages_with_fixed_queries(cast: Any, visit: Any, clock: Any) -> None:
    rows = many(cast.noor, 5, at=may(4, 12))
    clock.set(may(14, 17, 5))
    few = queries(visit(cast.ada), of(cast.noor.client))
    rows += many(cast.noor, 300, at=may(5, 12))
    ada, address, pages, seen = visit(cast.ada), of(cast.noor.client), 0, 0
    assert queries(ada, address) == few
    assert few <= 40
    while address:
        body = page(ada.get(address))
        seen, pages = seen + body.count("A canary sang"), pages + 1
        older = re.search(r'href="(\?before=[^"]+)"', body)
        address = of(cast.noor.client) + older[1] if older else ""
    assert (pages, seen) == (16, len(rows))


def test_a_page_before_a_strangers_message_is_the_newest_page(cast: Any, visit: Any, clock: Any) -> None:
    foreign = send(cast.kai, at=may(12, 9))
    send(cast.noor, at=may(12, 9))
    for wrong in (str(foreign.pk), "nonsense", "\0"):
        assert TEXT in page(visit(cast.ada).get(of(cast.noor.client), {"before": wrong}))


@pytest.mark.parametrize("who", ["ben", "cleo", "noor", "jonas", "olu", "priya"])
def test_nobody_else_opens_it(cast: Any, visit: Any, who: str) -> None:
    assert visit(getattr(cast, who)).get(of(cast.noor.client)).status_code == 404


def test_signed_out_one_is_asked_to_sign_in(cast: Any, visit: Any) -> None:
    assert visit(None).get(of(cast.noor.client)).status_code == 302


def test_the_account_page_names_the_ways_to_sign_in(cast: Any, visit: Any) -> None:
    body = page(visit(cast.ada).get("/practice/account/"))
    assert "Ada Lindqvist" in body
    assert "ada@example.org" in body
    assert "Europe/London" in body
    assert visit(cast.noor).get("/practice/account/").status_code == 404


def test_a_client_without_messages_or_agreement_has_a_page(cast: Any, visit: Any) -> None:
    fresh = add_client(clinician=cast.ada, name="Nell New", by=None, now=LONG_AGO + timedelta(days=1))
    body = page(visit(cast.ada).get(of(fresh)))
    assert "Nothing was handed over so far." in body
    assert "None yet." in body
