"""A professional will: sealed, opened by two people together, each step in the record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.audit.models import Event
from interlude.away.models import Will, WillOpening
from interlude.practice.actions import add_office_member
from interlude.practice.models import OfficeMember
from interlude.sealing.vault import Unopenable, open_for_installation, seal_for_installation
from tests.access.people import _account
from tests.cast import LONG_AGO, NOW, words
from tests.messaging.post import page

WORDS = "Ask Ruth to call everybody."
pytestmark = pytest.mark.usefixtures("in_alder")


@pytest.fixture
def custodian(cast: Any) -> Any:
    return _account(
        add_office_member(practice=cast.alder, name="Cas Keeper", role="custodian", by=None, now=LONG_AGO)
    )


def written(cast: Any, visit: Any) -> Will:
    visit(cast.ada).post("/practice/will/", {"words": WORDS})
    return Will.unscoped.get()


def test_it_is_sealed_and_its_writer_alone_reads_it(cast: Any, visit: Any) -> None:
    will = written(cast, visit)
    assert WORDS not in will.sealed and will.words() == WORDS
    assert WORDS in page(visit(cast.ada).get("/practice/will/"))
    assert WORDS not in page(visit(cast.ben).get("/practice/will/"))
    assert WORDS not in page(visit(cast.priya).get("/office/wills/"))
    assert visit(cast.olu).get("/office/wills/").status_code == 404


def test_it_is_under_the_practices_key_and_one_from_before_still_opens(cast: Any, visit: Any) -> None:
    will = written(cast, visit)
    Will.unscoped.filter(pk=will.pk).update(practice=cast.birch)
    with pytest.raises(Unopenable):
        Will.unscoped.get().words()
    old = seal_for_installation(will.place, WORDS)
    Will.unscoped.filter(pk=will.pk).update(practice=cast.alder, sealed=old)
    assert Will.unscoped.get().words() == WORDS
    visit(cast.ada).post("/practice/will/", {"words": WORDS})  # kept again, it is sealed anew
    again = Will.unscoped.get()
    assert again.sealed != old and again.words() == WORDS
    with pytest.raises(Unopenable):
        open_for_installation(will.place, again.sealed.removeprefix("practice:"))


@pytest.mark.contract("C12")
def test_two_people_open_it_together_for_a_day_and_each_step_is_written_down(
    cast: Any, visit: Any, clock: Any, custodian: Any
) -> None:
    will = written(cast, visit)
    visit(custodian).post("/office/wills/", {"will": str(will.pk)})
    opening = WillOpening.unscoped.get()
    address = f"/office/wills/{opening.pk}/"
    assert visit(custodian).get(address).status_code == 404
    assert visit(custodian).post(address).url == "/office/wills/"  # not the same person twice
    assert visit(cast.olu).post(address).status_code == 404
    assert visit(cast.priya).post(address).url == address
    assert WORDS in page(visit(custodian).get(address))
    steps = ["will.written", "will.opening_asked", "will.opened", "will.read"]
    assert list(Event.objects.filter(verb__startswith="will.").values_list("verb", flat=True)) == steps
    assert "Cas Keeper asked on" in page(visit(cast.ada).get("/practice/will/"))
    clock.set(NOW + timedelta(hours=24))
    assert visit(custodian).get(address).status_code == 404


def test_nobody_confirms_after_three_days_or_after_it_was_written_anew(
    cast: Any, visit: Any, clock: Any, custodian: Any
) -> None:
    will = written(cast, visit)
    visit(custodian).post("/office/wills/", {"will": str(will.pk)})
    address = f"/office/wills/{WillOpening.unscoped.get().pk}/"
    clock.set(NOW + timedelta(hours=72))
    assert visit(cast.priya).post(address).url == "/office/wills/"
    visit(cast.ada).post("/practice/will/", {"words": WORDS + " And my sister."})
    assert not WillOpening.unscoped.exists()


def test_a_will_without_a_word_is_not_kept(cast: Any, visit: Any) -> None:
    assert visit(cast.ada).post("/practice/will/", {"words": ""}).status_code == 422
    assert not Will.unscoped.exists()


def test_a_custodian_sees_no_client_and_no_question(cast: Any, visit: Any, custodian: Any) -> None:
    visit(cast.noor).post("/my/messages/", words("Which bill?", topic="billing"))
    browser = visit(custodian)
    for address in ("/office/unseen/", "/office/sudden/", "/office/people/"):
        assert browser.get(address).status_code == 404
    assert "Noor" not in page(browser.get("/office/"))
    assert "Noor" in page(visit(cast.olu).get("/office/"))


def test_the_owner_invites_a_custodian(cast: Any, visit: Any) -> None:
    form = {"kind": "custodian", "name": "Cas Keeper", "email": "cas@example.org", "form_id": str(uuid4())}
    assert "Cas Keeper" in page(visit(cast.priya).post("/office/people/add/", form))
    assert OfficeMember.unscoped.get(name="Cas Keeper").role == "custodian"
