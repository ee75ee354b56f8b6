"""Facts and starting points that differ by place, year and way of working, with source and date."""

from interlude.core.packs.load import Preset, preset, presets

__all__ = ["Preset", "preset", "presets"]
