"""A draft for a missed date, in the language of who reads it: it owns the delay and gives a new date."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone, translation

from interlude.messaging.opened import Opened
from interlude.practice.spanish import spoken_to


def repair_words(opened: Opened) -> str:
    """The draft, dates in the client's own zone. The clinician changes it as they like before it leaves."""
    message = opened.message
    context = {"opened": opened, "message": message}
    reader = message.participant
    language = spoken_to(reader, reader.user.language) if reader.user else message.agreement.language
    with translation.override(language), timezone.override(reader.time_zone()):
        return render_to_string("clinician/messaging/repair.txt", context).strip()
