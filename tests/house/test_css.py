"""One sheet for each component, made of tokens; no rule shouts another down."""

import re

import pytest

from tests.house import tree

SHEETS = {file: re.sub(r"/\*.*?\*/", "", tree.text(file), flags=re.DOTALL) for file in tree.files(".css")}
BARE = {file: css for file, css in SHEETS.items() if file.name != "tokens.css"}
NAMED = r"white|black|red|green|blue|gr[ae]y|orange|yellow|purple|pink|brown|silver|navy|teal"
RAW_COLOUR = re.compile(
    rf"#[0-9a-f]{{3,8}}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|:[^;{{]*[\s,(](?:{NAMED})\s*[;,)}}]",
    re.IGNORECASE,
)


def test_no_rule_is_important():
    assert not [tree.short(file) for file, css in SHEETS.items() if "!important" in css]


def test_colours_come_from_tokens():
    found = [
        f"{tree.short(file)}: {match[0].strip()}"
        for file, css in BARE.items()
        for match in RAW_COLOUR.finditer(css)
    ]
    assert not found, f"name the colour in tokens.css: {found}"


def test_nothing_is_styled_by_its_id():
    found = [
        f"{tree.short(file)}: {selector.strip()}"
        for file, css in SHEETS.items()
        for selector in re.findall(r"[^{};]*#[a-z][^{};]*(?=\{)", css, re.IGNORECASE)
        if not selector.strip().startswith("@")
    ]
    assert not found, f"give it a class: {found}"


def test_nothing_comes_from_another_host():
    found = [
        tree.short(file) for file, css in SHEETS.items() if re.search(r"url\(\s*[\"']?(https?:)?//", css)
    ]
    assert not found, found


SIDES = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?<![\w-])(?:text-align|float|clear|justify-\w+|background-position)\s*:[^;}]*\b(?:left|right)\b"
    r"|translateX\(|translate\(\s*-?[\d.]*[1-9]|scaleX\("
    r"|(?<![\w-])box-shadow\s*:\s*(?:inset\s+)?-?[\d.]*[1-9]"
)
UNEVEN = re.compile(r"(?<![\w-])(?:margin|padding|inset|border-radius|border-width)\s*:([^;}]+)")
PHYSICAL = {  # a side that stays one, and why
    (
        "choice.css",
        "box-shadow: inset 4",
    ): "a shadow has no logical side; :dir(rtl) mirrors it on the next line",
    ("choice.css", "box-shadow: inset -4"): "the mirror of the line before, for :dir(rtl)",
    ("choice.css", "scaleX("): "turns the arrow, for :dir(rtl)",
}


def test_a_page_is_mirrored_for_who_reads_from_the_right():
    """Sides are named by where a line begins and ends, never left or right."""
    found = {
        (file.name, one.strip())
        for file, css in SHEETS.items()
        for one in sides_in(re.sub(r"@media[^{]*", "", css))
    }
    assert found - set(PHYSICAL) == set(), "name the side by start and end (margin-inline, inset-inline ...)"
    assert set(PHYSICAL) - found == set(), "no longer there: take the exception out"


def sides_in(css: str) -> list[str]:
    """Where *css* names a side by left and right, or gives one more than the other in a row of four."""
    uneven = (each for each in UNEVEN.finditer(css) if is_uneven(each[1]))
    return [each[0] for each in SIDES.finditer(css)] + [each[0] for each in uneven]


def is_uneven(sizes: str) -> bool:
    parts = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "()", sizes).split()
    return len(parts) == 4 and parts[1] != parts[3]


@pytest.mark.parametrize(
    "css",
    [
        "a { margin-left: 1rem }",
        "a{left:0}",
        "a { border-right: 1px solid }",
        "a { border-top-left-radius: 1px }",
        "a { text-align: right }",
        "a { float: left }",
        "a { max-width: 3rem }",
        "a { box-shadow: 2px 0 }",
        "a { transform: translateX(4px) }",
        "a { padding: 0 1rem 0 var(--space-1) }",
    ],
)
def test_a_side_named_left_or_right_is_found(css):
    assert len(sides_in(css)) == 1


@pytest.mark.parametrize(
    "css",
    [
        "a { margin-inline-start: 1rem; inset-inline: 0; text-align: end }",
        "a { border-width: 2px; line-height: 1.2; stroke-width: 2; min-inline-size: 0 }",
        "a { padding: 0 1rem; margin: 0.2rem 0 0; transform: translateY(-120%) }",
        "a { box-shadow: 0 1px 2px; overflow: hidden }",
    ],
)
def test_a_side_named_by_its_line_passes(css):
    assert sides_in(css) == []
