"""An owner writes the practice's rules: what is set for all, what is held, and whom it reaches."""

from __future__ import annotations

import html
from datetime import date, timedelta
from typing import Any

import pytest

from interlude.agreements.actions import in_force_for, would_be_agreed
from interlude.agreements.as_read_by import words_for
from interlude.audit.models import Event
from interlude.boundaries.actions import publish_rules, published
from interlude.boundaries.calendars import practice_rules
from interlude.core.layers import explain
from interlude.core.promises import WorkingDays
from interlude.crisis.actions import bring_in_lines
from interlude.practice.actions import see_out
from interlude.practice.scope import in_practice
from tests.agreements.reading import main_text
from tests.cast import NOW
from tests.rulebook.answers import HOUSE, HOUSE_SEEN, answers

TODAY = NOW.date()
ON = {"hold.change_notice_days": "on"}


def publish(visit: Any, who: Any, **changed: Any) -> Any:
    browser = visit(who)
    return browser.post(HOUSE, answers(browser, HOUSE, **changed))


def seen(visit: Any, who: Any, **changed: Any) -> str:
    browser = visit(who)
    answer = browser.post(HOUSE_SEEN, answers(browser, HOUSE, **changed))
    assert answer.status_code == 200
    return main_text(answer.content.decode())


def number(cast: Any) -> int:
    return published(cast.alder).count()


@pytest.mark.contract("C1", "D17")
def test_an_owner_sets_topics_channels_age_promise_and_words_and_holds_them(cast: Any, visit: Any) -> None:
    answer = publish(
        visit, cast.priya, minimum_age="16", hold__minimum_age="on", topics__billing="desk", hold__topics__billing="on",
        channels__messenger_apps="none", hold__channels__messenger_apps="on", promise__kind="working_days",
        promise__days="3", hold__promise="on", client_text="We answer on working days.",
    )  # fmt: skip
    assert answer.status_code == 302
    row = published(cast.alder).last()
    layer = row.layer()
    assert (row.number, row.since) == (2, TODAY)
    assert layer.locks == {"minimum_age", "topics.billing", "channels.messenger_apps", "promise"}
    assert layer.values["promise"] == WorkingDays(3, layer.values["promise"].cut_off)
    assert "topics.session" not in layer.values
    assert Event.objects.filter(verb="rules.published", subject=f"policylayer:{row.pk}").count() == 1
    page = main_text(visit(cast.priya).get(HOUSE).content.decode())
    assert "Set on Wed 13 May: 16 years" in page


@pytest.mark.contract("D13")
def test_every_value_says_who_set_it(cast: Any, visit: Any) -> None:
    page = main_text(visit(cast.priya).get(HOUSE).content.decode())
    assert "Set on Mon 2 March: 13 years" in page
    assert "Not set; the product starts with: 14 days" in page
    assert "Not set; the product starts with: within 2 working days, by 17:00" in page


@pytest.mark.contract("C4", "C24")
def test_before_publishing_the_owner_reads_whom_it_reaches_and_whose_setting_gives_way(
    cast: Any, visit: Any
) -> None:
    own = "change_notice_days = 14\n[plan]\nwords = 90\n"
    publish_rules(own, practice=cast.alder, clinician=cast.ada, by=None, since=date(2026, 4, 1), now=NOW)
    page = seen(visit, cast.priya, change_notice_days="28", **ON)
    assert "Until now: 14 days. Then: 28 days. Clients only gain by it" in page
    assert "From then on nobody may loosen it" in page
    assert (
        "Ada’s own setting of “notice before a rule gets stricter” would give way. It is 14 days; it would be 28 days"
        in page
    )
    assert "Ben’s own setting" not in page
    assert "It makes a difference for Ada and Ben" in page
    assert number(cast) == 1


@pytest.mark.contract("D17")
def test_after_publishing_everybody_can_ask_why(cast: Any, visit: Any) -> None:
    own = "change_notice_days = 14\n"
    publish_rules(own, practice=cast.alder, clinician=cast.ada, by=None, since=date(2026, 4, 1), now=NOW)
    publish(visit, cast.priya, change_notice_days="28", **ON)
    page = main_text(visit(cast.ada).get("/practice/rules/").content.decode())
    assert "28 days. Set by Alder Street on Wed 13 May. Held for everybody by Alder Street" in page
    assert "Your own setting would be: 14 days" in page
    with in_practice(cast.alder.id):
        rules = would_be_agreed(by=cast.ada, now=NOW)
        words = main_text(f"<main>{words_for(cast.noor.client, rules, clinician=cast.ada, now=NOW)}</main>")
    assert "Alder Street set this for everybody on Wed 13 May. It stays so for all of us here" in words
    assert "Else Ada would have: 14 days" in words


