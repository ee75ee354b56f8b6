"""Writing pieces, sharing them, filling them in, and saying that one helped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from interlude.audit.record import record
from interlude.boundaries.windows import window_of
from interlude.core.clean_files import CleanFile
from interlude.core.errors import BadHours
from interlude.core.packs.starter import Starter
from interlude.core.search_terms import terms_of
from interlude.library.models import Filled, Helped, Piece, PieceTerm, PieceVersion, Share
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in a piece."""

    title: str
    text: str = ""
    link: str = ""
    fields: tuple[str, ...] = ()
    language: str = "en"
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """Where a piece is offered: beside which words and purposes, and under "what can I do now"."""

    cues: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    for_now: bool = False


NOWHERE = Places()


@transaction.atomic
def write_piece(
    words: Words,
    *,
    kind: str,
    by: Clinician,
    now: datetime,
    piece_id: UUID,
    places: Places = NOWHERE,
    file: CleanFile | None = None,
    starter: str = "",
) -> Piece:
    """A new piece, a draft until it is said to be ready. The same *piece_id* twice is one piece."""
    known = Piece.unscoped.filter(pk=piece_id).first()
    if known is not None and known.clinician_id == by.pk:
        return known
    piece = Piece.unscoped.create(
        id=uuid4() if known else piece_id,
        practice_id=by.practice_id,
        clinician=by,
        kind=kind,
        starter=starter,
        made_at=now,
        **_kept(places),
    )
    _write_version(words, piece=piece, file=file, now=now)
    record("piece.written", by=by, on=piece, practice_id=by.practice_id, at=now, kind=kind)
    return piece


@transaction.atomic
def change_piece(
    piece: Piece, words: Words, *, places: Places, by: Clinician, now: datetime, file: CleanFile | None = None
) -> PieceVersion:
    """Another version; what was shared before stays as it was shared. Where nothing differs, none is made."""
    Piece.unscoped.select_for_update(no_key=True).get(pk=piece.pk)
    Piece.unscoped.filter(pk=piece.pk).update(**_kept(places))
    last = newest(piece)
    if file is None and words == words_of(last):
        return last
    version = _write_version(words, piece=piece, file=file, now=now, before=last)
    record("piece.changed", by=by, on=piece, practice_id=by.practice_id, at=now, number=version.number)
    return version


def _kept(places: Places) -> dict[str, object]:
    return {"cues": list(places.cues), "topics": list(places.topics), "for_now": places.for_now}


def newest(piece: Piece) -> PieceVersion:
    return PieceVersion.unscoped.filter(piece=piece).order_by("-number")[0]


def words_of(version: PieceVersion) -> Words:
    return Words(
        version.title,
        version.text,
        version.link,
        tuple(version.fields),
        version.language,
        tuple((source, day) for source, day in version.facts),
    )


def _write_version(
    words: Words,
    *,
    piece: Piece,
    file: CleanFile | None,
    now: datetime,
    before: PieceVersion | None = None,
) -> PieceVersion:
    version = PieceVersion(
        practice_id=piece.practice_id,
        piece=piece,
        number=before.number + 1 if before else 1,
        title=words.title,
        language=words.language,
        text=words.text,
        link=words.link,
        fields=list(words.fields),
        facts=[list(fact) for fact in words.facts],
        written_at=now,
        shows_at=shows_at(piece.clinician, now) if before else now,
    )
    sealer = Sealer(piece.practice_id)
    if file is not None:
        version.suffix = file.kind.suffix
        version.seal(file.data, sealer)
    elif before is not None and before.suffix:
        version.suffix = before.suffix
        version.seal(before.data(sealer), sealer)
    version.save(force_insert=True)
    _index(piece, words)
    return version


