"""Docs that drift are worse than none: names, links and headings in them are checked."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.house import tree

PAGES = tree.files(".md")
LINK = re.compile(r"(?<!\\)\[[^\]\n]*\]\(([^)\s]+)[^)]*\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
EXPECTED = ["README", "ARCHITECTURE", "STYLE", "CONTRIBUTING", "SECURITY", "CHANGELOG"]


def test_the_pages_that_a_newcomer_looks_for_are_there():
    missing = [name for name in EXPECTED if not (tree.ROOT / f"{name}.md").exists()]
    assert not missing, missing


@pytest.mark.parametrize("page", PAGES, ids=tree.short)
def test_every_link_leads_somewhere(page):
    broken = [
        link for link in LINK.findall(FENCE.sub("", tree.text(page))) if not leads_somewhere(link, page)
    ]
    assert not broken, f"{tree.short(page)}: {broken}"


def leads_somewhere(link: str, page: Path) -> bool:
    if re.match(r"[a-z]+:", link):
        return link.startswith(("https://", "mailto:"))
    path, _, heading = unquote(link).partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not heading or target.is_dir() or heading in headings(target)


def headings(page: Path) -> set[str]:
    """The anchors that a page's headings get where it is shown."""
    titles = re.findall(r"^#+ +(.+?) *$", FENCE.sub("", tree.text(page)), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize(
    "page", ["ARCHITECTURE.md", "CONTRIBUTING.md", "STYLE.md", "README.md", "docs/README.md"]
)
def test_every_file_that_is_named_exists(page):
    named = re.findall(
        r"`((?:src|tests|docs|bin|requirements|bench|\.ci)/[\w./-]*)`", tree.text(tree.ROOT / page)
    )
    missing = sorted({name for name in named if not (tree.ROOT / name).exists()})
    assert not missing, f"{page} names {missing}"


def test_every_decision_is_in_the_list():
    folder = tree.ROOT / "docs" / "adr"
    records = sorted(file.name for file in folder.glob("[0-9]*.md"))
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", tree.text(folder / "README.md"))
    assert listed == records


@pytest.mark.parametrize(
    "record", sorted((tree.ROOT / "docs" / "adr").glob("[0-9]*.md")), ids=lambda f: f.name
)
def test_a_decision_has_its_four_parts(record):
    number = int(record.name[:4])
    source = tree.text(record)
    assert re.match(rf"# {number}\. \S.*\n\n\d{{4}}-\d\d-\d\d · (accepted|superseded by \d+)\n", source)
    assert re.findall(r"^## (.+)$", source, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_nothing_in_the_project_belongs_to_one_machine_or_one_registry():
    places = ["/" + name + "/" for name in ("work", "root", "tmp", "home")]
    hosts = ["pythonhosted" + ".org", "pypi" + ".org/simple", "registry.npm" + "js.org", "index-" + "url"]
    found = [
        f"{tree.short(file)}:{number}"
        for file in tree.files(*tree.TEXT)
        for number, line in enumerate(tree.lines(file), 1)
        if any(host in line for host in hosts) or any(re.search(rf"(?<![\w.*$-]){p}", line) for p in places)
    ]
    assert not found, f"write it relative to the project: {found}"


def test_every_text_file_ends_with_one_line_end():
    bad = [
        tree.short(f)
        for f in tree.files(*tree.TEXT)
        if (t := tree.text(f)) and not re.search(r"[^\n]\n\Z", t)
    ]
    assert not bad, bad
