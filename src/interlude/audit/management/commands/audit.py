from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from interlude.audit.record import heads, verify


class Command(BaseCommand):
    help = "Check that the record is whole (verify), or print its ends to write down elsewhere (head)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "head"])
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            metavar="PRACTICE:NUMBER:MAC",
            help="an end written down earlier (a line of `interlude audit head`); may be given several times",
        )

    def handle(self, *, what: str, anchor: list[str], **options: Any) -> None:
        if what == "head":
            for head in heads():
                self.stdout.write(f"{head.practice_id}:{head.number}:{bytes(head.mac).hex()}")
            return
        self._verify({practice: (number, mac) for practice, number, mac in map(_anchor, anchor)})

    def _verify(self, anchors: dict[str, tuple[int, str]]) -> None:
        faults: list[str] = []
        for head in heads():
            practice = str(head.practice_id)
            checked, fault = verify(head.practice_id, anchor=anchors.pop(practice, None))
            self.stdout.write(f"{practice}: {checked} events, {'whole' if fault is None else fault.what}")
            faults += [fault.what] if fault else []
        faults += [f"practice {practice} has no record any more" for practice in anchors]
        if faults:
            raise CommandError(f"{len(faults)} of the records did not hold; see the lines above")


def _anchor(text: str) -> tuple[str, int, str]:
    parts = text.split(":")
    if len(parts) != 3 or not parts[1].isdigit():
        raise CommandError(f"{text!r} is no anchor; give a line of `interlude audit head` as it is")
    return parts[0], int(parts[1]), parts[2]
