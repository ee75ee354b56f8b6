"""What one decision costs, and getting to the rules it rests on: microseconds of processor time.

    .venv/bin/python -m bench.decision [--rounds 7]

Each figure is the median of rounds of 2,000 calls at moments spread over a year, on one calendar.
"""

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from statistics import median
from time import process_time

from interlude.core.delivery import Draft, OverPlan, Standing, decide_delivery
from interlude.core.layers import explain, resolve
from interlude.core.packs import preset
from interlude.core.policy import Topic
from interlude.core.toml_text import dump_layer, load_layer

CALLS = 2_000
YEAR = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=263 * number) for number in range(CALLS)]
TODAY = date(2026, 5, 4)
LAYER = preset("paid_message_pack").layer
TEXT = dump_layer(LAYER)


def main() -> None:
    parser = argparse.ArgumentParser(description="What one decision costs")
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    for name, ask in {**_decisions(), **_rules()}.items():
        print(f"{name:44}{median(_spent(ask) for _ in range(rounds)):9.1f}")


def _decisions() -> dict[str, Callable[[], object]]:
    """One decision under each kind of promise, and beyond the plan."""
    asks = {}
    for id in ("warm_two_business_days", "portal_daily_check", "dbt_skills_coaching", "async_text_therapy"):
        asks[f"decide: {id}"] = _decision(id, Draft(Topic.SCHEDULE, 40), Standing("1", "1"))
    beyond = Standing("1", "1", choice=OverPlan.EXTRA)
    asks["decide: beyond the plan, extra support"] = _decision(
        "paid_message_pack", Draft(Topic.HOMEWORK, 900), beyond
    )
    asks["decide: kept for the session"] = _decision("scheduling_only", Draft(Topic.SESSION, 900), beyond)
    return asks


def _decision(id: str, draft: Draft, standing: Standing) -> Callable[[], object]:
    policy = replace(preset(id).policy(), zone="Europe/Berlin")
    calendar, moments = policy.calendar(), cycle(YEAR)

    def ask() -> object:
        return decide_delivery(
            draft,
            policy=policy,
            standing=standing,
            calendar=calendar,
            desk_calendar=None,
            next_session=None,
            now=next(moments),
        )

    return ask


def _rules() -> dict[str, Callable[[], object]]:
    resolved = resolve([LAYER], TODAY)
    return {
        "resolve one layer": lambda: resolve([LAYER], TODAY),
        "explain one rule": lambda: explain(resolved, "plan.words"),
        "read a file": lambda: load_layer(TEXT),
        "write a file": lambda: dump_layer(LAYER),
    }


def _spent(ask: Callable[[], object]) -> float:
    ask()
    started = process_time()
    for _ in range(CALLS):
        ask()
    return (process_time() - started) / CALLS * 1e6


if __name__ == "__main__":
    main()
