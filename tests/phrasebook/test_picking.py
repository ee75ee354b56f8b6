"""A template in the editor: what is offered beside a message, how it is filled, and what is kept of it."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.appointments.models import Session
from interlude.core.packs.phrases import id_of, language, shipped
from interlude.core.wording import Words
from interlude.crisis.actions import bring_in_lines, confirm_line
from interlude.crisis.models import HelpLine
from interlude.messaging.models import Reply
from interlude.phrasebook.actions import (
    Entry,
    review_shipped,
    write_phrase,
    write_variant,
)
from interlude.phrasebook.models import Use, Variant
from interlude.phrasebook.picking import filled, for_message, template_for
from interlude.practice.models import Client, Participant
from interlude.practice.scope import in_practice
from tests.cast import LONG_AGO, NOW
from tests.messaging.post import answer, may, send

WINDOW = may(14, 17, 5)
HOURS, KEPT = id_of("set_hours", "en"), id_of("kept_for_session", "en")
BOX = re.compile(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", re.DOTALL)
WORDS = Words("I see the work in that.", "As we agreed, {agreement}.", "We talk {next_session}.")


@pytest.fixture
def message(cast: Any, clock: Any) -> Any:
    sent = send(cast.noor, at=may(13, 20))
    clock.set(WINDOW)
    return sent


def box(answered: Any) -> str:
    return html.unescape(BOX.search(answered.content.decode())[1])  # type: ignore[index]


def takes(message: Any, of: UUID | str, **fields: str) -> tuple[str, dict[str, str]]:
    return f"/practice/messages/{message.pk}/phrase/", answer("", take=str(of), cursor="") | fields


@pytest.mark.contract("A49")
def test_a_template_opens_in_the_editor_filled_and_is_not_sent(cast: Any, visit: Any, message: Any) -> None:
    ada = visit(cast.ada)
    page = ada.get(f"/practice/messages/{message.pk}/").content.decode()
    assert "Begin from a template" in page
    opened = ada.post(*takes(message, HOURS))
    assert opened.status_code == 200
    assert box(opened) == (
        "Dear Noor,\n\nThank you for writing. It is fine to write at any hour.\n\n"
        "I read and answer at set times, so that you get my full attention. "
        "As we agreed, I answer within 2 working days, by 17:00.\n\n"
        "I read messages again on Friday 15 May, 12:00. "
        "If you cannot wait that long, please use Help now, on every page here."
    )
    assert not Reply.unscoped.exists() and not Use.unscoped.exists()


def test_several_stack_at_the_cursor_and_what_was_typed_stays(cast: Any, visit: Any, message: Any) -> None:
    ada = visit(cast.ada)
    typed = "Dear Noor, before.\n\nAfter."
    first = ada.post(*takes(message, KEPT, words=typed, cursor="18", seconds="90"))
    words = box(first)
    assert words.startswith("Dear Noor, before.\n\nThank you for putting this into words.")
    assert words.endswith("I will.\n\nAfter.")
    assert 'name="seconds" value="90"' in first.content.decode(), "the time that was measured counts on"
    second = ada.post(*takes(message, "other", other=str(HOURS), words=words, phrase=f"{KEPT}:1"))
    assert box(second).startswith(words) and "It is fine to write at any hour." in box(second)
    assert second.content.decode().count('name="phrase"') == 2


@pytest.mark.parametrize(
    "fields", [{"take": "other"}, {"take": str(uuid4())}, {"take": "no id"}, {"take": ""}]
)
def test_nothing_chosen_changes_nothing_and_says_so(
    cast: Any, visit: Any, message: Any, fields: dict[str, str]
) -> None:
    form = answer("My own words.", cursor="2") | fields
    answered = visit(cast.ada).post(f"/practice/messages/{message.pk}/phrase/", form)
    assert box(answered) == "My own words."
    assert "Choose a template first. Nothing was changed in your answer." in answered.content.decode()


@pytest.mark.parametrize("cursor", ["", "-4", "999999", "1e3", "٣", "9" * 40])
def test_a_cursor_that_is_nowhere_puts_words_at_an_end_and_loses_nothing(
    cast: Any, visit: Any, message: Any, cursor: str
) -> None:
    answered = visit(cast.ada).post(*takes(message, KEPT, words="Mine.", cursor=cursor))
    assert answered.status_code == 200 and "Mine." in box(answered) and "into words" in box(answered)


def test_sending_keeps_id_version_and_day_and_nothing_of_the_words(
    cast: Any, visit: Any, message: Any
) -> None:
    ada = visit(cast.ada)
    form = answer("Dear Noor, as we said.")
    form |= {"phrase": [f"{HOURS}:1", f"{KEPT}:1", f"{KEPT}:1", "rubbish", f"{uuid4()}:4"]}  # type: ignore[dict-item]
    assert ada.post(f"/practice/messages/{message.pk}/reply/", form).status_code == 302
    ada.post(f"/practice/messages/{message.pk}/reply/", form)  # pressed twice
    uses = Use.unscoped.order_by("of")
    reply = Reply.unscoped.get()
    assert {(one.of, one.version, one.reply, one.client_id) for one in uses} == {
        (HOURS, 1, reply.pk, cast.noor.client_id),
        (KEPT, 1, reply.pk, cast.noor.client_id),
    }
    assert uses.count() == 2
    page = ada.get(f"/practice/phrases/{KEPT}/").content.decode()
    assert (
        "Opened in 1 answer to your clients." in page and f"/practice/clients/{cast.noor.client_id}/" in page
    )
    assert "as we said" not in page
    assert "Not used so far." in visit(cast.ben).get(f"/practice/phrases/{KEPT}/").content.decode()


def test_an_acknowledgement_without_words_used_no_template(cast: Any, visit: Any, message: Any) -> None:
    form = answer("") | {"phrase": f"{KEPT}:1"}
    visit(cast.ada).post(f"/practice/messages/{message.pk}/acknowledgement/", form)
    assert Reply.unscoped.exists() and not Use.unscoped.exists()


def test_an_answer_that_did_not_go_through_keeps_words_and_templates(
    cast: Any, visit: Any, message: Any
) -> None:
    ada = visit(cast.ada)
    to = f"/practice/messages/{message.pk}/reply/"
    ada.post(to, answer("First."))
    late = ada.post(to, answer("From a second window.") | {"phrase": f"{KEPT}:1"})
    assert late.status_code == 409 and not Use.unscoped.exists()


def test_a_late_message_keeps_its_new_date_while_a_template_opens(
    cast: Any, visit: Any, message: Any, clock: Any
) -> None:
    clock.set(may(19, 17, 5))
    ada, to = visit(cast.ada), f"/practice/messages/{message.pk}/"
    late = ada.get(f"{to}?repair=1").content.decode()
    assert f'formaction="{to}phrase/?repair=1#id_words"' in late
    opened = ada.post(f"{to}phrase/?repair=1", answer("I am late.", take=str(id_of("late_from_me", "en"))))
    assert "Send with the new date" in opened.content.decode()
    assert box(opened).startswith("I am late.\n\nI said that you would hear from me")


def test_nobody_else_opens_a_template_for_a_message(cast: Any, visit: Any, message: Any) -> None:
    for who in (cast.ben, cast.cleo, cast.olu, cast.noor):
        assert visit(who).post(*takes(message, KEPT)).status_code == 404


@pytest.mark.usefixtures("in_alder")
def test_the_ones_that_fit_the_topic_come_first(cast: Any) -> None:
    found = for_message(cast.ada, cast.noor.client, "relationship_repair")
    assert len(found) == 28 and {one.language for one in found} == {"en"}
    assert found[0].topics and "relationship_repair" in found[0].topics
    fits = ["relationship_repair" in one.topics for one in found]
    assert fits == sorted(fits, reverse=True)


@pytest.mark.contract("A48")
@pytest.mark.usefixtures("in_alder")
def test_the_clients_language_is_offered_once_it_is_reviewed(cast: Any) -> None:
    client = cast.noor.client
    client.agreements.update(language="es")
    assert {one.language for one in for_message(cast.ada, client, "session")} == {"en"}, "nothing is reviewed"
    spanish = shipped()[id_of("much_private", "es")]
    assert template_for(cast.ada, client, spanish.id) is None
    review_shipped(spanish, by=cast.ben, now=NOW)
    assert [one.id for one in for_message(cast.ada, client, "session")] == [spanish.id]
    one = template_for(cast.ada, client, spanish.id)
    assert one is not None
    assert filled(one, client, NOW).endswith("Le daremos tiempo el martes 19 de mayo, a las 10:00.")


@pytest.mark.usefixtures("in_alder")
@pytest.mark.parametrize("one", list(shipped().values()), ids=lambda one: f"{one.name}/{one.language}")
def test_no_shipped_template_shows_a_hole_with_or_without_values(cast: Any, one: Any) -> None:
    if one.is_draft:
        review_shipped(one, by=cast.ada, now=NOW)
    template = template_for(cast.ada, cast.noor.client, one.id)
    assert template is not None
    full = filled(template, cast.noor.client, NOW)
    Session.unscoped.all().delete()
    bare = filled(template, cast.noor.client, NOW)
    for text in (full, bare):
        assert not re.search(r"[{}|\[\]]|  |\bNone\b|: \.|, \.", text), text
    if "{next_session}" in one.words.text:
        assert language(one.language).fallbacks["next_session"] in bare


@pytest.mark.usefixtures("in_alder")
def test_help_now_names_the_lines_that_were_checked_for_where_they_are(cast: Any) -> None:
    bring_in_lines("GB", practice=cast.alder, by=cast.olu, now=LONG_AGO)
    for line in HelpLine.unscoped.exclude(source_id=""):
        confirm_line(line, by=cast.olu, how="called", on=NOW.date(), now=NOW)
    Participant.unscoped.filter(pk=cast.noor.pk).update(country="GB")
    template = template_for(cast.ada, cast.noor.client, HOURS)
    assert template is not None
    text = filled(template, Client.unscoped.get(pk=cast.noor.client_id), NOW)
    assert "please use Help now, on every page here (" in text and "999" in text


@pytest.mark.contract("A50")
@pytest.mark.usefixtures("in_alder")
def test_a_variant_stands_in_for_its_template_with_this_client_alone(cast: Any) -> None:
    mine = Words("I know how you hold on.", "As we said, {agreement}.", "We talk {next_session}.")
    write_variant(mine, of=KEPT, client=cast.noor.client, by=cast.ada, now=NOW)
    theirs = template_for(cast.ada, cast.noor.client, KEPT)
    others = template_for(cast.ada, cast.mira.client, KEPT)
    assert theirs is not None and others is not None
    assert (theirs.source, theirs.words) == ("variant", mine)
    assert (others.source, others.words) == ("shipped", shipped()[KEPT].words)
    assert for_message(cast.ada, cast.noor.client, "session")[0].id == KEPT
    assert b"hold on" not in bytes(Variant.unscoped.get().versions.get().sealed)


def test_a_message_costs_as_many_questions_with_sixty_templates_as_with_three(
    cast: Any, visit: Any, message: Any
) -> None:
    ada, counts = visit(cast.ada), []
    for many in (3, 57):
        with in_practice(cast.alder.id):
            for _ in range(many):
                write_phrase(Entry("T", "limits", "en", WORDS), by=cast.ada, now=NOW, phrase_id=uuid4())
        ada.get(f"/practice/messages/{message.pk}/")
        with CaptureQueriesContext(connection) as questions:
            ada.get(f"/practice/messages/{message.pk}/")
        counts.append(len(questions))
    assert counts[0] == counts[1], counts
