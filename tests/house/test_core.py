"""`import interlude.core` is a library: plain Python, nothing else installed."""

import ast
import sys

from tests.house import tree

OWN = ("interlude.core", "interlude")


def imported(module: ast.Module) -> list[str]:
    names = []
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "import from the module that defines a thing, by its full name"
            names.append(node.module or "")
    return names


def test_the_core_imports_the_standard_library_and_itself():
    foreign = [
        f"{tree.short(file)} imports {name}"
        for file in tree.files(".py", under=tree.SRC / "core")
        for name in imported(tree.syntax(file))
        if name.partition(".")[0] not in sys.stdlib_module_names
        and name not in OWN
        and not name.startswith("interlude.core.")
    ]
    assert not foreign, foreign
