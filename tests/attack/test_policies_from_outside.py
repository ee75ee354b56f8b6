"""Rules that make no sense, through the act of publishing and through the command line: clear words, no effect."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from interlude.audit.models import Event
from interlude.boundaries.actions import grant_exception, publish_rules
from interlude.boundaries.models import PolicyLayer
from interlude.cli.main import main
from interlude.core.errors import InterludeError
from interlude.practice.actions import open_practice
from tests.cast import NOW

HEAD = 'layer = "practice"\nname = "x"\n'
BAD = {
    "broken toml": ("zone = ", "end of document"),
    "a table never closed": ("[hours\nmon = []", "line"),
    "one key twice": ('zone = "UTC"\nzone = "UTC"', "overwrite"),
    "an unknown key": ('zome = "UTC"', "zome"),
    "an unknown table": ("[hour]\nmon = []", "hour"),
    "an unknown zone": ('zone = "Europe/Atlantis"', "Europe/Atlantis"),
    "a zone that is a path": ('zone = "../../etc/passwd"', "../../etc/passwd"),
    "a zone that is a number": ("zone = 7", "7"),
    "openings that overlap": ('[hours]\nmon = ["09:00-12:00", "11:00-13:00"]', "11:00-13:00"),
    "an opening that ends first": ('[hours]\nmon = ["12:00-09:00"]', "12:00-09:00"),
    "no time of day": ('[hours]\nmon = ["25:00-26:00"]', "25:00-26:00"),
    "an unknown topic": ('[topics]\nanswer = ["gossip"]', "gossip"),
    "a topic in two places": ('[topics]\nanswer = ["homework"]\nkeep = ["homework"]', "homework"),
    "an unknown promise": ('[promise]\nkind = "soon"', "soon"),
    "below no day": ('[promise]\nkind = "working_days"\ndays = -1\ncut_off = "17:00"', "-1"),
    "very many days": ('[promise]\nkind = "working_days"\ndays = 99999999\ncut_off = "17:00"', "99999999"),
    "a number of many digits": ("minimum_age = " + "9" * 5000, "file"),
    "not a number": ("minimum_age = nan", "nan"),
    "nested without end": ("x = " + "[" * 3000 + "]" * 3000, "nested"),
    "a price of nothing": ('[extra]\nprice = "much EUR"\npromise = { kind = "next_check" }', "much EUR"),
    "a lock on nothing": ('locks = ["zome"]', "zome"),
    "text without end": ("# " + "x" * 300_000, "300"),
    "a nul": ('zone = "a\0b"', "line"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_publishing_nonsense_names_it_and_publishes_nothing(cast: Any, kind: str) -> None:
    text, named = BAD[kind]
    before = PolicyLayer.unscoped.count(), Event.objects.count()
    with pytest.raises(InterludeError) as wrong:
        publish_rules(text, practice=cast.alder, by=None, since=date(2026, 5, 1), now=NOW)
    assert named in str(wrong.value), str(wrong.value)
    assert len(str(wrong.value)) < 1000
    assert (PolicyLayer.unscoped.count(), Event.objects.count()) == before


@pytest.mark.parametrize("kind", BAD)
def test_the_command_line_says_the_same_and_fails(kind: str, tmp_path: Path, capsys: Any) -> None:
    text, named = BAD[kind]
    file = tmp_path / "rules.toml"
    file.write_text(HEAD + text, encoding="utf-8")
    assert main(["policy", "check", str(file)]) != 0
    said = "".join(capsys.readouterr())
    assert "Traceback" not in said
    assert "rules.toml" in said
    assert named.replace("line 1", "line").replace("overwrite", "line") in said, said[:300]


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"\xed\xa0\x80", b"\x00" * 10])
def test_a_file_that_is_no_text_is_no_crash(raw: bytes, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "rules.toml"
    file.write_bytes(raw)
    assert main(["policy", "check", str(file)]) in (1, 2)
    assert "Traceback" not in "".join(capsys.readouterr())


def test_a_file_that_is_not_there_and_a_folder_are_no_crash(tmp_path: Path, capsys: Any) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        assert main(["policy", "check", str(path)]) in (1, 2)
        assert "Traceback" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("zone", "country"), [("Mars/Base", "GB"), ("", "GB"), ("Europe/London", "ZZ"), ("Europe/London", "")]
)
def test_a_practice_in_no_place_is_not_opened(db: None, zone: str, country: str) -> None:
    with pytest.raises(InterludeError) as wrong:
        open_practice(name="Nowhere", zone=zone, country=country, now=NOW)
    assert (zone if country == "GB" else country) in str(wrong.value)


NEVER_OPEN = "[hours]\nmon = []\ntue = []\nwed = []\nthu = []\nfri = []\nsat = []\nsun = []\n"


@pytest.mark.parametrize("whose", ["practice", "clinician"])
def test_rules_that_never_open_are_not_published_and_break_no_page(cast: Any, visit: Any, whose: str) -> None:
    before = PolicyLayer.unscoped.count()
    who = {"clinician": cast.ada} if whose == "clinician" else {}
    with pytest.raises(InterludeError, match="never open"):
        publish_rules(NEVER_OPEN, practice=cast.alder, by=None, since=date(2026, 5, 1), now=NOW, **who)
    assert PolicyLayer.unscoped.count() == before
    for person, address in (
        (cast.ada, "/practice/"),
        (cast.ada, "/practice/rules/"),
        (cast.priya, "/office/"),
        (cast.noor, "/my/write/billing/"),
        (cast.jonas, "/my/"),
    ):
        assert visit(person).get(address).status_code == 200


def test_an_exception_that_never_opens_is_not_granted(cast: Any, visit: Any) -> None:
    with pytest.raises(InterludeError, match="never open"):
        grant_exception(
            NEVER_OPEN, client=cast.noor.client, by=cast.ada, since=NOW.date(), until=NOW.date(),
            reason="A try.", now=NOW,
        )  # fmt: skip
    assert visit(cast.noor).get("/my/write/").status_code == 200


LOCKED = 'locks = ["zone"]\nzone = "Europe/London"\n'


def test_two_locks_that_contradict_each_other_are_named(tmp_path: Path, capsys: Any) -> None:
    """Law and practice can lock; neither zone is the stricter one."""
    law, ours = tmp_path / "law.toml", tmp_path / "ours.toml"
    law.write_text('layer = "law"\nname = "Some law"\nlocks = ["zone"]\nzone = "Asia/Tokyo"\n')
    ours.write_text('layer = "practice"\nname = "Alder"\n' + LOCKED)
    assert main(["policy", "show", str(law), str(ours)]) != 0
    said = "".join(capsys.readouterr())
    assert "contradicts" in said
    assert "Some law" in said


def test_a_lock_of_a_clinician_is_refused(cast: Any) -> None:
    with pytest.raises(InterludeError, match="only law and practice can lock"):
        publish_rules(
            LOCKED, practice=cast.alder, clinician=cast.ada, by=None, since=date(2026, 5, 1), now=NOW
        )
