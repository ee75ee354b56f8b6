"""Who can read this: said before the first word, kept by every page and every row."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from interlude.agenda.actions import keep_words
from interlude.agenda.models import ListItem
from interlude.agreements.actions import accept_agreement, part_in, publish_agreement
from interlude.agreements.deciding import write_decision
from interlude.agreements.models import Agreement, Suitability
from interlude.agreements.readers import readers_for
from interlude.agreements.secrets_rule import choose_secrets
from interlude.checkins.actions import say_welcome
from interlude.checkins.models import Welcome
from interlude.core.errors import BadPolicy
from interlude.messaging.actions import send_message
from interlude.messaging.answering import readers as told
from interlude.messaging.answering import reply_to
from interlude.messaging.models import Message
from interlude.outbox.models import Notice
from interlude.practice.actions import add_client, add_participant, see_out
from interlude.practice.models import Client, OfficeMember, Participant
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, NOW, words
from tests.cast import agree_anew as agreed_long_ago

BOX = "/my/write/homework/"
SECRET = "The blue door."


def read(visit: Any, person: Any, address: str) -> str:
    answer = visit(person).get(address)
    assert answer.status_code == 200, address
    return main_text(answer.content.decode())


def send(writer: Participant, text: str = SECRET, *, at: datetime = NOW, topic: str = "homework") -> Any:
    return send_message(text, participant=writer, draft_id=uuid4(), topic=topic, now=at).stored  # type: ignore[union-attr]


def agree_anew(client: Client, writers: list[Participant], *, at: datetime = NOW) -> Agreement:
    agreement = publish_agreement(client=client, by=client.clinician, now=at, preset="warm_two_business_days")
    for one in writers:
        accept_agreement(agreement=agreement, participant=one, name_typed=one.name, now=at)
    agreement.refresh_from_db()
    return agreement


@pytest.fixture
def rana(cast: Any, in_alder: None) -> Participant:
    """Somebody who joins Tove and Imre after months, with an account."""
    from tests.access.people import _account  # noqa: PLC0415

    joined = add_participant(client=cast.tove.client, name="Rana Later", role="partner", by=None, now=NOW)
    return _account(joined)  # type: ignore[no-any-return]


def sees(person: Participant, row: Message, *, at: datetime = NOW) -> bool:
    return Message.unscoped.visible_to(person, at=at).filter(pk=row.pk).exists()


@pytest.mark.contract("C32", "D29", "B2")
def test_who_comes_later_sees_nothing_of_before_and_reads_along_once_all_have_agreed(
    cast: Any, visit: Any, rana: Participant
) -> None:
    before = send(cast.tove)
    answer = reply_to(before, "An old answer.", by=cast.ada, now=NOW, reply_id=uuid4(), at_once=True)
    note = keep_words("Old note.", client=rana.client, topic="session", by=cast.tove, now=NOW)
    late = NOW + 3 * DAY
    assert not sees(rana, before, at=late)
    assert not ListItem.unscoped.visible_to(rana).filter(pk=note.pk).exists()
    browser = visit(rana)
    assert browser.get(f"/my/messages/{before.pk}/").status_code == 404
    for address in ("/my/", "/my/conversation/", "/my/our-list/", "/my/agreement/", "/my/readers/"):
        page = browser.get(address).content.decode()
        assert SECRET not in page and "An old answer." not in page and "Old note." not in page, address
    assert "Messages begin for you once all of you have said yes" in read(visit, rana, "/my/")

    agree_anew(rana.client, [cast.tove, cast.imre, rana])
    fresh = send(cast.tove, "Under version two.")
    assert sees(rana, fresh) and sees(cast.imre, fresh)
    assert not sees(rana, before, at=late)
    assert answer.reply.pk  # type: ignore[union-attr]
    assert "An old answer." not in visit(rana).get("/my/conversation/").content.decode()


@pytest.mark.contract("C32", "D29")
def test_what_a_clinician_told_the_others_before_is_not_told_to_who_comes_later(
    cast: Any, rana: Participant
) -> None:
    for day, text in ((-2, "Before Rana."), (2, "With Rana.")):
        key: Any = {"client": rana.client, "by": cast.ada, "now": NOW + day * DAY}
        write_decision({"age_why": text}, decision="fits", record_id=uuid4(), **key)
        say_welcome(text, welcome_id=uuid4(), **key)
    later = NOW + 9 * DAY
    decisions, welcomes = Suitability.objects, Welcome.objects
    assert [one.number for one in decisions.visible_to(rana)] == [2]
    assert [one.number for one in decisions.visible_to(cast.tove)] == [2, 1]
    assert welcomes.visible_to(rana, at=later).count() == 1
    assert welcomes.visible_to(cast.tove, at=later).count() == 2


def test_who_comes_later_cannot_say_yes_to_what_others_agreed(cast: Any, visit: Any, rana: Any) -> None:
    old = cast.tove.client.agreements.get()
    said = visit(rana).post(f"/my/agreement/{old.pk}/acceptance/", {"name": "Rana"}, follow=True)
    assert "agreed before you came" in said.content.decode()
    assert not rana.acceptances.exists()
    assert part_in(old, rana, NOW) == "late"
    assert "This was agreed before you came" in read(visit, rana, "/my/agreement/")


def test_what_who_comes_later_writes_waits_in_the_journal_and_the_others_go_on(
    cast: Any, visit: Any, rana: Any
) -> None:
    browser = visit(rana)
    browser.post("/my/messages/", words("My first words."))
    assert not Message.unscoped.filter(participant=rana).exists()
    assert rana.journal.get().not_sent == "not_accepted"
    assert isinstance(send(cast.tove), Message)
    assert "once all of you have said yes to one version" in read(visit, rana, BOX)
    assert {one.name for one in told(send(cast.imre), at=NOW)} == {"Tove Brandt", "Imre Vass"}


@pytest.mark.contract("C29")
def test_when_one_leaves_writing_waits_for_those_who_stay_to_agree_anew(
    cast: Any, visit: Any, in_alder: None
) -> None:
    before = send(cast.tove)
    see_out(cast.imre, by=cast.priya, now=NOW)
    assert visit(cast.imre).get("/my/").status_code == 404
    visit(cast.tove).post("/my/messages/", words("Alone now."))
    assert cast.tove.journal.get().not_sent == "not_accepted"
    assert "no longer part of our sessions" in read(visit, cast.tove, "/my/")
    assert sees(cast.tove, before)
    agree_anew(cast.tove.client, [cast.tove])
    assert isinstance(send(cast.tove, "And again."), Message)


def test_an_offer_waits_for_nobody_who_has_left(cast: Any, in_alder: None) -> None:
    see_out(cast.imre, by=cast.priya, now=NOW)
    assert agree_anew(cast.tove.client, [cast.tove]).accepted_at == NOW


@pytest.mark.contract("C29", "D20")
def test_several_people_cannot_be_offered_anything_before_the_rule_on_secrets_is_chosen(
    cast: Any, visit: Any, in_alder: None
) -> None:
    client = add_client(clinician=cast.ada, name="Two", by=None, now=NOW, kind="couple")
    for name in ("One Two", "Two Two"):
        add_participant(client=client, name=name, role="partner", by=None, now=NOW)
    with pytest.raises(BadPolicy, match="no secrets"):
        publish_agreement(client=client, by=cast.ada, now=NOW, preset="warm_two_business_days")
    address = f"/practice/clients/{client.pk}/agreement/"
    page = read(visit, cast.ada, f"{address}?preset=warm_two_business_days")
    assert "Choose first what each may read of the others" in page and "Offer this as version" not in page
    chosen = {"preset": "warm_two_business_days", "number": "1"}
    assert visit(cast.ada).post(address, chosen).status_code == 422
    assert not client.agreements.exists()
    visit(cast.ada).post(f"/practice/clients/{client.pk}/secrets/", {"secrets": "limited_secrets"})
    assert visit(cast.ada).post(address, chosen).status_code == 302
    assert client.agreements.get().shares is False


def test_a_starting_point_that_says_it_is_a_choice_too(cast: Any, in_alder: None) -> None:
    Client.unscoped.filter(pk=cast.tove.client_id).update(secrets="")
    made = publish_agreement(client=cast.tove.client, by=cast.ada, now=NOW, preset="couples_no_secrets")
    assert made.as_offered().policy.secrets == "no_secrets"
    assert made.own_text() == ""


@pytest.mark.contract("C32", "D29")
def test_under_limited_secrets_each_reads_what_they_wrote_and_no_count_tells_of_the_other(
    cast: Any, visit: Any, in_alder: None
) -> None:
    choose_secrets(cast.tove.client, Client.Secrets.LIMITED, by=cast.ada, now=NOW)
    agree_anew(cast.tove.client, [cast.tove, cast.imre])
    hers = send(cast.tove)
    kept = send(cast.tove, "For us to talk.", topic="session")
    keep_words("Her note.", client=cast.tove.client, topic="session", by=cast.tove, now=NOW)
    reply_to(hers, "Just for you.", by=cast.ada, now=NOW, reply_id=uuid4(), at_once=True)
    assert sees(cast.tove, hers) and not sees(cast.imre, hers)
    assert {one.name for one in told(hers, at=NOW)} == {"Tove Brandt"}
    his = visit(cast.imre)
    for address in ("/my/", "/my/conversation/", "/my/our-list/", BOX, "/my/readers/"):
        page = his.get(address).content.decode()
        assert SECRET not in page and "Just for you." not in page and "Her note." not in page, address
        assert str(kept.pk) not in page
    assert "This is the first." in read(visit, cast.imre, BOX)
    assert "This is the second." in read(visit, cast.tove, BOX)
    assert not Notice.objects.filter(to=cast.imre.user, kind="answer").exists()
    line = read(visit, cast.imre, BOX)
    assert "Only you and Ada can read this. Tove cannot" in line
    assert "Here each of you writes for themself" in line


def test_a_rule_that_is_chosen_anew_touches_nothing_that_was_written(cast: Any, in_alder: None) -> None:
    choose_secrets(cast.tove.client, Client.Secrets.LIMITED, by=cast.ada, now=NOW)
    shared = send(cast.tove, "Still under version one.")
    assert sees(cast.imre, shared)
    agree_anew(cast.tove.client, [cast.tove, cast.imre])
    apart = send(cast.tove, "Under limited secrets.")
    assert not sees(cast.imre, apart) and sees(cast.imre, shared)
    assert choose_secrets(cast.tove.client, Client.Secrets.NONE, by=cast.ada, now=NOW)
    assert not choose_secrets(cast.tove.client, Client.Secrets.NONE, by=cast.ada, now=NOW)
    agree_anew(cast.tove.client, [cast.tove, cast.imre])
    assert not sees(cast.imre, apart) and sees(cast.imre, shared)


def test_the_pages_say_what_the_rows_do(cast: Any, rana: Participant) -> None:
    """The core's answer and the door to the rows agree, for every pair and both rules."""
    everybody = [cast.tove, cast.imre, rana]
    for rule in (Client.Secrets.NONE, Client.Secrets.LIMITED):
        choose_secrets(rana.client, rule, by=cast.ada, now=NOW)
        agreement = agree_anew(rana.client, everybody)
        policy = agreement.as_offered().policy
        for writer in everybody:
            message = send(writer)
            said = readers_for(writer, policy, agreement=agreement, now=NOW)
            can = {line.name for line in said.members} | {writer.name}
            assert can == {one.name for one in everybody if sees(one, message)}
            assert can == {one.name for one in told(message, at=NOW)}


