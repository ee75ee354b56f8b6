"""A page is made of its own room and the shared kit, and carries no script, style or raw text of its own."""

import re
from pathlib import Path

import pytest

from tests.house import tree

TEMPLATES = tree.templates()
PAGES = [file for file in TEMPLATES if file.suffix == ".html"]
REUSED = re.compile(r"\{%-?\s*(?:extends|include)\s+(\S+)")

#: What may be reused from where. A folder not named here belongs to a library whose pages we dress.
MAY_REUSE = {
    **{room: {room, "ui"} for room in tree.ROOMS},
    "ui": {"ui"},
    "email": {"email"},
}
LIBRARY = {"ui", "public"}

FORBIDDEN = {
    r"<[^>]*\sstyle\s*=": "put it into a component's sheet",
    r"<style\b": "put it into a component's sheet",
    r"<script\b(?![^>]*\bsrc=)": "put it into ui/static/ui/behaviours, attached by a data- attribute",
    r"<[^>]*\son[a-z]+\s*=": "put it into ui/static/ui/behaviours, attached by a data- attribute",
    r"\bhx-on\b": "it needs eval, which the policy for scripts forbids",
    r"\bhx-vals\s*=\s*[\"']js:": "it needs eval, which the policy for scripts forbids",
    r"javascript:": "a link needs an address",
    r"(?:href|src|action)\s*=\s*[\"'](?:https?:)?//": "nothing comes from another host",
}
UNESCAPED = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+off")


def markup(file: Path) -> str:
    """What reaches the browser as it stands: no comments, no template code."""
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", tree.without_comments(tree.text(file)), flags=re.DOTALL)


@pytest.mark.parametrize(("pattern", "remedy"), FORBIDDEN.items())
def test_no_page_carries_scripts_styles_or_strangers(pattern, remedy):
    found = [
        f"{tree.short(file)}: {match[0]!r}"
        for file in PAGES
        for match in re.finditer(pattern, markup(file), re.IGNORECASE)
    ]
    assert not found, f"{remedy}: {found}"


def test_text_stays_escaped_unless_a_reason_stands_beside_it():
    """`{{ svg|safe }}{# safe: made by the server from numbers #}` says why on the same line."""
    found = [
        f"{tree.short(file)}:{number}"
        for file in PAGES
        for number, line in enumerate(tree.lines(file), 1)
        if UNESCAPED.search(line) and "{# safe: " not in line
    ]
    found += [
        f"{tree.short(file)}:{number}"
        for file in tree.files(".py", under=tree.SRC)
        for number, line in enumerate(tree.lines(file), 1)
        if re.search(r"\b(mark_safe|SafeString)\(", line) and "# safe: " not in line
    ]
    assert not found, f"say `safe: ` and why, or let it be escaped: {found}"


def test_a_page_is_made_of_its_own_room_and_the_shared_kit():
    found = [
        f"{tree.short(file)} reuses {target}"
        for file in TEMPLATES
        for target in REUSED.findall(tree.without_comments(tree.text(file)))
        if target.strip("\"'").split("/")[0]
        not in MAY_REUSE.get(tree.folder_of(file), LIBRARY | {tree.folder_of(file)})
    ]
    assert not found, f"a room shows only what is its own: {found}"


def test_what_is_reused_exists():
    names = {file.as_posix().rpartition("/templates/")[2] for file in TEMPLATES}
    ours = {*tree.ROOMS, "ui", "email"}
    missing = [
        f"{tree.short(file)} reuses {target}"
        for file in TEMPLATES
        for target in (
            quoted.strip("\"'") for quoted in REUSED.findall(tree.without_comments(tree.text(file)))
        )
        if target.split("/")[0] in ours and target not in names
    ]
    assert not missing, missing


def test_a_partial_says_first_what_it_is():
    silent = [
        tree.short(file)
        for file in PAGES
        if file.name.startswith("_") and not tree.text(file).startswith("{#")
    ]
    assert not silent, f"first line: what it is, what it needs, what it replaces: {silent}"


def test_every_form_works_without_javascript():
    stuck = [
        f"{tree.short(file)}: {form[:80]}"
        for file in PAGES
        for form in re.findall(r"<form\b[^>]*>", tree.text(file))
        if "hx-" in form and not re.search(r"\saction=", form)
    ]
    assert not stuck, f"give the form a plain action: {stuck}"
