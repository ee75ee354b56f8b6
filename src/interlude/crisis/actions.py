"""Help lines: bringing in the list for a place, checking each by hand, taking one down."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from interlude.audit.record import record
from interlude.core.packs.lines import HelpLine as Draft
from interlude.core.packs.lines import help_lines
from interlude.crisis.copies import write_copies_after
from interlude.crisis.models import HelpLine, LineCheck, WrongNumber
from interlude.crisis.own_place import own_place
from interlude.practice.models import OfficeMember, Practice


@transaction.atomic
def bring_in_lines(country: str, *, practice: Practice, by: models.Model | None, now: datetime) -> int:
    """Add the pack's lines for a country as drafts, shown to nobody before a check. Returns how many."""
    known = set(HelpLine.unscoped.filter(practice=practice).values_list("source_id", flat=True))
    made = 0
    for line in help_lines(country):
        if line.id not in known:
            HelpLine.unscoped.create(
                practice=practice,
                source_id=line.id,
                country=line.country,
                kind=line.kind,
                position=line.position,
                name=line.name,
                about=line.about,
                phone=line.phone,
                dial=line.dial,
                text_number=line.text_number,
                text_word=line.text_word,
                url=line.url,
                hours=line.hours,
                group=line.group,
                **_clock(line),
                source=" ".join(filter(None, [line.source, line.source_date]))[:240],
            )
            made += 1
    if made:
        record(
            "help_lines.added",
            by=by,
            on=practice,
            practice_id=practice.id,
            at=now,
            country=country,
            lines=made,
        )
    return made


def _clock(line: Draft) -> dict[str, Any]:
    daily = line.daily()
    return {"opens": daily.opens, "closes": daily.closes, "zone": daily.zone} if daily else {}


@transaction.atomic
def add_own_line(line: HelpLine, *, by: OfficeMember, now: datetime) -> HelpLine:
    """Write down a local line, a draft like all others. Checked, it stands before the shipped ones.

    The same line once more, as a form sent twice brings it, is the line that is there.
    """
    line.practice_id = by.practice_id
    same = HelpLine.unscoped.filter(
        practice_id=by.practice_id,
        source_id="",
        country=line.country,
        name=line.name,
        phone=line.phone,
        text_number=line.text_number,
    ).first()
    if same is not None:
        return same
    line.position = 0 if line.is_emergency else 5
    line.dial = re.sub(r"[^\d+*#]", "", line.phone)
    line.save(force_insert=True)
    record("help_line.added", by=by, on=line, practice_id=by.practice_id, at=now, country=line.country)
    return line


@transaction.atomic
def confirm_line(line: HelpLine, *, by: OfficeMember, how: str, on: date, now: datetime) -> None:
    """A person called the number, or read its official page, on that day. From now on it is shown."""
    HelpLine.unscoped.filter(pk=line.pk).update(checked_on=on, checked_by=by, how_checked=how)
    _write_down(line, found=how, by=by, on=on, now=now)
    record("help_line.confirmed", by=by, on=line, practice_id=line.practice_id, at=now, how=how)
    end_set_up(by.practice, by=by, now=now)


@transaction.atomic
def take_down_line(line: HelpLine, *, by: OfficeMember, why: str, now: datetime) -> None:
    """Stop showing a line at once: a number that does not answer is worse than none."""
    HelpLine.unscoped.filter(pk=line.pk).update(checked_on=None, checked_by=None, how_checked="")
    on = by.date_at(now)
    _write_down(line, found=LineCheck.Found.DOWN, by=by, on=on, now=now, why=why)
    record("help_line.taken_down", by=by, on=line, practice_id=line.practice_id, at=now)


def _write_down(
    line: HelpLine, *, found: str, by: OfficeMember, on: date, now: datetime, why: str = ""
) -> None:
    """One row of the line's history; what people told about it is settled by it."""
    LineCheck.unscoped.create(
        practice_id=line.practice_id,
        line=line,
        found=found,
        on=on,
        at=now,
        by=by,
        phone=line.phone,
        text_number=line.text_number,
        why=why,
    )
    WrongNumber.unscoped.open().filter(line=line).update(settled_on=on, settled_by=by)
    write_copies_after(line.practice)


def end_set_up(practice: Practice, *, by: OfficeMember, now: datetime) -> bool:
    """Clients can come from the moment on at which the practice's own place is confirmed. Rule: R-163."""
    if practice.set_up_at is not None or not own_place(practice).is_confirmed:
        return False
    practice.set_up_at = now
    practice.save(update_fields=["set_up_at"])
    record("practice.set_up", by=by, on=practice, practice_id=practice.id, at=now)
    return True
