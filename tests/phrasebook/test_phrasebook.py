"""The phrasebook: reading, making one's own, retiring, reviewing drafts; and who sees what."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from interlude.audit.models import Event
from interlude.core.packs.phrases import id_of, shipped
from interlude.core.wording import PARTS, Words
from interlude.phrasebook.actions import Entry, write_phrase
from interlude.phrasebook.models import Phrase, PhraseReview, PhraseVersion
from tests.cast import NOW

LIST = "/practice/phrases/"
ENGLISH, SPANISH = id_of("much_private", "en"), id_of("much_private", "es")
WORDS = Words("I see the work in that.", "As we agreed, {agreement}.", "We talk {next_session}.")


def typed(**changed: str) -> dict[str, str]:
    parts = dict(zip(PARTS, WORDS.parts, strict=True))
    about = {"title": "Ours", "situation": "limits", "language": "en", "phrase_id": str(uuid4())}
    return parts | about | changed


def own(clinician: Any, **fields: Any) -> Phrase:
    entry = Entry("Ours", "limits", "en", WORDS, **fields)
    return write_phrase(entry, by=clinician, now=NOW, phrase_id=uuid4())


@pytest.mark.contract("A49", "A8", "A35", "C30")
def test_the_list_is_there_on_the_first_day_by_situation_and_language(cast: Any, visit: Any) -> None:
    ada = visit(cast.ada)
    page = ada.get(LIST).content.decode()
    for title in (
        "Much private information has come",
        "Thank you for using a help line",
        "They write less, and carry more",
    ):
        assert title in page
    assert page.count('class="row"') == 28
    limits = ada.get(f"{LIST}?situation=limits&language=en").content.decode()
    assert limits.count('class="row"') == 4 and "information has come" not in limits
    drafts = ada.get(f"{LIST}?language=hi").content.decode()
    assert drafts.count("draft, not reviewed") == 28
    assert ada.get(f"{LIST}?language=klingon&situation=nowhere").status_code == 200


@pytest.mark.contract("A8")
def test_the_words_for_much_private_information_say_it_was_read_and_where_it_is_safest(
    cast: Any, visit: Any
) -> None:
    page = visit(cast.ada).get(f"{LIST}{ENGLISH}/?client={cast.noor.client_id}").content.decode()
    letter = re.search(r"As it would open in your answer.*?</article>", page, re.DOTALL)
    assert letter
    assert "I have read all of it." in letter[0]
    assert "safest when we speak in private" in letter[0]
    assert "We will take time for it on Tuesday 19 May, 10:00." in letter[0]


def test_a_copy_stands_in_the_place_of_the_one_it_began_as_and_can_be_changed(cast: Any, visit: Any) -> None:
    ada, ben = visit(cast.ada), visit(cast.ben)
    begun = ada.get(f"{LIST}new/?from={ENGLISH}").content.decode()
    assert "I have read all of it." in begun
    made = ada.post(f"{LIST}new/", typed(title="My own words", **{"from": str(ENGLISH)}))
    assert made.status_code == 302
    phrase = Phrase.unscoped.get()
    assert phrase.made_from == ENGLISH
    page = ada.get(LIST).content.decode()
    assert "My own words" in page and "Much private information has come" not in page
    assert "My own words" not in ben.get(LIST).content.decode()
    assert "Much private information has come" in ben.get(LIST).content.decode()
    changed = typed(validation="I hear how much that is.", number="1")
    assert ada.post(f"{LIST}{phrase.pk}/change/", changed).status_code == 302
    page = ada.get(f"{LIST}{phrase.pk}/").content.decode()
    assert "I hear how much that is." in page and "I see the work in that." in page, (
        "what stood before is there"
    )
    assert Event.objects.filter(verb__in=["phrase.written", "phrase.changed"]).count() == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"validation": ""}, "Say first what you acknowledge: a feeling, or an effort."),
        ({"agreement": " "}, "Say what was agreed, as your shared plan and without blame."),
        ({"next_step": "{next_session}"}, "Say what comes next: who does what, and when."),
        ({"next_step": "We talk {next_sesion}."}, "Nothing is known by the name {next_sesion}."),
        ({"agreement": "As we agreed {"}, "There is a single {."),
        ({"validation": "Thank you, {name}."}, "Write what stands there when no name is known"),
        ({"validation": "word " * 500}, "This part has 2499 characters. Make it 2000 or fewer."),
        ({"title": ""}, "Give it a name, so that you find it again."),
    ],
)
@pytest.mark.contract("A46")
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    cast: Any, visit: Any, changed: dict[str, str], said: str
) -> None:
    answer = visit(cast.ada).post(f"{LIST}new/", typed(**changed))
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    kept = {**dict(zip(PARTS, WORDS.parts, strict=True)), **{k: v for k, v in changed.items() if k in PARTS}}
    assert all(words.strip() in page for words in kept.values())
    assert not Phrase.unscoped.exists()


def test_blame_is_named_and_holds_nothing_back(cast: Any, visit: Any) -> None:
    ada = visit(cast.ada)
    answer = ada.post(f"{LIST}new/", typed(validation="I hear you, but this is too much."), follow=True)
    page = answer.content.decode()
    assert "“too much” may be heard as blame" in page and "“but” in the first part" in page
    assert Phrase.unscoped.count() == 1


def test_pressing_twice_makes_one_and_an_old_page_overwrites_nothing(cast: Any, visit: Any) -> None:
    ada, form = visit(cast.ada), typed()
    for _ in range(2):
        ada.post(f"{LIST}new/", form)
    phrase = Phrase.unscoped.get()
    to = f"{LIST}{phrase.pk}/change/"
    ada.post(to, typed(title="Second", number="1"))
    late = ada.post(to, typed(title="From an old window", number="1"))
    assert late.status_code == 422 and "You changed it in another window." in late.content.decode()
    assert (
        'value="From an old window"' in late.content.decode()
        and 'name="number" value="2"' in late.content.decode()
    )
    assert ada.post(to, typed(title="Second", number="1")).status_code == 302, "the same words twice are once"
    assert list(PhraseVersion.unscoped.values_list("number", "title")) == [(2, "Second"), (1, "Ours")]


def test_what_is_off_the_list_stays_readable_and_comes_back(cast: Any, visit: Any) -> None:
    ada, phrase = visit(cast.ada), own(cast.ada)
    to = f"{LIST}{phrase.pk}/"
    ada.post(f"{to}retirement/")
    page = ada.get(LIST).content.decode()
    assert "Off the list" in page
    assert "Bring it back" in ada.get(to).content.decode()
    ada.post(f"{to}retirement/", {"back": "1"})
    assert "Off the list" not in ada.get(LIST).content.decode()


def test_one_for_the_practice_is_read_by_colleagues_and_changed_by_its_maker_alone(
    cast: Any, visit: Any
) -> None:
    shared, kept = own(cast.ada, is_shared=True), own(cast.ada)
    ben, cleo = visit(cast.ben), visit(cast.cleo)
    assert "from Ada Lindqvist" in ben.get(LIST).content.decode()
    assert ben.get(f"{LIST}{shared.pk}/").status_code == 200
    assert ben.get(f"{LIST}{shared.pk}/change/").status_code == 404
    assert ben.post(f"{LIST}{shared.pk}/change/", typed(number="1")).status_code == 404
    assert ben.post(f"{LIST}{shared.pk}/retirement/").status_code == 404
    assert ben.get(f"{LIST}{kept.pk}/").status_code == 404
    assert cleo.get(f"{LIST}{shared.pk}/").status_code == 404
    assert Phrase.unscoped.filter(retired_at=None).count() == 2


def test_a_draft_is_used_once_somebody_who_speaks_the_language_has_reviewed_it(cast: Any, visit: Any) -> None:
    ada, ben, cleo = visit(cast.ada), visit(cast.ben), visit(cast.cleo)
    to = f"{LIST}{SPANISH}/"
    assert "This is a draft" in ada.get(to).content.decode()
    unsaid = ada.post(f"{to}review/", follow=True).content.decode()
    assert "Nothing was kept. Tick that you speak this language well" in unsaid
    assert not PhraseReview.unscoped.exists()
    for browser in (ada, ben):  # the second adds nothing
        browser.post(f"{to}review/", {"speaks": "yes"})
    review = PhraseReview.unscoped.get()
    assert (review.clinician_id, review.version) == (cast.ada.pk, shipped()[SPANISH].version)
    assert "reviewed by Ada Lindqvist on" in ben.get(to).content.decode()
    assert "This is a draft" in cleo.get(to).content.decode(), "each practice reviews for itself"
    assert ada.post(f"{LIST}{ENGLISH}/review/", {"speaks": "yes"}).status_code == 404
    assert ada.post(f"{LIST}{uuid4()}/review/", {"speaks": "yes"}).status_code == 404
    assert Event.objects.filter(verb="phrase.reviewed").count() == 1


def test_a_preview_opens_for_ones_own_clients_alone(cast: Any, visit: Any) -> None:
    page = visit(cast.ada).get(f"{LIST}{ENGLISH}/?client={cast.kai.client_id}").content.decode()
    assert "As it would open in your answer" not in page and "Kai" not in page
