"""Which letters a text needs, and that the paper has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from interlude.ui.paper.scripts import files_for, scripts_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {"LATIN"}),
        ("Plain words, 14:41.", {"LATIN"}),
        ("ञ and é", {"LATIN", "DEVANAGARI"}),
        ("نعم", {"LATIN", "ARABIC"}),
        ("漢", {"LATIN", "CJK"}),
        ("\ud800", {"LATIN"}),
        ("→ 😀 \0", {"LATIN"}),
    ],
)
def test_scripts_are_told_by_their_letters(text: str, found: set[str]) -> None:
    assert scripts_in(text) == found


def test_a_font_in_the_data_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "NotoSansRunic-Regular.ttf").write_bytes(b"")
    assert files_for({"RUNIC"}, also=tmp_path)["RUNIC"].family == "Noto Sans Runic"
    assert "RUNICX" not in files_for({"RUNICX"}, also=tmp_path)
    assert files_for({"LATIN"}, also=tmp_path)["LATIN"].files == ()
