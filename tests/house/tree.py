"""The files of the project, as the house tests look at them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "interlude"
PARTS = ("src", "tests", "bin", "bench", "docs", "requirements", ".ci")
ROOMS = ("client", "clinician", "office", "public")
TEXT = {".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".json", ".svg", ".sh", ".po", ""}


@cache
def files(*suffixes: str, under: Path = ROOT) -> tuple[Path, ...]:
    """Every file of the project with one of *suffixes*, without what tools leave behind."""
    places = [*(ROOT / part for part in PARTS), *ROOT.glob("*")] if under == ROOT else [under]
    found = {file for place in places for file in _walk(place) if file.suffix in suffixes}
    return tuple(sorted(file for file in found if "__pycache__" not in file.parts))


def _walk(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.name in PARTS or SRC in (place, *place.parents):
        yield from (file for file in place.rglob("*") if file.is_file())


def short(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def lines(file: Path) -> list[str]:
    return text(file).splitlines()


@cache
def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def syntax(file: Path) -> ast.Module:
    return ast.parse(text(file), filename=str(file))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(syntax(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def templates() -> tuple[Path, ...]:
    return tuple(file for file in files(".html", ".txt", under=SRC) if "templates" in file.parts)


def folder_of(template: Path) -> str:
    """The first folder under `templates`: a room, `ui`, `email`, or a library whose pages we replace."""
    return template.parts[template.parts.index("templates") + 1]


def without_comments(template: str) -> str:
    """Template source without `{# #}` and `{% comment %}`, the lines still in their places."""

    def blank(match: re.Match[str]) -> str:
        return "\n" * match[0].count("\n")

    return re.sub(r"\{#.*?#\}|\{% comment\b.*?endcomment %\}|<!--.*?-->", blank, template, flags=re.DOTALL)
