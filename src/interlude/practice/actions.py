"""Opening a practice, bringing people in, and seeing them out."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify

from interlude.accounts.models import User
from interlude.audit.record import record
from interlude.core.zones import zone as known_zone
from interlude.outbox.actions import leave_invitation
from interlude.practice.models import Client, Clinician, Invitation, OfficeMember, Participant, Practice
from interlude.sealing.vault import Sealer, make_practice_key

OPEN_FOR = timedelta(hours=72)
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that is misheard or misread


@transaction.atomic
def open_practice(*, name: str, zone: str, country: str, now: datetime, region: str = "", slug: str = "") -> Practice:
    """A new practice with its own key. Raises BadHours for a zone nobody knows."""
    known_zone(zone)
    practice = Practice.objects.create(
        name=name,
        slug=_free_slug(slug or slugify(name) or "practice"),
        zone=zone,
        country=country.upper(),
        region=region,
        created_at=now,
    )
    make_practice_key(practice.id)
    record("practice.opened", by=None, on=practice, practice_id=practice.id, at=now)
    return practice


def _free_slug(wanted: str) -> str:
    slug, number = wanted[:36], 1
    while Practice.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted[:36]}-{number}"
    return slug


@transaction.atomic
def add_clinician(
    *, practice: Practice, name: str, by: models.Model | None, now: datetime, title: str = "", zone: str = "",
    country: str = "", supervisor: Clinician | None = None,
) -> Clinician:
    """A clinician, who can sign in once invited."""
    clinician = Clinician.unscoped.create(
        practice=practice,
        name=name,
        title=title,
        zone=known_zone(zone or practice.zone).key,
        country=(country or practice.country).upper(),
        supervisor=supervisor,
    )
    record("clinician.added", by=by, on=clinician, practice_id=practice.id, at=now)
    return clinician


@transaction.atomic
def add_office_member(
    *, practice: Practice, name: str, role: str, by: models.Model | None, now: datetime
) -> OfficeMember:
    """Somebody at the front desk, an owner, a records custodian."""
    member = OfficeMember.unscoped.create(practice=practice, name=name, role=role)
    record("office_member.added", by=by, on=member, practice_id=practice.id, at=now, role=role)
    return member


@transaction.atomic
def add_client(
    *, clinician: Clinician, name: str, by: models.Model | None, now: datetime, kind: str = "person",
    born_on: date | None = None, began_on: date | None = None,
) -> Client:
    """A unit of care with a key of its own."""
    client = Client.unscoped.create(
        practice_id=clinician.practice_id,
        clinician=clinician,
        name=name,
        kind=kind,
        born_on=born_on,
        began_on=began_on or now.astimezone(clinician.time_zone()).date(),
    )
    Sealer(clinician.practice_id).make_client_key(client.id)
    record("client.added", by=by, on=client, practice_id=client.practice_id, at=now, kind=kind)
    return client


@transaction.atomic
def add_participant(
    *, client: Client, name: str, role: str, by: models.Model | None, now: datetime, zone: str = "", country: str = ""
) -> Participant:
    """A human in a unit of care. A guardian gets an account of their own, never the teenager's."""
    participant = Participant.unscoped.create(
        practice_id=client.practice_id,
        client=client,
        name=name,
        role=role,
        zone=known_zone(zone or client.clinician.zone).key,
        country=country.upper(),
    )
    record("participant.added", by=by, on=participant, practice_id=client.practice_id, at=now, role=role)
    return participant


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation just made: the link for the mail, the code to be told in person or by phone."""

    invitation: Invitation
    token: str
    code: str

    @property
    def path(self) -> str:
        return f"/invitation/{self.token}/"


@transaction.atomic
def invite(
    person: Participant | Clinician | OfficeMember, *, email: str, by: models.Model | None, now: datetime
) -> Invited:
    """Invite *person* to sign in. An earlier open invitation of theirs ends with this one."""
    kind = {Participant: "participant", Clinician: "clinician", OfficeMember: "office_member"}[type(person)]
    token, code = secrets.token_urlsafe(32), "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
    Invitation.unscoped.filter(**{kind: person}, used_at=None).update(expires_at=now)
    invitation = Invitation.unscoped.create(
        practice_id=person.practice_id,
        email=email.strip().lower(),
        token_hash=_hash(token),
        code_hash=_hash(code),
        made_at=now,
        expires_at=now + OPEN_FOR,
        **{kind: person},
    )
    invited = Invited(invitation, token, code)
    leave_invitation(
        invitation.email, practice_id=person.practice_id, once=f"invitation:{invitation.pk}", link=invited.path,
        send_at=now,
    )
    record("person.invited", by=by, on=person, practice_id=person.practice_id, at=now)
    return invited


def find_invitation(token: str) -> Invitation | None:
    return Invitation.unscoped.filter(token_hash=_hash(token)).first()


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """Why an invitation was not taken, for the page: `closed`, `code`, `password` or `account`."""

    reason: str
    messages: tuple[str, ...] = ()


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, code: str, password: str, now: datetime, signed_in: User | None = None
) -> User | NotAccepted:
    """Take up an invitation: a new account, or another place for the account that is signed in.

    An address that has an account already must be signed in first; knowing a link and a code is no key to it.
    """
    fresh = Invitation.unscoped.select_for_update().get(pk=invitation.pk)
    if not fresh.is_open(now):
        return NotAccepted("closed")
    if not hmac.compare_digest(fresh.code_hash, _hash(code.strip().upper().replace(" ", ""))):
        Invitation.unscoped.filter(pk=fresh.pk).update(wrong_codes=models.F("wrong_codes") + 1)
        return NotAccepted("code")
    user = _account(fresh, password=password, now=now, signed_in=signed_in)
    if isinstance(user, NotAccepted):
        return user
    if Invitation.unscoped.filter(pk=fresh.pk, used_at=None).update(used_at=now) != 1:
        return NotAccepted("closed")
    person = fresh.person
    type(person).unscoped.filter(pk=person.pk).update(user=user)
    record("invitation.accepted", by=user, on=person, practice_id=fresh.practice_id, at=now)
    return user


def _account(
    invitation: Invitation, *, password: str, now: datetime, signed_in: User | None
) -> User | NotAccepted:
    if signed_in is not None and signed_in.email == invitation.email:
        return signed_in
    if User.objects.filter(email=invitation.email).exists():
        return NotAccepted("account")
    user = User(email=invitation.email, created_at=now)
    try:
        validate_password(password, user)
    except ValidationError as error:
        return NotAccepted("password", tuple(error.messages))
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def see_out(person: Clinician | OfficeMember, *, by: models.Model | None, now: datetime) -> None:
    """End a member of staff's place at once: the next request of any open page finds no room."""
    type(person).unscoped.filter(pk=person.pk).update(left_at=now)
    record("staff.left", by=by, on=person, practice_id=person.practice_id, at=now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def practice_named(slug: str) -> Practice | None:
    return Practice.objects.filter(slug=slug).first()

