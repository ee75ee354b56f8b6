"""The register of rules and the code name the same ids."""

import re

from tests.house import tree

REGISTER = tree.ROOT / "docs" / "rules.md"
ID = re.compile(r"\bR-(\d{2,3})\b(?: to R-(\d{2,3})\b)?")


def ids(source: str) -> set[str]:
    """Every id in *source*; `R-60 to R-62` names three."""
    found = set()
    for first, last in ID.findall(source):
        found |= {f"R-{number:02}" for number in range(int(first), int(last or first) + 1)}
    return found


def in_code() -> dict[str, str]:
    return {rule: tree.short(f) for f in tree.files(".py", under=tree.SRC) for rule in ids(tree.text(f))}


def rows() -> list[str]:
    """Ids of the register's rows, in order: `| R-01 | the rule | its source | an example |`."""
    return re.findall(r"^\|\s*(R-\d{2,3})\s*\|", tree.text(REGISTER), flags=re.MULTILINE)


def test_every_rule_in_the_code_has_a_row():
    missing = {rule: where for rule, where in in_code().items() if rule not in rows()}
    assert not missing, f"add rows to docs/rules.md: {missing}"


def test_every_row_is_kept_by_some_code():
    unkept = [rule for rule in rows() if rule not in in_code()]
    assert not unkept, f"no code cites these rows of docs/rules.md: {unkept}"


def test_every_row_has_its_own_id_a_rule_a_source_and_an_example():
    table = [line for line in tree.lines(REGISTER) if re.match(r"\|\s*R-\d", line)]
    thin = [line for line in table if len([cell for cell in line.strip("|").split("|") if cell.strip()]) < 4]
    assert not thin, f"a row of docs/rules.md has four cells: {thin}"
    assert len(rows()) == len(set(rows())), "two rows of docs/rules.md share an id"
