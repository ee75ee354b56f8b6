"""Writing, retiring and reviewing templates, fitting one to a client, keeping how it landed and where it was used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model

from interlude.audit.record import Fact, record
from interlude.core.packs.phrases import Shipped
from interlude.core.wording import Words
from interlude.phrasebook.models import (
    Landing,
    Phrase,
    PhraseReview,
    PhraseVersion,
    Use,
    Variant,
    VariantVersion,
)
from interlude.practice.models import Client, Clinician
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Entry:
    """What a clinician writes into the phrasebook."""

    title: str
    situation: str
    language: str
    words: Words
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody wrote another version since the page was opened; nothing was stored. *number*: the one that stands."""

    number: int


@transaction.atomic
def write_phrase(
    entry: Entry, *, by: Clinician, now: datetime, phrase_id: UUID, made_from: UUID | None = None
) -> Phrase:
    """A new template in its first version. The same *phrase_id* twice is one template."""
    Clinician.unscoped.select_for_update(no_key=True).get(pk=by.pk)
    known = Phrase.unscoped.filter(pk=phrase_id).first()
    if known is not None and known.clinician_id == by.pk:
        return known
    phrase = Phrase.unscoped.create(
        id=uuid4() if known else phrase_id,
        practice_id=by.practice_id,
        clinician=by,
        is_shared=entry.is_shared,
        situation=entry.situation,
        language=entry.language,
        made_from=made_from,
        made_at=now,
    )
    _add_version(phrase, entry, number=1, now=now)
    record("phrase.written", by=by, on=phrase, practice_id=by.practice_id, at=now, is_shared=entry.is_shared)
    return phrase


@transaction.atomic
def change_phrase(
    phrase: Phrase, entry: Entry, *, by: Clinician, now: datetime, number: int
) -> Phrase | Overtaken:
    """The next version, built on *number*; what stood before stays readable. Nothing changed writes nothing."""
    phrase = Phrase.unscoped.select_for_update(no_key=True).get(pk=phrase.pk, clinician=by)
    last = phrase.versions.all()[0]
    same = (last.title, last.words) == (entry.title, entry.words)
    if last.number != number and not same:
        return Overtaken(last.number)
    if not same:
        _add_version(phrase, entry, number=last.number + 1, now=now)
    placed = {
        "situation": entry.situation,
        "language": entry.language,
        "is_shared": entry.is_shared,
    }
    moved = any(getattr(phrase, name) != value for name, value in placed.items())
    if moved:
        Phrase.unscoped.filter(pk=phrase.pk).update(**placed)
    if moved or not same:
        facts: dict[str, Fact] = {"number": last.number + (not same), "is_shared": entry.is_shared}
        record("phrase.changed", by=by, on=phrase, practice_id=by.practice_id, at=now, **facts)
    return phrase


def _add_version(phrase: Phrase, entry: Entry, *, number: int, now: datetime) -> None:
    said = entry.words
    PhraseVersion.unscoped.create(
        practice_id=phrase.practice_id,
        phrase=phrase,
        number=number,
        title=entry.title,
        validation=said.validation,
        agreement=said.agreement,
        next_step=said.next_step,
        written_at=now,
    )


@transaction.atomic
def retire_phrase(phrase: Phrase, *, by: Clinician, now: datetime) -> None:
    """From now on it is offered to nobody; it stays readable, and can come back."""
    if Phrase.unscoped.filter(pk=phrase.pk, clinician=by, retired_at=None).update(retired_at=now):
        record("phrase.retired", by=by, on=phrase, practice_id=by.practice_id, at=now)


@transaction.atomic
def bring_back(phrase: Phrase, *, by: Clinician, now: datetime) -> None:
    """Offered again."""
    rows = Phrase.unscoped.filter(pk=phrase.pk, clinician=by, retired_at__isnull=False)
    if rows.update(retired_at=None):
        record("phrase.brought_back", by=by, on=phrase, practice_id=by.practice_id, at=now)


