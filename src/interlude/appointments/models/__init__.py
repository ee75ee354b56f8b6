"""Sessions, times held out, requests to move one, and who waits for an earlier time."""

from interlude.appointments.feed_models import CalendarFeed, SessionHabits, habits_of
from interlude.appointments.models.earlier import EarlierWish, FreedOffer
from interlude.appointments.models.offer import Offer, OfferedTime
from interlude.appointments.models.request import MoveRequest, WishedTime
from interlude.appointments.models.session import Session, SessionQuerySet

__all__ = [
    "CalendarFeed",
    "EarlierWish",
    "FreedOffer",
    "MoveRequest",
    "Offer",
    "OfferedTime",
    "Session",
    "SessionHabits",
    "SessionQuerySet",
    "WishedTime",
    "habits_of",
]