@pytest.mark.parametrize(
    ("who", "line"),
    [
        ("noor", "Only you and Ada can read this."),
        ("mira", "Only you and Ada can read this. Jonas cannot."),
        ("tove", "You, Imre and Ada can read this. There are no secrets between you here."),
    ],
)
@pytest.mark.contract("A7", "D8", "D14")
def test_the_line_stands_above_the_box_and_above_the_conversation(
    cast: Any, visit: Any, who: str, line: str
) -> None:
    person = getattr(cast, who)
    page = " ".join(read(visit, person, BOX).split())
    assert page.index(line) < page.index("Your message")
    assert line in " ".join(read(visit, person, "/my/conversation/").split())


@pytest.mark.contract("D17", "D31")
def test_a_trainee_and_the_supervisor_by_name_are_told_before_the_first_key(
    cast: Any, visit: Any, in_alder: None
) -> None:
    with pytest.raises(BadPolicy, match="supervisor"):
        publish_agreement(client=cast.noor.client, by=cast.ada, now=NOW, preset="trainee_supervised")
    answer = visit(cast.priya).post(
        f"/office/people/clinicians/{cast.ada.pk}/supervisor/", {"supervisor": str(cast.ben.pk)}
    )
    assert answer.status_code == 302
    circle = visit(cast.priya).post(
        f"/office/people/clinicians/{cast.ben.pk}/supervisor/", {"supervisor": str(cast.ada.pk)}
    )
    assert circle.status_code == 422
    cast.ada.refresh_from_db()
    client = Client.unscoped.select_related("clinician").get(pk=cast.noor.client_id)
    agreed_long_ago(client, [cast.noor], preset="trainee_supervised")
    page = read(visit, cast.noor, BOX)
    assert "Ada is still in training. Ben Okoro, who is Ada’s supervisor, can read it too" in page
    assert "Only you" not in page


