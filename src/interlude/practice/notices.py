"""A person's notices: what they choose, and where notices go. Each act is written down, without the address."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from interlude.audit.record import record
from interlude.outbox.addresses import Asked, NotMoved, address_of, ask_address, confirm_address
from interlude.outbox.models import AddressAsk, MailPoint
from interlude.outbox.wishes import Wanted, choose_notices
from interlude.practice.contacts import whose_mailbox
from interlude.practice.models import Participant, Person


@transaction.atomic
def choose(person: Person, wanted: Wanted, *, now: datetime) -> bool:
    """Keep what somebody chose; it holds for all their places here. False where nothing is new."""
    if not choose_notices(person.user, wanted, zone=person.time_zone().key, now=now):
        return False
    record("notices.chosen", by=person, on=person, practice_id=person.practice_id, at=now)
    return True


@transaction.atomic
def ask(person: Person, asked: Asked, *, now: datetime) -> AddressAsk | NotMoved:
    """Send a code to an address; not to one that somebody else of the same care reads (`shared`). Rule: R-286."""
    if isinstance(person, Participant) and whose_mailbox(person, asked.address) is not None:
        return NotMoved("shared")
    before = AddressAsk.objects.filter(user=person.user).count()
    done = ask_address(asked, now=now)
    if AddressAsk.objects.filter(user=person.user).count() > before:
        record("notices.address_asked", by=person, on=person, practice_id=person.practice_id, at=now)
    return done


@transaction.atomic
def confirm(person: Person, code: str, *, link: str, now: datetime) -> MailPoint | NotMoved:
    """Notices go to the new address, once its code came back."""
    before = MailPoint.objects.filter(user=person.user).values_list("since", flat=True).first()
    done = confirm_address(person.user, code, practice_id=person.practice_id, link=link, now=now)
    if isinstance(done, MailPoint) and done.since != before:
        record("notices.address_confirmed", by=person, on=person, practice_id=person.practice_id, at=now)
    return done


def goes_to(person: Person) -> str:
    """The address of their notices."""
    return address_of(person.user)
