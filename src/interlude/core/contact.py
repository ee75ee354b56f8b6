"""Whether two people can be reached at the same place: one mailbox, one telephone. Rule: R-138."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

SHORTEST = 7  # digits that make a subscriber's number; fewer would match by chance

Kind = Literal["email", "phone"]


@dataclass(frozen=True, slots=True)
class Point:
    """Where somebody can be reached."""

    owner: str
    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Two people with one mailbox or one number."""

    kind: Kind
    one: str
    other: str


def mailbox(address: str) -> str:
    """The mailbox that an address leads to: capitals and what follows a plus make no other one."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" if local else ""


def same_mailbox(one: str, other: str) -> bool:
    """Do two addresses lead to one mailbox?"""
    return bool(mailbox(one)) and mailbox(one) == mailbox(other)


def digits(number: str) -> str:
    """The digits of a telephone number, without what is dialled to leave a country or a town."""
    return "".join(letter for letter in number if letter in "0123456789").lstrip("0")


def same_phone(one: str, other: str) -> bool:
    """Are two numbers one telephone? One may be written with its country and the other without."""
    long, short = sorted((digits(one), digits(other)), key=len, reverse=True)
    return len(short) >= SHORTEST and long.endswith(short)


def shared_points(points: Iterable[Point]) -> tuple[Shared, ...]:
    """Every pair of people who can be reached at the same place, each pair and kind once."""
    found = {
        Shared(one.kind, min(one.owner, other.owner), max(one.owner, other.owner))
        for one, other in combinations(points, 2)
        if one.owner != other.owner and one.kind == other.kind and _same(one, other)
    }
    return tuple(sorted(found, key=lambda pair: (pair.kind, pair.one, pair.other)))


def _same(one: Point, other: Point) -> bool:
    same = same_mailbox if one.kind == "email" else same_phone
    return same(one.value, other.value)
