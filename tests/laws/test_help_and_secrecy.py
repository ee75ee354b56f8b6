"""Laws 5 and 10: help on every page and in every mail, and content that stays inside."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.db import models

from interlude.audit.models import Event
from interlude.messaging.models import Message
from interlude.outbox.actions import send_due_notices
from interlude.outbox.models import Notice
from interlude.practice.invitations import invite
from tests.access.table import TABLE
from tests.again import scene_again
from tests.attack.acts import Doer, Stage, stage_of
from tests.attack.snapshot import differences, rows
from tests.attack.test_isolation import pages as rooms
from tests.cast import DAY, HOUR, NOW, Cast
from tests.messaging.post import may, send, take_time_away

CANARY = "Zaunkönigin"  # in no word of ours
KINDS = [kind.value for kind in Notice.Kind]


@pytest.fixture(autouse=True)
def mails_are_files(settings: Any) -> None:
    """As without a mail server: their names are looked at too."""
    settings.EMAIL_BACKEND = "interlude.outbox.spool.SpoolBackend"


@pytest.fixture
def stage(cast: Any) -> Stage:
    return scene_again(stage_of, cast)


@pytest.fixture
def by(stage: Stage, visit: Any) -> Doer:
    return lambda name: visit(getattr(stage.cast, name) if name else None)


# Law 5: help is never part of the message path


def test_help_is_on_every_page_of_every_room(stage: Stage, by: Doer) -> None:
    asked = [
        *rooms(stage, stage.noor),
        *(("", address) for address in ("/sign-in/", "/help/", "/help/alder/", "/my/x/")),
    ]
    read = 0
    for who, address in asked:
        answer = by(who).get(address, follow=True)
        page = answer.content.decode()
        read += 1
        if address in ("/help/", "/help/alder/"):
            assert re.search(r"<h1[^>]*>.*?[Hh]elp", page, re.S), address
        elif answer["Content-Type"].startswith("text/plain"):
            assert re.search(r"/help/[a-zA-Z/]*$", page, re.M), address
        else:
            assert re.search(r'href="/help/[a-zA-Z/]*"', page), address
    assert read > 30


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_says_where_help_is_and_nothing_of_anybody(cast: Cast, settings: Any, kind: str) -> None:
    Notice.objects.all().delete()  # those of the agreements
    for language in ("en", "de", "hi"):
        cast.noor.user.language = language  # type: ignore[union-attr]
        cast.noor.user.save()  # type: ignore[union-attr]
        Notice.objects.create(
            practice_id=cast.alder.id,
            kind=kind,
            to=cast.noor.user,
            link="/my/",
            once=str(uuid4()),
            send_at=NOW,
        )
    send_due_notices(now=NOW)
    mails = spool(settings)
    assert len(mails) == 3
    for mail in mails.values():
        assert f"{site.BASE_URL}/help/" in mail
        for word in ("Noor", "Haddad", "Ada", "Lindqvist", "Alder", "therap", "session", "homework", "<img"):
            assert word not in mail, word


def spool(settings: Any) -> dict[str, str]:
    """Every mail that went out, headers and all, by the name of its file."""
    found = {}
    for path in Path(settings.SPOOL).glob("*"):
        mail = message_from_bytes(path.read_bytes(), policy=default)
        body = mail.get_body()
        assert body is not None
        found[path.name] = "\n".join(f"{key}: {value}" for key, value in mail.items()) + body.get_content()
    return found


def test_opening_help_leaves_no_trace_of_who_asked(stage: Stage, by: Doer, clock: Any, caplog: Any) -> None:
    browser, other = by("noor"), by("ada")
    browser.get("/my/")
    signed_in = list(Session.objects.order_by("pk").values())
    clock.set(NOW + timedelta(minutes=5))  # any other page would write down that somebody is here
    before, events = rows(), Event.objects.count()
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    cookies = {key: morsel.value for key, morsel in browser.cookies.items()}
    for _ in range(50):  # never throttled
        for address in ("/help/", "/help/alder/", "/help/alder/GB/", "/help/?country=GB"):
            answer = browser.get(address)
            assert answer.status_code == 200
            assert not answer.cookies
            assert "Noor" not in answer.content.decode()
    assert {key: morsel.value for key, morsel in browser.cookies.items()} == cookies
    assert not differences(before, rows())
    assert Event.objects.count() == events
    assert list(Session.objects.order_by("pk").values()) == signed_in
    assert not [one for one in caplog.records if "noor" in one.getMessage().lower()]
    assert by("").get("/help/alder/").content == other.get("/help/alder/").content


def test_help_answers_without_a_database(db: None, visit: Any, monkeypatch: Any) -> None:
    from django.db import OperationalError  # noqa: PLC0415  only here

    def broken(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("interlude.crisis.views.public.shelf_of", broken)
    monkeypatch.setattr("interlude.crisis.views.public.general_shelf", broken)
    for address in ("/help/", "/help/alder/"):
        assert visit(None).get(address).status_code == 200


# Law 10: content stays inside


def test_a_canary_in_every_field_is_found_only_where_its_readers_look(
    stage: Stage, by: Doer, clock: Any, settings: Any, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    heads = [head(answer) for answer in everything_written(stage, by, clock)]
    for who, address in rooms(stage, stage.noor):
        answer = by(who).get(address)
        heads.append(head(answer))
        if who == "priya" and address != f"/office/questions/{stage.noor.ids['question']}/":
            assert CANARY not in answer.content.decode(), address
    for address in (f"/my/messages/{uuid4()}/", f"/my/write/{CANARY}/", f"/{CANARY}/"):
        answer = by("noor").get(address)
        assert answer.status_code == 404
        assert CANARY not in answer.content.decode()
    assert not [one for one in heads if CANARY in one]
    assert_nothing_in_the_record_or_the_logs(caplog)
    send_due_notices(now=may(30, 12))
    mails = spool(settings)
    assert mails
    for name, mail in mails.items():
        assert CANARY not in name + mail


def everything_written(stage: Stage, by: Doer, clock: Any) -> list[Any]:
    """One canary through each form that takes words; what each was answered."""
    done, message = [], f"/practice/messages/{stage.noor.ids['message']}/"
    key = lambda: str(uuid4())  # noqa: E731  a fresh id at each call
    posts = [
        ("noor", f"/my/drafts/{key()}/", {"topic": "homework"}),
        ("noor", f"/my/drafts/{key()}/review/", {"topic": "session"}),
        *(
            ("noor", "/my/messages/", {"draft_id": key(), "topic": topic})
            for topic in ("homework", "session", "billing")
        ),
        ("noor", f"/my/messages/{stage.noor.ids['fresh message']}/change/", {}),
        ("noor", "/my/our-list/notes/", {"item_id": key()}),
        ("noor", "/my/journal/", {"entry_id": key()}),
        ("noor", "/my/times/", {"topic": "schedule", "question_id": key()}),
        ("ada", f"{message}reply/", {"reply_id": key(), "seconds": "5"}),
        ("priya", f"/office/questions/{stage.noor.ids['question']}/", {}),
    ]
    for who, address, form in posts:
        answer = by(who).post(address, form | {"words": f"{CANARY} sings."})
        assert answer.status_code in (200, 204, 302), (address, answer.status_code)
        done.append(answer)
    long = " ".join([CANARY] * 200)
    done.append(by("noor").post("/my/messages/", {"draft_id": key(), "topic": "homework", "words": long}))
    lost = by("").post("/my/messages/", {"draft_id": key(), "topic": "homework", "words": CANARY})
    assert lost.status_code == 401
    assert CANARY in lost.content.decode()
    return [*done, lost]


def head(answer: Any) -> str:
    """What of a page stands outside it: its title, its headers, every address in it."""
    page = answer.content.decode()
    title = re.search(r"<title>.*?</title>", page, re.S)
    addresses = re.findall(r'(?:href|action|src|content|data-autosave)="([^"]*)"', page)
    said = "\n".join([title[0] if title else "", *addresses])
    return answer.serialize_headers().decode() + said + str(answer.cookies)


def assert_nothing_in_the_record_or_the_logs(caplog: Any) -> None:
    for record in caplog.records:
        if not record.name.startswith("django.db"):  # statements of a development machine
            text = f"{record.getMessage()} {record.exc_text or ''}"
            assert CANARY not in text or f"/{CANARY}/" in text or f"write/{CANARY}" in text, record
    for event in Event.objects.all():
        assert CANARY not in f"{event.actor} {event.verb} {event.subject} {event.facts}"
    for model in apps.get_models():
        for row in model._base_manager.all()[:200]:
            assert CANARY not in str(row) + repr(row), model


def test_no_row_names_anybody_when_it_is_printed(stage: Stage) -> None:
    names = [one.name.split()[0] for one in stage.cast.everybody]
    for model in apps.get_models():
        if not model._meta.app_config.module.__name__.startswith("interlude"):  # type: ignore[union-attr]
            continue
        assert model.__str__ is not models.Model.__str__, model
        for row in model._base_manager.all():
            assert not [name for name in names if name in str(row)], str(row)


def test_mails_of_every_event_carry_no_words_and_no_name(stage: Stage, by: Doer, settings: Any) -> None:
    """An answer, a date moved, a version offered, the desk's answer, an invitation; every other kind as it is left."""
    send(stage.cast.noor, CANARY, at=NOW)
    take_time_away(clinician=stage.cast.ada, starts_at=NOW + HOUR, ends_at=NOW + 6 * DAY, by=None, now=NOW)
    by("ada").post(
        f"/practice/clients/{stage.cast.noor.client_id}/agreement/",
        {"preset": "warm_two_business_days", "number": "2"},
    )
    by("priya").post(f"/office/questions/{stage.noor.ids['question']}/", {"words": CANARY})
    invite(stage.cast.noor, email="noor@example.org", by=stage.cast.priya, now=NOW)
    left = set(Notice.objects.values_list("kind", flat=True))
    assert {"answer", "date_moved", "agreement", "desk_answer", "invitation"} <= left
    for kind in sorted({*KINDS} - left):
        told = {
            "to": stage.cast.noor.user,
            "practice_id": stage.cast.alder.id,
            "link": "/my/",
            "send_at": NOW,
        }
        Notice.objects.create(once=kind, kind=kind, **told)
    send_due_notices(now=may(30, 12))
    mails = spool(settings)
    assert set(Notice.objects.values_list("kind", flat=True)) == set(KINDS)
    assert len({mail.split("Subject: ")[1].split("\n")[0] for mail in mails.values()}) <= 3
    for mail in mails.values():
        for name in (CANARY, "Noor", "Ada", "Lindqvist", "Priya", "Alder", "therap"):
            assert name not in mail, name


def test_half_a_key_is_in_no_log(stage: Stage, visit: Any, caplog: Any) -> None:
    """The link of an invitation: not when a browser sends no cookies back, nor with a verb that is not known."""
    from django.test import Client as Browser  # noqa: PLC0415  one that checks the form's key

    caplog.set_level(logging.DEBUG)
    address = f"/invitation/{stage.invited.token}/"
    strict = Browser(enforce_csrf_checks=True)
    assert strict.post(address, {"code": "AAAA"}).status_code == 403
    assert strict.put(address).status_code == 403
    assert visit(None).put(address).status_code == 405
    assert strict.get(address).status_code == 200
    assert not [one.getMessage() for one in caplog.records if stage.invited.token in one.getMessage()]


def test_every_answer_behind_a_door_is_kept_by_nobody(stage: Stage, by: Doer) -> None:
    assert len(TABLE) > 40
    for who, address in rooms(stage, stage.noor):
        answer = by(who).get(address)
        assert "no-store" in answer.headers.get("Cache-Control", ""), address
        assert "unsafe" not in answer.headers["Content-Security-Policy"], address
    assert Message.unscoped.exists()
