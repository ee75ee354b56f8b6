"""Every template that a clinician can read: shipped, shared in the practice, their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from interlude.core.packs.phrases import Shipped, language, languages, shipped, situations
from interlude.core.wording import Glance, Words, amiss, glance
from interlude.phrasebook.models import PhraseReview, PhraseVersion
from interlude.practice.models import Clinician


@dataclass(frozen=True, slots=True)
class Template:
    """One template as somebody reads it.

    Args:
        source: "shipped", "practice" (shared by a colleague), "own", or "variant" (for one client).
        made_from: the template that it began as.
        review: who said that a shipped draft may be used; None for what is no draft, and for one not reviewed.
        made_by: the clinician who wrote it; None for a shipped one.
    """

    id: UUID
    version: int
    title: str
    situation: str
    language: str
    words: Words
    source: str
    topics: tuple[str, ...] = ()
    use: str = ""
    avoid: str = ""
    is_draft: bool = False
    is_shared: bool = False
    made_from: UUID | None = None
    review: PhraseReview | None = None
    made_by: Clinician | None = None
    written_at: datetime | None = None
    retired_at: datetime | None = None

    @property
    def waits_for_review(self) -> bool:
        """A draft that nobody in the practice has reviewed: for reading, not for sending. Rule: R-233."""
        return self.is_draft and self.review is None

    @property
    def can_be_used(self) -> bool:
        return not self.waits_for_review and self.retired_at is None and not amiss(self.words)

    @property
    def glance(self) -> Glance:
        """How it reads with the words that stand in for its variables."""
        return glance(self.words, language=self.language, fallbacks=language(self.language).fallbacks)

    @property
    def language_name(self) -> str:
        return language(self.language).name

    @property
    def situation_label(self) -> str:
        return situations().get(self.situation, self.situation)


@dataclass(frozen=True, slots=True)
class Shelf:
    """All of them by id, and which ones an own copy stands in for."""

    all: dict[UUID, Template] = field(default_factory=dict)
    replaced: frozenset[UUID] = frozenset()

    def offered(self) -> list[Template]:
        """Those that stand: not retired, not replaced by one's own."""
        return [one for one in self.all.values() if one.retired_at is None and one.id not in self.replaced]

    def usable(self) -> list[Template]:
        return [one for one in self.offered() if one.can_be_used]

    def get(self, id: UUID | None) -> Template | None:
        return self.all.get(id) if id is not None else None


def shelf_of(clinician: Clinician) -> Shelf:
    """Two questions to the database."""
    reviews = PhraseReview.objects.visible_to(clinician).select_related("clinician")
    reviewed = {(one.shipped, one.version): one for one in reviews}
    known = {
        one.id: _from_pack(one, reviewed.get((one.id, one.version))) for one in _in_order(shipped().values())
    }
    versions = PhraseVersion.objects.visible_to(clinician).current()
    rows = [_from_row(one, clinician, known) for one in versions.select_related("phrase__clinician")]
    rows.sort(key=lambda one: (_place(one.situation), one.title.casefold()))
    mine = {one.made_from for one in rows if one.source == "own" and one.retired_at is None and one.made_from}
    return Shelf({one.id: one for one in rows} | known, frozenset(mine))


def by_situation(templates: Iterable[Template]) -> list[tuple[str, str, list[Template]]]:
    """Groups with something in them: id, label, templates, in order."""
    found: dict[str, list[Template]] = {name: [] for name in situations()}
    for one in templates:
        found.setdefault(one.situation, []).append(one)
    return [(name, situations().get(name, name), ones) for name, ones in found.items() if ones]


def spoken() -> list[tuple[str, str]]:
    """Languages to choose from, each named in itself."""
    return [(one.code, one.name) for one in languages().values()]


def _in_order(pack: Iterable[Shipped]) -> list[Shipped]:
    return sorted(pack, key=lambda one: _place(one.situation))


def _place(situation: str) -> int:
    known = list(situations())
    return known.index(situation) if situation in known else len(known)


def _from_pack(one: Shipped, review: PhraseReview | None) -> Template:
    return Template(
        id=one.id,
        version=one.version,
        title=one.title,
        situation=one.situation,
        language=one.language,
        words=one.words,
        source="shipped",
        topics=one.topics,
        use=one.use,
        avoid=one.avoid,
        is_draft=one.is_draft,
        review=review,
    )


def _from_row(version: PhraseVersion, clinician: Clinician, pack: dict[UUID, Template]) -> Template:
    phrase = version.phrase
    start = pack.get(phrase.made_from) if phrase.made_from else None
    row = Template(
        id=phrase.pk,
        version=version.number,
        title=version.title,
        situation=phrase.situation,
        language=phrase.language,
        words=version.words,
        source="own" if phrase.clinician_id == clinician.pk else "practice",
        is_shared=phrase.is_shared,
        made_from=phrase.made_from,
        made_by=phrase.clinician,
        written_at=version.written_at,
        retired_at=phrase.retired_at,
    )
    if start is None:
        return replace(row, topics=_topics_of(phrase.situation))
    return replace(row, topics=start.topics, use=start.use, avoid=start.avoid)


@lru_cache(maxsize=32)
def _topics_of(situation: str) -> tuple[str, ...]:
    """What messages are about to which the shipped ones of that situation fit."""
    fitting = (topic for one in shipped().values() if one.situation == situation for topic in one.topics)
    return tuple(dict.fromkeys(fitting))