@transaction.atomic
def review_shipped(shipped: Shipped, *, by: Clinician, now: datetime) -> PhraseReview:
    """This person has read a draft and says that it may be used in their practice. Once for a version. R-233."""
    fields = {"clinician": by, "reviewed_at": now}
    review, new = PhraseReview.unscoped.get_or_create(
        practice_id=by.practice_id, shipped=shipped.id, version=shipped.version, defaults=fields
    )
    if new:
        facts: dict[str, Fact] = {"shipped": str(shipped.id), "version": shipped.version}
        record("phrase.reviewed", by=by, on=review, practice_id=by.practice_id, at=now, **facts)
    return review


@transaction.atomic
def write_variant(words: Words, *, of: UUID, client: Client, by: Clinician, now: datetime) -> Variant:
    """The template *of* in words for this client, from now on; earlier words stay readable. Rule: R-235."""
    Client.unscoped.select_for_update(no_key=True).get(pk=client.pk)
    standing = Variant.unscoped.filter(client=client, of=of, ended_at=None).first()
    variant = standing or Variant.unscoped.create(
        practice_id=client.practice_id, client=client, clinician=by, of=of, made_at=now
    )
    sealer = Sealer(client.practice_id)
    last = variant.versions.select_related("variant").first()
    if last is not None and last.words(sealer) == words:
        return variant
    version = VariantVersion(
        id=uuid4(),
        practice_id=client.practice_id,
        variant=variant,
        number=last.number + 1 if last else 1,
        written_at=now,
    )
    version.seal(words, sealer)
    version.save(force_insert=True)
    _note("phrase_variant.written", variant, by=by, now=now, number=version.number)
    return variant


@transaction.atomic
def end_variant(variant: Variant, *, by: Clinician, now: datetime) -> None:
    """From now on this client gets the template as it is for all."""
    if Variant.unscoped.filter(pk=variant.pk, ended_at=None).update(ended_at=now):
        _note("phrase_variant.ended", variant, by=by, now=now)


@dataclass(frozen=True, slots=True)
class Said:
    """How a line landed, who said so, on which day; the note is sealed."""

    of: UUID
    landed: str
    said_by: str
    said_on: date
    note: str = ""


@transaction.atomic
def note_landing(said: Said, *, client: Client, by: Clinician, now: datetime, landing_id: UUID) -> Landing:
    """Keep what was said in a session about a template. The same *landing_id* twice is one. Rule: R-236."""
    known = Landing.unscoped.filter(pk=landing_id).first()
    if known is not None and known.client_id == client.pk:
        return known
    landing = Landing(
        id=uuid4() if known else landing_id,
        practice_id=client.practice_id,
        client=client,
        clinician=by,
        of=said.of,
        landed=said.landed,
        said_by=said.said_by,
        said_on=said.said_on,
        entered_at=now,
    )
    if said.note.strip():
        landing.sealed = Sealer(client.practice_id).seal(client.pk, landing.place, said.note)
    landing.save(force_insert=True)
    _note("phrase.landed", landing, by=by, now=now, landed=said.landed, said_by=said.said_by)
    return landing


@transaction.atomic
def note_uses(
    used: Iterable[tuple[UUID, int]], *, reply: UUID, client: Client, by: Clinician, now: datetime
) -> int:
    """Keep which templates a sent reply began from: id, version, day. Nothing of the words. Rule: R-237."""
    rows = [
        Use(
            practice_id=client.practice_id,
            client=client,
            clinician=by,
            of=of,
            version=version,
            reply=reply,
            used_at=now,
        )
        for of, version in dict(used).items()
    ]
    Use.unscoped.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def note_opening(client: Client, *, by: Clinician, now: datetime) -> None:
    """Every reading of clinical content by staff leaves a line (security 36). No client ever sees it."""
    record("phrases.opened", by=by, on=client, practice_id=client.practice_id, at=now)


def _note(verb: str, on: Model, *, by: Clinician, now: datetime, **facts: str | int) -> None:
    record(verb, by=by, on=on, practice_id=by.practice_id, at=now, **facts)
