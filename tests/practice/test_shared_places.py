"""One mailbox or one telephone for two people of a care: named where it is typed, and afterwards."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from interlude.audit.models import Event
from interlude.practice.contacts import say_phone, shared_in
from interlude.practice.invitations import WrongAddress, invite
from interlude.practice.models import Invitation, Participant
from tests.agreements.reading import main_text
from tests.cast import NOW, Cast

NUMBER = "+44 7700 900123"


def page(visit: Any, person: Any, address: str) -> str:
    return main_text(visit(person).get(address).content.decode())


@pytest.mark.contract("D8", "C20")
def test_a_guardian_with_the_teenagers_number_is_named_when_typed_and_afterwards(
    cast: Cast, visit: Any
) -> None:
    owner, jonas = visit(cast.priya), f"/office/people/persons/{cast.jonas.pk}/"
    assert owner.post(f"/office/people/persons/{cast.mira.pk}/phone/", {"phone": NUMBER}).status_code == 302
    first = owner.post(f"{jonas}phone/", {"phone": "07700 900123"})
    assert first.status_code == 422
    said = first.content.decode()
    assert "Mira Sand has this number too" in said and "07700 900123" in said
    assert Participant.unscoped.get(pk=cast.jonas.pk).sealed_phone is None
    assert owner.post(f"{jonas}phone/", {"phone": "07700 900123", "knowing": "on"}).status_code == 302
    assert "have one phone number" in page(visit, cast.priya, jonas)
    assert "Jonas and Mira have one phone number" in page(visit, cast.priya, "/office/people/")
    assert "have one phone number: " in page(
        visit, cast.ada, f"/practice/clients/{cast.mira.client_id}/readers/"
    )
    hers = page(visit, cast.mira, "/my/readers/")
    assert "You and Jonas have the same phone number here" in hers
    assert "900123" not in hers
    assert "900123" not in page(visit, cast.jonas, "/my/readers/")
    assert owner.post(f"{jonas}phone/", {"phone": ""}).status_code == 302
    assert not shared_in(cast.mira.client)


def test_a_number_is_sealed_and_in_no_line_of_the_record(cast: Cast) -> None:
    say_phone(cast.noor, NUMBER, by=cast.priya, now=NOW)
    row = Participant.unscoped.get(pk=cast.noor.pk)
    assert row.sealed_phone is not None and b"900123" not in bytes(row.sealed_phone)
    assert "900123" not in str(list(Event.objects.values()))


@pytest.mark.parametrize("number", ["12", "no number", "+44"])
def test_what_is_no_number_is_said(cast: Cast, visit: Any, number: str) -> None:
    answer = visit(cast.priya).post(f"/office/people/persons/{cast.noor.pk}/phone/", {"phone": number})
    assert answer.status_code == 422 and "too short for a phone number" in answer.content.decode()


@pytest.mark.parametrize("address", ["mira@example.org", "MIRA@example.org", "mira+dad@example.org"])
def test_a_guardian_is_not_invited_into_the_teenagers_mailbox(cast: Cast, visit: Any, address: str) -> None:
    joining = {
        "role": "guardian", "name": "Gwen Second", "email": address, "zone": "Europe/London", "country": "GB",
        "form_id": str(uuid4()),
    }  # fmt: skip
    answer = visit(cast.priya).post(f"/office/people/cares/{cast.mira.client_id}/join/", joining)
    assert answer.status_code == 422
    assert "belongs to Mira Sand, of the same care" in answer.content.decode()
    assert not Participant.unscoped.filter(name="Gwen Second").exists()
    Participant.unscoped.filter(pk=cast.jonas.pk).update(user=None)
    again = visit(cast.priya).post(
        f"/office/people/participant/{cast.jonas.pk}/invitation/", {"email": address}
    )
    assert again.status_code == 422 and "somebody else of the same care, Mira Sand" in again.content.decode()
    with pytest.raises(WrongAddress):
        invite(Participant.unscoped.get(pk=cast.jonas.pk), email=address, by=cast.priya, now=NOW)
    assert not Invitation.unscoped.exists()


def test_somebody_joins_once_however_often_it_is_sent(cast: Cast, visit: Any) -> None:
    joining = {
        "role": "guardian", "name": "Gwen Second", "email": "gwen@example.org", "zone": "Europe/London",
        "country": "", "form_id": str(uuid4()),
    }  # fmt: skip
    address = f"/office/people/cares/{cast.mira.client_id}/join/"
    owner = visit(cast.priya)
    assert owner.post(address, joining).status_code == 200
    assert owner.post(address, joining).status_code == 302
    assert Participant.unscoped.filter(name="Gwen Second").count() == 1
