"""Catalogues as people write them (.po) to catalogues as the portal reads them (.mo), without system tools.

bin/setup runs it for a checkout, and the build of a wheel runs `Compiled`. Nothing compiled lies in the repository.
"""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path(__file__).resolve().parents[1] / "src" / "interlude" / "locale"
VARIANTS = {"es_TU": "es"}
"""A catalogue that holds only what differs, and the one that it differs from."""


class Compiled(BuildHookInterface[Any]):
    """A wheel holds the compiled catalogues (`artifacts` in pyproject.toml names them)."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_all(Path(self.root) / "src" / "interlude" / "locale")


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Every catalogue whose compiled form is missing or older; returns which were written."""
    stale = [file for file in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(file)]
    for file in stale:
        compile_one(file)
    return stale


def compile_one(file: Path) -> None:
    catalogue = _read(file)
    if whole := _whole(file):
        catalogue = over(_read(whole), catalogue)
    for message in [one for one in catalogue if one.id and not all(one.string)]:
        catalogue.delete(message.id, message.context)  # half a plural would be an empty sentence on a page
    fresh = file.with_suffix(".mo.new")
    with fresh.open("wb") as target:
        write_mo(target, catalogue)
    fresh.replace(file.with_suffix(".mo"))


def over(whole: Catalog, variant: Catalog) -> Catalog:
    """The whole catalogue with the sentences of the variant in their place."""
    for one in variant:
        if one.id and all(one.string) and (same := whole.get(one.id, one.context)) is not None:
            same.string = one.string
    return whole


def _read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.parents[1].name)


def _whole(file: Path) -> Path | None:
    """The catalogue from which this one only differs, if it does."""
    of = VARIANTS.get(file.parents[1].name)
    return file.parents[2] / of / "LC_MESSAGES" / file.name if of else None


def _is_stale(file: Path) -> bool:
    compiled, whole = file.with_suffix(".mo"), _whole(file)
    newest = max(one.stat().st_mtime for one in (file, whole) if one)
    return not compiled.exists() or compiled.stat().st_mtime < newest


if __name__ == "__main__":
    compile_all()
