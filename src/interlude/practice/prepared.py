"""Statements that nearly every request asks: Django writes the text once, then only the values change.

Writing the text costs Django up to ten times what the database needs to answer it. Kept is the text alone: no
value, no row, no right. The rows are read anew each time, as by the queryset itself.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any, Generic, TypeVar

from django.db import connections, models

from interlude.practice.scope import in_practice

Row = TypeVar("Row")


class _Slot(models.Expression):
    """Where a value goes."""

    def __init__(self, name: str, field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class Prepared(Generic[Row]):
    """A queryset with named values. Calling it reads the rows.

    Args:
        rows: makes the queryset; its arguments are the values' places, and its shape does not hang on them.
        kinds: for each value the kind of field it is compared with.
    """

    def __init__(
        self, rows: Callable[..., models.QuerySet[Any, Row]], **kinds: models.Field[Any, Any]
    ) -> None:
        self._rows, self._kinds = rows, kinds
        self._mine = local()  # a compiler belongs to its connection, and so to a thread

    def __call__(self, **values: Any) -> list[Row]:
        """The rows for these values. Raises TypeError for a value that is missing, unknown or None."""
        if values.keys() != self._kinds.keys() or None in values.values():
            raise TypeError(f"give each of {', '.join(self._kinds)} a value that is not None")
        if getattr(self._mine, "connection", None) is not connections["default"]:
            self._write()
        text, places = self._mine.written
        filled = tuple(self._value(one, values) if isinstance(one, _Slot) else one for one in places)
        self._mine.compiler.as_sql = lambda *_, **__: (text, filled)
        try:
            return list(self._mine.rows.all())
        finally:
            del self._mine.compiler.as_sql

    def _write(self) -> None:
        with in_practice(None):  # kept for every practice, so it may be written for none: `unscoped` alone
            rows = self._rows(**{name: _Slot(name, field) for name, field in self._kinds.items()})
        compiler = rows.query.get_compiler(using="default")
        self._mine.written = compiler.as_sql()
        self._mine.rows, self._mine.compiler, self._mine.connection = rows, compiler, compiler.connection
        # copies of the query are answered by the same text
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]

    def _value(self, slot: _Slot, values: dict[str, Any]) -> Any:
        return self._kinds[slot.name].get_db_prep_value(values[slot.name], connection=self._mine.connection)
