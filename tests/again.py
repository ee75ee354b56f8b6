"""The cast once more, and what a scene adds to it: built through the actions once in each process, then put back.

Building the cast costs 0.3 s and a scene several times that; a thousand tests want the same people on the same
morning. What a first build left in the tables is kept: its rows, and from the second time on the statements that
write them.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, models, transaction

from tests.cast import Cast, build_cast

T = TypeVar("T")
Tables = dict[type[models.Model], dict[Any, models.Model]]

_kept: dict[str, Kept] = {}


class Kept:
    """What one build added to the tables and changed in them, and the people and things that it returned."""

    def __init__(self, packed: bytes, before: Tables, after: Tables) -> None:
        self.packed = packed
        self.new = [
            row for kind, rows in after.items() for key, row in rows.items() if key not in before[kind]
        ]
        self.changed = [
            row
            for kind, rows in after.items()
            for key, row in rows.items()
            if key in before[kind] and values(row) != values(before[kind][key])
        ]
        self.statements: list[tuple[str, Any]] = []
        assert all(rows.keys() <= after[kind].keys() for kind, rows in before.items()), "a row is gone"
        assert not any(counted(type(row)) for row in self.changed), (
            "a row that the database numbers is changed"
        )
        assert not any(points_at_a_number(row) for row in self.new), (
            "a row points at one that is numbered anew"
        )

    def put_back(self) -> None:
        with transaction.atomic():
            if self.statements:
                with connection.cursor() as cursor:
                    for sql, given in self.statements:
                        cursor.execute(sql, given)
            else:
                with connection.execute_wrapper(self._listen):
                    self._write()

    def _listen(self, execute: Any, sql: str, given: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            self.statements.append((sql, given))
        return execute(sql, given, many, context)

    def _write(self) -> None:
        for kind in {type(row): None for row in self.new}:
            rows = [row for row in self.new if type(row) is kind]
            for row in rows if counted(kind) else ():
                row.pk = None  # numbered anew, so that the database's own counter stays right
            kind._base_manager.bulk_create(rows)
        for row in self.changed:
            type(row)._base_manager.filter(pk=row.pk).update(**values(row))


def cast_again() -> Cast:
    """The cast in an empty database, as `build_cast` makes it."""
    name = "the cast"
    if name not in _kept:
        before = tables()
        cast = build_cast()
        _kept[name] = Kept(pickle.dumps(cast), before, tables())
        return cast
    _kept[name].put_back()
    again: Cast = pickle.loads(_kept[name].packed)
    return again


def scene_again(build: Callable[[Cast], T], cast: Cast) -> T:
    """What *build* makes of the cast, of which nothing has been asked yet. *cast* is left as *build* leaves it."""
    name = f"{build.__module__}.{build.__qualname__}"
    named = [cast.alder, cast.birch, *cast.everybody]
    if name not in _kept:
        before = tables()
        scene = build(cast)
        packed = _packed((scene, [vars(one) for one in named]), [cast, *named])
        _kept[name] = Kept(packed, before, tables())
        return scene
    _kept[name].put_back()
    unpacker = pickle.Unpickler(io.BytesIO(_kept[name].packed))
    unpacker.persistent_load = [cast, *named].__getitem__  # type: ignore[method-assign,assignment]
    again: T
    again, states = unpacker.load()
    for one, state in zip(named, states, strict=True):
        vars(one).clear()
        vars(one).update(state)
    return again


def _packed(what: Any, named: list[Any]) -> bytes:
    """*what* as bytes, in which *named* are places: whoever unpacks it says who stands there."""
    file, places = io.BytesIO(), {id(one): place for place, one in enumerate(named)}
    packer = pickle.Pickler(file)
    packer.persistent_id = lambda one: places.get(id(one))  # type: ignore[method-assign,assignment]
    packer.dump(what)
    return file.getvalue()


def tables() -> Tables:
    """Every row of every table."""
    kinds = [kind for kind in apps.get_models(include_auto_created=True) if not kind._meta.proxy]
    return {kind: {row.pk: row for row in kind._base_manager.all()} for kind in kinds}


def values(row: models.Model) -> dict[str, Any]:
    found = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: bytes(one) if isinstance(one, memoryview) else one for name, one in found.items()}


def counted(kind: type[models.Model]) -> bool:
    """Whether the database numbers these rows."""
    return isinstance(kind._meta.pk, models.AutoField)


def points_at_a_number(row: models.Model) -> bool:
    return any(
        getattr(row, field.attname) is not None and counted(field.related_model)
        for field in row._meta.concrete_fields
        if field.is_relation
    )
