"""What time away would move, before it is set; and setting, changing and cancelling it with every date on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import models, transaction

from interlude.appointments.models import Session
from interlude.boundaries.actions import cancel_absence, change_absence, go_away
from interlude.boundaries.calendars import days_off
from interlude.boundaries.models import Absence
from interlude.core.hours import Absence as Stretch
from interlude.core.hours import Calendar
from interlude.core.policy import Policy
from interlude.cover.models import Cover
from interlude.messaging.covering import end_standing_in
from interlude.messaging.models import Message, PromiseMove
from interlude.messaging.promises import later_date, move_promises, rules_of
from interlude.practice.models import Clinician

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Moving:
    """A date that would move, and to when; None: it falls into time away and stands, as a window comes before it."""

    message: Message
    to: datetime | None
    is_today: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What time away would do. Names only what was handed over by now: nothing counts up between windows."""

    stretches: tuple[Stretch, ...]
    touched: list[Moving]
    sessions: list[Session]

    @property
    def moves(self) -> list[Moving]:
        return [one for one in self.touched if one.to is not None]

    @property
    def stands(self) -> list[Moving]:
        """Dates that fall into it and stand: to be answered before leaving."""
        return [one for one in self.touched if one.to is None and not one.is_today]

    @property
    def today(self) -> list[Moving]:
        """Dates of today: each is answered first, handed to a colleague, or moved knowingly. Rule: R-242."""
        return [one for one in self.touched if one.is_today]


def preview(
    clinician: Clinician,
    stretches: tuple[Stretch, ...],
    *,
    now: datetime,
    instead_of: Absence | None = None,
) -> Preview:
    """What these stretches would move, *instead_of* one that is to be changed. Writes nothing. Rule: R-241."""
    closed, away = days_off(clinician)
    if instead_of is not None:
        away = tuple(one for one in away if one != instead_of.value())
    counting = _Counting(closed, (*away, *stretches), now, {})
    waiting = Message.objects.visible_to(clinician, at=now).filter(resolved_at=None, reply_due__gt=now)
    rows = waiting.select_related("agreement__client", "client", "clinician", "participant").defer("sealed")
    moves = [counting.moving(one) for one in rows.order_by("reply_due", "id")]
    found = [one for one in moves if one is not None]
    return Preview(stretches, found, sessions_in(clinician, stretches, now=now))


@dataclass(frozen=True, slots=True)
class _Counting:
    """A calendar that is only tried; the rules of one client and day, and their calendar, are made once."""

    closed: frozenset[date]
    away: tuple[Stretch, ...]
    now: datetime
    known: dict[tuple[UUID, date], tuple[Policy, Calendar]]

    def moving(self, message: Message) -> Moving | None:
        assert message.reply_due is not None
        clinician, given = message.clinician, message.reply_due
        policy, calendar = self._rules(message)
        later = later_date(message, policy, calendar, now=self.now)
        if later is None and calendar.away(given) is None:
            return None
        return Moving(message, later, clinician.date_at(given) == clinician.date_at(self.now))

    def _rules(self, message: Message) -> tuple[Policy, Calendar]:
        key = message.agreement_id, message.clinician.date_at(message.sent_at)
        if key not in self.known:
            policy = rules_of(message)
            self.known[key] = policy, policy.calendar(closed_on=self.closed, absences=self.away)
        return self.known[key]


def sessions_in(clinician: Clinician, stretches: Sequence[Stretch], *, now: datetime) -> list[Session]:
    """The sessions that fall into them, the first fifty; one query."""
    inside = models.Q(pk__in=[])
    for one in stretches:
        inside |= models.Q(starts_at__lt=one.ends, starts_at__gt=one.starts - timedelta(hours=1))
    rows = Session.objects.visible_to(clinician).coming(now).filter(inside).select_related("client")
    return [one for one in rows[: 2 * SHOWN] if _touches(one, stretches)][:SHOWN]


def _touches(session: Session, stretches: Sequence[Stretch]) -> bool:
    return any(session.starts_at < one.ends and session.ends_at > one.starts for one in stretches)


@transaction.atomic
def set_time_away(
    stretches: Sequence[Stretch],
    *,
    clinician: Clinician,
    by: models.Model | None,
    now: datetime,
    unplanned: str = "",
) -> tuple[list[Absence], int]:
    """Set one or several stretches and move, openly and at once, every date that they would break.

    Returns the stretches, and how many dates moved. Law 3; rule: R-241.
    """
    series = uuid4() if len(stretches) > 1 else None
    made = [
        go_away(
            clinician=clinician,
            starts_at=one.starts,
            ends_at=one.ends,
            by=by,
            now=now,
            series=series,
            unplanned=unplanned,
        )
        for one in stretches
    ]
    return made, _move(clinician, by=by, now=now)


@transaction.atomic
def change_time_away(
    absence: Absence, stretch: Stretch, *, clinician: Clinician, by: models.Model | None, now: datetime
) -> int:
    """Other moments for one stretch; returns how many dates moved."""
    change_absence(absence, starts_at=stretch.starts, ends_at=stretch.ends, by=by, now=now)
    for cover in _covers_for([absence], now):
        starts, ends = max(cover.starts_at, stretch.starts), min(cover.ends_at, stretch.ends)
        if starts < ends:
            Cover.unscoped.filter(pk=cover.pk).update(starts_at=starts, ends_at=ends)
        else:
            end_standing_in(cover, by=by, now=now)
    return _move(clinician, by=by, now=now)


@transaction.atomic
def cancel_time_away(
    absence: Absence, *, by: models.Model | None, now: datetime, all_after: bool = False
) -> int:
    """Take a stretch back, or it and the later ones of its series; who would have stood in does so no longer."""
    rows = Absence.unscoped.filter(pk=absence.pk)
    if all_after and absence.series:
        rows = Absence.unscoped.filter(series=absence.series, starts_at__gte=absence.starts_at)
    for cover in _covers_for(rows.filter(ends_at__gt=now), now):
        end_standing_in(cover, by=by, now=now)
    return sum(cancel_absence(one, by=by, now=now) for one in rows.filter(ends_at__gt=now))


def _covers_for(absences: Iterable[Absence], now: datetime) -> list[Cover]:
    rows = Cover.unscoped.not_over(now).filter(absence__in=[one.pk for one in absences])
    return list(rows.select_related("clinician", "colleague"))


def _move(clinician: Clinician, *, by: models.Model | None, now: datetime) -> int:
    return move_promises(clinician=clinician, reason=PromiseMove.Reason.TIME_AWAY, by=by, now=now)
