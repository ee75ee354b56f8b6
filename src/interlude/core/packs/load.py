"""The starting points of the project, one file each, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from interlude.core.bounds import shown
from interlude.core.errors import BadPolicy
from interlude.core.keys import suggestion
from interlude.core.layers import Layer, LayerKind, resolve
from interlude.core.policy import Policy
from interlude.core.toml_text import ABOUT, layer_of, parse

_FOLDER = Path(__file__).parent / "presets"
_NEEDED = ("label", "group", "purpose", "fits", "not_for", "help_note", "consent", "sources", "checked_on")


@dataclass(frozen=True, slots=True)
class Preset:
    """A starting point: a draft, until a clinician edits it and a client accepts it.

    Args:
        group: under which heading a clinician finds it.
        fits, not_for: for whom it is meant, and for whom it is not.
        help_note: one line beside help now that fits this way of working.
        consent: what the first steps with a client speak of.
        layer: the rules it sets; what it does not name stays as the practice or the product has it.
    """

    id: str
    label: str
    group: str
    purpose: str
    fits: tuple[str, ...]
    not_for: tuple[str, ...]
    client_text: str
    help_note: str
    consent: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    checked_on: date
    layer: Layer

    def policy(self) -> Policy:
        """This starting point over the product's own starting values, in UTC until somebody sets the zone."""
        return resolve([self.layer], on=self.checked_on).policy


def presets() -> Mapping[str, Preset]:
    """All starting points by id, in the order of their ids."""
    return MappingProxyType({id: preset(id) for id in preset_ids()})


@lru_cache(maxsize=1)
def preset_ids() -> tuple[str, ...]:
    """The ids of all starting points."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.toml")))


@lru_cache(maxsize=64)
def preset(id: str) -> Preset:
    """The starting point with that id. Raises BadPolicy, saying which was meant."""
    if id not in preset_ids():
        raise BadPolicy("presets", "preset", id[:80], suggestion(id, dict.fromkeys(preset_ids())))
    return read_preset((_FOLDER / f"{id}.toml").read_text("utf-8"), file=f"{id}.toml")


def read_preset(text: str, *, file: str) -> Preset:
    """The starting point that *text* describes. Raises BadPolicy for anything missing."""
    tables = parse(text, file=file)
    layer = layer_of(tables, file=file)
    if layer.kind is not LayerKind.PRESET:
        raise BadPolicy(file, "layer", str(layer.kind), 'a starting point says layer = "preset"')
    about = _about(tables.get(ABOUT, {}), file=file)
    return Preset(
        id=layer.name,
        client_text=layer.values.get("client_text", ""),
        layer=layer,
        **{"notes": (), **{key: _settled(value) for key, value in about.items()}},
    )


def _about(about: Any, *, file: str) -> dict[str, Any]:
    if not isinstance(about, dict):
        raise BadPolicy(file, ABOUT, shown(about), f"make it a table: [{ABOUT}]")
    for key in sorted(about.keys() - {*_NEEDED, "notes"}):
        known = {f"{ABOUT}.{each}": each for each in (*_NEEDED, "notes")}
        raise BadPolicy(file, f"{ABOUT}.{key}", shown(about[key]), suggestion(f"{ABOUT}.{key}", known))
    for key in _NEEDED:
        if not about.get(key):
            raise BadPolicy(file, f"{ABOUT}.{key}", "missing", "say it, so that people can choose")
    return about


def _settled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
