"""Migrations are named by hand and form one line for each feature."""

import re

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.house import tree


def ours() -> list[str]:
    return [config.label for config in apps.get_app_configs() if config.name.startswith("interlude.")]


def test_every_migration_was_named_by_a_person():
    unnamed = [
        tree.short(file)
        for file in tree.SRC.glob("*/migrations/[0-9]*.py")
        if re.search(r"_auto_|_and_more|\d{4}_(add|alter|remove|delete|create)_?\.py$", file.name)
    ]
    assert not unnamed, f"say what it is for: {unnamed}"


def test_every_feature_has_one_last_migration():
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    forked = {label: leaves for label in ours() if len(leaves := graph.leaf_nodes(label)) > 1}
    assert not forked, f"put one after the other: {forked}"
