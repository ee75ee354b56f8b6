"""Laws 1, 7, 8, 9, 11 and 12: nothing is lost, no silent change, no stranger's rules, no bill, one why, no reading."""

from __future__ import annotations

import inspect
import re
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from interlude.agenda.models import JournalEntry, ListItem
from interlude.agreements.actions import publish_agreement
from interlude.agreements.models import Agreement
from interlude.boundaries.actions import grant_exception, publish_rules
from interlude.core.delivery import Draft as CoreDraft
from interlude.core.delivery import decide_delivery
from interlude.core.errors import BadPolicy
from interlude.core.policy import Topic
from interlude.desk.models import Question
from interlude.messaging.actions import ground_for
from interlude.messaging.models import Draft, Message
from interlude.practice.models import Client
from interlude.sealing.vault import Sealer
from tests.cast import CLINICIAN_RULES, DAY, LONG_AGO, NOW, agree_anew, words
from tests.laws.pages import field, plain
from tests.messaging.post import may, send

# Law 1: nothing a client writes is refused, hidden or lost

SHORT, LONG = "Heron by the water.", " ".join(f"heron{number}" for number in range(200))
STATES = ("agreed", "nothing offered", "offered, not accepted", "no messages", "care ended", "plan used up")
HOURS = {"in the day": NOW, "at night": may(14, 3), "on Sunday": may(17, 23)}


@pytest.mark.parametrize("standing", STATES)
@pytest.mark.parametrize(
    "hour",
    ["in the day", *(pytest.param(hour, marks=pytest.mark.sweep) for hour in HOURS if hour != "in the day")],
)
def test_the_words_are_found_again_in_one_place_that_the_page_names(
    cast: Any, visit: Any, clock: Any, standing: str, hour: str
) -> None:
    arrange(cast, standing)
    clock.set(HOURS[hour])
    browser, seen = visit(cast.noor), set()
    for topic, text in product(Topic, (SHORT, LONG)):
        said = f"{text} About {topic}."
        form = words(said, topic=topic)
        page = browser.post("/my/messages/", form, follow=True)
        assert page.status_code == 200, (topic, page.status_code)
        places = where(cast, said)
        assert len(places) == 1, (topic, text[:5], places)
        assert plain(said) in plain(page.content.decode()), (topic, page.redirect_chain)
        seen.add(places[0])
        if places[0] == "journal":
            assert "journal" in plain(page.content.decode()).lower()
    assert ("journal" in seen) == (standing not in ("agreed", "plan used up"))


def arrange(cast: Any, standing: str) -> None:
    agreements = Agreement.unscoped.filter(client=cast.noor.client)
    match standing:
        case "nothing offered":
            for one in agreements:
                one.acceptances.all().delete()
            agreements.delete()
        case "offered, not accepted":
            agreements.update(accepted_at=None)
        case "no messages":
            agree_anew(cast.noor.client, [cast.noor], text='messages = "none"')
        case "care ended":
            Client.unscoped.filter(pk=cast.noor.client_id).update(ended_at=NOW - DAY)
        case "plan used up":
            for _ in range(3):
                send(cast.noor, "Before.", at=NOW)


def where(cast: Any, said: str) -> list[str]:
    """Every place in which these words are kept."""
    sealer = Sealer(cast.alder.id)
    held = [
        *(("message", row.text(sealer)) for row in Message.unscoped.filter(client=cast.noor.client)),
        *(("list", row.words(sealer)) for row in ListItem.unscoped.filter(client=cast.noor.client)),
        *(("desk", row.words(sealer)) for row in Question.unscoped.filter(client=cast.noor.client)),
        *(("journal", row.words(sealer)) for row in JournalEntry.unscoped.filter(participant=cast.noor)),
        *(("draft", row.text(sealer)) for row in Draft.unscoped.filter(participant=cast.noor)),
    ]
    return [place for place, text in held if text == said]


# Law 7: no rule gets stricter silently


STRICTER = CLINICIAN_RULES.replace("messages_per_week = 3", "messages_per_week = 1") + (
    '\n[promise]\nkind = "working_days"\ndays = 5\ncut_off = "12:00"\n'
)


def test_new_rules_of_a_therapist_leave_an_accepted_agreement_as_it_is(cast: Any, visit: Any) -> None:
    before = ground_for(cast.noor, NOW).policy
    page = visit(cast.noor).get("/my/agreement/").content.decode()
    text = STRICTER.format(zone="Europe/London")
    publish_rules(text, practice=cast.alder, clinician=cast.ada, by=None, since=LONG_AGO.date(), now=NOW)
    publish_rules("minimum_age = 25", practice=cast.alder, by=None, since=LONG_AGO.date(), now=NOW)
    assert ground_for(cast.noor, NOW).policy == before
    assert plain(visit(cast.noor).get("/my/agreement/").content.decode()) == plain(page)


def test_a_new_version_holds_only_after_a_yes_and_both_stand_side_by_side(cast: Any, visit: Any) -> None:
    before = ground_for(cast.noor, NOW).policy
    publish_agreement(client=cast.noor.client, by=cast.ada, now=NOW, text="[plan]\nmessages_per_week = 1")
    assert ground_for(cast.noor, NOW).policy == before
    page = visit(cast.noor).get("/my/agreement/").content.decode()
    assert 'class="versions' in page
    assert page.count('class="version ') >= 2


# Law 8: exceptions have a reason, an end, and one reader


