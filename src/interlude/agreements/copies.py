"""The copy of an accepted version: its words, and the record of the yes, as a PDF."""

from __future__ import annotations

from django.utils import timezone, translation
from django.utils.translation import gettext

from interlude.agreements.models import Acceptance
from interlude.sealing.vault import Sealer
from interlude.ui.customs import written
from interlude.ui.paper import NotPrinted, print_sheet

DAY, MOMENT = "j F Y", "j F Y, G:i"


def copy_of(acceptance: Acceptance) -> bytes | NotPrinted:
    """In the language in which the words were shown, and in the zone of whoever said yes."""
    agreement, who = acceptance.agreement, acceptance.participant
    with translation.override(acceptance.language), timezone.override(who.time_zone()):
        offered, at = timezone.localtime(agreement.published_at), timezone.localtime(acceptance.at)
        said = acceptance.name_typed
        facts = [
            (gettext("Version"), str(agreement.number)),
            (gettext("Offered on"), written(offered, DAY)),
            (gettext("Accepted on"), f"{written(at, MOMENT)} ({who.zone.replace('_', ' ')})"),
            (gettext("By"), who.name),
            (gettext("Name typed"), said) if said else (gettext("How"), gettext("by their own wish")),
            (gettext("Language"), _named(acceptance.language)),
            (gettext("Fingerprint of these words (SHA-256)"), acceptance.sha256),
        ]
        return print_sheet(
            acceptance.parts(Sealer(acceptance.practice_id)),
            title=gettext("Our agreement, version %(number)s") % {"number": agreement.number},
            facts=tuple(facts),
            language=acceptance.language.partition("-")[0] or "en",
            on=at.date(),
        )


def _named(language: str) -> str:
    """A language by its own name: `English`, `हिन्दी`."""
    try:
        return str(translation.get_language_info(language)["name_local"]).capitalize()
    except KeyError:
        return language
