"""First steps: short pages from one's own agreement, three questions that teach, and a place that is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest

from interlude.agreements.models import Acceptance, StepPassed
from interlude.audit.models import Event
from interlude.boundaries.actions import go_away
from interlude.core.first_steps import ASKING, Step
from interlude.core.packs.load import preset_ids
from interlude.outbox.models import Notice
from interlude.practice.models import Client
from tests.agreements.newcomers import newcomer, version_of
from tests.agreements.reading import grade, main_text
from tests.attack.snapshot import differences, rows
from tests.cast import DAY, NOW

FIRST = "/my/first-steps/"
PAGES = [step for step in Step if step is not Step.YES]


def read(browser: Any, step: str = "") -> str:
    answer = browser.get(f"{FIRST}{step}/" if step else FIRST)
    assert answer.status_code == 200, step
    return main_text(answer.content.decode())


@pytest.mark.contract("A20", "A21", "A22", "D20", "E5", "E9")
@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("topics", "Ada answers here. Practice tasks"),
        ("reading", "A message sent now is read on Thursday at 17:00. You hear by Fri 15 May, 17:00"),
        ("plan", "A message now and then is welcome. Our sessions stay the main place for our work"),
        ("plan", "We planned up to 3 messages a week, of about 150 words each"),
        ("help", "Nobody watches for messages"),
        ("readers", "Ada Lindqvist, your therapist"),
        ("device", "No way of writing is quite safe"),
        ("record", "are part of your record"),
        ("cost", "Messages cost nothing"),
        ("away", "you are told before the old one has passed"),
        ("changes", "you are told why, at least 14 days before"),
        ("ending", "Ada tells you the last day for answers"),
    ],
)
def test_each_page_has_one_idea_from_the_clients_own_agreement(
    cast: Any, visit: Any, step: str, said: str
) -> None:
    assert said in read(visit(newcomer(cast)), step)


@pytest.mark.contract("D14", "D29", "D30")
def test_the_risks_of_ones_own_device_are_said_and_the_way_to_our_safeguards(cast: Any, visit: Any) -> None:
    answer = visit(newcomer(cast)).get(f"{FIRST}device/").content.decode()
    assert "Lock your phone" in answer
    assert "It never says what" in answer
    assert 'href="/how-we-protect-what-you-write/"' in answer or "How we protect what you write" in main_text(
        answer
    )


@pytest.mark.contract("C7", "C8", "C9")
def test_more_for_a_while_is_for_one_alone_and_has_an_end(cast: Any, visit: Any) -> None:
    assert "For a hard time we can agree on more. That is for you alone. It has an end" in read(
        visit(newcomer(cast)), "changes"
    )


def test_time_away_stands_on_its_page_with_dates(cast: Any, visit: Any) -> None:
    go_away(clinician=cast.ada, starts_at=NOW + DAY, ends_at=NOW + 7 * DAY, by=cast.ada, now=NOW)
    assert "Ada is away from Thu 14 May, 14:41 until Wed 20 May, 14:41" in read(visit(newcomer(cast)), "away")


@pytest.mark.contract("A48")
@pytest.mark.parametrize("preset", preset_ids())
def test_every_page_reads_at_grade_six_or_lower_under_every_starting_point(
    cast: Any, visit: Any, preset: str
) -> None:
    cast.ada.supervisor = cast.ben  # one of the starting points cannot be offered without
    cast.ada.save()
    browser = visit(newcomer(cast, preset=preset))
    hard = {}
    for step in ["", *PAGES, Step.YES, "without-messages"]:
        answer = browser.get(f"{FIRST}{step}/" if step else FIRST, follow=True)
        assert answer.status_code == 200
        found = grade(main_text(answer.content.decode()))
        if found > 6:
            hard[str(step)] = round(found, 1)
    assert not hard


def test_the_way_through_by_going_on_ends_at_the_yes_and_is_kept(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    browser, address = visit(wren), f"{FIRST}topics/"
    seen = []
    for _ in range(len(PAGES)):
        seen.append(address.split("/")[-2])
        answer = browser.post(address)
        assert answer.status_code == 302
        address = answer["Location"]
    assert seen == [str(step) for step in PAGES]
    assert address == f"{FIRST}yes/"
    assert read(visit(wren)).count("Done") == len(PAGES)


def test_any_order_by_links_and_what_was_passed_over_comes_back(cast: Any, visit: Any) -> None:
    browser = visit(newcomer(cast))
    for step in ("ending", "cost"):
        browser.post(f"{FIRST}{step}/")
    assert browser.post(f"{FIRST}ask-long/")["Location"] == f"{FIRST}questions/"
    assert browser.post(f"{FIRST}questions/", {"words": ""})["Location"] == f"{FIRST}topics/"
    page = browser.get(FIRST).content.decode()
    assert all(f'href="{FIRST}{step}/"' in page for step in Step)
    assert 'class="button" href="/my/first-steps/topics/"' in page


def test_back_leads_to_the_page_before_and_passing_twice_is_once(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    browser = visit(wren)
    assert f'href="{FIRST}topics/">Back</a>' in browser.get(f"{FIRST}reading/").content.decode()
    for _ in range(3):
        browser.post(f"{FIRST}topics/")
    assert StepPassed.unscoped.filter(participant=wren).count() == 1


@pytest.mark.contract("A27", "D13")
@pytest.mark.parametrize(
    ("step", "wrong", "right", "taught"),
    [
        ("ask-when", "soon", "date", "A message sent now is answered by Fri 15 May, 17:00"),
        ("ask-help", "write", "help", "A person on a help line can be there at once"),
        ("ask-long", "back", "keep", "It is kept for our session, where there is time for it"),
    ],
)
def test_a_question_teaches_whatever_is_answered_and_blocks_nobody(
    cast: Any, visit: Any, step: str, wrong: str, right: str, taught: str
) -> None:
    wren = newcomer(cast)
    browser, before = visit(wren), rows()
    assert taught not in read(browser, step)
    for chosen, said in (
        (wrong, "It works another way here"),
        (right, "Yes, that is how it works"),
        ("\0", "another"),
    ):
        page = main_text(browser.post(f"{FIRST}{step}/", {"answer": chosen}).content.decode())
        assert said in page
        assert taught in page
        assert "Go on" in page
    kept = [line for line in differences(before, rows()) if "session" not in line.lower()]
    assert not kept, "an answer leaves nothing behind"
    assert browser.post(f"{FIRST}{step}/").status_code == 302
    (passed,) = StepPassed.unscoped.filter(participant=wren).values()
    assert set(passed) == {"id", "practice_id", "participant_id", "step"}


def test_a_question_can_be_passed_without_an_answer(cast: Any, visit: Any) -> None:
    browser = visit(newcomer(cast))
    for step in ASKING:
        assert browser.post(f"{FIRST}{step}/", {"go_on": "1"}).status_code == 302


@pytest.mark.contract("C23")
def test_the_questions_follow_an_agreement_without_messages(cast: Any, visit: Any) -> None:
    browser = visit(newcomer(cast, preset="institution_prohibited"))
    page = main_text(browser.post(f"{FIRST}ask-long/", {"answer": "answer"}).content.decode())
    assert "It stays in your own journal, and you can bring it to our session" in page
    assert "By " not in main_text(browser.get(f"{FIRST}ask-when/").content.decode())
    assert browser.get(f"{FIRST}plan/")["Location"] == FIRST
    assert browser.get(f"{FIRST}without-messages/")["Location"] == "/my/agreement/"


def test_nobody_learns_which_pages_were_read(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    ada, pages = visit(cast.ada), ("/practice/", "/practice/?done=1", f"/practice/clients/{wren.client_id}/")
    pages += (f"/practice/clients/{wren.client_id}/agreement/",)
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    before = [token.sub("", ada.get(page).content.decode()) for page in pages]
    told, sent = set(Event.objects.values_list("verb", flat=True)), Notice.objects.count()
    browser = visit(wren)
    for step in PAGES:
        browser.get(f"{FIRST}{step}/")
        browser.post(f"{FIRST}{step}/")
    assert [token.sub("", ada.get(page).content.decode()) for page in pages] == before
    assert set(Event.objects.values_list("verb", flat=True)) - told <= {"messages.opened"}
    assert Notice.objects.count() == sent
    assert not list(StepPassed.unscoped.all().visible_to(cast.ada))


def test_first_steps_are_their_readers_own(cast: Any, visit: Any) -> None:
    for person in (cast.jonas, cast.ada, cast.olu, cast.priya):
        for address in (
            FIRST,
            f"{FIRST}topics/",
            f"{FIRST}yes/",
            f"{FIRST}without-messages/",
            f"{FIRST}questions/",
        ):
            assert visit(person).get(address).status_code == 404
            assert visit(person).post(address).status_code in (404, 405)
    assert visit(None).get(FIRST).status_code == 302
    for wrong in ("nothing", "x" * 300, "questions-", "TOPICS", "0"):
        assert visit(cast.noor).get(f"{FIRST}{wrong}/").status_code == 404


def test_without_an_agreement_the_first_page_says_what_comes(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    version_of(wren).delete()
    for address in (FIRST, f"{FIRST}topics/", f"{FIRST}questions/", f"{FIRST}without-messages/"):
        page = visit(wren).get(address, follow=True)
        assert page.redirect_chain[-1][0] == "/my/"
        assert "Messages begin with our agreement" in page.content.decode()
    assert not Acceptance.unscoped.filter(participant=wren).exists()


@pytest.mark.contract("B16", "B18")
def test_home_shows_the_first_steps_until_the_yes_is_given(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    home = visit(wren).get("/my/").content.decode()
    assert home.count(f'href="{FIRST}"') == 2
    assert "A change to our agreement" not in home
    visit(wren).post(f"{FIRST}yes/", {"name": "Wren Aalto"})
    assert f'href="{FIRST}"' not in visit(wren).get("/my/").content.decode()
    assert f'href="{FIRST}"' not in visit(cast.noor).get("/my/").content.decode()


def test_below_the_youngest_age_the_page_says_from_when(cast: Any, visit: Any) -> None:
    wren = newcomer(cast, text="minimum_age = 16\n")
    Client.unscoped.filter(pk=wren.client_id).update(born_on="2012-01-01")
    assert "Messages here begin at the age of 16" in read(visit(wren), "reading")


@pytest.mark.contract("B16", "B18")
def test_who_came_in_by_an_invitation_goes_to_the_first_steps(cast: Any, visit: Any) -> None:
    for person, first in ((newcomer(cast), FIRST), (cast.jonas, "/my/"), (cast.ada, "/practice/")):
        browser = visit(person)
        session = browser.session
        session["welcome"] = True
        session.save()
        assert f'href="{first}">Not now</a>' in browser.get("/").content.decode()
