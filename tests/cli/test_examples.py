"""The examples in docs/reference are run, and answer what the page says."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs" / "reference"
COMMANDS = (DOCS / "commands.md").read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def examples() -> list[tuple[str, str]]:
    """Each command with the output that follows it."""
    found = []
    for block in blocks(COMMANDS, "console"):
        for each in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = each.partition("\n")
            found.append((command, output))
    return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page's files, and the interlude command."""
    folder = tmp_path_factory.mktemp("desk")
    for block in blocks(COMMANDS, "toml"):
        (folder / block.splitlines()[0].removeprefix("# ")).write_text(block, "utf-8")
    (folder / "history.jsonl").write_text("".join(blocks(COMMANDS, "jsonl")), "utf-8")
    command = folder / "bin" / "interlude"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m interlude.cli "$@"\n', "utf-8")
    command.chmod(0o755)
    return folder


@pytest.mark.parametrize(("command", "output"), examples(), ids=lambda text: text[:60])
def test_an_example_answers_what_the_page_says(command, output, desk):
    path = f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["sh", "-c", command], cwd=desk, env={"PATH": path}, capture_output=True, text=True, check=False
    )
    assert ran.stdout + ran.stderr == output or said(ran.stdout, ran.stderr) == sorted(output.splitlines())


def said(*streams: str) -> list[str]:
    """Lines of both streams, which a terminal shows in the order of writing and a test cannot."""
    return sorted(line for stream in streams for line in stream.splitlines())


def test_the_page_shows_every_command():
    shown = " ".join(command for command, _ in examples())
    for command in (
        "due",
        "decide",
        "read",
        "replay",
        *(f"policy {verb}" for verb in ("presets", "show", "check", "explain", "diff")),
    ):
        assert f"interlude {command}" in shown


def test_the_example_of_the_library_runs_as_written(capsys):
    page = (DOCS / "core.md").read_text("utf-8")
    for block in blocks(page, "python"):
        expected = re.findall(r"# → (.*)$", block, re.MULTILINE)
        exec(compile(block, "core.md", "exec"), {})
        assert capsys.readouterr().out.splitlines() == expected
