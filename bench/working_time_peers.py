"""Open-time arithmetic beside two libraries, in one process, by processor time.

    .venv/bin/python bench/working_time_peers.py [--cases FILE] [--rounds 5]

The peers are installed into var/bench/time, apart from the project's environment. A question takes part if
its calendar has words in every library (no absences, the same openings on every open weekday, none at
midnight) and all three answer it as the oracle does. In every round each library answers the same
questions, in turn: Interlude once with new calendars, so that building its tables counts, and once more.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "var" / "bench" / "time"
CASES = ROOT.parent / "shared" / "data" / "working_time" / "dev.jsonl"
PACKAGES = ["businesstimedelta", "pytz", "opening-hours-py", "tzdata"]
DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]

Spec = Mapping[str, Any]
Case = Mapping[str, Any]
Ask = Callable[[Case], object]
Prepare = Callable[[Spec], Ask]


def main() -> None:
    options = _options()
    python = PEERS / "bin" / "python"
    if Path(sys.prefix) != PEERS:
        _install(python)
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        sys.exit(subprocess.call([python, *sys.argv], env={**os.environ, "PYTHONPATH": paths}))
    calendars, cases = _read(options.cases)
    libraries = {
        "interlude": interlude,
        "businesstimedelta": business_time_delta,
        "opening-hours-py": opening_hours,
    }
    shared = _answered_by_all(libraries, calendars, cases)
    print(
        f"{len(shared)} questions on {len({case['cal'] for case in shared})} calendars, seconds of processor"
    )
    _report(libraries, calendars, shared, rounds=options.rounds)


def interlude(spec: Spec) -> Ask:
    from bench.working_time import answer, prepare  # noqa: PLC0415

    return partial(answer, prepare(spec))


def business_time_delta(spec: Spec) -> Ask:
    import businesstimedelta as peer  # noqa: PLC0415
    import pytz  # noqa: PLC0415

    zone, days, spans = pytz.timezone(spec["tz"]), _open_days(spec), _spans(spec)
    rules = [peer.WorkDayRule(_clock(opens), _clock(closes), days, tz=zone) for opens, closes in spans]
    if spec["holidays"]:
        rules.append(peer.HolidayRule({date.fromisoformat(day) for day in spec["holidays"]}, tz=zone))
    week = peer.Rules(rules)

    def ask(case: Case) -> str:
        return _text(_moment(case["start"]) + peer.BusinessTimeDelta(week, seconds=case["amount_s"]))

    return ask


def opening_hours(spec: Spec) -> Ask:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from opening_hours import OpeningHours  # noqa: PLC0415

    days = ",".join(DAYS[day] for day in _open_days(spec))
    rules = [f"{days} {','.join(f'{opens}-{closes}' for opens, closes in _spans(spec))}"]
    rules += [f"{date.fromisoformat(day):%Y %b %d} off" for day in spec["holidays"]]
    zone = ZoneInfo(spec["tz"])
    week = OpeningHours("; ".join(rules), timezone=zone, max_interval_days=366)

    def ask(case: Case) -> str:
        left = timedelta(seconds=case["amount_s"])
        for opens, closes, state, _ in week.intervals(_moment(case["start"]).astimezone(zone)):
            if str(state) != "open":
                continue
            since, length = opens.astimezone(UTC), closes.astimezone(UTC) - opens.astimezone(UTC)
            if left <= length:
                return _text(since + left)
            left -= length
        raise LookupError(case["id"])

    return ask


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _install(python: Path) -> None:
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)


def _read(file: Path) -> tuple[dict[str, Spec], list[Case]]:
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    calendars = {line["id"]: line for line in lines if line.get("type") == "calendar"}
    return calendars, [line for line in lines if line.get("op") == "add"]


def _answered_by_all(
    libraries: Mapping[str, Prepare], calendars: Mapping[str, Spec], cases: Iterable[Case]
) -> list[Case]:
    sayable = {name: spec for name, spec in calendars.items() if _sayable(spec)}
    shared = [case for case in cases if case["cal"] in sayable]
    for name, library in libraries.items():
        asks = {key: library(spec) for key, spec in sayable.items()}
        right = [case for case in shared if _right(asks[case["cal"]], case)]
        print(f"{name}: {len(shared) - len(right)} of {len(shared)} wrong or refused")
        shared = right
    return shared


def _sayable(spec: Spec) -> bool:
    kinds = {json.dumps(spans) for spans in spec["hours"].values() if spans}
    edges = {clock for span in _spans(spec) for clock in span}
    return not spec["absences"] and len(kinds) == 1 and not edges & {"00:00", "24:00"}


def _right(ask: Ask, case: Case) -> bool:
    try:
        return bool(ask(case) == case["answer"])
    except (AttributeError, LookupError, TypeError, ValueError):
        return False


def _report(
    libraries: Mapping[str, Prepare], calendars: Mapping[str, Spec], cases: list[Case], *, rounds: int
) -> None:
    spent: dict[str, list[float]] = {name: [] for name in [*libraries, "interlude, tables built"]}
    for _ in range(rounds):
        for name, library in libraries.items():
            asks = {key: library(calendars[key]) for key in {case["cal"] for case in cases}}
            spent[name].append(_seconds(asks, cases))
            if name == "interlude":
                spent["interlude, tables built"].append(_seconds(asks, cases))
    for name, seconds in spent.items():
        print(f"{name:26} {len(cases) / median(seconds):10,.0f} add/s")
    for own in ("interlude", "interlude, tables built"):
        for peer in list(libraries)[1:]:
            ratios = sorted(theirs / ours for ours, theirs in zip(spent[own], spent[peer], strict=True))
            print(f"{own} over {peer}: {median(ratios):,.0f} times [{ratios[0]:,.0f} to {ratios[-1]:,.0f}]")


def _seconds(asks: Mapping[str, Ask], cases: Iterable[Case]) -> float:
    since = process_time()
    for case in cases:
        asks[case["cal"]](case)
    return process_time() - since


def _open_days(spec: Spec) -> list[int]:
    return [int(day) for day, spans in spec["hours"].items() if spans]


def _spans(spec: Spec) -> list[tuple[str, str]]:
    return next(([tuple(span) for span in spans] for spans in spec["hours"].values() if spans), [])


def _clock(text: str) -> time:
    return time.fromisoformat(text)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()[:19] + "Z"


if __name__ == "__main__":
    main()
