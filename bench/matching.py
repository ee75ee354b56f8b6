"""How often the pieces that would help are among the three that are offered, and how often something needless is.

    .venv/bin/python -m bench.matching [--show]

Our own starting pieces against two lists of made-up messages. The first list was used to improve the words beside
which pieces are offered; the second was not.
"""

import argparse
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from interlude.core.matching import Offer, matching
from interlude.core.packs.starter import starters

LISTS = Path(__file__).resolve().parents[1] / "tests" / "library"
HALVES = ("first", "second")


@dataclass(frozen=True, slots=True)
class Writing:
    """A message, and the pieces that would help then."""

    topic: str
    words: str
    fits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of messages with fitting pieces: how often one, and how many of all, were offered; needless offers."""

    wanted: int
    helped: int
    pieces: int
    found: int
    quiet: int
    kept_quiet: int
    offered: int
    fitting: int


def writings(half: str) -> list[Writing]:
    said = tomllib.loads((LISTS / f"writing_{half}.toml").read_text(encoding="utf-8"))
    return [Writing(one["topic"], one["words"], frozenset(one["fits"])) for one in said["writing"]]


def offered(writing: Writing) -> list[str]:
    """By our own pieces, each for everyone."""
    offers = [(one.id, Offer(one.title, one.cues, frozenset(one.topics))) for one in starters().values()]
    return matching(writing.topic, writing.words, offers)


def figures(rows: Sequence[Writing]) -> Figures:
    told = [(one, set(offered(one))) for one in rows]
    some = [(one, found) for one, found in told if one.fits]
    none = [found for one, found in told if not one.fits]
    return Figures(
        wanted=len(some),
        helped=_count(one.fits & found for one, found in some),
        pieces=sum(len(one.fits) for one, _ in some),
        found=sum(len(one.fits & found) for one, found in some),
        quiet=len(none),
        kept_quiet=len(none) - _count(none),
        offered=sum(len(found) for _, found in told),
        fitting=sum(len(one.fits & found) for one, found in told),
    )


def _count(found: Iterable[object]) -> int:
    return sum(1 for one in found if one)


def main() -> None:
    parser = argparse.ArgumentParser(description="How well pieces are matched to what is written")
    parser.add_argument(
        "--show", action="store_true", help="each message of the first list that went otherwise"
    )
    show = parser.parse_args().show
    for half in HALVES:
        got = figures(writings(half))
        print(f"{half}: at least one that helps {got.helped} of {got.wanted}", end="; ")
        print(f"of all that help {got.found} of {got.pieces}", end="; ")
        print(f"nothing where nothing fits {got.kept_quiet} of {got.quiet}", end="; ")
        print(f"of what was offered {got.fitting} of {got.offered} fit")
    for one in writings("first") if show else ():
        if set(offered(one)) != set(one.fits):
            print(f"{one.topic}: {one.words} wanted {sorted(one.fits)}, offered {offered(one)}")


if __name__ == "__main__":
    main()
