"""Whether a translation fits its sentence: the same placeholders, the same tags, the same edges, enough forms."""

import re

PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd%]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")


def fits(sentence: str | tuple[str, ...], said: object) -> str:
    """What is wrong with *said* as a translation of *sentence*; empty if nothing is."""
    if isinstance(sentence, str):
        return _one(sentence, said)
    if not isinstance(said, (tuple, list)) or len(said) != len(sentence):
        return f"wants {len(sentence)} forms, for one and for many"
    one, many = (_one(*pair, may_lack=True) for pair in zip(sentence, said, strict=True))
    return one or many


def _one(sentence: str, said: object, *, may_lack: bool = False) -> str:
    """A form for one may say "one" where its English writes the number, or the other way round."""
    if not isinstance(said, str) or not said.strip():
        return "is empty"
    wants, has = (sorted(PLACEHOLDER.findall(text)) for text in (sentence, said))
    if wants != has and not (may_lack and _differ_by_the_number(wants, has)):
        return f"has the placeholders {has}, not {wants}"
    wants, has = (sorted(TAG.findall(text)) for text in (sentence, said))
    if wants != has:
        return f"has the tags {has}, not {wants}"
    if _edges(sentence) != _edges(said):
        return "begins or ends with other spaces or line ends"
    return ""


def _differ_by_the_number(wants: list[str], has: list[str]) -> bool:
    return len(set(wants) ^ set(has)) == 1


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
