"""Prepared statements: the text is written once, the rows are read anew, for each practice and thread its own."""

from __future__ import annotations

from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import models
from django.db.models.sql.compiler import SQLCompiler

from interlude.practice.models import Client, Participant
from interlude.practice.prepared import Prepared
from interlude.practice.scope import NoPractice, in_practice
from tests.cast import Cast


def people() -> Prepared[Participant]:
    return Prepared(
        lambda client: Participant.unscoped.filter(client=client).select_related("client__clinician"),
        client=models.UUIDField(),
    )


def test_it_answers_like_its_queryset_each_time_anew(cast: Cast) -> None:
    prepared = people()
    for person in (cast.noor, cast.mira, cast.jonas, cast.noor):
        asked = Participant.unscoped.filter(client=person.client_id)
        assert prepared(client=person.client_id) == list(asked)
    Participant.unscoped.filter(pk=cast.noor.pk).update(name="Another name")
    (noor,) = prepared(client=cast.noor.client_id)
    assert noor.name == "Another name"
    assert noor.client.clinician == cast.ada


def test_the_text_is_written_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared, written = people(), []
    usual = SQLCompiler.as_sql
    monkeypatch.setattr(
        SQLCompiler, "as_sql", lambda self, *a, **k: written.append(1) or usual(self, *a, **k)
    )
    prepared(client=cast.noor.client_id)
    assert written
    written.clear()
    assert prepared(client=cast.mira.client_id)
    assert not written


def test_a_slice_and_single_columns_are_kept_with_it(cast: Cast) -> None:
    names: Prepared[str] = Prepared(
        lambda practice: Client.unscoped.filter(practice=practice).values_list("name", flat=True)[:2],
        practice=models.UUIDField(),
    )
    practice = cast.noor.practice_id
    asked = Client.unscoped.filter(practice=practice).values_list("name", flat=True)
    assert names(practice=practice) == list(asked[:2]) != list(asked)


@pytest.mark.parametrize("values", [{}, {"client": None}, {"client": UUID(int=1), "other": 1}])
def test_a_value_that_is_missing_unknown_or_none_is_refused(cast: Cast, values: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="give each of client a value"):
        people()(**values)


def test_one_that_would_keep_the_practice_of_the_first_who_asks_is_refused(cast: Cast) -> None:
    kept: Prepared[Client] = Prepared(lambda pk: Client.objects.filter(pk=pk), pk=models.UUIDField())
    with in_practice(cast.noor.practice_id), pytest.raises(NoPractice):
        kept(pk=cast.noor.client_id)


def test_each_thread_has_a_text_for_its_own_connection(cast: Cast) -> None:
    prepared, used = people(), []
    prepared(client=cast.noor.client_id)

    def write() -> None:
        prepared._write()
        used.append(prepared._mine.connection)

    other = Thread(target=write)
    other.start()
    other.join()
    assert used[0] is not prepared._mine.connection
    assert prepared(client=cast.noor.client_id) == [cast.noor]