def _index(piece: Piece, words: Words) -> None:
    """The words by which the newest version is found. Rule: R-223."""
    heading = set(terms_of(words.title))
    rest = set(terms_of("\n".join([words.text, *words.fields]))) - heading
    PieceTerm.unscoped.filter(piece=piece).delete()
    PieceTerm.unscoped.bulk_create(
        PieceTerm(practice_id=piece.practice_id, piece=piece, term=term, in_title=term in heading)
        for term in sorted(heading | rest)
    )


@transaction.atomic
def take_starters(chosen: list[Starter], *, by: Clinician, now: datetime) -> int:
    """Pieces of our own into this clinician's library, ready to share; one that is there already stays as it is."""
    have = set(Piece.unscoped.filter(clinician=by).exclude(starter="").values_list("starter", flat=True))
    missing = [one for one in chosen if one.id not in have]
    for one in missing:
        facts = tuple((fact.source, fact.read_on.isoformat()) for fact in one.facts)
        words = Words(one.title, one.text, one.link, one.fields, one.language, facts)
        places = Places(one.cues, one.topics, one.for_now)
        piece = write_piece(
            words, kind=one.kind, by=by, now=now, piece_id=uuid4(), places=places, starter=one.id
        )
        make_ready(piece, by=by, now=now)
    return len(missing)


@transaction.atomic
def make_ready(piece: Piece, *, by: Clinician, now: datetime) -> None:
    """No draft any more: it can be shared."""
    if Piece.unscoped.filter(pk=piece.pk, ready_at=None).update(ready_at=now):
        record("piece.ready", by=by, on=piece, practice_id=by.practice_id, at=now)


@transaction.atomic
def give_to_all(piece: Piece, *, by: Clinician, now: datetime) -> None:
    """All clients of this clinician have it, from the next open moment on. Rule: R-220."""
    mine = Piece.unscoped.filter(pk=piece.pk, for_all_at=None, ready_at__isnull=False, put_away_at=None)
    if mine.update(for_all_at=shows_at(by, now)):
        record("piece.for_all", by=by, on=piece, practice_id=by.practice_id, at=now)


@transaction.atomic
def keep_for_chosen(piece: Piece, *, by: Clinician, now: datetime) -> None:
    """Only those with whom it was shared have it, from now on."""
    if Piece.unscoped.filter(pk=piece.pk, for_all_at__isnull=False).update(for_all_at=None):
        record("piece.for_chosen", by=by, on=piece, practice_id=by.practice_id, at=now)


@transaction.atomic
def put_away(piece: Piece, *, by: Clinician, now: datetime) -> None:
    """Out of the library; with whom it was shared keeps it until it is taken back there."""
    if Piece.unscoped.filter(pk=piece.pk, put_away_at=None).update(put_away_at=now, for_all_at=None):
        record("piece.put_away", by=by, on=piece, practice_id=by.practice_id, at=now)


@transaction.atomic
def bring_back(piece: Piece, *, by: Clinician, now: datetime) -> None:
    """Into the library again."""
    if Piece.unscoped.filter(pk=piece.pk, put_away_at__isnull=False).update(put_away_at=None):
        record("piece.brought_back", by=by, on=piece, practice_id=by.practice_id, at=now)


def shows_at(clinician: Clinician, now: datetime) -> datetime:
    """What a clinician gives at night turns up at the next open moment, as their answers do. Rule: R-220."""
    window = window_of(clinician, now)
    if window.policy.replies_leave == "at_once":
        return now
    try:
        return window.calendar.next_open(now)
    except BadHours:
        return now


@dataclass(frozen=True, slots=True)
class Given:
    """How a piece is shared: for whom of the care (None: all who write), for which day, with which line."""

    participant: Participant | None = None
    due_on: date | None = None
    line: str = ""


FOR_ALL_OF_IT = Given()


