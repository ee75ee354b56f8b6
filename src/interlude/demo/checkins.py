"""Check-ins of the demo: a few that have met, one that is due today, and words of welcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from interlude.agenda.actions import CHECK_IN, close_item
from interlude.agenda.models import ListItem
from interlude.agreements.actions import in_force_for
from interlude.checkins.actions import answer_check_in, say_welcome
from interlude.checkins.models import Answers
from interlude.core.checkins import WEEK, next_on
from interlude.practice.models import Client

if TYPE_CHECKING:
    from interlude.demo.build import Stage

EVENING, NEXT_DAY = timedelta(hours=11), timedelta(days=1, hours=3)
#: Care, answers of the client's side by turn, and the clinician's; None is one that was left out.
SAID: tuple[tuple[str, tuple[Answers | None, ...], tuple[Answers | None, ...]], ...] = (
    (
        "noor",
        (
            Answers("little", "yes", "The first weekend was long."),
            Answers("little", "a_little", ""),
            Answers("right", "a_little", "Knowing the day helps."),
            None,
            Answers("right", "no", "I write, and then I wait. That works."),
        ),
        (
            Answers("right", "a_little", "You wrote when it mattered."),
            Answers("right", "a_little", ""),
            Answers("right", "no", "The evening notes find their place."),
            Answers("right", "no", ""),
            Answers("right", "no", "Calm on both sides, I think."),
        ),
    ),
    (
        "tove_imre",
        (
            Answers("right", "a_little", "Writing together slows us down, in a good way."),
            Answers("much", "no", ""),
        ),
        (Answers("right", "no", ""), Answers("right", "no", "")),
    ),
    (
        "mira",
        (Answers("right", "no", ""), Answers("right", "yes", "Waiting was long in exam week.")),
        (Answers("right", "a_little", ""), Answers("right", "yes", "I saw that. Let us talk about it.")),
    ),
)
WELCOME = (
    ("noor", "The way you write now is welcome. I read each one."),
    ("kai", "You write more than before. It is good that you reach out when you need to."),
)


def look_back(stage: Stage) -> None:
    """In the weeks that have passed, through the same acts, with the clock of those days."""
    for key, theirs, own in SAID:
        client = stage.clients[key]
        for turn, said, answer in zip(_turns(client, stage, len(own)), theirs, own, strict=False):
            for writer in stage.writers[key]:
                if said is not None and writer.reads_messages:
                    words = said.words if writer == stage.writers[key][0] else ""
                    mine = replace(said, words=words)
                    answer_check_in(mine, client=client, by=writer, now=turn + EVENING)
            if answer is not None:
                answer_check_in(answer, client=client, by=client.clinician, now=turn + NEXT_DAY)
            _talk_about(client, turn, stage)
    for number, (key, words) in enumerate(WELCOME):
        client, at = stage.clients[key], stage.now - timedelta(days=3 + number)
        say_welcome(words, client=client, by=client.clinician, now=at, welcome_id=stage.new_id())


def _turns(client: Client, stage: Stage, many: int) -> list[datetime]:
    """The mornings of the last check-ins that are over."""
    agreement = in_force_for(client, stage.now)
    assert agreement is not None and agreement.accepted_at is not None  # the demo has one for each of these
    began, zone = agreement.accepted_at, client.clinician.time_zone()
    start, review = began.astimezone(zone).date(), agreement.as_offered().policy.review
    found, day = list[datetime](), next_on(review, start=start, today=start)
    while day is not None and day + WEEK < stage.now.astimezone(zone).date():
        found.append(datetime.combine(day, time(8), tzinfo=zone).astimezone(UTC))
        day = next_on(review, start=start, today=day)
    return found[-many:]


def _talk_about(client: Client, turn: datetime, stage: Stage) -> None:
    """In the next session the line is gone through, as everything on our list is."""
    session = client.sessions.filter(starts_at__gt=turn + NEXT_DAY, starts_at__lt=stage.now).first()
    for item in ListItem.unscoped.filter(client=client, topic=CHECK_IN, closed_at=None):
        if session is not None:
            close_item(item, brought_up=True, by=client.clinician, now=session.ends_at, session=session)
