"""The lines of the contract, by id, and which of them a test says it shows."""

from collections.abc import Iterable

import pytest

LINES = {"A": 52, "B": 36, "C": 38, "D": 36, "E": 18}
IDS = [f"{source}{number}" for source, last in LINES.items() for number in range(1, last + 1)]


def shown_by(item: pytest.Item) -> list[str]:
    """Ids on the item's contract marks, in the order they were written."""
    return [str(line) for mark in item.iter_markers("contract") for line in mark.args]


def unknown(items: Iterable[pytest.Item]) -> list[str]:
    """One sentence for each id that is no line of the contract."""
    known = set(IDS)
    return [
        f"{item.nodeid} names {line}, which is no line of the contract (A1 to E18)"
        for item in items
        for line in shown_by(item)
        if line not in known
    ]