@transaction.atomic
def share(
    piece: Piece,
    *,
    client: Client,
    by: Clinician,
    now: datetime,
    share_id: UUID,
    given: Given = FOR_ALL_OF_IT,
) -> Share | None:
    """Share the newest version; a share of the same piece with the same people is replaced by this one.

    Returns:
        The share; None for a draft, for what was put away, and for somebody who is not of this care.
    """
    Client.unscoped.select_for_update(no_key=True).get(pk=client.pk)
    known = Share.unscoped.filter(pk=share_id).first()
    if known is not None and (known.client_id, known.piece_id) == (client.pk, piece.pk):
        return known
    if not _may_be_shared(piece, client, given, by):
        return None
    row = Share(id=uuid4() if known else share_id, practice_id=client.practice_id, piece=piece, client=client)
    row.version, row.clinician, row.participant = newest(piece), by, given.participant
    row.due_on, row.given_at, row.shared_at = given.due_on, now, shows_at(by, now)
    if given.line.strip():
        row.sealed = Sealer(client.practice_id).seal(client.pk, row.place, given.line)
    before = Share.unscoped.filter(piece=piece, client=client, participant=given.participant)
    before.filter(taken_back_at=None).update(taken_back_at=now)
    row.save(force_insert=True)
    record("piece.shared", by=by, on=row, practice_id=client.practice_id, at=now, dated=bool(given.due_on))
    return row


def _may_be_shared(piece: Piece, client: Client, given: Given, by: Clinician) -> bool:
    if piece.clinician_id != by.pk or client.clinician_id != by.pk or piece.state not in ("mine", "for_all"):
        return False
    person = given.participant
    return person is None or (person.client_id == client.pk and person.reads_messages)


@transaction.atomic
def take_back(row: Share, *, by: Clinician, now: datetime) -> None:
    """The client no longer has it; what they wrote into it stays in the record."""
    if Share.unscoped.filter(pk=row.pk, taken_back_at=None).update(taken_back_at=now):
        record("piece.taken_back", by=by, on=row, practice_id=row.practice_id, at=now)


@transaction.atomic
def fill_in(
    answers: list[str],
    *,
    version: PieceVersion,
    by: Participant,
    now: datetime,
    finish: bool,
    filled_id: UUID | None = None,
) -> Filled:
    """Keep what was written: a draft of its writer's own, or finished and then a part of the record. Rule: R-222.

    What was finished stays as it is: the same *filled_id* with the same answers is one, other answers are another.
    """
    Participant.unscoped.select_for_update(no_key=True).get(pk=by.pk)
    mine = Filled.unscoped.filter(version=version, participant=by)
    key = filled_id or uuid4()
    row = mine.filter(finished_at=None).first() or mine.filter(pk=key).first()
    if row is not None:
        row.participant = by
        if bool(row.finished_at) == finish and row.answers(Sealer(by.practice_id)) == answers:
            return row
    if row is None or row.finished_at:
        taken = Filled.unscoped.filter(pk=key).exists()
        row = Filled(
            id=uuid4() if taken else key, practice_id=by.practice_id, version=version, participant=by
        )
    row.sealed = Sealer(by.practice_id).seal(by.client_id, row.place, json.dumps(answers, ensure_ascii=False))
    row.saved_at, row.finished_at = now, now if finish else None
    row.save()
    if finish:
        record("page.finished", by=by, on=row, practice_id=by.practice_id, at=now)
    return row


@transaction.atomic
def throw_draft_away(version: PieceVersion, *, by: Participant) -> None:
    """What was begun and not finished is gone."""
    Filled.unscoped.filter(version=version, participant=by, finished_at=None).delete()


@transaction.atomic
def say_it_helped(piece: Piece, *, by: Participant, now: datetime, instead: bool = False) -> Helped:
    """Count that it helped, once a day; and if no message was needed. Rule: R-226."""
    row, _ = Helped.unscoped.get_or_create(
        piece=piece, participant=by, on=by.date_at(now), defaults={"practice_id": by.practice_id}
    )
    if instead and not row.instead:
        Helped.unscoped.filter(pk=row.pk).update(instead=True)
        row.instead = True
    return row
