"""Two practices with the same kinds of things: no page of one shows anything of the other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from interlude.messaging.models import Message
from interlude.practice.models import PracticeRow
from interlude.practice.scope import NoPractice, PracticeManager, in_practice
from tests.access.people import Things
from tests.access.table import TABLE
from tests.access.test_access import ARGUMENT
from tests.attack.acts import Doer, Stage
from tests.pages.roster import NO_PAGE

ROOMS = {"client": "noor", "clinician": "ada", "office": "priya"}
ONCE = re.compile(r'"csrfmiddlewaretoken" value="\w+"')  # 64 letters by chance, "Dov" among them now and then
VIEWS = Path(__file__).resolve().parents[2] / "src" / "interlude"


def pages(stage: Stage, mine: Things) -> list[tuple[str, str]]:
    """Every page that is read, with who reads it."""
    found = []
    for name, row in TABLE.items():
        room = name.split(":")[0]
        if row.get is None or room not in ROOMS or name in NO_PAGE:
            continue
        if row.thing in ARGUMENT:
            thing = "fresh message" if name == "client:change" else row.thing
            found.append((ROOMS[room], reverse(name, kwargs={ARGUMENT[row.thing]: mine.ids[thing]})))
        elif row.thing in ("", "topic"):
            found.append((ROOMS[room], reverse(name, kwargs={"topic": "homework"} if row.thing else {})))
    return found


def test_no_page_of_one_practice_shows_anything_of_the_other(stage: Stage, by: Doer) -> None:
    theirs = [str(key) for key in stage.dov.ids.values()]
    names = ["Dov", "Peretz", "Cleo", "Birch", "birch", *theirs]
    read = 0
    for who, address in pages(stage, stage.noor):
        answer = by(who).get(address, follow=True)
        read += answer.status_code == 200
        page = ONCE.sub("", answer.content.decode())
        assert not [name for name in names if name in page], address
    assert read > 30, read


def test_every_query_outside_a_practice_is_an_error() -> None:
    scoped = [model for model in apps.get_models() if issubclass(model, PracticeRow)]
    assert len(scoped) > 15
    for model in scoped:
        assert isinstance(model.objects, PracticeManager), model  # type: ignore[attr-defined]
        with pytest.raises(NoPractice):
            model.objects.count()  # type: ignore[attr-defined]


def test_a_practice_counts_its_own_rows_alone(stage: Stage) -> None:
    with in_practice(stage.cast.birch.id):
        assert set(Message.objects.values_list("practice", flat=True)) == {stage.cast.birch.id}
    with in_practice(stage.cast.alder.id):
        assert not Message.objects.filter(pk=stage.dov.ids["message"]).exists()


def test_no_view_looks_past_the_practice() -> None:
    """`Clinician.unscoped.none()` and the like are for forms; a view has no use for the door behind the house."""
    views = [path for path in VIEWS.glob("*/views/*.py") if path.parent.parent.name != "demo"]
    assert len(views) > 12
    past = re.compile(r"\.unscoped\b|_base_manager|_default_manager|\.raw\(|connection\.cursor")
    assert not [path.name for path in views if past.search(path.read_text(encoding="utf-8"))]


def test_two_people_with_one_sign_in_in_two_practices_see_one_at_a_time(stage: Stage, visit: Any) -> None:
    """Dov is also a client of Ben's: which care is shown is chosen, and the other stays shut meanwhile."""
    kai = stage.cast.kai
    type(kai).unscoped.filter(pk=kai.pk).update(user=stage.cast.dov.user)
    browser = visit(stage.cast.dov)
    browser.post("/my/care/", {"care": str(kai.pk)})
    assert browser.get(f"/my/messages/{stage.dov.ids['message']}/").status_code == 404
    assert "Ben" in browser.get("/my/").content.decode()
    browser.post("/my/care/", {"care": str(stage.cast.dov.pk)})
    assert browser.get(f"/my/messages/{stage.dov.ids['message']}/").status_code == 200
    assert browser.post("/my/care/", {"care": str(stage.cast.noor.pk)}).status_code == 404