@pytest.mark.contract("C32")
def test_people_of_a_group_have_a_care_each_and_nobody_reads_who_else_is_in_it(cast: Any, visit: Any) -> None:
    form = {
        "kind": "group",
        "group": "Tuesday group",
        "clinician": cast.ada.pk,
        "zone": "Europe/London",
        "country": "GB",
    }
    for name in ("Una Grey", "Vic Grey"):
        sent = form | {"name": name, "email": f"{name[:3]}@place.org", "form_id": str(uuid4())}
        assert visit(cast.priya).post("/office/people/add/", sent).status_code == 200
    una, vic = Participant.unscoped.get(name="Una Grey"), Participant.unscoped.get(name="Vic Grey")
    assert una.client_id != vic.client_id and una.client.group == vic.client.group == "Tuesday group"
    from tests.access.people import _account  # noqa: PLC0415

    una = _account(una)
    for address in ("/my/", "/my/readers/", "/my/write/", "/my/conversation/", "/my/times/"):
        page = visit(una).get(address).content.decode()
        assert "Vic" not in page and "Tuesday group" not in page, address
    assert "Nobody else of your group" in read(visit, una, "/my/readers/")
    hers = visit(cast.ada).get(f"/practice/clients/{una.client_id}/readers/").content.decode()
    assert "Tuesday group" in hers


