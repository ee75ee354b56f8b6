"""What the careful reader gets right and wrong on labelled messages, and how long it takes.

    .venv/bin/python -m bench.reading FOLDER

FOLDER holds JSON Lines files of rows with a text and the accepted levels; no row is printed.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from interlude.core.reading import read

LEVEL = {"none": "none", "offer": "concern", "first": "urgent"}


def main() -> None:
    parser = argparse.ArgumentParser(description="What the careful reader gets right and wrong")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    spent: list[float] = []
    print(f"{'set':26}{'to find':>9}{'found':>9}{'to leave':>10}{'wrongly':>9}")
    for file in sorted(folder.glob("*.jsonl")):
        seen = _counts(file, spent)
        print(f"{file.stem:26}{seen['find']:9}{seen['found']:9}{seen['leave']:10}{seen['wrongly']:9}")
    marks = quantiles(spent, n=100)
    print(f"milliseconds for one message: median {marks[49]:.2f}, 95 of 100 under {marks[94]:.2f}")


def _counts(file: Path, spent: list[float]) -> Counter[str]:
    seen: Counter[str] = Counter()
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        accepted = row.get("accept") or [row["risk"]]
        before = perf_counter()
        level = LEVEL[read(row["text"]).help]
        spent.append(1000 * (perf_counter() - before))
        if "none" not in accepted:
            seen["find"] += 1
            seen["found"] += level != "none"
        elif accepted == ["none"]:
            seen["leave"] += 1
            seen["wrongly"] += level != "none"
    return seen


if __name__ == "__main__":
    main()
