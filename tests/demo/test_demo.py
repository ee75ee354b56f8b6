"""The demo is built through the same actions, and whatever day it is, something waits, is due, is kept and is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from interlude.agenda.models import ListItem
from interlude.appointments.models import OfferedTime
from interlude.audit.record import heads, verify
from interlude.core.terms import Topic
from interlude.demo import clock
from interlude.demo.build import build_demo
from interlude.demo.people import CARES, THERAPISTS
from interlude.demo.story import story
from interlude.desk.models import Question
from interlude.library.models import Filled, Helped, Piece, Share
from interlude.messaging.models import Approval, Draft, Message, PromiseMove, Split
from interlude.outbox.models import Notice
from interlude.practice.models import Participant

SATURDAY_NIGHT = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize("care", CARES, ids=lambda care: care.key)
def test_a_story_speaks_of_known_topics_and_known_people(care: Any) -> None:
    told = story(care.key)
    writers = {writer.name for writer in care.writers} | {""}
    assert {entry.topic for entry in told.past} <= set(Topic)
    assert {entry.by for entry in told.past} <= writers
    assert {where for where, _ in told.notes} <= {"list", "journal"}
    said = [entry.words + entry.reply for entry in told.past] + [words for _, words in told.notes]
    assert not [words for words in said if "!" in words or "¡" in words]


def test_the_demo_is_lively_on_a_saturday_night(db: None, quick_and_apart: None, settings: Any) -> None:
    now = SATURDAY_NIGHT
    build_demo(now=now)
    waiting = Message.unscoped.waiting()
    assert waiting.filter(handed_at__lte=now, reply_due__gt=now).exists()
    assert waiting.filter(reply_due__lt=now).exists()
    assert Message.unscoped.filter(handed_at__gt=now, taken_back_at=None).exists()
    assert ListItem.unscoped.filter(closed_at=None).exists() and Draft.unscoped.exists()
    assert Question.unscoped.filter(answered_at=None).exists()
    assert Approval.unscoped.filter(decided_at=None).exists()
    assert Split.objects.exists() and OfferedTime.objects.filter(offer__expires_at__gt=now).exists()
    assert Message.unscoped.filter(resolved_at__isnull=False).count() > 60
    assert all(verify(head.practice_id)[1] is None for head in heads())
    assert not Notice.objects.filter(to=None, address="").exists()
    assert not PromiseMove.objects.filter(to_due__lt=now - timedelta(days=60)).exists()
    reads = dict(Participant.unscoped.filter(user__isnull=False).values_list("name", "user__language"))
    assert reads == {writer.name: writer.language for care in CARES for writer in care.writers}


def test_the_languages_of_the_demo_are_three() -> None:
    languages = {writer.language for care in CARES for writer in care.writers}
    assert languages == {"en", "es", "hi"}
    assert len(CARES) >= 12 and len(THERAPISTS) == 3


def test_outside_the_demo_nobody_is_signed_in_by_a_click(cast: Any) -> None:
    browser = Browser()
    assert browser.get("/demo/").status_code == 404
    assert browser.post("/demo/sign-in/", {"name": "Noor Haddad"}).status_code == 404
    assert browser.post("/demo/clock/").status_code == 404
    assert "sessionid" not in browser.cookies and "session" not in browser.cookies


def test_in_the_demo_one_click_is_enough_and_only_for_its_people(cast: Any, settings: Any) -> None:
    settings.DEMO = True
    cast.noor.user.email = "noor.haddad@example.org"
    cast.noor.user.save()
    browser = Browser()
    assert browser.post("/demo/sign-in/", {"name": "Nobody At All"}).status_code == 404
    assert browser.post("/demo/sign-in/", {"name": "Noor Haddad"}).status_code == 302
    assert browser.get("/my/").status_code == 200


def test_the_demos_clock_goes_on_and_never_back(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    before = clock.moved_now()
    clock.move_to(before + timedelta(hours=5))
    assert timedelta(hours=4, minutes=59) < clock.ahead() <= timedelta(hours=5)
    clock.move_to(before)
    assert clock.ahead() > timedelta(hours=4)


def test_the_demo_has_things_shared_finished_and_found_helpful(db: None, quick_and_apart: None) -> None:
    build_demo(now=SATURDAY_NIGHT)
    noor = Participant.unscoped.get(name__startswith="Noor")
    shared = Share.unscoped.visible_to(noor).here(SATURDAY_NIGHT)
    assert shared.filter(due_on__gt=SATURDAY_NIGHT.date()).count() == 1 and shared.count() == 5
    assert Filled.unscoped.visible_to(noor.client.clinician).count() == 1
    assert Helped.unscoped.filter(participant=noor, instead=True).count() == 1
    assert Piece.unscoped.visible_to(noor, at=SATURDAY_NIGHT).count() == 10
