"""The starting points that are shipped, in the order in which a clinician looks for one."""

from __future__ import annotations

from functools import lru_cache

from interlude.core.packs.load import Preset, presets

FIRST = "Everyday practice"


@lru_cache(maxsize=1)
def by_group() -> tuple[tuple[str, tuple[Preset, ...]], ...]:
    """All starting points by group, everyday practice first, each group by label."""
    every = presets().values()
    groups = sorted({one.group for one in every}, key=lambda name: (name != FIRST, name))
    return tuple(
        (name, tuple(sorted((one for one in every if one.group == name), key=lambda one: one.label)))
        for name in groups
    )
