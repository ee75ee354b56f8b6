"""What stands inside a form is trusted no more than what stands in the address (security S1b)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from interlude.agenda.models import ListItem
from interlude.messaging.models import Message, Reply
from tests.attack.acts import Act, Doer, Stage, acts_of
from tests.attack.snapshot import differences, rows, watched
from tests.cast import NOW

IDS = {
    "draft_id",
    "item_id",
    "entry_id",
    "question_id",
    "reply_id",
    "form_id",
    "piece",
    "piece_id",
    "share_id",
    "filled_id",
    "person",
    "entry",
    "session",
    "care",
    "clinician",
    "version_id",
    "note_id",
    "phrase_id",
    "landing_id",
    "of",
    "take",
    "pause_id",
    "key",
}
FINE = {200, 204, 302, 400, 401, 404, 405, 409, 415, 422, 429}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        spot = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(spot)


@pytest.fixture
def acts(stage: Stage) -> dict[str, Act]:
    return acts_of(stage)


def strangers(stage: Stage) -> dict[str, UUID]:
    """Ids of another practice, and of another client of the same one."""
    cast = stage.cast
    return {f"Dov's {name}": key for name, key in stage.dov.ids.items()} | {
        "Kai": cast.kai.pk,
        "Dov": cast.dov.pk,
        "Cleo": cast.cleo.pk,
        "Birch": cast.birch.pk,
        "nobody's": uuid4(),
    }


def test_what_is_written_does_not_escape_these_tests(stage: Stage, acts: dict[str, Act], by: Doer) -> None:
    with undone(), watched(rows()) as changed:
        by("noor").post(acts["send"].address, acts["send"].form)
    assert any(line.startswith("new messaging.Message") for line in changed)


@pytest.mark.sweep
def test_an_id_of_somebody_else_in_a_form_changes_nothing_of_theirs(
    stage: Stage, acts: dict[str, Act], by: Doer
) -> None:
    before, wrong = rows(practice=stage.cast.birch.id), []
    for name, act in acts.items():
        for field in IDS & act.form.keys():
            for whose, key in strangers(stage).items():
                with undone(), watched(before, practice=stage.cast.birch.id) as changed:
                    status = by(act.who).post(act.address, act.sent(**{field: str(key)})).status_code
                if status not in FINE or changed:
                    wrong.append((name, field, whose, status, changed))
    assert not wrong, wrong


@pytest.mark.sweep
def test_an_id_of_another_client_of_the_same_practice_changes_nothing_of_theirs(
    stage: Stage, acts: dict[str, Act], by: Doer
) -> None:
    """Kai's own things, in the forms of Noor and of a therapist who does not see him."""
    from tests.access.people import things_of  # noqa: PLC0415  only here

    kais = things_of(stage.cast.kai).ids
    before, wrong = rows(practice=stage.cast.alder.id), []
    theirs = {str(key) for key in kais.values()} | {str(stage.cast.kai.pk), str(stage.cast.kai.client_id)}
    for name, act in acts.items():
        if act.who not in ("noor", "ada"):
            continue
        for field in IDS & act.form.keys():
            for kind, key in kais.items():
                with undone(), watched(before, practice=stage.cast.alder.id) as changed:
                    by(act.who).post(act.address, act.sent(**{field: str(key)}))
                hit = [line for line in changed if line[:3] != "new" and any(one in line for one in theirs)]
                if hit:
                    wrong.append((name, field, kind, hit))
    assert not wrong, wrong


EXTRA = {
    "practice": "birch", "practice_id": "birch", "participant": "kai", "participant_id": "kai", "client": "kai",
    "client_id": "kai", "user": "kai", "id": "fresh", "pk": "fresh", "sent_at": "2020-01-01T00:00:00Z",
    "reply_due": "2020-01-01T00:00:00Z", "handed_at": "2020-01-01T00:00:00Z", "read_at": "2020-01-01T00:00:00Z",
    "leaves_at": "2020-01-01T00:00:00Z", "answered_at": "2020-01-01T00:00:00Z", "accepted_at": "2020-01-01T00:00:00Z",
    "checked_on": "2020-01-01", "checked_by": "olu", "outcome_": "keep", "role": "owner", "is_staff": "1",
    "is_superuser": "1", "extra_minor": "1", "price": "0", "source_id": "x", "position": "0", "kind_": "emergency",
    "dial": "666", "language": "xx", "added_by_clinician": "1", "brought_up": "1",
}  # fmt: skip


