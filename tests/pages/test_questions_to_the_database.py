"""A list asks the database as often for sixty rows as for three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.agenda.actions import keep_words, write_journal
from interlude.appointments.actions import plan_session
from interlude.appointments.freed import Wishes, wait_for_earlier
from interlude.appointments.models import MoveRequest
from interlude.appointments.requests import Wanted, ask_to_move
from interlude.boundaries.actions import close_days, go_away
from interlude.boundaries.models import Absence
from interlude.checkins.models import Answers, CheckIn
from interlude.checkins.rounds import item_of
from interlude.core.hard_moments import HardMoments, PlanPart
from interlude.core.packs.phrases import id_of, shipped
from interlude.core.wording import Words
from interlude.cover.actions import Asked, ask_cover
from interlude.crisis.models import HelpLine
from interlude.library.actions import fill_in, say_it_helped
from interlude.messaging.actions import send_message
from interlude.messaging.answering import reply_to
from interlude.messaging.drafts import save_draft
from interlude.messaging.models import Message
from interlude.phrasebook.actions import Entry, Said, note_landing, note_uses, write_phrase, write_variant
from interlude.plans.actions import write_plan
from interlude.plans.beside_danger import write_consult_note
from interlude.practice.actions import add_client, add_participant
from interlude.practice.models import Participant
from interlude.practice.scope import in_practice
from interlude.sealing.vault import Sealer
from tests.cast import LONG_AGO, NOW, Cast
from tests.library.shelf import a_piece, shared

WINDOW = datetime(2026, 5, 14, 16, 5, tzinfo=UTC)  # Thursday, 17:05 in London
MOST = 40  # questions for any page


def waiting(cast: Cast, many: int) -> None:
    for number in range(many):
        sent(cast, "homework", NOW - timedelta(days=1, minutes=number))


def answered(cast: Cast, many: int) -> None:
    for number in range(many):
        message = sent(cast, "homework", NOW - timedelta(days=6, minutes=number))
        reply_to(message, "Good.", by=cast.ada, now=NOW - timedelta(days=4), reply_id=uuid4())


def asked(cast: Cast, many: int) -> None:
    for number in range(many):
        sent(cast, "billing", NOW - timedelta(minutes=number))


def drafted(cast: Cast, many: int) -> None:
    for _ in range(many):
        save_draft("Not yet.", participant=cast.noor, draft_id=uuid4(), topic="homework", now=NOW)


def listed(cast: Cast, many: int) -> None:
    for _ in range(many):
        keep_words("For us.", client=cast.noor.client, topic="session", by=cast.noor, now=NOW)


def kept(cast: Cast, many: int) -> None:
    for number in range(many):
        sent(cast, "session", NOW - timedelta(days=1, minutes=number))


def journalled(cast: Cast, many: int) -> None:
    for number in range(many):
        write_journal("For me.", participant=cast.noor, now=NOW - timedelta(minutes=number))


def planned(cast: Cast, many: int) -> None:
    for number in range(many):
        for day in (number + 9, -number - 1):
            begins = NOW.replace(hour=9, minute=0) + timedelta(days=day)
            plan_session(client=cast.noor.client, starts_at=begins, by=None, now=LONG_AGO)


def peopled(cast: Cast, many: int) -> None:
    for number in range(many):
        client = add_client(clinician=cast.ada, name=f"Client {number}", by=None, now=LONG_AGO)
        add_participant(client=client, name=client.name, role=Participant.Role.SELF, by=None, now=LONG_AGO)


def checked(cast: Cast, many: int) -> None:
    for number in range(many):
        line = HelpLine(practice=cast.alder, country="GB", name=f"Line {number}", phone="1", dial="1")
        line.checked_on, line.checked_by = NOW.date(), cast.olu
        line.save()


def closed(cast: Cast, many: int) -> None:
    days = [(date(2026, 6, 1) + timedelta(days=number), "A day") for number in range(many)]
    close_days(days, practice=cast.alder, by=None, now=NOW)


def looked_back(cast: Cast, many: int) -> None:
    before = CheckIn.unscoped.count() // 2
    for number in range(before, before + many):
        for by in (cast.noor, cast.ada):
            side = {"participant": by} if by is cast.noor else {"clinician": by}
            given = NOW - timedelta(days=9, hours=number)
            row = CheckIn(
                practice=cast.alder, client=cast.noor.client, given_at=given, handed_at=given, **side
            )
            row.due_on = NOW.date() - timedelta(days=5 * number + 9)
            row.seal(Answers("right", "no", "A line."), Sealer(cast.alder.id))
            row.save()
        key = item_of(cast.noor.client_id, NOW.date() - timedelta(days=5 * number + 9))
        keep_words("", client=cast.noor.client, topic="check_in", by=cast.noor, now=NOW, item_id=key)


def replanned(cast: Cast, many: int) -> None:
    for number in range(many):
        at = NOW - timedelta(minutes=many - number)
        write_plan(
            HardMoments(parts=(PlanPart("people", "A line."),)),
            participant=cast.noor,
            now=at,
            version_id=uuid4(),
        )


def consulted(cast: Cast, many: int) -> None:
    for number in range(many):
        at = NOW - timedelta(minutes=number)
        write_consult_note("A line.", client=cast.noor.client, by=cast.ada, now=at, note_id=uuid4())


def shelved(cast: Cast, many: int) -> None:
    for number in range(many):
        piece = a_piece(cast.ada, title=f"Piece {number}", topics=("homework",), fields=("What was it?",))
        row = shared(piece, cast.noor.client, line="A line.", due_on=NOW.date() + timedelta(days=9))
        fill_in(["It was."], version=row.version, by=cast.noor, now=NOW, finish=True)
        say_it_helped(piece, by=cast.noor, now=NOW)


def phrased(cast: Cast, many: int) -> None:
    words = Words("I see the work in that.", "As we agreed.", "We talk then.")
    for _ in range(many):
        write_phrase(Entry("T", "limits", "en", words), by=cast.ada, now=NOW, phrase_id=uuid4())


def phrases_used(cast: Cast, many: int) -> None:
    """Uses, landings and variants of shipped templates with Noor."""
    client, of, words = (
        cast.noor.client,
        id_of("much_private", "en"),
        Words("I see it.", "As agreed.", "We talk."),
    )
    for number, one in zip(range(many), shipped().values(), strict=False):
        note_uses([(of, 1)], reply=uuid4(), client=client, by=cast.ada, now=NOW)
        said = Said(of, "well", "client", NOW.date() - timedelta(days=number), "A line.")
        note_landing(said, client=client, by=cast.ada, now=NOW, landing_id=uuid4())
        write_variant(words, of=one.id, client=client, by=cast.ada, now=NOW)


def gone(cast: Cast, many: int) -> None:
    before = NOW + timedelta(days=200) + timedelta(days=3) * Absence.unscoped.count()
    for number in range(many):
        starts = before + timedelta(days=3 * number)
        go_away(clinician=cast.ada, starts_at=starts, ends_at=starts + timedelta(days=1), by=None, now=NOW)


def asked_to_stand_in(cast: Cast, many: int) -> None:
    for number in range(many):
        starts = NOW + timedelta(days=number)
        asked = Asked(cast.ada, [cast.kai.client], ["homework"], starts, starts + timedelta(days=1))
        ask_cover(asked, clinician=cast.ben, by=cast.ben, absence=None, now=NOW, cover_id=uuid4())


def left_behind(cast: Cast, many: int) -> None:
    waiting(cast, many)
    Message.unscoped.update(handed_at=None)


def away_today(cast: Cast) -> Any:
    away = {"starts_at": NOW, "ends_at": NOW + timedelta(days=9), "by": None, "now": NOW}
    return go_away(clinician=cast.ada, **away).pk


def wished(cast: Cast, many: int) -> None:
    """Clients of Ada who ask to move their session, and wait for an earlier one."""
    before = MoveRequest.unscoped.count()
    for number in range(before, before + many):
        client = add_client(clinician=cast.ada, name=f"Client {number}", by=None, now=LONG_AGO)
        person = add_participant(
            client=client, name=client.name, role=Participant.Role.SELF, by=None, now=LONG_AGO
        )
        begins = NOW + timedelta(days=2, minutes=number)
        session = plan_session(client=client, starts_at=begins, by=None, now=LONG_AGO)
        wanted = Wanted([begins + timedelta(days=1)], "Later.", "desk", None)
        ask_to_move(session, wanted, by=person, now=NOW - timedelta(days=1), request_id=uuid4())
        wait_for_earlier(Wishes(), by=person, now=NOW)


Fill = Callable[[Cast, int], None]
LISTS: list[tuple[str, str, Fill]] = [
    ("noor", "/my/", waiting),
    ("noor", "/my/", answered),
    ("noor", "/my/", drafted),
    ("noor", "/my/", asked),
    ("noor", "/my/conversation/", waiting),
    ("noor", "/my/conversation/", answered),
    ("noor", "/my/conversation/", asked),
    ("noor", "/my/our-list/", listed),
    ("noor", "/my/our-list/", kept),
    ("noor", "/my/journal/", journalled),
    ("noor", "/my/journal/week/", journalled),
    ("noor", "/my/drafts/", drafted),
    ("noor", "/my/check-in/", looked_back),
    ("noor", "/my/check-in/", answered),
    ("noor", "/my/plan/", replanned),
    ("noor", "/my/dates/", waiting),
    ("ada", "/practice/clients/{client}/dates/", waiting),
    ("ada", "/practice/time-away/", gone),
    ("ada", "/practice/covers/", asked_to_stand_in),
    ("olu", "/office/unseen/", left_behind),
    ("olu", "/office/sudden/{absence}/", peopled),
    ("noor", "/my/plan/versions/", replanned),
    ("ada", "/practice/clients/{client}/safety/", consulted),
    ("noor", "/my/", shelved),
    ("noor", "/my/things/", shelved),
    ("noor", "/my/things/now/", shelved),
    ("noor", "/my/write/homework/", shelved),
    ("ada", "/practice/library/", shelved),
    ("ada", "/practice/clients/{client}/library/", shelved),
    ("noor", "/my/times/", planned),
    ("noor", "/my/times/", asked),
    ("ada", "/practice/calendar/", wished),
    ("ada", "/practice/", wished),
    ("olu", "/office/calendar/", wished),
    ("olu", "/office/", wished),
    ("ada", "/practice/", waiting),
    ("ada", "/practice/?stay=1", answered),
    ("ada", "/practice/promises/", waiting),
    ("ada", "/practice/clients/", peopled),
    ("ada", "/practice/clients/{client}/", answered),
    ("ada", "/practice/clients/{client}/check-in/", looked_back),
    ("ada", "/practice/sessions/{session}/", looked_back),
    ("ada", "/practice/drift/", answered),
    ("ada", "/practice/drift/", peopled),
    ("ada", "/practice/sessions/", planned),
    ("ada", "/practice/sessions/{session}/", listed),
    ("ada", "/practice/sessions/{session}/", kept),
    ("ada", "/practice/phrases/", phrased),
    ("ada", f"/practice/phrases/{id_of('much_private', 'en')}/?client={{client}}", phrases_used),
    ("ada", f"/practice/phrases/{id_of('much_private', 'en')}/", peopled),
    ("ada", "/practice/clients/{client}/phrases/", phrases_used),
    ("ada", "/practice/clients/{client}/phrases/new/", phrased),
    ("olu", "/office/", asked),
    ("olu", "/office/help-lines/", checked),
    ("olu", "/office/closed-days/", closed),
    ("priya", "/office/people/", peopled),
    ("", "/help/alder/GB/", checked),
]


@pytest.mark.parametrize(
    ("who", "page", "fill"), LISTS, ids=[f"{page} {fill.__name__}" for _, page, fill in LISTS]
)
def test_sixty_rows_cost_as_many_questions_as_three(
    cast: Cast, visit: Any, clock: Any, who: str, page: str, fill: Fill
) -> None:
    session = cast.noor.client.sessions.get().pk
    absence = away_today(cast) if "{absence}" in page else None
    address = page.format(client=cast.noor.client_id, session=session, absence=absence)
    clock.set(WINDOW)
    browser = visit(getattr(cast, who) if who else None)
    counts = []
    for many in (3, 57):
        with in_practice(cast.alder.id):
            fill(cast, many)
        browser.get(address)  # what a process keeps in memory is there, and the session knows the moment
        with CaptureQueriesContext(connection) as questions:
            assert browser.get(address).status_code == 200
        counts.append(len(questions))
    assert counts[0] == counts[1] <= MOST, counts


def sent(cast: Cast, topic: str, at: datetime) -> Message:
    outcome: Any = send_message("A text.", participant=cast.noor, draft_id=uuid4(), topic=topic, now=at)
    stored: Message = outcome.stored
    return stored
