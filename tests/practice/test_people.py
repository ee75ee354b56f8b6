"""People, for the owner alone: adding, inviting, seeing out."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.audit.models import Event
from interlude.outbox.models import Notice
from interlude.practice.actions import see_out
from interlude.practice.invitations import WrongAddress, invite
from interlude.practice.models import Client, Clinician, Invitation, OfficeMember, Participant
from tests.cast import NOW, Cast

PEOPLE, ADD = "/office/people/", "/office/people/add/"
HERE = {"zone": "Europe/London", "country": "GB"}


def form(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "form_id": str(uuid4()), **fields}


def person(cast: Cast, **fields: Any) -> dict[str, Any]:
    return form("person", name="New Person", email="new@place.org", clinician=cast.ada.pk, **HERE, **fields)


def young(cast: Cast, **fields: Any) -> dict[str, Any]:
    given = {
        "name": "Young Person",
        "email": "young@place.org",
        "born": "2011-02-03",
        "guardian_name": "Old Person",
        "guardian_email": "old@place.org",
        "clinician": cast.ada.pk,
        **HERE,
    }
    return form("young", **given | fields)


def codes(page: str) -> list[str]:
    return re.findall(r"[A-Z2-9]{4} [A-Z2-9]{4}", page)


def test_a_client_is_added_invited_and_their_code_is_shown_once(cast: Cast, visit: Any) -> None:
    owner = visit(cast.priya)
    shown = owner.post(ADD, person(cast)).content.decode()
    assert len(codes(shown)) == 1
    assert "In person or by phone, never by mail" in shown
    someone = Participant.unscoped.get(name="New Person")
    assert (someone.client.clinician, someone.role, someone.country) == (cast.ada, "self", "GB")
    notice = Notice.objects.get(address="new@place.org")
    assert notice.kind == "invitation" and codes(shown)[0] not in notice.link
    assert not codes(owner.get(PEOPLE).content.decode())


def test_the_code_is_kept_nowhere_in_clear(cast: Cast, visit: Any) -> None:
    code = codes(visit(cast.priya).post(ADD, person(cast)).content.decode())[0].replace(" ", "")
    kept = str(list(Invitation.unscoped.values())) + str(list(Event.objects.values()))
    assert code not in kept + str(list(Notice.objects.values()))


def test_pressing_twice_adds_nobody_twice(cast: Cast, visit: Any) -> None:
    owner, sent = visit(cast.priya), person(cast)
    assert owner.post(ADD, sent).status_code == 200
    assert owner.post(ADD, sent).status_code == 302
    assert Participant.unscoped.filter(name="New Person").count() == 1
    assert Invitation.unscoped.filter(email="new@place.org").count() == 1
    assert Client.unscoped.filter(name="New Person").count() == 1


@pytest.mark.contract("D8")
def test_a_young_person_and_a_guardian_each_get_an_account_of_their_own(cast: Cast, visit: Any) -> None:
    shown = visit(cast.priya).post(ADD, young(cast)).content.decode()
    assert len(set(codes(shown))) == 2
    client = Client.unscoped.get(name="Young Person")
    assert client.born_on == date(2011, 2, 3)
    assert dict(client.participants.values_list("name", "role")) == {
        "Young Person": "self",
        "Old Person": "guardian",
    }


@pytest.mark.parametrize("address", ["young@place.org", "YOUNG@place.org "])
def test_one_mailbox_for_teenager_and_guardian_is_refused_with_the_reason(
    address: str, cast: Cast, visit: Any
) -> None:
    answer = visit(cast.priya).post(ADD, young(cast, guardian_email=address))
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "young@place.org" in said and "would reach the young person" in said
    assert not Client.unscoped.filter(name="Young Person").exists()


def test_a_guardian_cannot_be_invited_later_at_the_teenagers_address(cast: Cast, visit: Any) -> None:
    owner = visit(cast.priya)
    owner.post(ADD, young(cast))
    guardian = Participant.unscoped.get(name="Old Person")
    answer = owner.post(f"{PEOPLE}participant/{guardian.pk}/invitation/", {"email": "young@place.org"})
    assert answer.status_code == 422 and "somebody else of the same care" in answer.content.decode()
    with pytest.raises(WrongAddress):
        invite(guardian, email="young@place.org", by=cast.priya, now=NOW)
    taken = owner.post(f"{PEOPLE}participant/{cast.jonas.pk}/invitation/", {"email": "mira@example.org"})
    assert taken.status_code == 422


def test_a_couple_is_two_people_with_two_addresses(cast: Cast, visit: Any) -> None:
    sent = form(
        "couple", name="One", email="one@place.org", other_name="Two", other_email="two@place.org",
        clinician=cast.ada.pk, **HERE,
    )  # fmt: skip
    owner = visit(cast.priya)
    assert owner.post(ADD, sent | {"other_email": "one@place.org"}).status_code == 422
    assert len(codes(owner.post(ADD, sent).content.decode())) == 2
    client = Client.unscoped.get(name="One & Two")
    assert client.kind == "couple"
    assert set(client.participants.values_list("role", flat=True)) == {"partner"}


@pytest.mark.parametrize(
    ("kind", "role"), [("desk", OfficeMember.Role.DESK), ("owner", OfficeMember.Role.OWNER)]
)
def test_people_of_the_office_come_in_with_the_role_that_was_chosen(
    kind: str, role: str, cast: Cast, visit: Any
) -> None:
    visit(cast.priya).post(
        ADD, form(kind, name="New Here", email="new@place.org", role="owner", is_staff=True)
    )
    assert OfficeMember.unscoped.get(name="New Here").role == role


def test_a_therapist_comes_in_with_a_place(cast: Cast, visit: Any) -> None:
    sent = form("clinician", name="Ana Vic", email="ana@place.org", zone="Asia/Kolkata", country="IN")
    visit(cast.priya).post(ADD, sent | {"supervisor": cast.ada.pk, "practice": cast.birch.pk})
    there = Clinician.unscoped.get(name="Ana Vic")
    assert (there.zone, there.country, there.supervisor, there.practice) == (
        "Asia/Kolkata", "IN", None, cast.alder,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"zone": "Europe/Londn"}, "There is no time zone “Europe/Londn”"),
        ({"zone": "../etc/passwd"}, "There is no time zone"),
        ({"country": "XX"}, "There is no country “XX”"),
        ({"email": "nobody"}, "This is no e-mail address"),
        ({"email": ""}, "field__fix"),
        ({"name": "  "}, "field__fix"),
        ({"name": "A" * 1_000_000}, "field__fix"),
        ({"clinician": "0" * 32}, "Choose a therapist of this practice"),
        ({"clinician": "no id"}, "Choose a therapist of this practice"),
    ],
)
def test_what_makes_no_sense_is_told_and_nobody_is_added(
    wrong: dict[str, str], said: str, cast: Cast, visit: Any
) -> None:
    answer = visit(cast.priya).post(ADD, person(cast) | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Participant.unscoped.filter(name__startswith="New").exists()


@pytest.mark.parametrize("born", ["9999-01-01", "1066-10-14", "2026-05-14", "31.02.2011", ""])
def test_a_day_of_birth_that_cannot_be_is_told(born: str, cast: Cast, visit: Any) -> None:
    assert visit(cast.priya).post(ADD, young(cast, born=born)).status_code == 422


def test_a_name_keeps_every_script_and_loses_line_ends_and_unseen_signs(cast: Cast, visit: Any) -> None:
    visit(cast.priya).post(
        ADD, person(cast) | {"form_id": "no id", "name": "\0 ना\u202eम\r\nSet-Cookie: x\u200b "}
    )
    assert Participant.unscoped.filter(name="नाम Set-Cookie: x").exists()


def test_a_therapist_of_another_practice_cannot_be_chosen(cast: Cast, visit: Any) -> None:
    owner = visit(cast.priya)
    assert owner.post(ADD, person(cast) | {"clinician": cast.cleo.pk}).status_code == 422
    assert "Cleo" not in owner.get(f"{ADD}?kind=person").content.decode()


def test_the_desk_and_everybody_else_finds_no_such_page(cast: Cast, visit: Any) -> None:
    somebody = cast.noor.pk
    for one in (cast.olu, cast.noor, cast.jonas, cast.ada, cast.cleo):
        browser = visit(one)
        assert browser.get(PEOPLE).status_code == browser.get(ADD).status_code == 404
        assert browser.post(ADD, person(cast)).status_code == 404
        for act in ("invitation", "leaving"):
            assert (
                browser.post(f"{PEOPLE}participant/{somebody}/{act}/", {"email": "a@b.org"}).status_code
                == 404
            )
    assert not Participant.unscoped.filter(name="New Person").exists()
    assert "People" not in visit(cast.olu).get("/office/").content.decode().replace("People here", "")


def test_an_owner_reaches_nobody_of_another_practice(cast: Cast, visit: Any) -> None:
    owner = visit(cast.priya)
    for kind, one in (("participant", cast.dov), ("clinician", cast.cleo)):
        for act in ("invitation", "leaving"):
            answer = owner.post(f"{PEOPLE}{kind}/{one.pk}/{act}/", {"email": "a@b.org"})
            assert answer.status_code == 404
    assert owner.post(f"{PEOPLE}nobody/{cast.noor.pk}/leaving/").status_code == 404
    page = owner.get(PEOPLE).content.decode()
    assert "Dov" not in page and "Noor" in page


def test_who_leaves_finds_nothing_with_the_next_click(cast: Cast, visit: Any) -> None:
    open_pages = {one.name: visit(one) for one in (cast.ada, cast.olu, cast.noor)}
    homes = {cast.ada.name: "/practice/", cast.olu.name: "/office/", cast.noor.name: "/my/"}
    owner = visit(cast.priya)
    for kind, one in (("clinician", cast.ada), ("office", cast.olu), ("participant", cast.noor)):
        assert open_pages[one.name].get(homes[one.name]).status_code == 200
        assert owner.post(f"{PEOPLE}{kind}/{one.pk}/leaving/").status_code == 302
        assert open_pages[one.name].get(homes[one.name]).status_code == 404
        assert "There is no place here for you" in open_pages[one.name].get("/").content.decode()
    assert Event.objects.filter(verb="staff.left").count() == 2


def test_who_was_seen_out_cannot_use_an_invitation_from_before(cast: Cast) -> None:
    invited = invite(cast.ben, email="ben@example.org", by=cast.priya, now=NOW)
    see_out(cast.ben, by=cast.priya, now=NOW)
    invited.invitation.refresh_from_db()
    assert not invited.invitation.is_open(NOW)


def test_the_last_owner_stays(cast: Cast, visit: Any) -> None:
    owner = visit(cast.priya)
    answer = owner.post(f"{PEOPLE}office/{cast.priya.pk}/leaving/", follow=True)
    assert "is the last owner who signs in" in answer.content.decode()
    assert owner.get(PEOPLE).status_code == 200


def test_an_invitation_goes_to_ones_own_address_alone(cast: Cast, visit: Any) -> None:
    """Else an owner could read a clinician's clients through a mailbox of their own."""
    answer = visit(cast.priya).post(
        f"{PEOPLE}clinician/{cast.ada.pk}/invitation/", {"email": "priya@evil.org"}
    )
    assert answer.status_code == 422
    assert "signs in with another address" in answer.content.decode()
    with pytest.raises(WrongAddress):
        invite(cast.ada, email="priya@evil.org", by=cast.priya, now=NOW)


