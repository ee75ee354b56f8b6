"""Answering a check-in, laying it aside, and saying that the amount is welcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.db import models, transaction

from interlude.agenda.actions import CHECK_IN, keep_words
from interlude.agreements.course import courses_of
from interlude.agreements.models import Agreement
from interlude.audit.record import record
from interlude.checkins.models import Answers, CheckIn, Welcome
from interlude.checkins.rounds import item_of
from interlude.checkins.turns import Frame, began_on, frame_of, handed_at, leaves_to, turn_of
from interlude.core.policy import Channel, ChannelUse, Policy
from interlude.core.zones import first_moment
from interlude.outbox.actions import leave_notice, withdraw_notice
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer

MORNING = time(9)
AT_ONCE = 500  # clients whose courses the worker holds in memory
TELLING = (ChannelUse.TWO_WAY, ChannelUse.ALERTS, ChannelUse.ALERTS_OWN_ADDRESS)


@transaction.atomic
def answer_check_in(
    answers: Answers, *, client: Client, by: Participant | Clinician, now: datetime
) -> CheckIn | None:
    """Keep one side's answers in the check-in that is due, or change them until they are handed over.

    None where none is due, or where other answers stand already: the page then gives the words back.
    """
    Client.unscoped.select_for_update(no_key=True).get(pk=client.pk)
    frame = frame_of(client, now)
    turn = turn_of(frame, by=by)
    due = turn.mine.due_on if turn.mine is not None else turn.due
    if frame is None or due is None:
        return None
    sealer = Sealer(client.practice_id)
    if turn.mine is not None and turn.mine.answers(sealer) == answers:
        return turn.mine
    if turn.mine is not None and not turn.mine.can_be_changed(now):
        return None
    row = turn.mine or _fresh(client, by=by, due=due, now=now)
    row.agreement = frame.agreement
    row.given_at, row.handed_at = now, handed_at(frame, by=by, now=now)
    row.seal(answers, sealer)
    row.save()
    _put_on_list(row, by=by, now=now)
    _forget_notice(row)
    record("check_in.answered", by=by, on=row, practice_id=client.practice_id, at=now)
    return row


@transaction.atomic
def lay_aside(*, client: Client, by: Participant | Clinician, now: datetime) -> bool:
    """Not this time. Nobody is told, and it is counted nowhere; False where nothing was due."""
    turn = turn_of(frame_of(client, now), by=by)
    if turn.due is None:
        return False
    row = _fresh(client, by=by, due=turn.due, now=now)
    row.save(force_insert=True)
    _forget_notice(row)
    record("check_in.laid_aside", by=by, on=row, practice_id=client.practice_id, at=now)
    return True


def _fresh(client: Client, *, by: Participant | Clinician, due: date, now: datetime) -> CheckIn:
    row = CheckIn(practice_id=client.practice_id, client=client, due_on=due, given_at=now, handed_at=now)
    if isinstance(by, Participant):
        row.participant = by
    else:
        row.clinician = by
    return row


def _put_on_list(row: CheckIn, *, by: Participant | Clinician, now: datetime) -> None:
    """One line on our list, without words; what a clinician keeps at night turns up in the morning (law 4)."""
    keep_words(
        "",
        client=row.client,
        topic=CHECK_IN,
        by=by,
        now=now,
        item_id=item_of(row.client_id, row.due_on),
        added_at=row.handed_at if isinstance(by, Clinician) else now,
    )


@transaction.atomic
def say_welcome(text: str, *, client: Client, by: Clinician, now: datetime, welcome_id: UUID) -> Welcome:
    """Say plainly that the present amount is welcome. The same *welcome_id* twice is said once.

    What has not left yet is replaced by what is said now, so that nobody reads two of them. Rule: R-124.
    """
    Client.unscoped.select_for_update(no_key=True).get(pk=client.pk)
    said = Welcome.unscoped.filter(pk=welcome_id, client=client).first()
    if said is not None:
        return said
    leaves = leaves_to(client, by=by, now=now)
    taken = Welcome.unscoped.filter(pk=welcome_id).exists()
    welcome = Welcome(id=uuid4() if taken else welcome_id, practice_id=client.practice_id, client=client)
    welcome.clinician, welcome.written_at, welcome.leaves_at = by, now, leaves
    welcome.sealed = Sealer(client.practice_id).seal(client.pk, welcome.place, text)
    _take_back_unsent(client, now)
    welcome.save(force_insert=True)
    for participant in _writers(client, now):
        leave_notice(
            "answer",
            to=participant.user,
            practice_id=client.practice_id,
            once=f"welcome:{welcome.pk}",
            link="/my/check-in/",
            send_at=leaves,
        )
    record("welcome.said", by=by, on=welcome, practice_id=client.practice_id, at=now)
    return welcome


def _take_back_unsent(client: Client, now: datetime) -> None:
    for earlier in Welcome.unscoped.filter(client=client, leaves_at__gt=now):
        for participant in _writers(client, now):
            withdraw_notice(f"welcome:{earlier.pk}", to=participant.user)
        earlier.delete()


def note_reading(on: models.Model, opened: Sequence[models.Model], *, by: Clinician, now: datetime) -> None:
    """Every reading of clinical content by staff leaves a line (security 36). No client ever sees it."""
    if opened:
        ids = ",".join(str(one.pk) for one in opened)
        record("check_ins.opened", by=by, on=on, practice_id=by.practice_id, at=now, ids=ids)


def tell_of_due(*, now: datetime) -> int:
    """Leave one notice for each check-in that became due today, where the agreement has notices by mail.

    One at most, never a second; none to who answered or laid it aside. Returns how many people have one. The
    worker's own round: it may be run at any time, and as often as one likes. Rule: R-121.
    """
    clients = Client.unscoped.going_on(now).select_related("clinician").order_by("pk")
    told = 0
    rows = clients.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        courses = courses_of(some, now)
        told += sum(_tell(courses[one.pk].in_force, now) for one in some)
    return told


def _tell(agreement: Agreement | None, now: datetime) -> int:
    """The rules are looked at only on a day on which a whole number of weeks is over."""
    if agreement is None or not _weeks_are_over(agreement, now):
        return 0
    frame = frame_of(agreement.client, now, held=agreement)
    if frame is None or not may_tell(frame.policy):
        return 0
    return sum(_tell_one(frame, participant, now) for participant in _writers(frame.client, now))


def _weeks_are_over(agreement: Agreement, now: datetime) -> bool:
    days = (agreement.client.clinician.date_at(now) - began_on(agreement)).days
    return days > 0 and days % 7 == 0


def _tell_one(frame: Frame, participant: Participant, now: datetime) -> bool:
    due = turn_of(frame, by=participant).due
    if due is None or due != frame.today:
        return False
    morning = first_moment(participant.date_at(now), MORNING, participant.time_zone())
    later = morning + timedelta(days=1) if now > morning + timedelta(hours=11) else morning
    notice = leave_notice(
        "due",
        to=participant.user,
        practice_id=participant.practice_id,
        once=_once(frame.client.pk, due),
        link="/my/check-in/",
        send_at=later,
    )
    return notice is not None


def may_tell(policy: Policy) -> bool:
    """Do client and clinician use notices by mail? Where it is only if asked, nobody is told."""
    return dict(policy.channels)[Channel.EMAIL] in TELLING


def _forget_notice(row: CheckIn) -> None:
    if row.participant is not None:
        withdraw_notice(_once(row.client_id, row.due_on), to=row.participant.user)


def _once(client_id: UUID, due: date) -> str:
    return f"check-in:{client_id}:{due.isoformat()}"


def _writers(client: Client, now: datetime) -> list[Participant]:
    everybody = client.participants.open_at(now).select_related("user")
    return [one for one in everybody if one.reads_messages]
