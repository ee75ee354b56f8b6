"""Everything that the database holds, to be compared before and after an attack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

NOT_AN_EFFECT = {"event", "chainhead"}
QUIET = re.compile(
    r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK)\b"
    r'|\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(?:django_session|audit_(?:event|chainhead))"'
)


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
        said += differences(before, rows(practice=practice))


def rows(*, practice: UUID | None = None) -> dict[tuple[str, Any], dict[str, Any]]:
    """Each row with its values, by table and key; with *practice*, the rows of that practice alone."""
    return {
        (model._meta.label, row["pk"]): row
        for model in apps.get_models()
        if model._meta.app_config.module.__name__.startswith("interlude")  # type: ignore[union-attr]
        and model._meta.model_name not in NOT_AN_EFFECT
        for row in _values(model, practice)
    }


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
