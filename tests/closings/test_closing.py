"""How it ends, through the front door: told ahead, by the clock, with time to read and a copy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.agenda.models import JournalEntry
from interlude.closings.models import Closing
from interlude.messaging.actions import foresee, send_message
from interlude.messaging.answering import reply_to
from interlude.messaging.models import Message
from interlude.outbox.actions import mail_for
from interlude.outbox.models import Notice
from interlude.practice.models import Client, Participant
from tests.agreements.reading import grade, main_text
from tests.cast import DAY, NOW

FAREWELL = "You learned to ask for what you need. I am glad that I could be there."
ENDING = "/my/ending/"


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def form(**fields: Any) -> dict[str, Any]:
    """Answers until 12 June, reading until 31 July, times and bills afterwards."""
    usual = {
        "closing_id": str(uuid4()),
        "last_answer_on": "2026-06-12",
        "last_read_on": "2026-07-31",
        "contact": "times_only",
        "contact_words": "",
        "farewell": FAREWELL,
        "offers_copy": "on",
    }
    return usual | fields


def page_of(who: Participant, more: str = "") -> str:
    return f"/practice/clients/{who.client_id}/closing/{more}"


def close(cast: Any, visit: Any, **fields: Any) -> Closing:
    answer = visit(cast.ada).post(page_of(cast.noor), form(**fields))
    assert answer.status_code == 302, main_text(answer.content.decode())
    return Closing.unscoped.latest("number")


def send(cast: Any, now: datetime, words: str = "As planned.") -> Message:
    fresh = Participant.unscoped.select_related("client__clinician", "practice").get(pk=cast.noor.pk)
    sent = send_message(words, participant=fresh, draft_id=uuid4(), topic="homework", now=now)
    return sent.stored  # type: ignore[union-attr,return-value]


def kind(cast: Any, now: datetime, topic: str = "homework") -> str:
    fresh = Participant.unscoped.select_related("client__clinician", "practice").get(pk=cast.noor.pk)
    outlook = foresee(participant=fresh, topic=topic, words=3, now=now)
    return f"{outlook.kind} {outlook.reason}".strip()


def read(visit: Any, who: Any, address: str) -> str:
    answer = visit(who).get(address)
    assert answer.status_code == 200, answer.status_code
    return main_text(answer.content.decode())


@pytest.mark.contract("E17", "C4")
def test_the_client_is_told_first_and_reads_the_days_and_the_farewell(cast, visit) -> None:
    close(cast, visit)
    told = Notice.objects.filter(kind="closing").order_by("send_at")
    assert [(one.to, one.send_at, one.link) for one in told] == [
        (cast.noor.user, NOW, "/my/"),
        (cast.noor.user, at(6, 5, 8), "/my/"),
        (cast.noor.user, at(7, 24, 8), "/my/"),
    ]
    mail = mail_for(told[0])
    assert not [
        word for word in ("Ada", "Noor", "Alder", "end", "clos", "over") if word in mail.subject + mail.body
    ]
    home = read(visit, cast.noor, "/my/")
    assert "Our work together comes to its end. Ada answers here until Fri 12 June" in home
    assert "You can read all of it until Fri 31 July" in home
    page = read(visit, cast.noor, ENDING)
    for said in (
        "Ada answers here until Fri 12 June",
        FAREWELL.rstrip("."),
        "The last day to read here",
        "For times and bills, the front desk is still there",
        "What you write after that stays in your own journal",
        "If you want to come back one day, call Alder Street",
        "Open my copy",
    ):
        assert said in page, said
    assert grade(page) <= 6
    assert "comes to its end. Until then, all this holds" in read(visit, cast.noor, "/my/agreement/")


@pytest.mark.contract("E17")
def test_it_takes_effect_by_the_clock_and_not_before(cast, visit, clock) -> None:
    close(cast, visit)
    last, over = at(6, 12, 22), at(6, 12, 23)
    assert kind(cast, last) == "answered"
    assert kind(cast, over) == "not_here ended"
    assert kind(cast, over, "billing") == "desk"
    clock.set(over)
    home = read(visit, cast.noor, "/my/")
    assert "Our work together has ended" in home
    assert "All that we wrote stays here for you to read until Fri 31 July" in home
    stored = send(cast, over, "Afterwards.")
    assert isinstance(stored, JournalEntry)
    page = visit(cast.noor).get(f"/my/journal/{stored.pk}/").content.decode()
    assert "This was not sent. It is safe here" in page
    assert ENDING in page
    assert "/help/alder/" in page


def test_the_whole_day_counts_on_the_clients_own_clock(cast, visit, clock) -> None:
    Participant.unscoped.filter(pk=cast.noor.pk).update(zone="America/Mexico_City")
    close(cast, visit)
    assert kind(cast, at(6, 13, 5)) == "answered"
    assert kind(cast, at(6, 13, 6)) == "not_here ended"


def test_all_can_be_read_until_the_last_day_and_then_signing_in_says_how_to_ask(cast, visit, clock) -> None:
    close(cast, visit)
    clock.set(at(7, 31, 22))
    assert visit(cast.noor).get("/my/conversation/").status_code == 200
    clock.set(at(7, 31, 23))
    assert visit(cast.noor).get("/my/").status_code == 404
    door = read(visit, cast.noor, "/")
    assert "The time to read here is over" in door
    assert "At Alder Street it ended on" in door
    assert "Ask the front desk for a copy of your record" in door
    assert grade(door) <= 6


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"last_answer_on": "2026-05-12"}, "Tue 12 May 2026 is past. Nobody is locked out without a word"),
        ({"last_answer_on": "2026-05-26"}, "Tue 26 May 2026 is sooner than the notice you agreed on"),
        ({"last_read_on": "2026-07-11"}, "Choose Sun 12 July 2026 or later: an end should leave time"),
        ({"last_read_on": "2030-01-01"}, "more than three years away"),
        ({"last_answer_on": "2026-05-14", "agreed_on": "2026-05-14"}, "Name the day on which you did agree"),
        ({"last_answer_on": ""}, "Name the last day on which you answer"),
        ({"last_read_on": "never"}, "This is no day"),
        ({"contact": ""}, "Choose what there is after the end"),
        ({"contact": "gifts"}, "gifts"),
        ({"contact": "as_agreed"}, "Say in a line what you agreed on for afterwards"),
        ({"farewell": "  "}, "Write a few words. An end without a word is hard to read"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_ends(cast, visit, fields, said) -> None:
    answer = visit(cast.ada).post(page_of(cast.noor), form(**fields))
    assert answer.status_code == 422
    page = main_text(answer.content.decode())
    assert said in page
    assert FAREWELL.rstrip(".") in page or "farewell" in fields
    assert not Closing.unscoped.exists()
    assert Client.unscoped.get(pk=cast.noor.client_id).ended_at is None
    assert not Notice.objects.filter(kind="closing").exists()


def test_what_both_settled_on_in_a_session_may_end_today(cast, visit) -> None:
    close(cast, visit, last_answer_on="2026-05-13", last_read_on="2026-06-12", agreed_on="2026-05-12")
    assert "We settled on these days together on Tue 12 May" in read(visit, cast.noor, ENDING)


@pytest.mark.contract("C13")
def test_a_promise_is_kept_or_moved_first_and_is_listed(cast, visit, clock) -> None:
    message = send(cast, NOW - 2 * DAY)
    assert message.reply_due == at(5, 13, 16)
    answer = visit(cast.ada).get(page_of(cast.noor)).content.decode()
    assert f"/practice/messages/{message.pk}/" in answer
    early = {"last_answer_on": "2026-05-13", "last_read_on": "2026-06-20", "agreed_on": "2026-05-12"}
    Message.unscoped.filter(pk=message.pk).update(reply_due=at(5, 15, 16))
    refused = visit(cast.ada).post(page_of(cast.noor), form(**early))
    assert refused.status_code == 422
    assert "An answer is promised for Fri 15 May 2026" in main_text(refused.content.decode())
    Message.unscoped.filter(pk=message.pk).update(reply_due=NOW - timedelta(hours=1))
    refused = visit(cast.ada).post(page_of(cast.noor), form())
    assert "An answer that was promised is late" in main_text(refused.content.decode())
    reply_to(message, "Here it is.", by=cast.ada, now=NOW, reply_id=uuid4())
    close(cast, visit, **early)


def test_what_was_not_handed_over_yet_says_nothing_of_itself(cast, visit) -> None:
    """Between windows nobody learns that something was written (law 6); its promise stays (law 3)."""
    message = send(cast, NOW)
    assert "No answer is owed as of the last check window" in read(visit, cast.ada, page_of(cast.noor))
    close(cast, visit, last_answer_on="2026-05-13", last_read_on="2026-06-20", agreed_on="2026-05-12")
    message.refresh_from_db()
    assert message.reply_due == at(5, 15, 16)


def test_the_days_move_later_and_never_sooner(cast, visit) -> None:
    close(cast, visit)
    sooner = visit(cast.ada).post(page_of(cast.noor), form(last_answer_on="2026-06-05"))
    assert "Your client was told Fri 12 June 2026. An end can move later, not sooner" in main_text(
        sooner.content.decode()
    )
    same = visit(cast.ada).post(page_of(cast.noor), form())
    assert "These are the days that your client knows already" in main_text(same.content.decode())
    close(cast, visit, last_answer_on="2026-06-19", last_read_on="2026-08-15")
    assert "Ada answers here until Fri 19 June" in read(visit, cast.noor, ENDING)
    waiting = Notice.objects.filter(kind="closing", send_at__gt=NOW).order_by("send_at")
    assert [one.send_at for one in waiting] == [at(6, 12, 8), at(8, 8, 8)]
    assert Participant.unscoped.get(pk=cast.noor.pk).access_ends == at(8, 15, 23)


def test_it_may_be_taken_back_until_it_has_ended(cast, visit, clock) -> None:
    close(cast, visit)
    visit(cast.ada).post(page_of(cast.noor, "back/"))
    assert Client.unscoped.get(pk=cast.noor.client_id).ended_at is None
    assert Participant.unscoped.get(pk=cast.noor.pk).access_ends is None
    assert "Our work goes on. No end is set" in read(visit, cast.noor, ENDING)
    assert "comes to its end" not in read(visit, cast.noor, "/my/")
    assert Notice.objects.filter(kind="closing", send_at__gt=NOW).count() == 0
    close(cast, visit)
    clock.set(at(6, 13))
    visit(cast.ada).post(page_of(cast.noor, "back/"))
    assert kind(cast, at(6, 13)) == "not_here ended"


def test_the_work_can_be_opened_again_after_the_end(cast, visit, clock) -> None:
    close(cast, visit)
    visit(cast.ada).post(page_of(cast.noor, "again/"))
    assert "comes to its end" in read(visit, cast.noor, "/my/"), "before the end there is nothing to open"
    clock.set(at(8, 3))
    page = read(visit, cast.ada, page_of(cast.noor))
    assert "It ended on Fri 12 June" in page
    refused = visit(cast.ada).post(
        page_of(cast.noor), form(last_answer_on="2026-09-01", last_read_on="2026-10-10")
    )
    assert "Open it again first if the work goes on" in main_text(refused.content.decode())
    visit(cast.ada).post(page_of(cast.noor, "again/"))
    assert kind(cast, at(8, 3)) == "answered"
    assert visit(cast.noor).get("/my/").status_code == 200


def test_access_that_ended_for_another_reason_is_not_opened(cast, visit, clock) -> None:
    Participant.unscoped.filter(pk=cast.imre.pk).update(access_ends=at(5, 20))
    answer = visit(cast.ada).post(page_of(cast.tove), form())
    assert answer.status_code == 302
    visit(cast.ada).post(page_of(cast.tove, "back/"))
    assert Participant.unscoped.get(pk=cast.imre.pk).access_ends == at(5, 20)
    assert Participant.unscoped.get(pk=cast.tove.pk).access_ends is None


@pytest.mark.contract("E17")
def test_a_copy_holds_all_that_was_written_and_nothing_else(cast, visit, clock) -> None:
    first = send(cast, NOW - 4 * DAY, "The <first> & oldest.")
    reply_to(first, "An answer of mine.", by=cast.ada, now=NOW - 2 * DAY, reply_id=uuid4())
    send(cast, NOW - DAY, "The second.")
    closing = close(cast, visit)
    page = visit(cast.noor).get(f"{ENDING}{closing.pk}/copy/").content.decode()
    assert (
        page.index("The &lt;first&gt; &amp; oldest.")
        < page.index("An answer of mine.")
        < page.index("The second.")
    )
    text = visit(cast.noor).get(f"{ENDING}{closing.pk}/copy.txt")
    assert text["Content-Type"].startswith("text/plain")
    said = text.content.decode()
    assert "/help/alder/" in said
    assert "The <first> & oldest." in said
    assert "Ada Lindqvist, 11 May 2026, 17:00" in said
    for other in (cast.mira, cast.kai, cast.ada, cast.olu, None):
        assert visit(other).get(f"{ENDING}{closing.pk}/copy/").status_code in (302, 404)


def test_no_copy_where_none_is_offered_or_the_end_was_taken_back(cast, visit) -> None:
    closing = close(cast, visit)
    visit(cast.ada).post(page_of(cast.noor, "back/"))
    assert visit(cast.noor).get(f"{ENDING}{closing.pk}/copy/").status_code == 404
    closing = close(cast, visit, offers_copy="")
    assert visit(cast.noor).get(f"{ENDING}{closing.pk}/copy.txt").status_code == 404
    assert "Open my copy" not in read(visit, cast.noor, ENDING)


def test_a_guardian_and_strangers_read_no_farewell(cast, visit) -> None:
    assert visit(cast.ada).post(page_of(cast.mira), form()).status_code == 302
    assert visit(cast.jonas).get(ENDING).status_code == 404
    assert "comes to its end" in visit(cast.jonas).get("/my/agreement/").content.decode()
    assert FAREWELL not in visit(cast.noor).get(ENDING).content.decode()
    assert visit(cast.ben).get(page_of(cast.mira)).status_code == 404
    assert visit(cast.priya).get(page_of(cast.mira)).status_code == 404


def test_the_same_form_sent_twice_sets_one(cast, visit) -> None:
    same = form()
    for _ in range(2):
        assert visit(cast.ada).post(page_of(cast.noor), same).status_code == 302
    assert Closing.unscoped.count() == 1


def test_a_client_whose_end_lies_ahead_stands_among_the_others(cast, visit, clock) -> None:
    close(cast, visit)
    assert "Care ended" not in visit(cast.ada).get("/practice/clients/").content.decode()
    clock.set(at(6, 13))
    assert "Care ended" in visit(cast.ada).get("/practice/clients/").content.decode()
