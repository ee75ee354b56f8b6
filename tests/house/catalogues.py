"""The catalogues of translations, and what bin/messages takes out of the source."""

import sys
from functools import cache
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.house import tree

sys.path.append(str(tree.ROOT / "bin"))

from _extract import extracted
from _fitting import fits
from _variants import is_formal, read_by_clients, waiting

__all__ = ["LANGUAGES", "catalogue", "fits", "is_formal", "key", "read_by_clients", "sentences", "waiting"]
LANGUAGES = ("es", "hi")


@cache
def catalogue(language: str) -> Catalog:
    with (tree.SRC / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def sentences() -> Catalog:
    return extracted()


def key(message: Any) -> tuple[str, str]:
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]
