"""Between tests that commit, Django empties every table. The record's triggers rest for that moment alone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase


@pytest.fixture(autouse=True, scope="session")
def the_record_is_emptied_between_tests() -> Iterator[None]:
    triggers = import_module("interlude.audit.migrations.0002_append_only")
    empty = TransactionTestCase._fixture_teardown

    def teardown(test: Any) -> None:
        _run(triggers.DOWN)
        empty(test)
        _run(triggers.UP)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


def _run(statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
