"""Between tests that commit, every table is emptied. The record's triggers rest for that moment alone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import TransactionTestCase

#: Which kinds of row there are. Django's own flush empties these too and asks for each kind again: a tenth of a second.
STAYS = {Permission._meta.db_table, ContentType._meta.db_table}


@pytest.fixture(autouse=True, scope="session")
def the_record_is_emptied_between_tests() -> Iterator[None]:
    triggers = import_module("interlude.audit.migrations.0002_append_only")

    def teardown(test: Any) -> None:
        tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
        emptied = connection.ops.sql_flush(no_style(), sorted(tables - STAYS))
        with transaction.atomic():
            _run(triggers.DOWN)
            connection.ops.execute_sql_flush(emptied)
            _run(triggers.UP)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


def _run(statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
