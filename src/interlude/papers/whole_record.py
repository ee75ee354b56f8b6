"""All that is kept here of one person and that is theirs to read, as one text, a part at a time. Rule: R-304.

Each part asks the same doors as the pages do (`visible_to`), so that the file holds what its reader may open, and of
several people in one care nothing that another one wrote for themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from interlude.agenda.models import JournalEntry, Line, ListItem
from interlude.agreements.models import Acceptance
from interlude.appointments.models import Session
from interlude.checkins.models import CheckIn
from interlude.desk.models import Question
from interlude.library.finding import finished_by
from interlude.messaging.correspondence import everything_of
from interlude.messaging.purposes import purpose_of
from interlude.plans.models import PlanVersion
from interlude.practice.models import Participant
from interlude.practice.scope import in_practice
from interlude.sealing.vault import Sealer
from interlude.ui.customs import written
from interlude.ui.templatetags.moments import money

AT_ONCE = 200
Told = Iterator[str]


def record_of(participant: Participant, *, now: datetime) -> Iterator[str]:
    """The text; it is read while it is sent, in the language and the zone of whoever asked."""
    heard, zone = get_language() or "en", participant.time_zone()
    told = _all(participant, now)
    while True:
        with in_practice(participant.practice_id), override(heard), timezone.override(zone):
            part = next(told, None)
        if part is None:
            return
        yield part


def _all(participant: Participant, now: datetime) -> Told:
    yield f"{gettext('My record')}\n{participant.name}\n{_when(now)}\n\n"
    yield gettext(
        "All that is kept here and that you can read. Notes that your therapist keeps for their own work stand "
        "elsewhere; ask for them in a session."
    )
    yield "\n"
    for title, part in _parts():
        first = True
        for words in part(participant, now):
            if first:
                yield f"\n\n==== {title} ====\n"
                first = False
            yield f"\n{words.strip()}\n"


def _parts() -> list[tuple[str, Callable[[Participant, datetime], Told]]]:
    return [
        (gettext("What we agreed"), _agreed),
        (gettext("Sessions"), _sessions),
        (gettext("Messages and answers"), _messages),
        (gettext("Our list"), _listed),
        (gettext("After our sessions"), _lines),
        (gettext("How our messages go"), _check_ins),
        (gettext("Questions to the front desk"), _questions),
        (gettext("Pages I filled in"), _filled),
        (gettext("My plan for hard moments"), _plan),
        (gettext("My journal"), _journal),
    ]


def _agreed(participant: Participant, _now: datetime) -> Told:
    sealer = Sealer(participant.practice_id)
    rows = Acceptance.objects.visible_to(participant).select_related("agreement", "participant")
    for one in rows.order_by("at", "id"):
        head = f"{_when(one.at)}, {one.participant.name}"
        said = "\n".join(part.text for part in one.parts(sealer)) if one.has_text else ""
        yield f"{head}\n\n{said}"


def _sessions(participant: Participant, now: datetime) -> Told:
    """Those that were, and those that were cancelled for a fee: it may stand on a bill."""
    were = Q(starts_at__lte=now) & ~Q(state=Session.State.CANCELLED)
    mine = Session.objects.visible_to(participant, at=now).filter(were | Q(fee_minor__isnull=False))
    for one in mine.order_by("starts_at"):
        fee = f": {gettext('Cancelled on your side')}, {money(one.fee)}" if one.fee else ""
        yield f"{_when(one.starts_at)}{fee}"


def _messages(participant: Participant, now: datetime) -> Told:
    for sheet in everything_of(participant, now=now):
        who = sheet.message.participant.name
        yield f"{_when(sheet.message.sent_at)}, {who}: {sheet.purpose.name}\n\n{sheet.text}"
        for answer in sheet.answers:
            if answer.text:
                head = f"{_when(answer.reply.leaves_at)}, {answer.reply.clinician.name}"
                yield f"{head}\n\n{answer.text}"


def _listed(participant: Participant, now: datetime) -> Told:
    sealer = Sealer(participant.practice_id)
    for item in ListItem.objects.visible_to(participant).here(now).order_by("added_at"):
        yield f"{_when(item.added_at)}: {purpose_of_item(item)}\n{item.words(sealer)}"


def purpose_of_item(item: ListItem) -> str:
    try:
        return str(purpose_of(item.topic).name)
    except IndexError:  # a topic of our list alone, such as a check-in
        return str(item.get_source_display())


def _lines(participant: Participant, now: datetime) -> Told:
    sealer = Sealer(participant.practice_id)
    for line in Line.objects.visible_to(participant, at=now).select_related("clinician").reverse():
        yield f"{_when(line.leaves_at)}, {line.clinician.name}\n\n{line.words(sealer)}"


def _check_ins(participant: Participant, _now: datetime) -> Told:
    sealer = Sealer(participant.practice_id)
    for row in CheckIn.objects.visible_to(participant).filter(participant=participant):
        said = row.answers(sealer)
        if said is not None:
            yield f"{_day(row.due_on)}\n{said.words}"


def _questions(participant: Participant, _now: datetime) -> Told:
    sealer = Sealer(participant.practice_id)
    rows = Question.objects.visible_to(participant).select_related("participant")
    for one in rows.order_by("asked_at"):
        yield f"{_when(one.asked_at)}\n\n{one.words(sealer)}"
        if one.answered_at is not None:
            yield f"{_when(one.answered_at)}\n\n{one.answer(sealer)}"


def _filled(participant: Participant, _now: datetime) -> Told:
    for row, pairs in finished_by(participant):
        said = "\n".join(f"{asked}\n{words}" for asked, words in pairs)
        yield f"{row.version.title}, {_when(row.finished_at) if row.finished_at else ''}\n\n{said}"


def _plan(participant: Participant, _now: datetime) -> Told:
    sealer = Sealer(participant.practice_id)
    rows = PlanVersion.objects.visible_to(participant).select_related("plan__participant")
    for version in rows.order_by("number"):
        plan = version.words(sealer)
        parts = [f"{part.title}\n{part.text}".strip() for part in plan.parts if part.text.strip()]
        steps = [f"{step.when}\n{step.then}" for step in plan.steps]
        yield "\n\n".join([_when(version.written_at), *parts, *(one for one in plan.levels if one), *steps])


def _journal(participant: Participant, _now: datetime) -> Told:
    sealer = Sealer(participant.practice_id)
    rows = JournalEntry.objects.visible_to(participant).select_related("participant").order_by("written_at")
    for entry in rows.iterator(chunk_size=AT_ONCE):
        yield f"{_when(entry.written_at)}\n\n{entry.words(sealer)}"


def _when(at: datetime) -> str:
    return written(timezone.localtime(at), "l j F Y, H:i")


def _day(on: date) -> str:
    return written(on, "l j F Y")
