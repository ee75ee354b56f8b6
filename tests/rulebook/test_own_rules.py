"""A clinician writes their own rules: a starting point, plain questions, the client's view, one press."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from interlude.agreements.actions import in_force_for, publish_agreement
from interlude.audit.models import Event
from interlude.boundaries.actions import publish_rules
from interlude.boundaries.calendars import own_rules
from interlude.boundaries.models import PolicyLayer
from interlude.boundaries.windows import window_of
from interlude.core.money import Money
from interlude.core.packs.load import preset_ids, presets
from interlude.core.promises import WorkingDays
from interlude.core.terms import LateCancel
from interlude.crisis.models import HelpLine
from interlude.practice.actions import add_clinician
from tests.agreements.reading import main_text
from tests.cast import LONG_AGO, NOW
from tests.rulebook.answers import OWN, OWN_SEEN, START, answers

WARM = f"{OWN}?start=warm_two_business_days"
MINE = "You can write at any hour. I read once a day and answer within two days."
TODAY = NOW.date()


def publish(visit: Any, who: Any, start: str = WARM, **changed: Any) -> Any:
    browser = visit(who)
    return browser.post(OWN, answers(browser, start, **({"client_text": MINE} | changed)))


def newest(clinician: Any) -> PolicyLayer:
    row = own_rules(clinician, TODAY)
    assert row is not None
    return row


def test_every_starting_point_says_whom_it_fits_and_whom_it_does_not(cast: Any, visit: Any) -> None:
    page = main_text(visit(cast.ada).get(START).content.decode())
    for one in presets().values():
        for said in (one.group, one.label, one.purpose, *one.fits, *one.not_for):
            assert said.lower().rstrip(".") in page.lower()


@pytest.mark.contract("A21", "A24", "B14", "C29")
def test_from_a_starting_point_to_published_rules_in_one_press(cast: Any, visit: Any) -> None:
    assert publish(visit, cast.ada).status_code == 302
    row = newest(cast.ada)
    assert (row.preset, row.number, row.since, row.clinician) == (
        "warm_two_business_days",
        2,
        TODAY,
        cast.ada,
    )
    assert Event.objects.filter(verb="rules.published", subject=f"policylayer:{row.pk}").count() == 1
    page = main_text(visit(cast.ada).get("/practice/rules/").content.decode())
    assert "Starting point. Warm, answer within two working days" in page
    assert MINE in page


def test_what_is_kept_is_what_differs_and_times_and_words(cast: Any, visit: Any) -> None:
    publish(visit, cast.ada, change_notice_days="28")
    values = newest(cast.ada).layer().values
    others = {key for key in values if not key.startswith(("check.", "hours."))}
    assert others == {"client_text", "change_notice_days"}
    assert values["check.mon"] == (time(17),)


def test_what_a_late_cancellation_costs_can_be_written_and_is_in_the_clients_view(
    cast: Any, visit: Any
) -> None:
    publish(visit, cast.ada, late_cancel__hours="24", late_cancel__price="60.00 gbp")
    assert newest(cast.ada).layer().values["late_cancel"] == LateCancel(24, Money(6000, "GBP"))
    publish_agreement(client=cast.noor.client, by=cast.ada, now=NOW, preset="warm_two_business_days")
    page = main_text(visit(cast.noor).get("/my/agreement/?version=2").content.decode())
    assert "less than 24 hours before it costs £60.00. Sooner, it is free." in page


@pytest.mark.contract("B36", "D18", "D19")
@pytest.mark.parametrize("preset", preset_ids())
def test_each_starting_point_can_be_published_as_it_stands_once_its_words_are_read(
    cast: Any, visit: Any, preset: str
) -> None:
    browser = visit(cast.ben)
    assert 'class="promise__line"' in browser.get(f"{OWN}?start={preset}").content.decode()
    form = answers(browser, f"{OWN}?start={preset}", read_words="on")
    answer = browser.post(OWN, form)
    assert answer.status_code == 302, main_text(answer.content.decode())
    assert newest(cast.ben).preset == preset
    assert newest(cast.ben).layer().values["client_text"] == presets()[preset].client_text


@pytest.mark.contract("A2", "C29")
def test_shipped_words_are_not_published_unread(cast: Any, visit: Any) -> None:
    answer = publish(visit, cast.ada, client_text=presets()["warm_two_business_days"].client_text)
    assert answer.status_code == 422
    assert "These are still the words of the starting point" in answer.content.decode()
    assert newest(cast.ada).number == 1


def test_a_place_that_nobody_filled_in_is_named(cast: Any, visit: Any) -> None:
    answer = publish(visit, cast.ada, client_text="Dear [name], I read at {time}.", read_words="on")
    page = main_text(answer.content.decode())
    assert answer.status_code == 422
    assert "Still to fill in: “[name]”, “{time}”" in page
    assert "Dear [name], I read at" in page
    assert newest(cast.ada).number == 1


def test_help_lines_that_nobody_checked_are_said_to_a_clinician_in_a_plain_sentence(
    cast: Any, visit: Any
) -> None:
    page = visit(cast.ada).get(WARM).content.decode()
    assert "Nobody has checked a help line for your practice’s country, United Kingdom" in page
    assert "/office/help-lines/" not in page
    HelpLine.unscoped.create(
        practice=cast.alder,
        country="GB",
        name="A",
        phone="1",
        dial="1",
        checked_on=TODAY,
        checked_by=cast.olu,
    )
    assert "Nobody has checked a help line" not in visit(cast.ada).get(WARM).content.decode()


@pytest.mark.contract("A15")
def test_the_clients_view_stands_beside_with_a_real_example(cast: Any, visit: Any) -> None:
    browser = visit(cast.ada)
    form = answers(browser, WARM, client_text=MINE)
    page = main_text(browser.post(OWN_SEEN, form).content.decode())
    assert "A message sent now would be read on Thu 14 May, 17:00 and answered by Fri 15 May, 17:00" in page
    assert MINE in page
    assert "Ada reads messages on Monday, Tuesday and Thursday at 17:00" in page
    slower = form | {"promise.days": "4", "check.thu": ""}
    page = main_text(browser.post(OWN_SEEN, slower).content.decode())
    assert "read on Fri 15 May, 12:00 and answered by Tue 19 May, 17:00" in page
    assert PolicyLayer.unscoped.filter(clinician=cast.ada).count() == 1


def test_the_live_view_is_only_the_view_and_how_the_words_read(cast: Any, visit: Any) -> None:
    browser = visit(cast.ada)
    hard = "Unfortunately you must not write too many messages. " * 2
    form = answers(browser, WARM, client_text=hard)
    part = browser.post(OWN_SEEN, form, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "<form" not in part
    assert 'id="words-read" hx-swap-oob="true"' in part
    assert "“Unfortunately” may be heard as blame: say what will happen" in part
    assert "Reads at about grade" in part


def test_reading_grade_and_blame_never_block(cast: Any, visit: Any) -> None:
    words = "Unfortunately, as per our policy, considerable therapeutic communication is not monitored."
    assert publish(visit, cast.ada, client_text=words).status_code == 302
    assert newest(cast.ada).layer().values["client_text"] == words


@pytest.mark.contract("B15", "C2")
def test_a_clinician_without_times_is_asked_for_them(cast: Any, visit: Any, in_alder: None) -> None:
    publish_rules("", practice=cast.alder, clinician=cast.ben, by=None, since=TODAY, now=NOW)
    assert "no times of reading of your own" in visit(cast.ben).get("/practice/rules/").content.decode()
    assert "You have no times of your own yet" in visit(cast.ben).get(WARM).content.decode()
    publish(visit, cast.ben, check__wed="16:15")
    assert newest(cast.ben).layer().values["check.wed"] == (time(16, 15),)
    assert window_of(cast.ben, NOW).next_at.astimezone(cast.ben.time_zone()).time() == time(16, 15)
    assert "no times of reading of your own" not in visit(cast.ben).get("/practice/rules/").content.decode()


@pytest.mark.contract("C3")
def test_new_rules_touch_no_agreement_and_the_page_says_how_many_are_older(cast: Any, visit: Any) -> None:
    before = in_force_for(cast.noor.client, NOW).rules(TODAY).policy
    assert "3 clients have an agreement. Each stays as it is" in visit(cast.ada).get(WARM).content.decode()
    publish(visit, cast.ada, check__thu="9:00", promise__days="5")
    assert in_force_for(cast.noor.client, NOW).rules(TODAY).policy == before
    page = main_text(visit(cast.ada).get("/practice/rules/").content.decode())
    assert "3 clients have an agreement from before Wed 13 May" in page
    assert "reach somebody only with a new version, and their yes" in page


@pytest.mark.contract("C25", "D7")
def test_an_agreement_offered_later_starts_from_the_same_starting_point(
    cast: Any, visit: Any, in_alder: None
) -> None:
    publish(visit, cast.ada, f"{OWN}?start=cbt_homework_support", plan__words="99")
    offered = publish_agreement(client=cast.noor.client, by=cast.ada, now=NOW)
    policy = offered.as_offered().policy
    assert (offered.preset, policy.words_per_message, policy.client_text) == (
        "cbt_homework_support",
        99,
        MINE,
    )
    assert policy.promise == WorkingDays(1, time(17))  # the starting point's
    page = main_text(
        visit(cast.ada).get(f"/practice/clients/{cast.noor.client_id}/agreement/").content.decode()
    )
    assert "With your own words, from “CBT: help with tasks”" in page


def test_another_starting_point_for_one_client_keeps_times_and_leaves_the_words_behind(
    cast: Any, visit: Any, in_alder: None
) -> None:
    publish(visit, cast.ada, check__mon="8:00")
    offered = publish_agreement(client=cast.tove.client, by=cast.ada, now=NOW, preset="couples_no_secrets")
    policy = offered.as_offered().policy
    assert policy.values()["check.mon"] == (time(8),)
    assert policy.client_text == presets()["couples_no_secrets"].client_text


def test_going_on_with_my_rules_begins_with_what_i_published(cast: Any, visit: Any) -> None:
    publish(visit, cast.ada, promise__days="4", topics__homework="keep", extra__price="18 gbp")
    form = answers(visit(cast.ada), OWN)
    assert (form["start"], form["number"]) == ("warm_two_business_days", "3")
    assert (form["promise.days"], form["topics.homework"], form["extra.price"]) == ("4", "keep", "18.00 GBP")
    assert form["client_text"] == MINE


def test_words_that_were_read_once_are_not_asked_about_again(cast: Any, visit: Any) -> None:
    shipped = presets()["warm_two_business_days"].client_text
    publish(visit, cast.ada, client_text=shipped, read_words="on")
    assert answers(visit(cast.ada), OWN)["read_words"] == "on"
    assert publish(visit, cast.ada, OWN, client_text=shipped, promise__days="3").status_code == 302
    assert "read_words" not in answers(visit(cast.ada), f"{OWN}?start=cbt_homework_support")


def test_pressing_twice_publishes_once(cast: Any, visit: Any) -> None:
    browser = visit(cast.ada)
    form = answers(browser, WARM, client_text=MINE)
    for _ in range(3):
        assert browser.post(OWN, form).status_code == 302
    assert newest(cast.ada).number == 2


def test_two_tabs_the_second_is_told_and_keeps_its_answers(cast: Any, visit: Any) -> None:
    browser = visit(cast.ada)
    one, two = (answers(browser, WARM, client_text=words) for words in (MINE, "Other words, also mine."))
    browser.post(OWN, one)
    answer = browser.post(OWN, two)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "perhaps in another tab" in page and "Other words, also mine." in page
    assert newest(cast.ada).number == 2
    again = two | {"number": "3"}
    assert 'name="number" value="3"' in page
    assert browser.post(OWN, again).status_code == 302
    assert newest(cast.ada).layer().values["client_text"] == "Other words, also mine."


BAD = {
    "never read": ({f"check__{day}": "" for day in ("mon", "tue", "wed", "thu", "fri")}, "name one time at least"),
    "never open": ({f"hours__{day}": "" for day in ("mon", "tue", "wed", "thu", "fri")}, "open on one day at least"),
    "overlapping": ({"hours__mon": "9:00-12:00, 11:00-15:00"}, "overlap"),
    "no clock": ({"check__mon": "25:00"}, "“25:00”: write a clock time such as"),
    "past midnight": ({"hours__mon": "20:00-2:00"}, "give two openings"),
    "turns on closed days": ({"promise__kind": "fixed_turns", "promise__weekdays": ["sun"]}, "has open hours"),
    "no turn": ({"promise__kind": "fixed_turns", "promise__weekdays": []}, "give one or more"),
    "no days": ({"promise__days": ""}, "Use a whole number"),
    "sixty-one days": ({"promise__days": "61"}, "from 1 to 60 working days"),
    "no hours": ({"promise__kind": "open_hours", "promise__hours": "0"}, "more than 0"),
    "no price": ({"extra__price": "a lot"}, "a lot"),
    "free extra": ({"extra__price": "0 GBP"}, "give a price above 0"),
    "late without a price": ({"late_cancel__hours": "24"}, "Fill in both, or leave both empty."),
    "late for nothing": ({"late_cancel__hours": "24", "late_cancel__price": "0 GBP"}, "a price above 0"),
    "late a year before": ({"late_cancel__hours": "9000", "late_cancel__price": "9 GBP"}, "hours from 1 to 336"),
    "too many words": ({"plan__words": "9" * 5000}, "use a whole number from 10"),
    "no number": ({"change_notice_days": "soon"}, "“soon”: use a whole number from 0 to 365"),
    "turned text": ({"client_text": "a\u202eb"}, "turn the writing direction"),
    "too long": ({"client_text": "word " * 2000}, "shorten it to 5000 characters"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_meant_is_said_at_its_place_and_publishes_nothing(
    cast: Any, visit: Any, kind: str
) -> None:
    changed, said = BAD[kind]
    for address, status in ((OWN, 422), (OWN_SEEN, 200)):
        browser = visit(cast.ada)
        answer = browser.post(address, answers(browser, WARM, **({"client_text": MINE} | changed)))
        page = answer.content.decode()
        assert answer.status_code == status
        assert said in page
        assert "Your client’s view comes back once this is changed" in page
        assert page.count('class="field__fix"') >= 1, "it stands at a field"
    assert newest(cast.ada).number == 1


def test_a_starting_point_that_does_not_fit_the_practice_is_shown_with_what_to_change(
    cast: Any, visit: Any
) -> None:
    saturdays = (
        'locks = ["hours"]\n[hours]\nmon = []\ntue = []\nwed = []\nthu = []\nfri = []\nsat = ["9:00-13:00"]\n'
    )
    publish_rules(saturdays, practice=cast.alder, by=None, since=date(2026, 3, 3), now=NOW)
    answer = visit(cast.ben).get(f"{OWN}?start=async_text_therapy")  # in turns on Tuesdays and Fridays
    assert answer.status_code == 200
    assert "“tue, fri”: name a weekday that has open hours" in answer.content.decode()


def test_rules_whose_starting_point_is_shipped_no_longer_go_on_freely(cast: Any, visit: Any) -> None:
    publish(visit, cast.ada)
    PolicyLayer.unscoped.filter(pk=newest(cast.ada).pk).update(preset="of_last_year")
    assert "Written freely" in visit(cast.ada).get(OWN).content.decode()
    assert visit(cast.ada).get("/practice/rules/").status_code == 200


def test_an_empty_form_asks_and_publishes_nothing(cast: Any, visit: Any) -> None:
    assert visit(cast.ada).post(OWN, {}).status_code == 422
    assert visit(cast.ada).post(OWN_SEEN, {}).status_code == 200
    assert newest(cast.ada).number == 1


@pytest.mark.parametrize("start", ["no_such", "crisis", "../../etc/passwd", "x" * 5000, "\0"])
def test_a_starting_point_that_is_not_there_is_no_page(cast: Any, visit: Any, start: str) -> None:
    assert visit(cast.ada).get(OWN, {"start": start}).status_code == 404
    for address in (OWN, OWN_SEEN):
        assert visit(cast.ada).post(address, {"start": start}).status_code == 404


@pytest.mark.contract("C23", "D17")
def test_no_messages_at_all_is_a_rule_like_others(cast: Any, visit: Any) -> None:
    browser = visit(cast.ada)
    form = answers(browser, WARM, client_text="Please bring it to our session.", messages="none")
    page = main_text(browser.post(OWN_SEEN, form).content.decode())
    assert "A message written now would stay in your client’s own journal" in page
    assert browser.post(OWN, form).status_code == 302
    assert newest(cast.ada).layer().values["messages"] == "none"


LOCKS = 'locks = ["change_notice_days", "topics"]\nchange_notice_days = 21\n[topics]\ndesk = ["billing"]\n'


@pytest.mark.contract("D13", "D17", "C22")
def test_what_the_practice_holds_says_so_and_cannot_be_loosened(cast: Any, visit: Any) -> None:
    publish_rules(LOCKS, practice=cast.alder, by=None, since=date(2026, 3, 3), now=NOW)
    page = visit(cast.ada).get(WARM).content.decode()
    assert "Held for everybody by Alder Street since" in page
    assert answers(visit(cast.ada), WARM)["change_notice_days"] == "21"
    for changed in ({"change_notice_days": "14"}, {"topics__billing": "answer"}):
        answer = publish(visit, cast.ada, **changed)
        assert answer.status_code == 422
        assert "Alder Street holds this for everybody" in answer.content.decode()
    assert newest(cast.ada).number == 1
    assert publish(visit, cast.ada, change_notice_days="30").status_code == 302
    assert newest(cast.ada).layer().values["change_notice_days"] == 30


def test_words_that_the_practice_holds_are_nobody_elses_to_write(cast: Any, visit: Any) -> None:
    text = 'locks = ["client_text"]\nclient_text = "The same words for all."\n'
    publish_rules(text, practice=cast.alder, by=None, since=date(2026, 3, 3), now=NOW)
    page = visit(cast.ada).get(WARM).content.decode()
    assert "The same words for all." in page and "I have read these words as my own" not in page
    assert publish(visit, cast.ada, client_text="Mine after all.").status_code == 302
    assert "client_text" not in newest(cast.ada).layer().values


def test_a_clinician_elsewhere_keeps_their_own_clock(cast: Any, visit: Any) -> None:
    marta = add_clinician(
        practice=cast.alder, name="Marta Ferrer", zone="Europe/Madrid", country="ES", by=None, now=LONG_AGO
    )
    marta.user = cast.ben.user.__class__.objects.create_user("marta@example.org", "a long and quiet sentence")
    marta.save()
    assert "All by the clock in Madrid" in visit(marta).get(WARM).content.decode()
    publish(visit, marta)
    assert newest(marta).layer().values["zone"] == "Europe/Madrid"


def test_the_pages_are_nobody_elses(cast: Any, visit: Any) -> None:
    for person in (cast.noor, cast.jonas, cast.olu, cast.priya, cast.dov):
        for address in (START, OWN):
            assert visit(person).get(address).status_code == 404
        for address in (OWN, OWN_SEEN):
            assert visit(person).post(address, {"start": "none"}).status_code == 404
    assert visit(cast.ada).get(OWN_SEEN).status_code == 405
    assert PolicyLayer.unscoped.filter(clinician__isnull=False).count() == 3
