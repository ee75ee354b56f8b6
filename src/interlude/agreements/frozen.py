"""The words of one version, exactly as somebody is shown them before they say yes. Rule: R-98.

They hold nothing that moves by itself: the example's date is counted from the day on which the version was
offered. So the same version shows the same words, and a fingerprint says whether it still does.
"""

from __future__ import annotations

from html.parser import HTMLParser

from django.template.loader import render_to_string
from django.utils import timezone

from interlude.agreements.models import Agreement
from interlude.agreements.readers import readers_for
from interlude.agreements.today import example
from interlude.agreements.wording import facts
from interlude.boundaries.calendars import calendar_of, desk_calendar_of
from interlude.core.sheet import Kind, Part, written
from interlude.practice.models import Participant

_KINDS: dict[str, Kind] = {
    "h2": "heading",
    "h3": "name",
    "dt": "name",
    "li": "item",
    "p": "words",
    "dd": "words",
}
_LEFT_OUT = {"a", "details", "form"}  # ways to other pages; who set a rule


def words_shown(agreement: Agreement, *, reader: Participant) -> str:
    """The whole version in this person's words, in the language of the moment and their own zone. Five queries."""
    care = agreement.client
    rules, everybody = agreement.as_offered(), list(care.participants.all())
    on = care.clinician.date_at(agreement.published_at)
    context = {
        "now": agreement.published_at,
        "me": reader,
        "therapist": care.clinician,
        "practice": care.clinician.practice,
        "others": [one for one in everybody if one != reader],
        "facts": facts(rules),
        "readers": readers_for(reader, rules.policy, agreement=agreement, now=agreement.published_at),
        "example": example(
            rules.policy,
            calendar=calendar_of(care.clinician, rules.policy),
            desk_calendar=desk_calendar_of(care.clinician.practice, on)[1],
            now=agreement.published_at,
        ),
    }
    with timezone.override(reader.time_zone()):
        return written(_Reader.parts_in(render_to_string("client/agreements/_whole.html", context)))


class _Reader(HTMLParser):
    """Takes the words out of our own markup."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self._kind: Kind = "words"
        self._said: list[str] = []
        self._skips = 0

    @classmethod
    def parts_in(cls, markup: str) -> list[Part]:
        reader = cls()
        reader.feed(markup)
        reader.close()
        reader._end()
        return reader.parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skips += tag in _LEFT_OUT
        if tag == "br":
            self._said.append("\n")
        elif tag in _KINDS:
            self._end()
            self._kind = _KINDS[tag]

    def handle_endtag(self, tag: str) -> None:
        self._skips -= tag in _LEFT_OUT
        if tag in _KINDS:
            self._end()

    def handle_data(self, data: str) -> None:
        if not self._skips:
            self._said.append(" ".join(data.split("\n")))

    def _end(self) -> None:
        if text := "".join(self._said).strip():
            self.parts.append(Part(self._kind, text))
        self._said, self._kind = [], "words"
