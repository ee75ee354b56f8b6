"""No state of anything that was sent is without an owner and a limit. A static test over all of them."""

from itertools import product
from typing import get_args

import pytest

from interlude.appointments.models import Session
from interlude.core.outcomes import Decision
from interlude.core.owner import HANDED, MOVES, OWNERS, State, Who, state_of
from interlude.messaging.models import Message

#: Where each outcome of the decision puts the words.
PLACES = {
    "AnsweredHere": State.TO_ANSWER,
    "Acknowledged": State.TO_ACKNOWLEDGE,
    "NoAnswerWanted": State.TO_READ,
    "KeptForSession": State.KEPT,
    "Desk": State.AT_DESK,
    "DoItYourself": State.DRAFT,
    "NotHereYet": State.JOURNAL,
}


@pytest.mark.contract("C13", "C14")
@pytest.mark.parametrize("state", State)
def test_every_state_has_an_owner_a_limit_and_somebody_after(state):
    owner = OWNERS[state]
    assert owner.who in Who and owner.then in Who
    assert owner.within.days > 0


def test_whatever_waits_for_staff_reaches_the_practices_lead_in_the_end():
    ours = {state for state, owner in OWNERS.items() if owner.who is not Who.WRITER}
    assert ours == {
        State.HELD, State.HELD_FOR_COVER, State.TO_ANSWER, State.TO_ACKNOWLEDGE, State.TO_READ, State.KEPT,
        State.ON_ITS_WAY, State.AT_DESK, State.WITH_SUPERVISOR, State.MOVE_ASKED, State.MOVE_AT_DESK,
    }  # fmt: skip
    assert {OWNERS[state].then for state in ours} == {Who.LEAD}


def test_every_outcome_of_the_decision_leads_to_a_state():
    assert {kind.__name__ for kind in get_args(Decision)} == set(PLACES)
    assert set(PLACES.values()) <= set(OWNERS)


def test_every_outcome_that_is_stored_is_in_some_state_whatever_became_of_it():
    assert set(HANDED) == set(Message.Outcome.values)
    for outcome, *flags in product(Message.Outcome.values, *[(False, True)] * 6):
        names = ("is_handed", "is_resolved", "is_taken_back", "has_left", "for_cover", "awaits_approval")
        assert state_of(outcome, **dict(zip(names, flags, strict=True))) in OWNERS


def test_a_request_to_move_a_session_is_in_some_state_whomever_it_went_to():
    assert set(MOVES) == set(Session.To.values)
    assert set(MOVES.values()) <= set(OWNERS)


def test_what_is_taken_back_or_answered_waits_for_nobody_and_what_is_held_for_who_reads():
    assert state_of("answer", is_handed=False) is State.HELD
    assert state_of("answer", is_handed=False, for_cover=True) is State.HELD_FOR_COVER
    assert state_of("answer", is_handed=True, is_resolved=True, has_left=False) is State.ON_ITS_WAY
    assert state_of("keep", is_handed=False) is State.KEPT
    assert state_of("answer", is_handed=True, awaits_approval=True) is State.WITH_SUPERVISOR
    assert state_of("answer", is_handed=True, is_taken_back=True) is State.TAKEN_BACK
