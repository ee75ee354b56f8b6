"""Bringing people in: a link by mail and a code another way, once, within 72 hours (security S10b)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import get_language

from interlude.accounts.models import User
from interlude.audit.record import record
from interlude.core.errors import InterludeError
from interlude.outbox.actions import leave_invitation
from interlude.practice.birthdays import own_account_from, tell_of_birthdays
from interlude.practice.contacts import whose_mailbox
from interlude.practice.models import Clinician, Invitation, OfficeMember, Participant, Person
from interlude.ui.languages import spoken

OPEN_FOR = timedelta(hours=72)
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that is misheard or misread


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation just made: the link for the mail, the code to be told in person or by phone."""

    invitation: Invitation
    token: str
    code: str

    @property
    def spoken_code(self) -> str:
        """The code as it is told: two groups of four."""
        return f"{self.code[:4]} {self.code[4:]}"

    @property
    def path(self) -> str:
        return f"/invitation/{self.token}/"


class WrongAddress(InterludeError):
    """An address that must not be invited for this person; forms ask `why_not_invited` first."""


def why_not_invited(person: Person, email: str) -> str:
    """`own`: they sign in with another address. `shared`: somebody else of the same care has it. Empty: fine.

    A teenager and a guardian with one mailbox would read each other's messages (security S5).
    """
    address = email.strip().lower()
    if person.user is not None and person.user.email != address:
        return "own"
    if not isinstance(person, Participant):
        return ""
    return "shared" if whose_mailbox(person, address) is not None else ""


@transaction.atomic
def invite(
    person: Person,
    *,
    email: str,
    by: models.Model | None,
    now: datetime,
    invitation_id: UUID | None = None,
) -> Invited:
    """Invite *person* to sign in. An earlier open invitation of theirs ends with this one.

    Somebody who signs in already gets a new password by it, at their own address alone.
    """
    if why_not_invited(person, email):
        raise WrongAddress(f"{person} may not be invited at this address: {why_not_invited(person, email)}")
    if (day := own_account_from(person, now)) is not None:
        raise WrongAddress(f"{person} may not be invited before {day}; ask own_account_from first")
    token, code = secrets.token_urlsafe(32), "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
    open_invitations(person).update(expires_at=now)
    invitation = Invitation.unscoped.create(
        id=invitation_id or uuid4(),
        practice_id=person.practice_id,
        email=email.strip().lower(),
        token_hash=_hash(token),
        code_hash=_hash(code),
        made_at=now,
        expires_at=now + OPEN_FOR,
        **{_kind(person): person},
    )
    invited = Invited(invitation, token, code)
    leave_invitation(
        invitation.email,
        practice_id=person.practice_id,
        once=f"invitation:{invitation.pk}",
        link=invited.path,
        send_at=now,
    )
    record("person.invited", by=by, on=person, practice_id=person.practice_id, at=now)
    return invited


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link. Looking uses up nothing: scanners of mail open links too."""
    return Invitation.unscoped.filter(token_hash=_hash(token)).first()


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """Why an invitation was not taken, for the page: `closed`, `code`, `password`, `account` or `place`."""

    reason: str
    messages: tuple[str, ...] = ()


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, code: str, password: str, now: datetime, signed_in: User | None = None
) -> User | NotAccepted:
    """Take up an invitation: a new account, or another place for the account that is signed in.

    An address that has an account already must be signed in first; knowing a link and a code is no key to it.
    The one exception: an invitation of the very person gives them a new password; their second factor stays.
    """
    fresh = Invitation.unscoped.select_for_update().get(pk=invitation.pk)
    if not fresh.is_open(now):
        return NotAccepted("closed")
    if not hmac.compare_digest(fresh.code_hash, _hash("".join(code.upper().split()).replace("-", ""))):
        Invitation.unscoped.filter(pk=fresh.pk).update(wrong_codes=models.F("wrong_codes") + 1)
        return NotAccepted("code")
    user = _account(fresh, password=password, now=now, signed_in=signed_in)
    if isinstance(user, NotAccepted):
        return user
    person = fresh.person
    if not _make_room(person, user):
        return NotAccepted("place")
    if Invitation.unscoped.filter(pk=fresh.pk, used_at=None).update(used_at=now) != 1:
        return NotAccepted("closed")
    type(person).unscoped.filter(pk=person.pk).update(user=user)
    if isinstance(person, Participant):
        tell_of_birthdays(person.client, now=now)
    record("invitation.accepted", by=user, on=person, practice_id=fresh.practice_id, at=now)
    return user


def _account(
    invitation: Invitation, *, password: str, now: datetime, signed_in: User | None
) -> User | NotAccepted:
    known = User.objects.filter(email=invitation.email).first()
    owner = invitation.person.user_id
    if owner is not None and (known is None or known.pk != owner):
        return NotAccepted("closed")
    if known is not None and known == signed_in:
        return known
    if known is not None and known.pk != owner:
        return NotAccepted("account")
    user = known or User(email=invitation.email, created_at=now, language=spoken(get_language() or ""))
    try:
        validate_password(password, user)
    except ValidationError as error:
        return NotAccepted("password", tuple(error.messages))
    user.set_password(password)
    user.save()
    return user


def _make_room(person: Person, user: User) -> bool:
    """Whether *user* can take this place. One of the same kind that they left before is given up for it."""
    if isinstance(person, Participant):
        others = Participant.unscoped.filter(client_id=person.client_id, user=user)
        return not others.exclude(pk=person.pk).exists()
    same = type(person).unscoped.filter(user=user).exclude(pk=person.pk)
    if same.filter(left_at=None).exists():
        return False
    same.update(user=None)
    return True


def open_invitations(person: Person) -> models.QuerySet[Invitation]:
    """Those that could still be taken up, were they in time."""
    return Invitation.unscoped.filter(**{_kind(person): person}, used_at=None)


def _kind(person: Person) -> str:
    return {Participant: "participant", Clinician: "clinician", OfficeMember: "office_member"}[type(person)]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
