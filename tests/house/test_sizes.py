"""Short is how the house stays readable: files, functions, pages, sheets (docs/adr, STYLE.md)."""

import ast

from tests.house import tree

PYTHON = tree.files(".py")
UNSIZED = {"self", "cls"}


def test_no_python_file_is_longer_than_400_lines():
    too_long = [(tree.short(f), n) for f in PYTHON if (n := len(tree.lines(f))) > 400]
    assert not too_long, f"two subjects in one file; split by noun: {too_long}"


def test_no_function_is_longer_than_40_lines_without_its_docstring():
    too_long = [
        f"{tree.short(file)}:{function.lineno} {function.name} has {length(function)} lines"
        for file in PYTHON
        if "migrations" not in file.parts
        for function in tree.functions(file)
        if length(function) > 40
    ]
    assert not too_long, "give a step of it a name: " + "; ".join(too_long)


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def test_no_public_function_takes_more_than_three_arguments_by_position():
    """The aim is two; a view has a request, a person and at most one more."""
    too_many = [
        f"{tree.short(file)}:{function.lineno} {function.name}({', '.join(names)})"
        for file in tree.files(".py", under=tree.SRC)
        for function in tree.functions(file)
        if not function.name.startswith("_") and len(names := by_position(function)) > 3
    ]
    assert not too_many, "put a * after the second: " + "; ".join(too_many)


def by_position(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    arguments = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return [name for name in arguments if name not in UNSIZED]


def test_no_template_is_longer_than_120_lines():
    too_long = [(tree.short(f), n) for f in tree.templates() if (n := len(tree.lines(f))) > 120]
    assert not too_long, f"make a partial of what htmx swaps or two pages use: {too_long}"


def test_no_style_sheet_is_longer_than_250_lines():
    too_long = [(tree.short(f), n) for f in tree.files(".css") if (n := len(tree.lines(f))) > 250]
    assert not too_long, f"one file, one component: {too_long}"


def test_no_behaviour_in_the_browser_is_longer_than_60_lines():
    behaviours = [f for f in tree.files(".js") if f.parent.name == "behaviours"]
    too_long = [(tree.short(f), n) for f in behaviours if (n := len(tree.lines(f))) > 60]
    assert not too_long, f"a behaviour is one small thing on one data- attribute: {too_long}"
