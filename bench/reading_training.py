"""Learns the small model of the careful reader from our own sentences and from sets whose licences allow it.

    .venv/bin/python -m bench.reading_training FOLDER

FOLDER holds the development sets; only the names in LEARNED_FROM are used. The weights are written into the package.
The same sentences always give the same weights. No sentence is kept in them.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import md5
from itertools import chain
from pathlib import Path

from interlude.core.reading import reader
from interlude.core.reading.model import (
    HELP_SLOTS,
    LABELS,
    MARKED,
    TOPIC_SLOTS,
    chosen,
    links,
    meetings,
    pieces,
    plain,
    share,
    slot,
)

OWN = Path(__file__).parent / "reading_text"
LEARNED_FROM = {
    "challenge": 3.0,
    "portal_topics": 3.0,
    "counselchat": 3.0,
    "reddit_cssrs_posts": 2.0,
    "life_corpus": 2.0,
    "moderation_sh": 2.0,
    "sms_stress": 3.0,
    "ordinary_intents": 0.7,
    "ordinary_hinglish": 0.5,
}
"""Sets written for this project, or under MIT, CC BY, CC BY-SA or Apache licences; how much a line of each counts."""
TOPICS = {
    "scheduling": "schedule", "billing": "billing", "technical": "tech", "homework": "homework",
    "clinical": "brief_update", "other": "other",
}  # fmt: skip
_EACH = 14
_OWN_COUNTS = 0.6
_ONE_IN = 25
_SCARCE = {"reddit_cssrs_posts", "life_corpus", "moderation_sh"}
"""Sets of few lines of danger by other people, which therefore count twice."""
_HELP_ROUNDS, _TOPIC_ROUNDS = 10, 6
_HELP_SHRINKS, _TOPIC_SHRINKS = 1e-3, 2e-6


@dataclass(frozen=True, slots=True)
class Line:
    """A text; whether it speaks of danger and what it is about, where that is known; how much it counts."""

    text: str
    danger: bool | None
    topic: str | None
    counts: float


def kept_aside(text: str) -> bool:
    """Whether a line is of the third that no rule was written on."""
    return int(md5(text.encode(), usedforsecurity=False).hexdigest(), 16) % 3 == 0


def own_lines(seed: int = 7) -> list[Line]:
    """Our own sentences: each of several ways to say it, spread over the choices; some among others.

    Of danger one in each family is of a topic, so that it does not outweigh the topics of ordinary messages.
    """
    dice = random.Random(seed)
    lines: list[Line] = []
    for file in sorted(OWN.glob("*.txt")):
        danger, heading = file.name.startswith("risk"), ""
        for written in file.read_text("utf-8").splitlines():
            if written.startswith("="):
                heading = written.removeprefix("=").split()[0]
            elif written and not written.startswith("#"):
                several = sorted({_said(written, dice) for _ in range(_EACH)})
                topic = heading if heading in LABELS else None
                lines += [Line(text, danger, topic, _OWN_COUNTS) for text in several]
                if danger:
                    lines[-1] = replace(lines[-1], topic="brief_update")
    return lines + _among_others(lines, dice)


def _among_others(lines: list[Line], dice: random.Random) -> list[Line]:
    """One line in so many once more, now between ordinary ones: danger is often one sentence of a long message."""
    ordinary = [line.text for line in lines if not line.danger]
    longer = []
    for line in lines[::_ONE_IN]:
        said = dice.choices(ordinary, k=dice.randint(1, 3))
        said.insert(dice.randint(0, len(said)), line.text)
        longer.append(Line(" ".join(said), line.danger, None, _OWN_COUNTS))
    return longer


def _said(written: str, dice: random.Random) -> str:
    text = re.sub(r"\(([^()]*)\)", lambda found: dice.choice(found[1].split("|")), written)
    text = re.sub(r" +", " ", text).replace(" .", ".").strip()
    return text if dice.random() < 0.7 else text.lower().replace("'", "").rstrip(".")


def lines_of(folder: Path) -> Iterator[Line]:
    """The lines of the sets that may be learned from."""
    for name, counts in LEARNED_FROM.items():
        for row in map(json.loads, (folder / f"{name}.jsonl").read_text("utf-8").splitlines()):
            accepted = row.get("accept") or [row["risk"]]
            danger = True if "none" not in accepted else False if accepted == ["none"] else None
            twice = 2 if danger and name in _SCARCE else 1
            yield Line(row["text"], danger, TOPICS.get(row.get("topic") or ""), counts * twice)


@dataclass(slots=True)
class _Seen:
    places: dict[int, float]
    line: Line


def _seen(line: Line) -> _Seen:
    tokens, senses, marks = reader.marks_of(line.text)
    words = [plain(token) for token in chosen(tokens)]
    each = [piece for word in words if word for piece in pieces(word[:24])]
    each += [*links(words, senses), *meetings(senses)]
    among = share(len(each))
    places: dict[int, float] = {}
    for feature, counts in chain(((one, among) for one in each), ((mark, MARKED) for mark in marks)):
        place = slot(feature)
        places[place] = places.get(place, 0) + counts
    return _Seen(places, line)


class Learner:
    """Logistic regression by steps that shrink where much was learned."""

    def __init__(self, slots: int, heads: int, shrinks: float) -> None:
        self.shrinks = shrinks
        self.weights = [[0.0] * slots for _ in range(heads)]
        self.known = [[1e-3] * slots for _ in range(heads)]
        self.biases = [0.0] * heads

    def scores(self, places: list[tuple[int, float]]) -> list[float]:
        """What speaks for each head."""
        return [
            bias + sum(weights[place] * value for place, value in places)
            for weights, bias in zip(self.weights, self.biases, strict=True)
        ]

    def step(self, places: list[tuple[int, float]], errors: list[float]) -> None:
        """One step against the errors of each head."""
        for head, error in enumerate(errors):
            if abs(error) < 1e-3:
                continue
            weights, known = self.weights[head], self.known[head]
            self.biases[head] -= 0.02 * error
            for place, value in places:
                slope = error * value + self.shrinks * weights[place]
                known[place] += slope * slope
                weights[place] -= 0.12 * slope / math.sqrt(known[place])


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def learn(lines: list[Line]) -> bytes:
    """The packed weights."""
    seen = [_seen(line) for line in lines]
    for_help = [each for each in seen if each.line.danger is not None]
    for_topic = [each for each in seen if each.line.topic is not None]
    help_ = Learner(HELP_SLOTS, 1, _HELP_SHRINKS)
    topic = Learner(TOPIC_SLOTS, len(LABELS), _TOPIC_SHRINKS)
    dice = random.Random(11)
    for _ in range(_HELP_ROUNDS):
        dice.shuffle(for_help)
        for each in for_help:
            places = [(place % HELP_SLOTS, value) for place, value in each.places.items()]
            error = _logistic(help_.scores(places)[0]) - float(bool(each.line.danger))
            help_.step(places, [error * each.line.counts])
    for _ in range(_TOPIC_ROUNDS):
        dice.shuffle(for_topic)
        for each in for_topic:
            places = [(place % TOPIC_SLOTS, value) for place, value in each.places.items()]
            raised = [math.exp(min(30.0, score)) for score in topic.scores(places)]
            errors = [
                (value / sum(raised) - float(label == each.line.topic)) * each.line.counts
                for value, label in zip(raised, LABELS, strict=True)
            ]
            topic.step(places, errors)
    return packed(help_, topic)


def packed(help_: Learner, topic: Learner) -> bytes:
    """Weights of one byte each, after a line with their scales and the biases."""
    scales = [
        max(abs(weight) for row in learner.weights for weight in row) / 127 for learner in (help_, topic)
    ]
    numbers = [*scales, *help_.biases, *topic.biases]
    first = bytes(round(weight / scales[0]) & 0xFF for weight in help_.weights[0])
    rest = bytes(
        round(topic.weights[head][place] / scales[1]) & 0xFF
        for place in range(TOPIC_SLOTS)
        for head in range(len(LABELS))
    )
    return " ".join(f"{number:.8g}" for number in numbers).encode() + b"\n" + first + rest


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn the small model of the careful reader")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    weights = learn([*own_lines(), *lines_of(folder)])
    reader.WEIGHTS.write_bytes(weights)
    print(f"{len(weights)} bytes in {reader.WEIGHTS.name}")


if __name__ == "__main__":
    main()
