"""For each state that something sent can be in: whose eyes it waits for, for how long, and whose list is next.

No state is without an owner and a limit. Whoever is named may be ill, gone or locked out; then, or when the limit has
passed, it stands on the list of the practice's lead, and the client reads so. Rules: R-250, R-251.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where something that was sent stands."""

    HELD = "held"  # waits for a window of its clinician
    HELD_FOR_COVER = "held_for_cover"  # waits for a window of who stands in
    TO_ANSWER = "to_answer"  # handed over
    TO_ACKNOWLEDGE = "to_acknowledge"
    TO_READ = "to_read"  # no answer is wanted
    WITH_SUPERVISOR = "with_supervisor"  # answered by somebody in training; the answer waits for a word
    KEPT = "kept"  # on our list
    ON_ITS_WAY = "on_its_way"  # answered; the answer waits for working hours
    AT_DESK = "at_desk"
    MOVE_ASKED = "move_asked"  # a session is to be at another time; waits for its clinician
    MOVE_AT_DESK = "move_at_desk"  # the same, where the agreement sends it to the desk
    DRAFT = "draft"  # not sent: its writer's own
    JOURNAL = "journal"
    TAKEN_BACK = "taken_back"
    CLOSED = "closed"


class Who(StrEnum):
    """Whose eyes."""

    CLINICIAN = "clinician"
    COVER = "cover"
    SUPERVISOR = "supervisor"
    DESK = "desk"
    WRITER = "writer"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Owner:
    """*who* sees it; *within* counts from the moment it was promised for, or from when it began to wait."""

    who: Who
    within: timedelta
    then: Who


DAY = timedelta(days=1)
YEARS = 3650 * DAY
"""For what waits for nobody: as long as anybody here plans ahead."""

OWNERS: Mapping[State, Owner] = MappingProxyType(
    {
        State.HELD: Owner(Who.CLINICIAN, 45 * DAY, Who.LEAD),
        State.HELD_FOR_COVER: Owner(Who.COVER, 10 * DAY, Who.LEAD),
        State.TO_ANSWER: Owner(Who.CLINICIAN, 3 * DAY, Who.LEAD),
        State.TO_ACKNOWLEDGE: Owner(Who.CLINICIAN, 3 * DAY, Who.LEAD),
        State.TO_READ: Owner(Who.CLINICIAN, 30 * DAY, Who.LEAD),
        State.WITH_SUPERVISOR: Owner(Who.SUPERVISOR, 3 * DAY, Who.LEAD),
        State.KEPT: Owner(Who.CLINICIAN, 90 * DAY, Who.LEAD),
        State.ON_ITS_WAY: Owner(Who.CLINICIAN, 45 * DAY, Who.LEAD),
        State.AT_DESK: Owner(Who.DESK, 3 * DAY, Who.LEAD),
        State.MOVE_ASKED: Owner(Who.CLINICIAN, 3 * DAY, Who.LEAD),
        State.MOVE_AT_DESK: Owner(Who.DESK, 3 * DAY, Who.LEAD),
        State.DRAFT: Owner(Who.WRITER, YEARS, Who.WRITER),
        State.JOURNAL: Owner(Who.WRITER, YEARS, Who.WRITER),
        State.TAKEN_BACK: Owner(Who.WRITER, YEARS, Who.WRITER),
        State.CLOSED: Owner(Who.WRITER, YEARS, Who.WRITER),
    }
)

HANDED: Mapping[str, State] = MappingProxyType(
    {
        "answer": State.TO_ANSWER,
        "acknowledge": State.TO_ACKNOWLEDGE,
        "no_answer": State.TO_READ,
        "keep": State.KEPT,
    }
)
"""What a message is once its window has handed it over, by its outcome."""

MOVES: Mapping[str, State] = MappingProxyType({"clinician": State.MOVE_ASKED, "desk": State.MOVE_AT_DESK})
"""What a request to move a session is while nobody answered, by whom it went to."""


def state_of(
    outcome: str,
    *,
    is_handed: bool,
    is_resolved: bool = False,
    is_taken_back: bool = False,
    has_left: bool = True,
    for_cover: bool = False,
    awaits_approval: bool = False,
) -> State:
    """Where a message of that outcome stands. Raises KeyError for an outcome that nobody has thought of."""
    handed = HANDED[outcome]
    if is_taken_back:
        return State.TAKEN_BACK
    if is_resolved:
        return State.CLOSED if has_left else State.ON_ITS_WAY
    if awaits_approval:
        return State.WITH_SUPERVISOR
    if not is_handed and handed is not State.KEPT:
        return State.HELD_FOR_COVER if for_cover else State.HELD
    return handed
