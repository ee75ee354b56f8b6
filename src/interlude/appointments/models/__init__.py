"""Sessions, times held out, requests to move one, and who waits for an earlier time."""

from interlude.appointments.models.earlier import EarlierWish, FreedOffer
from interlude.appointments.models.offer import Offer, OfferedTime
from interlude.appointments.models.request import MoveRequest, WishedTime
from interlude.appointments.models.session import Session, SessionQuerySet

__all__ = [
    "EarlierWish",
    "FreedOffer",
    "MoveRequest",
    "Offer",
    "OfferedTime",
    "Session",
    "SessionQuerySet",
    "WishedTime",
]