@pytest.mark.sweep
def test_fields_that_no_form_has_are_ignored(stage: Stage, acts: dict[str, Act], by: Doer) -> None:
    """The same act with and without them leaves the same rows, but for ids, seals and one-time secrets."""
    cast = stage.cast
    values = {
        "birch": str(cast.birch.pk),
        "kai": str(cast.kai.pk),
        "olu": str(cast.olu.pk),
        "fresh": str(uuid4()),
    }
    more = {key: values.get(value, value) for key, value in EXTRA.items()}
    wrong = []
    for name, act in acts.items():
        seen = []
        for form in (act.form, more | act.form):
            with undone():
                status = by(act.who).post(act.address, form).status_code
                seen.append((status, shape(rows())))
        if seen[0] != seen[1]:
            wrong.append((name, seen[0][0], seen[1][0], [a for a in seen[1][1] if a not in seen[0][1]]))
    assert not wrong, wrong


ONE_TIME = {"pk", "id", "sealed", "sealed_answer", "sealed_reason", "wrapped", "token_hash", "code_hash", "password",
            "sealed_phone", "once", "link", "message_id", "agreement_id", "participant_id", "client_id", "clinician_id",
            "office_member_id", "user_id", "to_id", "piece_id", "version_id", "variant_id",
            "session_id", "offer_id", "reply_id", "moved_to_id"}  # fmt: skip


def shape(found: dict[Any, dict[str, Any]]) -> list[Any]:
    """Rows without what is new at each run; who a message belongs to is looked at elsewhere."""
    return sorted(
        repr(
            (
                place[0],
                sorted(
                    (key, value)
                    for key, value in row.items()
                    if key not in ONE_TIME and not key.startswith("sealed")
                ),
            )
        )
        for place, row in found.items()
    )


def test_what_is_sent_is_the_writers_own_whatever_the_form_says(stage: Stage, by: Doer) -> None:
    cast, key = stage.cast, str(uuid4())
    lies = {"participant": str(cast.kai.pk), "client": str(cast.kai.client_id), "clinician": str(cast.ben.pk),
            "practice": str(cast.birch.pk), "sent_at": "2020-01-01", "reply_due": "2030-01-01"}  # fmt: skip
    by("noor").post("/my/messages/", {"draft_id": key, "topic": "homework", "words": "Mine."} | lies)
    row = Message.unscoped.get(pk=key)
    assert (row.participant, row.client, row.clinician) == (cast.noor, cast.noor.client, cast.ada)
    assert (row.practice_id, row.sent_at) == (cast.alder.pk, NOW)


@pytest.mark.sweep
def test_values_that_come_twice_break_nothing(stage: Stage, acts: dict[str, Act], by: Doer) -> None:
    before, wrong = rows(practice=stage.cast.birch.id), []
    for name, act in acts.items():
        twice = urlencode([*act.form.items(), *((key, str(stage.cast.dov.pk)) for key in act.form)])
        with undone(), watched(before, practice=stage.cast.birch.id) as changed:
            kind = "application/x-www-form-urlencoded"
            status = by(act.who).post(act.address, twice, content_type=kind).status_code
        if status not in FINE or changed:
            wrong.append((name, status, changed))
    assert not wrong, wrong


