"""The record cannot be changed in silence: not by the portal, and not by whoever has the database alone."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from interlude.audit.models import ChainHead, Event
from interlude.audit.record import _mac, heads, record, verify
from interlude.practice.models import Practice
from tests.cast import NOW, Cast

pytestmark = pytest.mark.usefixtures("db", "quick_and_apart")
EVENTS = 40
SEED = 20260513


@pytest.fixture
def chain() -> Practice:
    practice = Practice.objects.create(name="A", slug="a", zone="UTC", country="GB", created_at=NOW)
    for number in range(EVENTS):
        record("something.done", by=None, on=practice, practice_id=practice.id, at=NOW, number=number)
    return practice


@pytest.fixture
def without_triggers() -> Any:
    """Somebody with every right on the database takes the triggers down first."""
    triggers = import_module("interlude.audit.migrations.0002_append_only")
    with connection.cursor() as cursor:
        for statement in triggers.DOWN[connection.vendor]:
            cursor.execute(statement)
    return triggers


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def fault(practice: Practice, **options: Any) -> Any:
    return verify(practice.id, **options)[1]


def test_an_untouched_record_is_whole(chain: Practice) -> None:
    assert verify(chain.id) == (EVENTS, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET verb = 'nothing.done'",
        "UPDATE audit_event SET at = '2020-01-01 00:00:00' WHERE number = 3",
        "DELETE FROM audit_event WHERE number = 3",
        "DELETE FROM audit_event",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_recorded(statement: str, chain: Practice) -> None:
    with pytest.raises(Error, match="the record is append-only"), transaction.atomic():
        sql(statement)
    assert verify(chain.id) == (EVENTS, None)


def test_the_portal_cannot_either(chain: Practice) -> None:
    event = Event.objects.get(number=5)
    event.verb = "nothing.done"
    for act in (event.save, event.delete, Event.objects.all().delete):
        with pytest.raises(Error, match="append-only"), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "nothing.done"),
        ("actor", "clinician:somebody-else"),
        ("subject", "practice:another"),
        ("at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("facts", json.dumps({"number": 999})),
    ],
)
def test_an_edit_of_any_column_is_found_at_its_place(
    column: str, value: object, chain: Practice, without_triggers: Any
) -> None:
    number = random.Random(SEED).randrange(1, EVENTS)
    sql(f"UPDATE audit_event SET {column} = %s WHERE number = %s", value, number)
    found = fault(chain)
    assert found is not None and found.number == number


def test_a_deleted_event_is_found(chain: Practice, without_triggers: Any) -> None:
    sql("DELETE FROM audit_event WHERE number = 7")
    assert fault(chain).what == "event 7 is missing"


def test_a_deleted_event_whose_gap_was_closed_is_found(chain: Practice, without_triggers: Any) -> None:
    sql("DELETE FROM audit_event WHERE number = 7")
    for number in range(8, EVENTS + 1):
        sql("UPDATE audit_event SET number = %s WHERE number = %s", number - 1, number)
    assert fault(chain).number == 7


def test_two_swapped_events_are_found(chain: Practice, without_triggers: Any) -> None:
    for old, new in ((5, 999), (9, 5), (999, 9)):
        sql("UPDATE audit_event SET number = %s WHERE number = %s", new, old)
    assert fault(chain).number == 5


def test_an_event_written_in_between_is_found(chain: Practice, without_triggers: Any) -> None:
    for number in range(EVENTS, 9, -1):
        sql("UPDATE audit_event SET number = %s WHERE number = %s", number + 1, number)
    copied = Event.objects.get(number=9)
    Event(
        practice_id=chain.id, number=10, at=NOW, actor="system", verb="agreement.accepted",
        subject=copied.subject, facts={}, mac=copied.mac,
    ).save(force_insert=True)  # fmt: skip
    assert fault(chain).number == 10


def test_a_cut_tail_is_found_against_the_end(chain: Practice, without_triggers: Any) -> None:
    sql("DELETE FROM audit_event WHERE number > 30")
    assert fault(chain).what == f"the record ends at 30, its end says {EVENTS}"


def test_a_cut_tail_with_a_mended_end_is_found_against_what_was_written_down(
    chain: Practice, without_triggers: Any
) -> None:
    anchor = _anchor(chain)
    sql("DELETE FROM audit_event WHERE number > 30")
    last = Event.objects.get(number=30)
    ChainHead.objects.filter(practice_id=chain.id).update(number=30, mac=last.mac)
    assert fault(chain) is None, "without an anchor nobody can tell"
    assert fault(chain, anchor=anchor).what == f"the record ends at 30, {EVENTS} was written down"


def test_a_whole_rewritten_without_the_key_is_found(
    chain: Practice, without_triggers: Any, settings: Any
) -> None:
    own = settings.AUDIT_KEY
    settings.AUDIT_KEY = "what somebody with the database alone would have to guess"
    _rewrite(chain)
    assert fault(chain) is None, "with the forger's key it looks whole"
    settings.AUDIT_KEY = own
    assert fault(chain).number == 1


def test_a_whole_rewritten_with_the_key_is_found_against_what_was_written_down(
    chain: Practice, without_triggers: Any
) -> None:
    anchor = _anchor(chain)
    _rewrite(chain)
    assert fault(chain) is None
    assert fault(chain, anchor=anchor).number == EVENTS


def test_chains_of_two_practices_are_apart(cast: Cast, without_triggers: Any) -> None:
    sql("UPDATE audit_event SET verb = 'x' WHERE number = 2 AND practice_id = %s", _id(cast.birch.id))
    assert fault(cast.alder) is None
    assert fault(cast.birch).number == 2


def test_the_command_says_whole_or_where_it_is_not(chain: Practice, without_triggers: Any) -> None:
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert f"{EVENTS} events, whole" in out.getvalue()
    call_command("audit", "head", stdout=out)
    anchor = out.getvalue().splitlines()[-1]
    call_command("audit", "verify", "--anchor", anchor, stdout=out)
    sql("DELETE FROM audit_event WHERE number = 7")
    with pytest.raises(CommandError, match="1 of the records did not hold"):
        call_command("audit", "verify", stdout=out)
    assert "event 7 is missing" in out.getvalue()


def test_an_anchor_of_a_record_that_is_gone_is_told(chain: Practice, without_triggers: Any) -> None:
    anchor = f"{chain.id}:{EVENTS}:00"
    sql("DELETE FROM audit_event")
    ChainHead.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("audit", "verify", "--anchor", anchor, stdout=StringIO())


@pytest.mark.parametrize("nonsense", ["", "a", "a:b:c", "a:1"])
def test_an_anchor_that_is_none_is_told(nonsense: str) -> None:
    with pytest.raises(CommandError, match="is no anchor"):
        call_command("audit", "verify", "--anchor", nonsense, stdout=StringIO())


def test_an_act_that_fails_leaves_no_event(chain: Practice) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("something.done", by=None, on=chain, practice_id=chain.id, at=NOW)
        raise ZeroDivisionError
    assert verify(chain.id) == (EVENTS, None)


def _anchor(practice: Practice) -> tuple[int, str]:
    head = next(head for head in heads() if head.practice_id == practice.id)
    return head.number, bytes(head.mac).hex()


def _rewrite(practice: Practice) -> None:
    """Every event once more, the fifth with another actor, the chain made to fit."""
    before = b""
    for event in Event.objects.filter(practice_id=practice.id).order_by("number"):
        event.actor = "system" if event.number != 5 else "clinician:somebody"
        event.mac = _mac(event, before)
        before = event.mac
        event.save(force_update=True)
    ChainHead.objects.filter(practice_id=practice.id).update(number=EVENTS, mac=before)


def _id(value: Any) -> str:
    return value.hex if connection.vendor == "sqlite" else str(value)
