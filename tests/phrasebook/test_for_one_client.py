"""Words for one client: variants with their history, how lines landed, and who reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.audit.models import Event
from interlude.core.packs.phrases import id_of
from interlude.core.wording import PARTS, Words
from interlude.phrasebook.actions import write_variant
from interlude.phrasebook.models import Landing, Variant, VariantVersion
from interlude.sealing.vault import Sealer
from tests.cast import NOW

OF = id_of("sounded_cold", "en")
MINE = Words("I hear the hurt in that.", "As we agreed, I read at noon.", "We talk on Tuesday.")
FORM = {"of": str(OF)} | dict(zip(PARTS, MINE.parts, strict=True))


def page_of(cast: Any) -> str:
    return f"/practice/clients/{cast.noor.client_id}/phrases/"


@pytest.mark.contract("A50")
def test_a_variant_is_written_changed_and_ended_and_earlier_words_stay(cast: Any, visit: Any) -> None:
    ada = visit(cast.ada)
    begun = ada.get(f"{page_of(cast)}new/?of={OF}").content.decode()
    assert "I am sorry if it hurt." in begun
    assert ada.post(f"{page_of(cast)}new/", FORM).status_code == 302
    variant = Variant.unscoped.get()
    assert "I hear the hurt in that." in ada.get(page_of(cast)).content.decode()
    to = f"/practice/variants/{variant.pk}/"
    ada.post(to, FORM | {"validation": "I hear how it stung."})
    ada.post(to, FORM | {"validation": "I hear how it stung."})  # twice is once
    page = ada.get(to).content.decode()
    assert "I hear how it stung." in page and "I hear the hurt in that." in page
    assert VariantVersion.unscoped.count() == 2
    ada.post(to, {"end": "1"})
    assert "None so far. Templates open as they are for all." in ada.get(page_of(cast)).content.decode()
    assert ada.get(to).status_code == 404
    assert Event.objects.filter(verb="phrase_variant.ended").count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"of": ""}, "Choose a template first."),
        ({"of": str(uuid4())}, "This template is not on your list any more."),
        ({"agreement": ""}, "Say what was agreed, as your shared plan and without blame."),
    ],
)
def test_a_variant_out_of_shape_is_not_kept_and_its_words_stay(
    cast: Any, visit: Any, changed: dict[str, str], said: str
) -> None:
    answer = visit(cast.ada).post(f"{page_of(cast)}new/", FORM | changed)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert MINE.validation in answer.content.decode()
    assert not Variant.unscoped.exists()


@pytest.mark.contract("A50")
def test_how_a_line_landed_is_kept_with_who_said_so_and_the_day_and_stays(cast: Any, visit: Any) -> None:
    ada, to = visit(cast.ada), f"{page_of(cast)}landed/"
    said = {
        "of": str(OF),
        "landed": "badly",
        "said_by": "client",
        "said_on": "2026-05-12",
        "note": "It stung.",
    }
    once = said | {"landing_id": str(uuid4())}
    for _ in range(2):
        assert ada.post(to, once).status_code == 302
    ada.post(to, said | {"landed": "well", "said_on": "2026-05-13", "note": "", "landing_id": str(uuid4())})
    rows = Landing.unscoped.order_by("said_on")
    assert [(one.landed, one.said_by) for one in rows] == [("badly", "client"), ("well", "client")]
    assert b"stung" not in bytes(rows[0].sealed or b"")
    assert rows[0].note(Sealer(cast.alder.id)) == "It stung."
    page = ada.get(page_of(cast)).content.decode()
    assert "It stung." in page and "landed badly, said by the client" in page and "landed well" in page
    template = ada.get(f"/practice/phrases/{OF}/").content.decode()
    assert "landed badly" in template and "It stung." not in template, (
        "what was said stays on the client's page"
    )
    assert "stung" not in str(list(Event.objects.values_list("facts", flat=True)))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"landed": ""}, "Choose one of the two."),
        ({"of": ""}, "Choose a template first."),
        ({"said_on": "soon"}, "This is no day."),
        ({"said_on": ""}, "Write the day, such as 2026-06-12."),
        ({"said_on": (NOW + timedelta(days=2)).date().isoformat()}, "This day lies ahead."),
    ],
)
def test_what_is_missing_is_said_and_the_note_stays(
    cast: Any, visit: Any, changed: dict[str, str], said: str
) -> None:
    form = {"of": str(OF), "landed": "well", "said_by": "client", "said_on": "2026-05-12", "note": "It held."}
    answer = visit(cast.ada).post(f"{page_of(cast)}landed/", form | changed)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "It held." in page
    assert not Landing.unscoped.exists()


def test_nobody_but_the_clients_clinician_reads_or_writes_any_of_it(cast: Any, visit: Any) -> None:
    variant = write_variant(MINE, of=OF, client=cast.noor.client, by=cast.ada, now=NOW)
    for who in (cast.ben, cast.cleo, cast.olu, cast.priya, cast.noor, cast.jonas):
        browser = visit(who)
        for to in (page_of(cast), f"{page_of(cast)}new/", f"/practice/variants/{variant.pk}/"):
            assert browser.get(to).status_code == 404, (who, to)
        assert browser.post(f"/practice/variants/{variant.pk}/", {"end": "1"}).status_code == 404
        assert browser.post(f"{page_of(cast)}landed/", FORM).status_code == 404
    assert Variant.unscoped.get().ended_at is None


def test_opening_the_page_leaves_a_line_without_content(cast: Any, visit: Any) -> None:
    visit(cast.ada).get(page_of(cast))
    event = Event.objects.get(verb="phrases.opened")
    assert event.subject == f"client:{cast.noor.client_id}" and event.facts == {}