def test_the_list_says_who_signs_in_who_is_invited_and_whose_link_ran_out(
    cast: Cast, visit: Any, clock: Any
) -> None:
    owner = visit(cast.priya)
    owner.post(ADD, person(cast))
    assert "Invited until" in owner.get(PEOPLE).content.decode()
    clock.set(NOW + timedelta(hours=73))
    page = visit(cast.priya).get(PEOPLE).content.decode()
    assert "The invitation has run out" in page and "Signs in" in page


def test_the_list_asks_the_database_the_same_few_times(cast: Cast, visit: Any) -> None:
    owner = visit(cast.priya)
    owner.post(ADD, person(cast) | {"email": "first@place.org"})
    owner.get(PEOPLE)
    with CaptureQueriesContext(connection) as few:
        owner.get(PEOPLE)
    for number in range(5):
        owner.post(ADD, person(cast) | {"email": f"new{number}@place.org"})
    with CaptureQueriesContext(connection) as many:
        owner.get(PEOPLE)
    assert len(few) == len(many) <= 14


def test_no_address_and_no_name_is_in_the_record(cast: Cast, visit: Any) -> None:
    visit(cast.priya).post(ADD, person(cast))
    written = str(list(Event.objects.values_list("verb", "subject", "actor", "facts")))
    assert "person.invited" in written
    assert "new@place.org" not in written and "New Person" not in written