def test_the_clinician_reads_the_same_list_for_each_who_writes(cast: Any, visit: Any, rana: Any) -> None:
    page = read(visit, cast.ada, f"/practice/clients/{rana.client_id}/readers/")
    assert "What Tove Brandt writes" in page and "What Rana Later writes" in page
    assert "No, until all have said yes to one version" in page
    assert "Version 1 says: no secrets between those who write here" in page


def test_a_keeper_of_records_is_named_to_those_who_write(cast: Any, visit: Any) -> None:
    OfficeMember.unscoped.create(practice=cast.alder, name="Paula Keeper", role="custodian")
    page = read(visit, cast.noor, "/my/readers/")
    assert "Paula Keeper keeps the records. A record is opened by two people together" in page


@pytest.mark.contract("A48")
def test_the_page_reads_at_grade_six_or_lower(cast: Any, visit: Any) -> None:
    for person in (cast.noor, cast.mira, cast.jonas, cast.tove):
        text = read(visit, person, "/my/readers/")
        assert grade(text) <= 6, f"{person.name}: {grade(text):.1f}"


def test_nobody_elses_care_has_such_a_page(cast: Any, visit: Any) -> None:
    for outsider in (cast.ben, cast.cleo):
        assert visit(outsider).get(f"/practice/clients/{cast.noor.client_id}/readers/").status_code == 404
