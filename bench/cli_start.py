"""How long the command line takes from nothing to an answer, beside an interpreter that does nothing.

    .venv/bin/python -m bench.cli_start [--runs 15]

Wall time and processor time in milliseconds, median of runs in turn. On a busy machine, read the second.
"""

import argparse
import os
import subprocess
import sys
import time
from statistics import median

COMMANDS = {
    "python, nothing": ["-c", "pass"],
    "interlude --version": ["-m", "interlude.cli", "--version"],
    "interlude due": ["-m", "interlude.cli", "due", "--policy", "warm_two_business_days"],
    "interlude decide": [
        "-m",
        "interlude.cli",
        "decide",
        "--policy",
        "paid_message_pack",
        "--topic",
        "homework",
    ],
    "interlude policy presets": ["-m", "interlude.cli", "policy", "presets"],
    "interlude policy explain": ["-m", "interlude.cli", "policy", "explain", "scheduling_only"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description="From nothing to an answer")
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, command in COMMANDS.items():
            taken[name].append(_spent(command))
    print(f"{'':28}{'wall ms':>9}{'cpu ms':>9}")
    for name, figures in taken.items():
        wall, cpu = (median(each[part] for each in figures) for part in (0, 1))
        print(f"{name:28}{wall:9.0f}{cpu:9.0f}")


def _spent(command: list[str]) -> tuple[float, float]:
    before, started = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return 1000 * (time.perf_counter() - started), 1000 * cpu


if __name__ == "__main__":
    main()
