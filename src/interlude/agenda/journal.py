"""A client's journal: what may help to begin after a session, a summary of a week, and all of it in one file.

Rules: R-297 to R-299. Everything here is asked by the writer's own pages and by nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise as Later
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from interlude.agenda.models import JournalEntry, JournalEntryQuerySet
from interlude.appointments.models import Session
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.customs import written

AFTER_SESSION = timedelta(days=3)
WEEK = timedelta(days=7)
MOST_IN_A_WEEK = 60
AT_ONCE = 200
"""Rows that are opened at a time for the file: a long journal never lies in memory whole."""

PROMPTS: dict[str, Later] = {
    "stayed": _("What stayed with me after our session?"),
    "try": _("What do I want to try before we meet again?"),
    "said": _("What did I not say, and want to say next time?"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the journal, opened."""

    entry: JournalEntry
    words: str


def session_just_over(participant: Participant, now: datetime) -> Session | None:
    """The last session, for three days after its end. One query."""
    last = Session.objects.visible_to(participant, at=now).past(now).first()
    return last if last is not None and last.ends_at <= now < last.ends_at + AFTER_SESSION else None


def begun_with(prompt: str) -> str:
    """A page that begins with the question; nothing for a prompt that there is not."""
    return f"{PROMPTS[prompt]}\n\n" if prompt in PROMPTS else ""


def week_of(participant: Participant, now: datetime) -> list[Page]:
    """The pages of the last seven days, oldest first."""
    rows = JournalEntry.objects.visible_to(participant).select_related("participant")
    newest = rows.filter(written_at__gt=now - WEEK)[:MOST_IN_A_WEEK]
    return _opened(reversed(list(newest)), Sealer(participant.practice_id))


def summary_of(pages: Iterable[Page]) -> str:
    """The chosen pages one after the other, each under its day: a beginning that their writer changes freely."""
    return "\n\n".join(f"{_day(page.entry.written_at)}\n{page.words.strip()}" for page in pages)


def as_text(participant: Participant) -> Iterator[str]:
    """The whole journal, oldest first, a part at a time; read once the page has been left, in its language."""
    rows = JournalEntry.objects.visible_to(participant).select_related("participant").order_by("written_at")
    heard = get_language() or "en"
    return _told(rows, participant, language=heard)


def _told(rows: JournalEntryQuerySet, participant: Participant, *, language: str) -> Iterator[str]:
    sealer, zone = Sealer(participant.practice_id), participant.time_zone()
    with override(language):
        yield f"{gettext('My pages')}\n"
    for entry in rows.iterator(chunk_size=AT_ONCE):
        with override(language), timezone.override(zone):
            day = _day(entry.written_at, hour=True)
        yield f"\n\n{day}\n\n{entry.words(sealer).strip()}\n"


def _opened(rows: Iterable[JournalEntry], sealer: Sealer) -> list[Page]:
    return [Page(entry, entry.words(sealer)) for entry in rows]


def _day(at: datetime, *, hour: bool = False) -> str:
    return written(timezone.localtime(at), "l j F Y, H:i" if hour else "l j F")
