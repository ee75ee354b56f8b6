"""My things: read, tried, filled in; nobody learns that they were opened."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from interlude.library.actions import (
    Places,
    Words,
    change_piece,
    fill_in,
    give_to_all,
    keep_for_chosen,
    say_it_helped,
    take_back,
)
from interlude.library.models import Filled, Helped, Piece, Share
from interlude.practice.scope import in_practice
from interlude.sealing.vault import Sealer
from tests.access.people import closing_of
from tests.cast import DAY, NOW
from tests.library.shelf import a_piece, shared
from tests.plans.test_my_plan import every_row

THINGS = "/my/things/"
NIGHT = datetime(2026, 5, 13, 21, 0, tzinfo=UTC)  # Wednesday, 22:00 in London
MORNING = datetime(2026, 5, 14, 8, 0, tzinfo=UTC)  # Thursday, 9:00: working hours begin


@pytest.mark.contract("B5", "B12", "B21")
def test_what_is_shared_ahead_of_need_stands_on_a_page_of_its_own(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada, title="A slower breath", text="Count to three.")
    assert piece.pk and "has not shared anything yet" in visit(cast.noor).get(THINGS).content.decode()
    shared(piece, cast.noor.client, line="For the talk on Friday.")
    noor = visit(cast.noor)
    assert "A slower breath" in noor.get(THINGS).content.decode()
    page = noor.get(f"{THINGS}{piece.pk}/").content.decode()
    assert "Count to three." in page and "For the talk on Friday." in page


@pytest.mark.contract("E18")
def test_a_place_outside_is_pointed_to_by_a_link_that_says_where_it_leads(cast: Any, visit: Any) -> None:
    place = "https://www.nami.org/support-education/"
    piece = a_piece(cast.ada, title="Groups near you", kind="link", text="People who know it.", link=place)
    address = f"{THINGS}{piece.pk}/"
    assert visit(cast.noor).get(address).status_code == 404  # it is not shared yet
    shared(piece, cast.noor.client)
    assert "A link" in visit(cast.noor).get(THINGS).content.decode()
    page = visit(cast.noor).get(address).content.decode()
    assert f'href="{place}" rel="noopener noreferrer external"' in page
    assert f"It leads away from here, to <bdi>{place}</bdi>" in page
    for stranger in (cast.kai, cast.tove, cast.dov):
        assert visit(stranger).get(address).status_code == 404


def test_what_is_given_at_night_turns_up_in_working_hours(cast: Any, visit: Any, clock: Any) -> None:
    one, other = a_piece(cast.ada), a_piece(cast.ada, title="For all")
    row = shared(one, cast.noor.client, now=NIGHT)
    give_to_all(other, by=cast.ada, now=NIGHT)
    assert row.shared_at == MORNING
    noor = visit(cast.noor)
    for moment, there in ((NIGHT, False), (MORNING - timedelta(seconds=1), False), (MORNING, True)):
        clock.set(moment)
        page = visit(cast.noor).get(THINGS).content.decode()
        assert ("A slower breath" in page) == ("For all" in page) == there, moment
    assert noor is not None


def test_taken_back_is_gone_at_once_and_what_was_written_stays(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada, kind="worksheet", fields=("What was it?",))
    row, noor = shared(piece, cast.noor.client), visit(cast.noor)
    filled = fill_in(["My words."], version=row.version, by=cast.noor, now=NOW, finish=True)
    visit(cast.ada).post(f"/practice/shares/{row.pk}/back/")
    assert noor.get(f"{THINGS}{piece.pk}/").status_code == 404
    assert "My words." in visit(cast.ada).get(f"/practice/filled/{filled.pk}/").content.decode()


def test_for_everyone_means_this_clinicians_clients_and_no_guardian(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada)
    give_to_all(piece, by=cast.ada, now=NOW)
    address = f"{THINGS}{piece.pk}/"
    for who in (cast.noor, cast.mira, cast.tove, cast.imre):
        assert visit(who).get(address).status_code == 200, who.name
    for who in (cast.kai, cast.dov, cast.jonas):
        assert visit(who).get(address).status_code == 404, who.name
    assert visit(cast.jonas).get(THINGS).status_code == 404
    keep_for_chosen(piece, by=cast.ada, now=NOW)
    assert visit(cast.noor).get(address).status_code == 404


def test_of_two_people_one_can_be_given_something_alone(cast: Any, visit: Any) -> None:
    both, hers = a_piece(cast.ada, title="For both"), a_piece(cast.ada, title="For Tove")
    form = {
        "piece": str(hers.pk),
        "person": str(cast.tove.pk),
        "line": "Only for you.",
        "due_on": "2026-05-20",
    }
    answer = visit(cast.ada).post(f"/practice/clients/{cast.tove.client_id}/library/share/", form)
    assert answer.status_code == 302
    shared(both, cast.tove.client)
    tove, imre = (visit(who).get(THINGS).content.decode() for who in (cast.tove, cast.imre))
    assert "For both" in tove and "For both" in imre
    assert "For Tove" in tove and "For Tove" not in imre
    assert "Wed 20 May" in tove
    assert visit(cast.imre).get(f"{THINGS}{hers.pk}/").status_code == 404


def test_a_person_of_another_care_cannot_be_named(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada)
    form = {"piece": str(piece.pk), "person": str(cast.noor.pk), "line": "Words that stay."}
    answer = visit(cast.ada).post(f"/practice/clients/{cast.tove.client_id}/library/share/", form)
    assert answer.status_code == 422 and "Words that stay." in answer.content.decode()
    guardian = form | {"person": str(cast.jonas.pk)}
    answer = visit(cast.ada).post(f"/practice/clients/{cast.mira.client_id}/library/share/", guardian)
    assert answer.status_code == 422 and not Share.unscoped.exists()


def test_a_day_that_is_over_is_named(cast: Any, visit: Any) -> None:
    form = {"piece": str(a_piece(cast.ada).pk), "due_on": "2026-05-12"}
    answer = visit(cast.ada).post(f"/practice/clients/{cast.noor.client_id}/library/share/", form)
    assert answer.status_code == 422 and "This day is over." in answer.content.decode()


@pytest.mark.contract("B12")
def test_a_page_is_filled_in_as_a_draft_and_then_finished(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada, kind="worksheet", fields=("What was it?", "How strong?"))
    row, noor, ada = shared(piece, cast.noor.client), visit(cast.noor), visit(cast.ada)
    page, answers = f"{THINGS}{piece.pk}/", f"{THINGS}{piece.pk}/answers/"
    of_noor = f"/practice/clients/{cast.noor.client_id}/library/"
    noor.post(answers, {"answer_0": "A dog <b>barked</b>.", "answer_1": "", "to": "draft"})
    assert "A dog &lt;b&gt;barked&lt;/b&gt;." in noor.get(page).content.decode()
    assert "None so far." in ada.get(of_noor).content.decode()
    key = re.findall(r'name="filled_id" value="([^"]+)"', noor.get(page).content.decode())[0]
    for _ in range(2):
        said = {"answer_0": "A dog barked.", "answer_1": "Six.", "to": "finish", "filled_id": key}
        noor.post(answers, said)
    filled = Filled.unscoped.get()
    assert b"dog" not in bytes(filled.sealed) and filled.version_id == row.version_id
    assert f"/practice/filled/{filled.pk}/" in ada.get(of_noor).content.decode()
    assert "Six." in ada.get(f"/practice/filled/{filled.pk}/").content.decode()
    assert "What you wrote" in noor.get(page).content.decode()
    noor.post(answers, {"answer_0": "Another day.", "to": "finish", "filled_id": key})
    assert Filled.unscoped.count() == 2


def test_an_empty_page_is_not_finished_and_a_draft_can_be_thrown_away(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada, kind="worksheet", fields=("What was it?",))
    shared(piece, cast.noor.client)
    noor, answers = visit(cast.noor), f"{THINGS}{piece.pk}/answers/"
    answer = noor.post(answers, {"answer_0": " ", "to": "finish"})
    assert answer.status_code == 422 and "All boxes are empty." in answer.content.decode()
    noor.post(answers, {"answer_0": "Begun.", "to": "draft"})
    noor.post(answers, {"to": "away"})
    assert not Filled.unscoped.exists()


def test_a_partner_reads_no_page_of_the_other(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada, kind="worksheet", fields=("What was it?",))
    row = shared(piece, cast.tove.client)
    fill_in(["Mine alone."], version=row.version, by=cast.tove, now=NOW, finish=True)
    assert "Mine alone." not in visit(cast.imre).get(f"{THINGS}{piece.pk}/").content.decode()
    for other in (cast.imre, cast.noor, cast.ben, cast.olu, cast.priya):
        assert not Filled.unscoped.visible_to(other).exists()


@pytest.mark.contract("A1", "A11", "B19")
def test_what_can_i_do_now_has_its_pieces_ready_to_use(cast: Any, visit: Any) -> None:
    now = a_piece(cast.ada, title="Cold water", text="Let it run.", for_now=True)
    later = a_piece(cast.ada, title="A long text")
    for piece in (now, later):
        shared(piece, cast.noor.client)
    page = visit(cast.noor).get(f"{THINGS}now/").content.decode()
    assert "Cold water" in page and "Let it run." in page and "A long text" not in page
    assert "To hold on until the next session is a skill" in page and "Help now" in page


@pytest.mark.contract("B19")
def test_it_helped_is_counted_once_a_day_and_asks_if_a_message_is_still_needed(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada)
    shared(piece, cast.noor.client)
    noor, address = visit(cast.noor), f"{THINGS}{piece.pk}/helped/"
    page = noor.post(address).content.decode()
    assert "is it not needed now?" in page
    noor.post(address)
    noor.post(address, {"instead": "yes"})
    assert [(one.on, one.instead) for one in Helped.unscoped.all()] == [(NOW.date(), True)]
    say_it_helped(piece, by=cast.noor, now=NOW + DAY)
    assert Helped.unscoped.count() == 2
    assert "sees the sum, and no day" in noor.get(f"{THINGS}{piece.pk}/").content.decode()


def test_opening_anything_is_written_down_nowhere(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada, kind="worksheet", fields=("What was it?",), for_now=True)
    shared(piece, cast.noor.client)
    noor = visit(cast.noor)
    noor.get("/my/")
    before = every_row()
    for address in ("", "now/", f"{piece.pk}/"):
        assert noor.get(THINGS + address).status_code == 200
    noor.post(THINGS, {"words": "breath"})
    assert every_row() == before


def test_lines_and_answers_lie_sealed(cast: Any) -> None:
    row = shared(a_piece(cast.ada, kind="worksheet", fields=("?",)), cast.noor.client, line="Zaunkoenigin")
    assert b"Zaunkoenigin" not in bytes(row.sealed or b"")
    assert row.line(Sealer(cast.alder.pk)) == "Zaunkoenigin"
    take_back(row, by=cast.ada, now=NOW)
    assert not Share.unscoped.here(NOW).exists() and Piece.unscoped.exists()


@pytest.mark.contract("B12", "B21")
def test_what_has_a_day_stands_on_the_first_page_until_it_is_done_or_over(
    cast: Any, visit: Any, clock: Any
) -> None:
    piece = a_piece(cast.ada, title="Small good things", kind="worksheet", fields=("What was it?",))
    row = shared(piece, cast.noor.client, due_on=NOW.date() + 2 * DAY)
    shared(a_piece(cast.ada, title="Whenever"), cast.noor.client)

    def home(at: datetime) -> str:
        clock.set(at)
        return str(visit(cast.noor).get("/my/").content.decode())

    assert "Small good things" in home(NOW) and "Fri 15 May" in home(NOW) and "Whenever" not in home(NOW)
    assert "Small good things" in home(NOW + 2 * DAY)
    assert "Small good things" not in home(NOW + 3 * DAY)
    fill_in(["It was."], version=row.version, by=cast.noor, now=NOW, finish=True)
    assert "Small good things" not in home(NOW)


def test_a_finished_page_is_part_of_the_record(cast: Any, visit: Any) -> None:
    """In the file of dates that a clinician makes, with words where they asked for them; a draft is not."""
    piece = a_piece(cast.ada, title="Small things", kind="worksheet", fields=("What was it?",))
    row = shared(piece, cast.noor.client, line="One is plenty.")
    fill_in(["A canary."], version=row.version, by=cast.noor, now=NOW, finish=True)
    fill_in(["Not yet."], version=row.version, by=cast.noor, now=NOW, finish=False)
    ada, to = visit(cast.ada), f"/practice/clients/{cast.noor.client_id}/safety/dates/"
    bare, whole = (ada.post(to, form).content.decode() for form in ({}, {"with_words": "on"}))
    assert "a piece of the library was shared" in bare and "page finished by Noor Haddad" in bare
    assert "Small things" not in bare and "One is plenty." not in bare and "A canary." not in bare
    assert "Small things" in whole and "One is plenty." in whole and "A canary." in whole
    assert "Not yet." not in whole


def test_a_copy_at_the_end_holds_the_pages_that_were_finished(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada, title="Small things", kind="worksheet", fields=("What was it?",))
    row = shared(piece, cast.noor.client)
    fill_in(["A <b>canary</b>."], version=row.version, by=cast.noor, now=NOW, finish=True)
    fill_in(["Not yet."], version=row.version, by=cast.noor, now=NOW, finish=False)
    with in_practice(cast.alder.id):
        closing = closing_of(cast.noor)
    page, text = (visit(cast.noor).get(f"/my/ending/{closing.pk}/copy{end}") for end in ("/", ".txt"))
    assert "Small things" in page.content.decode() and "A &lt;b&gt;canary&lt;/b&gt;." in page.content.decode()
    assert "A <b>canary</b>." in text.content.decode() and "What was it?" in text.content.decode()
    assert "Not yet." not in page.content.decode() + text.content.decode()


def test_what_is_changed_at_night_is_read_in_working_hours(cast: Any, visit: Any, clock: Any) -> None:
    piece = a_piece(cast.ada, text="Old words.")
    give_to_all(piece, by=cast.ada, now=NOW)
    change_piece(piece, Words("Other", "New words."), places=Places(), by=cast.ada, now=NIGHT)
    for moment, said in ((NIGHT, "Old words."), (MORNING, "New words.")):
        clock.set(moment)
        assert said in visit(cast.noor).get(f"{THINGS}{piece.pk}/").content.decode()


def test_own_words_stay_readable_when_the_page_is_taken_back_or_has_changed(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada, title="Small things", kind="worksheet", fields=("What was it?",))
    row, noor = shared(piece, cast.noor.client), visit(cast.noor)
    done = fill_in(["It was good."], version=row.version, by=cast.noor, now=NOW, finish=True)
    begun = fill_in(["Half a line."], version=row.version, by=cast.noor, now=NOW, finish=False)
    change_piece(piece, Words("Other", fields=("And now?",)), places=Places(), by=cast.ada, now=NOW)
    take_back(shared(piece, cast.noor.client, now=NOW), by=cast.ada, now=NOW)
    page = noor.get(THINGS).content.decode()
    for filled, said in ((done, "It was good."), (begun, "Half a line.")):
        assert f"{THINGS}written/{filled.pk}/" in page
        assert said in noor.get(f"{THINGS}written/{filled.pk}/").content.decode()
    for other in (cast.kai, cast.mira):
        assert visit(other).get(f"{THINGS}written/{done.pk}/").status_code == 404
