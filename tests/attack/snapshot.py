"""Everything that the database holds, to be compared before and after an attack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

NOT_AN_EFFECT = {"event", "chainhead"}
QUIET = re.compile(
    r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK)\b"
    r'|\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(?:django_session|audit_(?:event|chainhead))"'
)
#: No table here changes another one by itself: triggers only refuse, and Django deletes what hangs on a row by name.
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


@contextmanager
def watched(before: dict[Any, Any], *, practice: UUID | None = None) -> Iterator[list[str]]:
    """What is different at the end of the block. Nothing is read again where every statement was plainly quiet."""
    said: list[str] = []
    wrote: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if not QUIET.match(sql):
            wrote.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield said
    if wrote:
        kinds = written(wrote)
        labels = {kind._meta.label for kind in kinds}
        known = {place: row for place, row in before.items() if place[0] in labels}
        said += differences(known, rows(practice=practice, kinds=kinds))


def written(statements: list[str]) -> list[type[models.Model]]:
    """Whose rows may be other ones now: of the tables that are named, or of all where a statement names none."""
    named = [WRITES.match(one) for one in statements]
    tables = {found[1] for found in named if found}
    return [kind for kind in _ours() if None in named or kind._meta.db_table in tables]


def rows(
    *, practice: UUID | None = None, kinds: list[type[models.Model]] | None = None
) -> dict[tuple[str, Any], dict[str, Any]]:
    """Each row with its values, by table and key; with *practice*, of that practice alone; with *kinds*, of those."""
    return {
        (model._meta.label, row["pk"]): row
        for model in (_ours() if kinds is None else kinds)
        for row in _values(model, practice)
    }


@cache
def _ours() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_config.module.__name__.startswith("interlude")  # type: ignore[union-attr]
        and model._meta.model_name not in NOT_AN_EFFECT
    ]


def _values(model: type[models.Model], practice: UUID | None) -> Iterator[dict[str, Any]]:
    names = {field.attname for field in model._meta.concrete_fields}
    found = model._base_manager.all()
    if practice is not None:
        if "practice_id" not in names:
            return
        found = found.filter(practice_id=practice)
    for row in found.values("pk", *sorted(names)):
        yield {key: bytes(value) if isinstance(value, memoryview) else value for key, value in row.items()}


def differences(before: dict[Any, Any], after: dict[Any, Any]) -> list[str]:
    """What was added, taken away or changed, in words."""
    said = [f"new {label} {key}" for label, key in after.keys() - before.keys()]
    said += [f"gone {label} {key}" for label, key in before.keys() - after.keys()]
    for place in before.keys() & after.keys():
        changed = [key for key, value in after[place].items() if before[place][key] != value]
        if changed:
            said.append(f"changed {place[0]} {place[1]}: {', '.join(changed)}")
    return sorted(said)
