"""A room's style sheet goes out as one file: on a slow line each file of its own costs a wait.

While one works on them, the browser fetches the parts by their `@import`; `collectstatic` puts them in their place.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import "(?P<part>[\w./-]+)" layer\((?P<layer>\w+)\);$', re.MULTILINE)


class JoinedSheetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Files named by their content and packed, as whitenoise does it, with each sheet joined first."""

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        joined = {} if dry_run else joined_sheets(paths)
        yield from super().post_process(paths | joined, dry_run, **options)


def joined_sheets(paths: dict[str, tuple[Storage, str]]) -> dict[str, tuple[Storage, str]]:
    """Of all files, the sheets that bring in others, with their parts in place, each in its layer."""
    memory = InMemoryStorage()
    joined: dict[str, tuple[Storage, str]] = {}
    for name, place in paths.items():
        sheet = _text(place) if name.endswith(".css") else ""
        if IMPORT.search(sheet):
            whole = IMPORT.sub(partial(_in_place, paths, posixpath.dirname(name)), sheet)
            joined[name] = (memory, memory.save(name, ContentFile(whole.encode())))
    return joined


def _in_place(paths: dict[str, tuple[Storage, str]], folder: str, found: re.Match[str]) -> str:
    part = posixpath.normpath(posixpath.join(folder, found["part"]))
    return f"@layer {found['layer']} {{\n{_text(paths[part])}}}"


def _text(place: tuple[Storage, str]) -> str:
    storage, path = place
    with storage.open(path) as file:
        return bytes(file.read()).decode()
