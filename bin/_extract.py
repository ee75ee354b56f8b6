"""Every sentence that the source marks for translation, from Python and from templates. Needs no xgettext."""

import io
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "interlude"
ONE, MANY = (1,), (1, 2)
ONE_SAID, MANY_SAID = ((1, "c"), 2), ((1, "c"), 2, 3)  # with a context first
WORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": MANY,
    "ngettext_lazy": MANY,
    "pgettext": ONE_SAID,
    "pgettext_lazy": ONE_SAID,
    "npgettext": MANY_SAID,
    "npgettext_lazy": MANY_SAID,
}


class Found(NamedTuple):
    file: str
    line: int
    said: str | tuple[str, ...]
    context: str | None
    comments: list[str]


def extracted() -> Catalog:
    """A catalogue without translations: every sentence once, with the files it stands in."""
    catalogue = Catalog(charset="utf-8")
    for found in sentences():
        place = [(found.file, found.line)]
        catalogue.add(found.said, None, place, context=found.context, auto_comments=found.comments)
    return catalogue


def sentences() -> Iterator[Found]:
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    for file in sorted(SOURCE.rglob("*")):
        if file.suffix == ".py" and "migrations" not in file.parts:
            yield from _in(file, file.read_text(encoding="utf-8"))
        elif file.suffix in {".html", ".txt"} and "templates" in file.parts:
            yield from _in(file, _as_python(file))
        elif file.suffix == ".toml" and file.parent.name == "presets":
            yield from _of_starting_point(file)


def _of_starting_point(file: Path) -> Iterator[Found]:
    """What a client reads of a starting point. The core has no translations; a page looks its words up."""
    said = tomllib.loads(file.read_text(encoding="utf-8")).get("client_text")
    if said:
        yield Found(file.relative_to(SOURCE.parent).as_posix(), 1, said, None, [])


def _as_python(file: Path) -> str:
    """A template as calls of gettext, which Django writes; a line's indent would be Python's, so it goes."""
    name = file.relative_to(SOURCE).as_posix()
    plain = templatize(file.read_text(encoding="utf-8"), origin=name)
    return "\n".join(line.strip() for line in plain.splitlines())


def _in(file: Path, source: str) -> Iterator[Found]:
    name = file.relative_to(SOURCE.parent).as_posix()
    found = extract("python", io.BytesIO(source.encode()), WORDS, comment_tags=("Translators:",))
    for line, said, comments, context in found:
        yield Found(name, line, said, context, comments)
