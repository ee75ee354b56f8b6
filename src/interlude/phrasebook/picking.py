"""What a reply can begin from: templates that fit a message and a client, filled with what is known of them.

Nothing is sent from here. A template opens in the editor, and the clinician's own words come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.utils import dateformat, timezone, translation

from interlude.agreements.course import course_of
from interlude.agreements.templatetags.rules import promise_words
from interlude.agreements.wording import promise_facts
from interlude.appointments.actions import next_session
from interlude.boundaries.windows import window_of
from interlude.core.packs.phrases import Language, language
from interlude.core.wording import filled as fill
from interlude.core.wording import inserted
from interlude.crisis.context import ways_for
from interlude.phrasebook.actions import note_uses
from interlude.phrasebook.models import Variant, VariantVersion
from interlude.phrasebook.shelf import Template, by_situation, shelf_of
from interlude.practice.models import Client, Clinician, Participant
from interlude.sealing.vault import Sealer
from interlude.ui.forms import id_or_none

SUGGESTED = 4
MOST = 20
CLOCK = "H:i"
TAKE, OTHER, TAKEN = "take", "other", "phrase"  # names of the partial's fields


@dataclass(frozen=True, slots=True)
class Picker:
    """What the partial `clinician/phrasebook/_picker.html` shows.

    Args:
        suggested: the few that fit best; *groups* holds all of them by situation.
        taken: `id:version` of those that were opened in the box so far.
        nothing_chosen: the button was pressed and no template that can be used was named.
    """

    suggested: Sequence[Template]
    groups: Sequence[tuple[str, str, list[Template]]]
    language: str
    taken: Sequence[str]
    nothing_chosen: bool

    @property
    def language_name(self) -> str:
        return language(self.language).name


def picker_for(clinician: Clinician, client: Client, topic: str, *, posted: QueryDict) -> Picker:
    """The choices beside one message, and what was opened so far. Four questions to the database."""
    found = for_message(clinician, client, topic)
    fitting = [one for one in found if topic in one.topics] or found
    wanted = _wanted(posted)
    opened = next((one for one in found if one.id == wanted), None)
    taken = [f"{id}:{version}" for id, version in _taken(posted)]
    if opened is not None:
        taken.append(f"{opened.id}:{opened.version}")
    return Picker(
        suggested=fitting[:SUGGESTED],
        groups=by_situation(found),
        language=found[0].language if found else "en",
        taken=list(dict.fromkeys(taken)),
        nothing_chosen=TAKE in posted and opened is None,
    )


def opened_in(
    box: str, *, clinician: Clinician, client: Client, to: Participant, posted: QueryDict, now: datetime
) -> str:
    """The box with the template that *posted* names at the cursor; a greeting first, where the box was empty.

    A template that is not there any more leaves the box as it is.
    """
    one = template_for(clinician, client, _wanted(posted))
    if one is None:
        return box
    spoken = language(one.language)
    values = values_for(client, now, spoken=spoken, to=to, by=clinician)
    text = fill(one.words.text, values, spoken.fallbacks)
    if box.strip() or "{greeting" in one.words.text:
        return inserted(box, text, _cursor(posted))
    return fill(f"{{greeting}}\n\n{text}", values, spoken.fallbacks)


def note_sent(
    words: str, *, posted: QueryDict, reply: UUID, client: Client, clinician: Clinician, now: datetime
) -> None:
    """Keep which templates were opened in an answer that was sent with words. Rule: R-237."""
    taken = _taken(posted) if words.strip() else []
    if taken:
        known = shelf_of(clinician).all
        used = [(id, version) for id, version in taken if id in known]
        note_uses(used, reply=reply, client=client, by=clinician, now=now)


def for_message(clinician: Clinician, client: Client, topic: str) -> list[Template]:
    """Every template that can be used with this client, those that fit the topic first.

    In the client's language, where there is one that can be used; in English otherwise. A variant for the client
    stands in the place of its template. The words of a variant are opened when it is taken (`filled`).
    """
    spoken = language_of(client)
    usable = shelf_of(clinician).usable()
    theirs = [one for one in usable if one.language == spoken]
    chosen = theirs or [one for one in usable if one.language == "en"]
    standing = Variant.objects.visible_to(clinician).filter(client=client, ended_at=None)
    fitted = set(standing.values_list("of", flat=True))
    chosen = [replace(one, source="variant") if one.id in fitted else one for one in chosen]
    rank = {"variant": 0, "own": 1, "practice": 2, "shipped": 3}
    return sorted(chosen, key=lambda one: (topic not in one.topics, rank[one.source]))


def language_of(client: Client) -> str:
    """The language of the newest agreement: what was read and accepted in."""
    code = client.agreements.values_list("language", flat=True).first() or "en"
    return language(code).code


def template_for(clinician: Clinician, client: Client, id: UUID | None) -> Template | None:
    """One template that can be used, in the words that fit this client; None for any other id."""
    one = shelf_of(clinician).get(id)
    if one is None or not one.can_be_used:
        return None
    variants = Variant.objects.visible_to(clinician).filter(client=client, ended_at=None)
    rows = VariantVersion.objects.filter(variant__in=variants, variant__of=one.id).select_related("variant")
    last = rows.first()
    if last is None:
        return one
    words = last.words(Sealer(client.practice_id))
    return replace(one, words=words, source="variant")


def filled(template: Template, client: Client, now: datetime, *, to: Participant | None = None) -> str:
    """The words of *template* with what is known of this client, for the editor. Rule: R-231."""
    spoken = language(template.language)
    return fill(template.words.text, values_for(client, now, spoken=spoken, to=to), spoken.fallbacks)


def values_for(
    client: Client,
    now: datetime,
    *,
    spoken: Language,
    to: Participant | None = None,
    by: Clinician | None = None,
) -> dict[str, str]:
    """What the variables stand for, as far as it is known; dates in the reader's own zone.

    *by*: who writes, where that is not the client's own clinician but somebody who stands in.
    """
    writer = by or client.clinician
    reader = to or client.participants.writers().first()
    zone = reader.time_zone() if reader else client.clinician.time_zone()
    session, window = next_session(client, now), window_of(writer, now)
    with timezone.override(zone), translation.override(spoken.dates):
        return {
            "greeting": spoken.greeting.format(name=reader.first_name) if reader else "",
            "name": reader.first_name if reader else "",
            "therapist": writer.name,
            "next_window": _moment(window.next_at, spoken),
            "next_session": _moment(session.starts_at if session else None, spoken),
            "agreement": _agreement(client, now, spoken),
            "help_now": _help(reader, spoken),
        }


def _moment(value: datetime | None, spoken: Language) -> str:
    if value is None:
        return ""
    here = timezone.localtime(value)
    return spoken.moment.format(
        date=dateformat.format(here, spoken.days), clock=dateformat.format(here, CLOCK)
    )


def _agreement(client: Client, now: datetime, spoken: Language) -> str:
    """How answers come, in the words of the agreement that holds."""
    holds = course_of(client, now).in_force if spoken.promise else None
    if holds is None:
        return ""
    promise = promise_facts(holds.rules(client.clinician.date_at(now)).policy.promise)
    return "" if promise.kind == "session_only" else spoken.promise.format(promise=promise_words(promise))


def _help(reader: Participant | None, spoken: Language) -> str:
    """Help now by name, with the lines that a person of the practice has checked for where the reader is."""
    lines = [f"{line.name}, {line.phone}" for line in ways_for(reader) if line.phone]
    return spoken.help.format(lines="; ".join(lines)) if lines else ""


def _wanted(posted: QueryDict) -> UUID | None:
    """The template whose button was pressed, or the one that was chosen beside it."""
    value = posted.get(TAKE, "")
    return id_or_none(posted.get(OTHER) if value == OTHER else value)


def _taken(posted: QueryDict) -> list[tuple[UUID, int]]:
    """Ids and versions, `id:version`; what cannot be read is left out."""
    found = []
    for value in posted.getlist(TAKEN)[:MOST]:
        id, _, number = value.partition(":")
        try:
            found.append((UUID(id), min(max(int(number), 1), 100_000)))
        except ValueError:
            continue
    return found


def _cursor(posted: QueryDict) -> int | None:
    """Where the cursor stood, as the page measured it; None without a script."""
    value = posted.get("cursor", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else None
