"""What stands on the library's pages: pieces with their titles, found by words, with what helped. Rule: R-223."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Value

from interlude.core.matching import FITTING, matching
from interlude.core.search_terms import terms_of
from interlude.library.models import Filled, Helped, Piece, PieceQuerySet, PieceVersion, Share, title_of
from interlude.practice.models import Client, Participant
from interlude.sealing.vault import Sealer

MOST_WORDS = 12  # of one search


@dataclass(frozen=True, slots=True)
class Thing:
    """A piece as a client has it: the version that was shared, or the newest of one that is for everyone."""

    piece: Piece
    version: PieceVersion
    share: Share | None

    @property
    def due_on(self) -> date | None:
        return self.share.due_on if self.share else None


def found_by(words: str, rows: PieceQuerySet) -> list[Piece]:
    """Those of *rows* in which every word begins some word, the ones with it in their title first.

    One query; the order is made here, because two databases sort letters in two ways.
    """
    terms = list(dict.fromkeys(terms_of(words)))[:MOST_WORDS]
    in_title = Count("terms", filter=Q(terms__in_title=True) & _begins(terms)) if terms else Value(0)
    found = rows.with_newest().with_terms(terms).annotate(hits=in_title)
    return sorted(found, key=lambda one: (-one.hits, terms_of(title_of(one)), str(one.pk)))  # type: ignore[attr-defined]


def _begins(terms: list[str]) -> Q:
    found = Q()
    for term in terms:
        found |= Q(terms__term__startswith=term)
    return found


def things_of(
    participant: Participant, now: datetime, *, words: str = "", only: UUID | None = None
) -> list[Thing]:
    """All that this person has now; what has a day first, then the newest. Three queries. Rule: R-220."""
    rows = Piece.objects.visible_to(participant, at=now)
    rows = rows.filter(pk=only) if only else rows
    pieces = found_by(words, rows) if terms_of(words) else list(rows)
    shares = _newest_shares(participant, now, pieces)
    found = [_thing(piece, shares.get(piece.pk)) for piece in _with_versions(pieces, now)]
    if terms_of(words):
        return found
    return sorted(found, key=lambda one: (one.due_on or date.max, _since(one), one.version.title))


def _since(thing: Thing) -> float:
    at = thing.share.shared_at if thing.share else thing.piece.for_all_at
    return -at.timestamp() if at else 0.0


def _newest_shares(participant: Participant, now: datetime, pieces: Iterable[Piece]) -> dict[UUID, Share]:
    rows = Share.objects.visible_to(participant).here(now).filter(piece__in=[one.pk for one in pieces])
    found: dict[UUID, Share] = {}
    for row in rows.select_related("version").order_by("shared_at").defer("version__sealed"):
        found[row.piece_id] = row
    return found


def _with_versions(pieces: list[Piece], now: datetime) -> list[Piece]:
    """With the newest version of each that clients have by the clock, without its file."""
    here = PieceVersion.unscoped.filter(shows_at__lte=now)
    later = here.filter(piece=OuterRef("piece"), number__gt=OuterRef("number"))
    rows = here.filter(~Exists(later), piece__in=[one.pk for one in pieces]).defer("sealed")
    newest = {row.piece_id: row for row in rows}
    for piece in pieces:
        piece.newest = newest[piece.pk]  # type: ignore[attr-defined]  # read by _thing
    return pieces


def _thing(piece: Piece, share: Share | None) -> Thing:
    return Thing(piece, share.version if share else piece.newest, share)  # type: ignore[attr-defined]


def offered_to(participant: Participant, *, topic: str, words: str, now: datetime) -> list[Thing]:
    """Up to three things of this person's own that fit to what they write; nothing of it is kept. R-224, R-225."""
    if topic not in FITTING or not participant.reads_messages:
        return []
    things = things_of(participant, now)
    offers = [
        (number, one.piece.offer(title=one.version.title, is_shared=one.share is not None))
        for number, one in enumerate(things)
    ]
    return [things[number] for number in matching(topic, words, offers)]


def for_home(participant: Participant, now: datetime) -> list[Thing]:
    """What has a day that is not over, and was not finished: for the first page."""
    today = participant.date_at(now)
    rows = Share.objects.visible_to(participant).here(now).filter(due_on__gte=today)
    rows = rows.select_related("version", "piece").defer("version__sealed").order_by("due_on")
    done = Filled.objects.visible_to(participant).filter(finished_at__isnull=False).values("version")
    return [Thing(row.piece, row.version, row) for row in rows.exclude(version__in=done)[:5]]


@dataclass(frozen=True, slots=True)
class Sum:
    """How often a piece helped, and how often no message was needed then."""

    helped: int = 0
    instead: int = 0


def sums_of(pieces: Iterable[UUID], *, client: Client | None = None) -> dict[UUID, Sum]:
    """By piece, over all clients or one. Rule: R-226."""
    rows = Helped.objects.filter(piece__in=list(pieces))
    if client is not None:
        rows = rows.filter(participant__client=client)
    counted = rows.values("piece").annotate(all=Count("pk"), saved=Count("pk", filter=Q(instead=True)))
    return {row["piece"]: Sum(row["all"], row["saved"]) for row in counted.order_by()}


def answered(filled: Filled, sealer: Sealer) -> list[tuple[str, str]]:
    """What was asked and what was written; needs `version` and `participant`."""
    return list(zip(filled.version.fields, filled.answers(sealer), strict=False))


def finished_by(participant: Participant) -> list[tuple[Filled, list[tuple[str, str]]]]:
    """The pages that somebody finished, oldest first, opened. One query and their key."""
    sealer = Sealer(participant.practice_id)
    rows = Filled.objects.visible_to(participant).filter(finished_at__isnull=False)
    found = list(rows.select_related("version").defer("version__sealed").order_by("finished_at"))
    for row in found:
        row.participant = participant
    return [(row, answered(row, sealer)) for row in found]