def test_an_exception_without_a_reason_or_an_end_is_none(cast: Any) -> None:
    given = {"client": cast.noor.client, "by": cast.ada, "since": NOW.date(), "now": NOW}
    with pytest.raises(BadPolicy, match="reason"):
        grant_exception("[plan]\nwords = 300", until=NOW.date(), reason="", **given)
    with pytest.raises(BadPolicy, match="until"):
        grant_exception("[plan]\nwords = 300", until=(NOW - DAY).date(), reason="A move.", **given)


def test_an_exception_ends_by_itself_and_no_other_client_sees_a_trace_of_it(cast: Any, visit: Any) -> None:
    others = ("mira", "tove", "kai", "jonas")
    pages = {name: visit(getattr(cast, name)).get("/my/agreement/").content.decode() for name in others}
    until = (NOW + 3 * DAY).date()
    reason = "While the heron nests."
    grant_exception(
        "[plan]\nwords = 999", client=cast.noor.client, by=cast.ada, since=NOW.date(), until=until,
        reason=reason, now=NOW,
    )  # fmt: skip
    assert reason in plain(visit(cast.noor).get("/my/agreement/").content.decode())
    assert ground_for(cast.noor, NOW).policy.words_per_message == 999
    assert ground_for(cast.noor, NOW + 4 * DAY).policy.words_per_message == 150
    for name in others:
        after = visit(getattr(cast, name)).get("/my/agreement/").content.decode()
        assert plain(after) == plain(pages[name]), name
        assert ground_for(getattr(cast, name), NOW).policy.words_per_message != 999


# Law 9: no surprise bill


EXTRA = '[extra]\nprice = "15.00 EUR"\npromise = { kind = "working_days", days = 1, cut_off = "17:00" }\n'


@pytest.mark.parametrize("topic", list(Topic))
def test_a_price_is_stored_only_where_it_was_shown_and_accepted(cast: Any, visit: Any, topic: str) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=EXTRA)
    browser = visit(cast.noor)
    for accepted, shown in product(("", "on"), (False, True)):
        form = words(LONG, topic=topic, choice="extra", accept_price=accepted)
        review = browser.post(f"/my/drafts/{form['draft_id']}/review/", form, follow=True).content.decode()
        offer = field(review, "shown_extra")
        browser.post("/my/messages/", form | ({"shown_extra": offer} if shown else {}))
        row = Message.unscoped.filter(pk=form["draft_id"]).first()
        billed = row is not None and row.extra_minor is not None
        assert billed <= (accepted == "on" and shown and "15.00" in offer), (accepted, shown)
        assert billed <= ("€15.00" in review)
        if topic in ("relationship_repair", "our_messaging", "billing", "tech", "late", "schedule"):
            assert not billed


# Law 11: one answer, explained


SET_BY = re.compile(
    r"[Ss]et by|[Ff]rom the starting point|[Aa]greed with|[Aa]n exception|starts (this|that) way|We agreed"
)


def test_every_value_on_the_pages_of_rules_says_who_set_it(cast: Any, visit: Any) -> None:
    for person, address in (
        (cast.noor, "/my/agreement/"),
        (cast.ada, "/practice/rules/"),
        (cast.ada, f"/practice/clients/{cast.noor.client_id}/agreement/"),
    ):
        page = visit(person).get(address).content.decode()
        parts = re.findall(r'<section[^>]*aria-labelledby="part-.*?</section>', page, re.S)
        values = re.findall(r"<div><dt>.*?</dd></div>", "".join(parts), re.S)
        whys = [*values, *re.findall(r"<details[^>]*>.*?</details>", page, re.S)]
        told = [plain(one) for one in whys if SET_BY.search(plain(one))]
        assert len(told) >= 5, (address, len(told))
        if address != "/my/agreement/":
            assert len(told) >= len(values) > 20, (
                address,
                [plain(one) for one in values if not SET_BY.search(plain(one))],
            )


def test_the_date_of_a_message_says_why(cast: Any, visit: Any) -> None:
    for address in ("/my/write/homework/", "/my/write/billing/"):
        page = visit(cast.noor).get(address).content.decode()
        assert "Why this date?" in page
        why = re.search(r'class="promise__why".*?</details>', page, re.S)
        assert why
        assert len(plain(why[0])) > 60


# Law 12: the rules decide, not a reading of the words


def test_the_decision_is_not_given_the_words() -> None:
    assert set(CoreDraft.__dataclass_fields__) == {"topic", "words", "no_answer", "keep", "wish_by"}
    assert CoreDraft.__dataclass_fields__["words"].type in ("int", int)
    assert "text" not in inspect.signature(decide_delivery).parameters


ALARMING = "I want to die tonight, please help me, it is an emergency now today"
CALM = "The garden was green and quiet, we walked, it was a good day today"


@pytest.mark.parametrize("topic", list(Topic))
def test_as_many_other_words_come_to_the_same(cast: Any, visit: Any, topic: str) -> None:
    assert len(ALARMING.split()) == len(CALM.split())
    browser, stored = visit(cast.noor), []
    for text in (ALARMING, CALM):
        form = words(text, topic=topic)
        answer = browser.post("/my/messages/", form)
        Client.unscoped.filter(pk=cast.noor.client_id).update()
        row = Message.unscoped.filter(pk=form["draft_id"]).values(
            "outcome", "reason", "rules", "handed_at", "reply_due", "words"
        )
        asked = Question.unscoped.filter(pk=form["draft_id"]).values("topic", "reply_due")
        stored.append((answer.status_code, [*row], [*asked]))
        Message.unscoped.filter(pk=form["draft_id"]).update(taken_back_at=NOW + timedelta(minutes=1))
    assert stored[0] == stored[1]
