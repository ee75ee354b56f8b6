"""Every setting is read in one place and documented in one place."""

import ast
import re

from tests.house import tree

SETTINGS = tree.SRC / "site" / "settings.py"
REFERENCE = tree.ROOT / "docs" / "reference" / "settings.md"
PREFIXES = {"env": "INTERLUDE_", "hosting": ""}  # two readers: ours, and what hosting services name


def read() -> set[str]:
    """Names that settings.py asks the environment for: `env.bool("DEBUG", False)`."""
    return {
        PREFIXES[node.func.value.id] + node.args[0].value
        for node in ast.walk(tree.syntax(SETTINGS))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in PREFIXES
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def documented() -> set[str]:
    """First cells of the reference's rows: `| `INTERLUDE_DEBUG` | ... |`."""
    return set(re.findall(r"^\|\s*`([A-Z_]+)`", tree.text(REFERENCE), flags=re.MULTILINE))


def test_every_setting_is_documented_and_no_other():
    assert read(), "settings.py reads nothing; has its way of reading changed?"
    assert read() == documented()


def test_no_other_module_reads_the_environment():
    """But for those that start the demo: they set what its own processes will read."""
    found = [
        tree.short(file)
        for file in tree.files(".py", under=tree.SRC)
        if file != SETTINGS
        and re.search(r"environ[^\n]*INTERLUDE_|getenv\(\s*[\"']INTERLUDE_", tree.text(file))
    ]
    starters = {"src/interlude/site/manage.py", "src/interlude/demo/management/commands/demo.py"}
    assert set(found) <= starters, f"read it in settings.py: {found}"
