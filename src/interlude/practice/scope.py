"""One practice at a time: a query outside a practice is an error, not a leak.

`in_practice()` opens the practice; the room's door does so for a request, a command or a test for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar
from uuid import UUID

from django.db import models

from interlude.core.errors import InterludeError

M = TypeVar("M", bound=models.Model)
_active: ContextVar[UUID | None] = ContextVar("practice", default=None)


class NoPractice(InterludeError):
    """A query for practice rows outside any practice."""


@contextmanager
def in_practice(practice_id: UUID | None) -> Iterator[None]:
    """Within this block, queries see the rows of one practice and no other; with None, asking is an error."""
    token = _active.set(practice_id)
    try:
        yield
    finally:
        _active.reset(token)


def enter_practice(practice_id: UUID | None) -> None:
    """The same for a whole request; the next request sets its own."""
    _active.set(practice_id)


class PracticeManager(models.Manager[M]):
    """Filters every query by the active practice. `unscoped` is for the doors and the worker alone."""

    def get_queryset(self) -> models.QuerySet[M]:
        practice_id = _active.get()
        if practice_id is None:
            raise NoPractice(
                f"{self.model.__name__} was queried outside a practice; "
                "wrap the call in in_practice(practice.id)"
            )
        return super().get_queryset().filter(practice_id=practice_id)
