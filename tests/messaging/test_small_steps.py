"""Setting up in small actions: what stands is said, and nothing reminds."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from interlude.core.wording import Words
from interlude.messaging.answering import reply_to
from interlude.messaging.small_steps import small_steps
from interlude.phrasebook.actions import Entry, write_phrase
from interlude.practice.actions import add_clinician
from interlude.practice.scope import in_practice
from tests.cast import NOW, Cast
from tests.messaging.post import may, send

PAGE = "/practice/rules/this-week/"


def done(clinician: Any) -> set[str]:
    with in_practice(clinician.practice_id):
        return {step.key for step in small_steps(clinician, now=NOW) if step.is_done}


@pytest.mark.contract("A52")
def test_somebody_new_finds_six_small_things_and_each_leads_to_its_page(cast: Cast, visit: Any) -> None:
    new = add_clinician(practice=cast.alder, name="Ines Roth", by=None, now=NOW)
    assert done(new) == set()
    page = visit(cast.ben).get(PAGE).content.decode()
    assert page.count('class="row"') == 6
    for address in ("/practice/rules/", "/practice/clients/", "/practice/phrases/", 'href="/practice/"'):
        assert address in page


@pytest.mark.contract("A52")
def test_what_was_done_is_read_from_what_stands(cast: Cast, visit: Any) -> None:
    before = done(cast.ada)
    assert "consent" in before and not {"templates", "receipt"} & before
    words = Words("I see the work in that.", "As we agreed.", "We talk then.")
    write_phrase(Entry("Mine", "limits", "en", words), by=cast.ada, now=NOW, phrase_id=uuid4())
    reply_to(send(cast.noor, at=may(12, 9)), "Thank you.", by=cast.ada, now=NOW, reply_id=uuid4())
    assert done(cast.ada) - before == {"templates", "receipt"}
    assert visit(cast.ada).get(PAGE).content.decode().count("Done.") == len(done(cast.ada))


def test_what_a_client_keeps_to_themself_is_no_step_done(cast: Cast) -> None:
    assert "plan" not in done(cast.ada)


def test_nobody_else_has_such_a_page(cast: Cast, visit: Any) -> None:
    for person in (cast.noor, cast.olu):
        assert visit(person).get(PAGE).status_code == 404
