"""A practice and its first owner, in one act: from the command line, or from the browser's set-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from interlude.accounts.models import User
from interlude.audit.record import record
from interlude.practice.actions import add_office_member, open_practice
from interlude.practice.invitations import Invited, invite
from interlude.practice.models import OfficeMember, Practice


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new practice needs: a name, a place, and an owner with an address."""

    name: str
    zone: str
    country: str
    owner: str
    email: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A practice just opened, and its owner's invitation."""

    practice: Practice
    owner: Invited


@transaction.atomic
def open_with_owner(opening: Opening, *, now: datetime) -> Opened:
    """Open a practice and invite its owner. Raises BadHours or NoSuchCountry for a place nobody knows."""
    practice = _new_practice(opening, now)
    owner = _owner(practice, opening, now)
    return Opened(practice, invite(owner, email=opening.email, by=owner, now=now))


@transaction.atomic
def open_with_account(opening: Opening, *, password: str, now: datetime) -> User:
    """The same for an owner who sits at the keyboard: an account at once, and no mail."""
    practice = _new_practice(opening, now)
    owner = _owner(practice, opening, now)
    user = User.objects.filter(email=opening.email).first() or User(email=opening.email, created_at=now)
    user.set_password(password)
    user.save()
    OfficeMember.unscoped.filter(pk=owner.pk).update(user=user)
    record("owner.began", by=user, on=owner, practice_id=practice.id, at=now)
    return user


def _new_practice(opening: Opening, now: datetime) -> Practice:
    return open_practice(
        name=opening.name, zone=opening.zone, country=opening.country, now=now, is_set_up=False
    )


def _owner(practice: Practice, opening: Opening, now: datetime) -> OfficeMember:
    role = OfficeMember.Role.OWNER
    return add_office_member(practice=practice, name=opening.owner, role=role, by=None, now=now)
