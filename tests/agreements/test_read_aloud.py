"""On which day a version was read aloud together: a date, by whom, and nothing beside it."""

from __future__ import annotations

from typing import Any

import pytest

from interlude.agreements.models import Agreement
from interlude.audit.models import Event
from tests.agreements.reading import main_text


def address(cast: Any) -> str:
    return f"/practice/clients/{cast.noor.client_id}/agreement/"


def say(visit: Any, cast: Any, on: str, number: str = "1") -> Any:
    return visit(cast.ada).post(f"{address(cast)}aloud/", {"number": number, "on": on})


@pytest.mark.contract("A25", "A28")
def test_the_date_is_set_by_the_clinician_and_both_see_it(cast: Any, visit: Any) -> None:
    assert say(visit, cast, "2026-03-03").status_code == 302
    kept = Agreement.unscoped.get(client=cast.noor.client)
    assert (str(kept.read_aloud_on), kept.read_aloud_by) == ("2026-03-03", cast.ada)
    hers = main_text(visit(cast.ada).get(address(cast)).content.decode())
    assert "Read aloud together on Tue 3 March, noted by Ada Lindqvist" in hers
    for page in ("/my/agreement/", "/my/agreement/?version=1"):
        assert "Read aloud together" in visit(cast.noor).get(page).content.decode()
    assert "on Tue 3 March, says Ada" in main_text(
        visit(cast.noor).get("/my/agreement/?version=1").content.decode()
    )


def test_it_can_be_corrected_and_taken_away_and_each_change_is_one_line(cast: Any, visit: Any) -> None:
    for on in ("2026-03-03", "2026-03-03", "2026-03-04", "", ""):
        assert say(visit, cast, on).status_code == 302
    kept = Agreement.unscoped.get(client=cast.noor.client)
    assert (kept.read_aloud_on, kept.read_aloud_by) == (None, None)
    assert Event.objects.filter(verb="agreement.read_aloud").count() == 3


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-05-14", "has not come yet"),
        ("2026-03-01", "was offered on"),
        ("yesterday", "Write the day as"),
        ("0001-01-01", "was offered on"),
        ("9" * 500, "Write the day as"),
    ],
)
def test_a_day_that_cannot_be_is_said_with_what_to_do(cast: Any, visit: Any, on: str, said: str) -> None:
    answer = say(visit, cast, on)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Agreement.unscoped.get(client=cast.noor.client).read_aloud_on is None


@pytest.mark.parametrize("number", ["", "0", "2", "x", "-1", "1" * 400])
def test_a_version_that_is_not_there_is_not_found(cast: Any, visit: Any, number: str) -> None:
    assert say(visit, cast, "2026-03-03", number).status_code == 404


def test_nobody_else_sets_it(cast: Any, visit: Any) -> None:
    for stranger in (cast.ben, cast.cleo, cast.noor, cast.olu, cast.priya):
        done = visit(stranger).post(f"{address(cast)}aloud/", {"number": "1", "on": "2026-03-03"})
        assert done.status_code == 404