def test_agreements_that_were_made_stay_as_they_are(cast: Any, visit: Any) -> None:
    before = in_force_for(cast.noor.client, NOW).rules(TODAY).policy
    publish(visit, cast.priya, messages="none", hold__messages="on", minimum_age="18")
    assert in_force_for(cast.noor.client, NOW).rules(TODAY).policy == before


@pytest.mark.contract("C23", "D17")
def test_no_messages_here_is_one_choice_and_nobody_below_can_open_them(
    cast: Any, visit: Any, in_alder: None
) -> None:
    page = seen(visit, cast.priya, messages="none", hold__messages="on")
    assert "Messages to the therapist. Until now: open. Then: none. Clients get less by it, or later" in page
    publish(visit, cast.priya, messages="none", hold__messages="on")
    assert would_be_agreed(by=cast.ada, now=NOW, preset="dbt_skills_coaching").policy.messages == "none"


def test_the_live_part_is_only_what_would_change(cast: Any, visit: Any) -> None:
    browser = visit(cast.priya)
    form = answers(browser, HOUSE, client_text="You must not write too often.")
    part = browser.post(HOUSE_SEEN, form, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and 'hx-swap-oob="true"' in part
    assert "“too often” may be heard as blame" in part
    assert "Nothing. These are the rules that hold today" in seen(visit, cast.priya)


def test_help_lines_that_nobody_checked_are_named_with_the_way_to_them(
    cast: Any, visit: Any, in_alder: None
) -> None:
    bring_in_lines("GB", practice=cast.alder, by=None, now=NOW)
    page = visit(cast.priya).get(HOUSE).content.decode()
    assert "Help lines that nobody has checked yet" in page and "Samaritans" in page
    assert 'href="/office/help-lines/"' in page


BAD = {
    "a lock without a value": ({"hold__replies_leave": "on"}, "A lock holds a value. Choose one first"),
    "a lock without a promise": ({"hold__promise": "on"}, "A lock holds a value. Choose one first"),
    "overlapping openings": ({"hours__mon": "9:00-12:00, 11:00-13:00"}, "overlap"),
    "no zone that there is": ({"zone": "Mars/Olympus"}, "There is no time zone “Mars/Olympus”"),
    "no zone": ({"zone": ""}, "This field is required"),
    "an age of nobody": ({"minimum_age": "-1"}, "use a whole number from 0 to 25"),
    "never open": ({f"hours__{day}": "" for day in ("mon", "tue", "wed", "thu", "fri")}, "open on one day at least"),
    "a desk without a date": ({"desk_promise__kind": "session_only"}, "session_only"),
    "a desk of no days": ({"desk_promise__kind": "working_days", "desk_promise__days": "0"}, "use 1 or more"),
    "a place to fill in": ({"client_text": "Welcome to [practice]."}, "Still to fill in: “[practice]”"),
    "a topic that is no page": ({"topics__session": "self_service"}, "self_service"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_meant_is_said_at_its_place_and_publishes_nothing(
    cast: Any, visit: Any, kind: str
) -> None:
    changed, said = BAD[kind]
    answer = publish(visit, cast.priya, **changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'class="field__fix"' in page
    assert number(cast) == 1


def test_two_locks_that_contradict_are_named_at_the_field_with_the_way_out(
    cast: Any, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = 'layer = "law"\nname = "the law here"\nlocks = ["client_text"]\nclient_text = "As the law says."\n'
    monkeypatch.setattr("interlude.rulebook.house.place_of", lambda name, zone: law)
    answer = publish(visit, cast.priya, client_text="As we say.", hold__client_text="on")
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "“As we say.”: this lock contradicts As the law says. by the law here" in page
    assert "take one of the two locks out, or give both the same value" in page
    assert 'id="id_client_text_error"' in page
    assert number(cast) == 1


def test_an_empty_form_publishes_nothing(cast: Any, visit: Any) -> None:
    assert visit(cast.priya).post(HOUSE, {}).status_code == 422
    assert visit(cast.priya).post(HOUSE_SEEN, {}).status_code == 200
    assert number(cast) == 1


def test_rules_under_which_a_colleague_would_never_answer_name_them(cast: Any, visit: Any) -> None:
    mondays = '[promise]\nkind = "fixed_turns"\nweekdays = ["mon"]\nat = "12:00"\n'
    publish_rules(mondays, practice=cast.alder, clinician=cast.ben, by=None, since=TODAY, now=NOW)
    answer = publish(visit, cast.priya, hours__mon="")
    assert answer.status_code == 422
    assert "Ben Okoro: “mon”: name a weekday that has open hours" in answer.content.decode()
    assert number(cast) == 1
    see_out(cast.ben, by=None, now=NOW)
    assert publish(visit, cast.priya, hours__mon="").status_code == 302


def test_pressing_twice_publishes_once_and_another_tab_keeps_its_answers(cast: Any, visit: Any) -> None:
    browser = visit(cast.priya)
    one, two = (answers(browser, HOUSE, minimum_age=age) for age in ("14", "15"))
    for _ in range(2):
        assert browser.post(HOUSE, one).status_code == 302
    assert number(cast) == 2
    answer = browser.post(HOUSE, two)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "perhaps in another tab" in page and 'value="15"' in page
    assert "Until now: 14 years. Then: 15 years" in main_text(page)
    assert browser.post(HOUSE, answers(browser, HOUSE, minimum_age="15")).status_code == 302


def test_what_came_from_a_file_and_is_not_asked_stays(cast: Any, visit: Any) -> None:
    text = 'locks = ["plan.words"]\nminimum_age = 13\n[plan]\nwords = 500\n[hours]\nmon = ["9:00-17:00"]\n'
    publish_rules(text, practice=cast.alder, by=None, since=date(2026, 4, 2), now=NOW)
    assert "Words in one message. 500 words" in main_text(visit(cast.priya).get(HOUSE).content.decode())
    publish(visit, cast.priya, minimum_age="14")
    layer = published(cast.alder).last().layer()
    assert (layer.values["plan.words"], layer.locks) == (500, {"plan.words"})


def test_taking_a_lock_out_lets_a_setting_hold_again(cast: Any, visit: Any, in_alder: None) -> None:
    publish(visit, cast.priya, change_notice_days="28", **ON)
    own = "change_notice_days = 14\n"
    publish_rules(own, practice=cast.alder, clinician=cast.ada, by=None, since=TODAY, now=NOW)
    assert would_be_agreed(by=cast.ada, now=NOW).policy.change_notice_days == 28
    browser = visit(cast.priya)
    form = answers(browser, HOUSE)
    assert form.pop("hold.change_notice_days") == "on"
    page = main_text(browser.post(HOUSE_SEEN, form).content.decode())
    assert "Therapists may set it themselves again" in page
    assert "It makes a difference for Ada" in page
    browser.post(HOUSE, form)
    assert would_be_agreed(by=cast.ada, now=NOW).policy.change_notice_days == 14


def test_one_practice_never_reaches_another(cast: Any, visit: Any) -> None:
    before = practice_rules(cast.birch, TODAY).policy
    page = seen(visit, cast.priya, change_notice_days="28", **ON)
    assert "Cleo" not in page
    publish(visit, cast.priya, change_notice_days="28", **ON)
    assert practice_rules(cast.birch, TODAY).policy == before
    assert explain(practice_rules(cast.alder, TODAY), "change_notice_days").locked_by is not None


def test_the_page_is_the_owners_alone(cast: Any, visit: Any) -> None:
    for person in (cast.olu, cast.ada, cast.noor, cast.dov, cast.cleo):
        assert visit(person).get(HOUSE).status_code == 404
        for address in (HOUSE, HOUSE_SEEN):
            assert visit(person).post(address, {"number": "2"}).status_code == 404
    assert "Rules" not in main_text(visit(cast.olu).get("/office/").content.decode())
    assert number(cast) == 1


def test_rules_for_a_day_to_come_are_not_taken_for_those_of_today(cast: Any, visit: Any) -> None:
    later = TODAY + timedelta(days=30)
    publish_rules("minimum_age = 18\n", practice=cast.alder, by=None, since=later, now=NOW)
    assert answers(visit(cast.priya), HOUSE)["minimum_age"] == "13"
    assert publish(visit, cast.priya, minimum_age="14").status_code == 302
    assert published(cast.alder).last().number == 3