KINDS = {
    "application/json": json.dumps({"words": {"$ne": ""}, "topic": ["homework"]}),
    "application/json; charset=utf-16": "[" * 5000,
    "text/plain": "words=x",
    "application/xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "multipart/form-data": "no boundary",
    "multipart/form-data; boundary=": "--",
    "multipart/form-data; boundary=X": "--X\r\nContent-Disposition: form-data; name=\"words\"\r\n",
    "multipart/form-data; boundary=Y": "--Y\r\nContent-Disposition: form-data; name=\"words\"; filename=\"x.txt\"\r\n"
    "Content-Type: text/plain\r\n\r\na file\r\n--Y--\r\n",
    "application/x-www-form-urlencoded; charset=utf-16": "words=x",
    "application/x-www-form-urlencoded; charset=zlib": "words=x",
    "": "words=x",
}  # fmt: skip


@pytest.mark.sweep
@pytest.mark.parametrize("kind", KINDS)
def test_a_body_of_another_kind_is_no_fault_of_ours(
    stage: Stage, acts: dict[str, Act], by: Doer, kind: str
) -> None:
    wrong = []
    for name, act in acts.items():
        with undone():
            try:
                status = by(act.who).generic("POST", act.address, KINDS[kind], content_type=kind).status_code
            except Exception as error:
                status = f"{type(error).__name__}: {error}"[:90]
        if status not in FINE:
            wrong.append((name, status))
    assert not wrong, wrong


@pytest.mark.sweep
@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "BREW", "GET"])
def test_no_other_verb_writes_anything(stage: Stage, acts: dict[str, Act], by: Doer, verb: str) -> None:
    before, wrong = rows(), []
    for name, act in acts.items():
        with undone(), watched(before) as changed:
            query = act.address + "?" + urlencode(act.form)
            status = by(act.who).generic(verb, query).status_code
        if status not in FINE or changed:
            wrong.append((name, status, changed))
    assert not wrong, wrong


@pytest.mark.parametrize(
    "topic", ["crisis", "therapy_content", "HOMEWORK", "__class__", "0", "homework\0", "medication "]
)
def test_a_topic_that_nobody_offers_is_no_page(stage: Stage, by: Doer, topic: str) -> None:
    before = rows()
    for address in (
        "/my/messages/",
        f"/my/drafts/{uuid4()}/",
        f"/my/drafts/{uuid4()}/review/",
        "/my/times/",
    ):
        form = {"draft_id": str(uuid4()), "question_id": str(uuid4()), "topic": topic, "words": "Words."}
        assert by("noor").post(address, form).status_code == 404, address
    assert by("ada").post("/practice/clients/" + str(stage.cast.noor.client_id) + "/agreement/",
                          {"preset": topic, "number": "2"}).status_code == 404  # fmt: skip
    assert not differences(before, rows())


def test_a_session_of_another_client_is_not_tied_to_an_item(stage: Stage, by: Doer) -> None:
    item = stage.noor.ids["item"]
    other = stage.cast.mira.client.sessions.get()
    by("ada").post(f"/practice/list/{item}/close/", {"outcome": "done", "session": str(other.pk)})
    assert ListItem.unscoped.get(pk=item).session_id is None


def test_a_reply_under_somebody_elses_key_is_a_reply_of_its_own(stage: Stage, by: Doer) -> None:
    theirs = stage.dov.ids["reply"]
    before = Reply.unscoped.filter(pk=theirs).values().get()
    form = {"words": "Mine.", "reply_id": str(theirs), "seconds": "1"}
    by("ada").post(f"/practice/messages/{stage.noor.ids['message']}/reply/", form)
    assert Reply.unscoped.filter(pk=theirs).values().get() == before
    assert Reply.unscoped.filter(message=stage.noor.ids["message"]).count() == 1


def test_a_teenagers_guardian_cannot_write_into_the_conversation_by_any_key(
    stage: Stage, by: Doer, visit: Any
) -> None:
    before = Message.unscoped.count()
    for topic in ("homework", "session", "relationship_repair"):
        form = {"draft_id": str(stage.noor.ids["draft"]), "topic": topic, "words": "From a father."}
        visit(stage.cast.jonas).post("/my/messages/", form)
    assert Message.unscoped.count() == before
