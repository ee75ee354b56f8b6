"""Extra support through the front door: given with a reason and an end, read by one client, ended by the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from interlude.agenda.models import ListItem
from interlude.agreements.actions import accept_agreement, publish_agreement
from interlude.boundaries.actions import publish_rules
from interlude.boundaries.models import ExtraSupport, PolicyLayer
from interlude.messaging.actions import foresee, ground_for, send_message
from interlude.messaging.answering import reply_to
from interlude.outbox.models import Notice
from interlude.practice.models import Clinician
from interlude.practice.scope import in_practice
from tests.agreements.reading import grade, main_text
from tests.cast import NOW, add_client

PURPOSE = "While the move and the exams last."
AGREEMENT = "/my/agreement/"


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def form(**fields: Any) -> dict[str, Any]:
    """Five a week until 1 June, four until 11 June, looked at again on 28 May."""
    usual = {
        "support_id": str(uuid4()),
        "purpose": PURPOSE,
        "since": "2026-05-14",
        "until": "2026-06-11",
        "review_on": "2026-05-28",
        "messages_1": "5",
        "until_1": "2026-06-01",
        "messages_2": "4",
    }
    return usual | fields


def page_of(cast: Any) -> str:
    return f"/practice/clients/{cast.noor.client_id}/extra/"


def give(cast: Any, visit: Any, **fields: Any) -> ExtraSupport:
    answer = visit(cast.ada).post(page_of(cast), form(**fields))
    assert answer.status_code == 302, main_text(answer.content.decode())
    return ExtraSupport.unscoped.latest("given_at")


def refused(cast: Any, visit: Any, **fields: Any) -> str:
    answer = visit(cast.ada).post(page_of(cast), form(**fields))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "While the move" in page or fields.get("purpose") is not None, "what was typed is still there"
    assert not ExtraSupport.unscoped.exists()
    assert not PolicyLayer.unscoped.filter(kind="exception").exists()
    return main_text(page)


@pytest.mark.contract("C18", "C24", "C25", "C26", "E10")
def test_it_says_what_for_until_when_in_which_steps_and_when_it_is_looked_at_again(cast, visit) -> None:
    give(cast, visit, words="400", topics=["session"])
    page = main_text(visit(cast.noor).get(AGREEMENT).content.decode())
    for said in (
        "Extra support until Thu 11 June",
        PURPOSE.rstrip("."),
        "Up to 5 messages a week until Mon 1 June",
        "Up to 4 messages a week until Thu 11 June",
        "Then as we agreed: up to 3 messages a week",
        "About 400 words in one message",
        "Ada also answers: feelings and memories",
        "It runs from Thu 14 May. We look at it again on Thu 28 May. It ends by itself",
        "Only you and Ada see this",
    ):
        assert said in page, said
    assert grade(page) <= 6


@pytest.mark.contract("C9", "C24")
def test_each_step_holds_on_its_days_and_it_ends_by_itself(cast, visit) -> None:
    give(cast, visit, words="400", topics=["session"])
    plans = {
        day: (policy.messages_per_week, policy.words_per_message)
        for day in (at(5, 13), at(5, 14), at(6, 1), at(6, 2), at(6, 11), at(6, 12))
        for policy in [ground_for(cast.noor, day).policy]
    }
    assert list(plans.values()) == [(3, 150), (5, 400), (5, 400), (4, 400), (4, 400), (3, 150)]
    assert foresee(participant=cast.noor, topic="session", words=9, now=at(6, 11)).kind == "answered"
    assert foresee(participant=cast.noor, topic="session", words=9, now=at(6, 12)).kind == "kept"


@pytest.mark.contract("C32")
def test_nobody_else_sees_a_trace_of_it(cast, visit) -> None:
    others = (cast.mira, cast.jonas, cast.tove, cast.kai)
    before = [main_text(visit(one).get(AGREEMENT).content.decode()) for one in others]
    give(cast, visit)
    assert [main_text(visit(one).get(AGREEMENT).content.decode()) for one in others] == before
    assert visit(cast.ben).get(page_of(cast)).status_code == 404
    assert visit(cast.ben).post(page_of(cast), form()).status_code == 404
    assert "Noor" not in visit(cast.ben).get("/practice/extra/").content.decode()
    assert visit(cast.olu).get(page_of(cast)).status_code == 404


def test_a_guardian_sees_nothing_of_a_teenagers_extra_support(cast, visit) -> None:
    address = f"/practice/clients/{cast.mira.client_id}/extra/"
    assert visit(cast.ada).post(address, form()).status_code == 302
    assert "Extra support until" in visit(cast.mira).get(AGREEMENT).content.decode()
    assert "Extra support until" not in visit(cast.jonas).get(AGREEMENT).content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"until": ""}, "Extra support has an end. Name its last day"),
        ({"review_on": ""}, "Name the day on which you look at it together again"),
        ({"since": ""}, "Name its first day"),
        ({"since": "2026-05-12"}, "Tue 12 May 2026 is past. Nothing is allowed backwards"),
        ({"until": "2026-05-13", "review_on": "2026-05-13"}, "It would end on Wed 13 May 2026, before it begins"),
        ({"until": "2028-05-13"}, "Sat 13 May 2028 is more than a year after its first day"),
        ({"review_on": "2026-06-12"}, "Fri 12 June 2026 lies outside"),
        ({"until_1": "2026-07-01"}, "A step ends on Wed 1 July 2026, which lies outside"),
        ({"until_2": "2026-06-08", "until_1": "2026-06-10"}, "Put them in order"),
        ({"until_1": ""}, "Up to which day? The next step begins after it"),
        ({"messages_1": "", "messages_2": "5"}, "How many messages a week, up to that day?"),
        ({"messages_1": "2"}, "That is not plainly more, and extra support only gives more"),
        ({"messages_1": "2"}, "offer a new version of the agreement; it goes with notice"),
        ({"words": "100"}, "words in one message, 150 words. Now it would be: 100 words"),
        ({"messages_1": "3", "messages_2": ""}, "From Thu 14 May 2026 on it allows nothing more than what is agreed"),
        ({"messages_1": "5", "messages_2": "", "until_1": "2026-06-01"}, "From Tue 2 June 2026 on it"),
        ({"messages_1": "9999"}, "200"),
        ({"messages_1": "many"}, "whole number"),
        ({"since": "soon"}, "This is no day"),
        ({"purpose": " \n "}, "Say in plain words what it is for"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_takes_effect(cast, visit, fields, said) -> None:
    assert said in refused(cast, visit, **fields)


@pytest.mark.contract("D17")
def test_a_lock_of_the_practice_is_named_with_its_value(cast, visit) -> None:
    publish_rules(
        'locks = ["plan.messages_per_week"]\n[plan]\nmessages_per_week = 4\n',
        practice=cast.alder,
        by=cast.priya,
        since=date(2026, 5, 1),
        now=NOW,
    )
    said = refused(cast, visit)
    assert "Alder Street holds for everybody: messages in a week" in said
    assert "5 messages a week goes beyond it" in said
    give(cast, visit, messages_1="4", messages_2="", until_1="")


def test_a_second_one_does_not_lie_over_the_first(cast, visit) -> None:
    give(cast, visit)
    answer = visit(cast.ada).post(
        page_of(cast),
        form(since="2026-06-11", until="2026-07-01", review_on="2026-06-20", until_1="2026-06-20"),
    )
    assert answer.status_code == 422
    assert "There is extra support from Tue 2 June 2026 until Thu 11 June 2026 already" in main_text(
        answer.content.decode()
    )
    give(cast, visit, since="2026-06-12", until="2026-07-01", review_on="2026-06-20", until_1="2026-06-20")
    assert ExtraSupport.unscoped.count() == 2


def test_without_an_agreement_there_is_nothing_to_give_more_of(cast, visit) -> None:
    client = add_client(clinician=cast.ada, name="New Here", by=None, now=NOW)
    address = f"/practice/clients/{client.pk}/extra/"
    assert "Agree first" in visit(cast.ada).get(address).content.decode()
    assert visit(cast.ada).post(address, form()).status_code == 422
    publish_agreement(client=client, by=cast.ada, now=NOW, preset="warm_two_business_days")
    answer = visit(cast.ada).post(address, form())
    assert answer.status_code == 422
    assert "Nothing is agreed with this client yet" in answer.content.decode()


def test_beside_a_new_agreement_that_gives_more_the_larger_holds(cast, visit) -> None:
    give(cast, visit, words="400")
    agreement = publish_agreement(
        client=cast.noor.client,
        by=cast.ada,
        now=NOW,
        preset="warm_two_business_days",
        text="[plan]\nmessages_per_week = 6\n",
    )
    accept_agreement(agreement=agreement, participant=cast.noor, name_typed="Noor Haddad", now=NOW)
    policy = ground_for(cast.noor, at(5, 20)).policy
    assert (policy.messages_per_week, policy.words_per_message) == (6, 400)


def test_the_same_form_sent_twice_gives_one(cast, visit) -> None:
    same = form()
    for _ in range(2):
        assert visit(cast.ada).post(page_of(cast), same).status_code == 302
    assert ExtraSupport.unscoped.count() == 1
    assert Notice.objects.filter(kind="extra_support").count() == 2


@pytest.mark.contract("C4")
def test_the_client_is_told_as_it_begins_and_before_it_ends_without_a_word_of_it(cast, visit) -> None:
    give(cast, visit)
    notices = Notice.objects.filter(kind="extra_support").order_by("send_at")
    assert [(one.to, one.send_at, one.link) for one in notices] == [
        (cast.noor.user, at(5, 14, 8), AGREEMENT),
        (cast.noor.user, at(6, 4, 8), AGREEMENT),
    ]


def test_the_look_back_turns_up_on_the_list_of_the_session_it_belongs_to(cast, visit, clock) -> None:
    give(cast, visit, review_on="2026-05-19")
    assert "Our extra support, to look at again" in visit(cast.noor).get("/my/our-list/").content.decode()
    clock.set(at(5, 14, 17))  # the list grows with the check window
    assert "On the list: extra support" in main_text(
        visit(cast.ada).get("/practice/sessions/").content.decode()
    )


def test_a_later_look_back_waits_until_its_day(cast, visit, clock) -> None:
    give(cast, visit)
    said = "Our extra support, to look at again"
    assert said not in visit(cast.noor).get("/my/our-list/").content.decode()
    clock.set(at(5, 28, 9))
    assert said in visit(cast.noor).get("/my/our-list/").content.decode()
    item = ListItem.unscoped.get(topic="extra_support")
    assert item.added_at == at(5, 27, 23)


def move(cast: Any, visit: Any, support: ExtraSupport, until: str, review: str, agreed: str = "") -> Any:
    form = {"until": until, "review_on": review, "agreed_on": agreed}
    return visit(cast.ada).post(f"/practice/extra/{support.pk}/end/", form)


@pytest.mark.contract("C4")
def test_a_sooner_end_needs_notice_and_a_session_and_shows_both_days(cast, visit) -> None:
    support = give(cast, visit)
    answer = move(cast, visit, support, "2026-05-26", "2026-05-20")
    assert answer.status_code == 422
    assert "Tue 26 May 2026 is sooner than said" in main_text(answer.content.decode())
    assert "Choose Wed 27 May 2026 or later" in main_text(answer.content.decode())
    assert move(cast, visit, support, "2026-05-27", "2026-05-27").status_code == 302
    assert ground_for(cast.noor, at(5, 27)).policy.messages_per_week == 5
    assert ground_for(cast.noor, at(5, 28)).policy.messages_per_week == 3
    page = main_text(visit(cast.noor).get(AGREEMENT).content.decode())
    assert "Extra support until Wed 27 May" in page
    assert "The end moved from Thu 11 June to Wed 27 May. You were told on Wed 13 May" in page
    assert "until Mon 1 June" not in page


def test_a_sooner_end_without_a_session_ahead_is_told_to_wait_for_one(cast, visit) -> None:
    support = give(cast, visit)
    cast.noor.client.sessions.update(state="cancelled")
    answer = move(cast, visit, support, "2026-06-05", "2026-06-05")
    assert answer.status_code == 422
    assert "A sooner end comes after a session, and none is planned" in main_text(answer.content.decode())


def test_what_both_agreed_on_may_come_at_once_and_says_so(cast, visit, clock) -> None:
    support = give(cast, visit)
    clock.set(at(5, 19, 12))
    assert move(cast, visit, support, "2026-05-20", "2026-05-20", "2026-05-30").status_code == 422
    assert move(cast, visit, support, "2026-05-20", "2026-05-20", "2026-05-19").status_code == 302
    assert ground_for(cast.noor, at(5, 21)).policy.messages_per_week == 3
    page = main_text(visit(cast.noor).get(AGREEMENT).content.decode())
    assert "We agreed on that together on Tue 19 May" in page


def test_it_may_be_made_longer_and_goes_on_as_on_its_last_day(cast, visit) -> None:
    support = give(cast, visit)
    assert move(cast, visit, support, "2026-06-25", "2026-06-18").status_code == 302
    assert ground_for(cast.noor, at(6, 25)).policy.messages_per_week == 4
    assert ground_for(cast.noor, at(6, 26)).policy.messages_per_week == 3
    notices = Notice.objects.filter(kind="extra_support").order_by("send_at")
    assert [one.send_at for one in notices] == [NOW, at(5, 14, 8), at(6, 18, 8)]
    page = main_text(visit(cast.noor).get(AGREEMENT).content.decode())
    assert "Up to 4 messages a week until Thu 25 June" in page
    assert ListItem.unscoped.get(topic="extra_support").added_at == at(6, 17, 23)


def test_shorter_then_longer_again_leaves_no_day_in_doubt(cast, visit) -> None:
    support = give(cast, visit)
    move(cast, visit, support, "2026-05-27", "2026-05-27", "2026-05-13")
    move(cast, visit, support, "2026-06-30", "2026-06-10")
    weekly = [
        ground_for(cast.noor, at(*day)).policy.messages_per_week
        for day in ((5, 27), (5, 28), (6, 30), (7, 1))
    ]
    assert weekly == [5, 5, 5, 3]


def test_what_is_over_cannot_be_moved(cast, visit, clock) -> None:
    support = give(cast, visit)
    clock.set(at(6, 12))
    answer = move(cast, visit, support, "2026-06-25", "2026-06-18")
    assert answer.status_code == 422
    assert "It ended on Thu 11 June 2026. Give new extra support instead" in answer.content.decode()


def test_a_promise_given_under_it_stays_when_its_end_moves(cast, visit, clock) -> None:
    support = give(cast, visit, promise="days_1")
    clock.set(at(5, 26))
    sent = send_message("Under it.", participant=cast.noor, draft_id=uuid4(), topic="homework", now=at(5, 26))
    due = sent.stored.reply_due
    move(cast, visit, support, "2026-05-26", "2026-05-26", "2026-05-26")
    sent.stored.refresh_from_db()
    assert sent.stored.reply_due == due


@pytest.mark.contract("D35", "C27")
def test_the_clinician_sees_what_it_costs_and_only_what_a_window_handed_over(cast, visit, clock) -> None:
    give(cast, visit)
    clock.set(at(5, 18, 8))
    sent = send_message(
        "One.", participant=cast.noor, draft_id=uuid4(), topic="homework", now=at(5, 18, 8)
    ).stored
    send_message("Two.", participant=cast.noor, draft_id=uuid4(), topic="homework", now=at(5, 19, 8))
    clock.set(at(5, 18, 17))
    reply_to(sent, "Thank you.", by=cast.ada, now=at(5, 18, 17), reply_id=uuid4(), seconds=360)
    page = main_text(visit(cast.ada).get(page_of(cast)).content.decode())
    assert "So far 1 message and 6 minutes of yours" in page
    clock.set(at(5, 19, 17))
    assert "So far 2 messages and 6 minutes" in main_text(visit(cast.ada).get(page_of(cast)).content.decode())
    assert "minutes of yours" not in visit(cast.noor).get(AGREEMENT).content.decode()


def test_all_that_runs_is_on_one_page_with_end_and_look_back(cast, visit, clock) -> None:
    give(cast, visit)
    page = main_text(visit(cast.ada).get("/practice/extra/").content.decode())
    assert "The next to end: Noor Haddad, Thu 11 June" in page
    assert "Thu 28 May" in page
    clock.set(at(6, 12))
    assert "No extra support runs" in visit(cast.ada).get("/practice/extra/").content.decode()
    assert PURPOSE in visit(cast.ada).get(page_of(cast)).content.decode(), "what is over can still be read"


@pytest.mark.contract("C25")
def test_while_a_client_would_rather_not_write_it_rests_and_the_clinician_reads_so(cast, visit) -> None:
    give(cast, visit)
    visit(cast.noor).post("/my/first-steps/without-messages/", {"way": "session"})
    page = main_text(visit(cast.ada).get(page_of(cast)).content.decode())
    assert "It rests: since Wed 13 May Noor Haddad would rather not use messages" in page


def test_a_day_counts_in_the_zone_of_the_practice_whatever_the_clients(cast, visit, clock) -> None:
    cast.noor.zone = "Pacific/Auckland"
    cast.noor.save()
    give(cast, visit)
    assert ground_for(cast.noor, at(5, 13, 22)).policy.messages_per_week == 3
    assert ground_for(cast.noor, at(5, 13, 23)).policy.messages_per_week == 5


def test_a_clinician_who_left_the_client_to_another_gives_nothing(cast, visit) -> None:
    support = give(cast, visit)
    other = Clinician.unscoped.get(pk=cast.ben.pk)
    type(cast.noor.client).unscoped.filter(pk=cast.noor.client_id).update(clinician=other)
    assert move(cast, visit, support, "2026-06-25", "2026-06-18").status_code == 404
    with in_practice(cast.alder.id):
        assert not ExtraSupport.objects.visible_to(cast.ada).exists()
