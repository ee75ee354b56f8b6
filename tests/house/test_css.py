"""One sheet for each component, made of tokens; no rule shouts another down."""

import re

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
