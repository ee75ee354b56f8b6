"""A set of rules as a client would read it: the client's own page, shown to the clinician who offers it."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from interlude.agreements.readers import readers_for, readers_of_anybody
from interlude.agreements.today import Today, today
from interlude.core.layers import Resolved
from interlude.core.readers import Readers
from interlude.practice.models import Client, Clinician, Participant
from interlude.practice.spanish import spoken_to
from interlude.ui.languages import heard


def words_for(client: Client, rules: Resolved, *, clinician: Clinician, now: datetime) -> SafeString:
    """The client's own words for *rules*, in the client's own zone, from the client's own template.

    The one place where a page of one room is shown in another: towards the clinician, and never back.
    """
    everybody = list(client.participants.all())
    reader = next((one for one in everybody if one.reads_messages), None) or Participant(
        client=client, name=client.name, zone=clinician.zone
    )
    others = [one for one in everybody if one is not reader]
    lived = today(rules, clinician=clinician, now=now)
    readers = readers_for(reader, rules.policy, agreement=None, now=now)
    return _words(lived, reader, others=others, readers=readers, clinician=clinician, now=now)


def words_for_anybody(lived: Today, *, clinician: Clinician, now: datetime) -> SafeString:
    """The same before there is a client: the words that anybody would read who sees this clinician alone."""
    reader = Participant(name="", zone=clinician.zone)
    readers = readers_of_anybody(clinician, lived.facts.policy, now=now)
    return _words(lived, reader, others=[], readers=readers, clinician=clinician, now=now)


def _words(
    lived: Today,
    reader: Participant,
    *,
    others: list[Participant],
    readers: Readers,
    clinician: Clinician,
    now: datetime,
) -> SafeString:
    context = {
        "now": now,
        "me": reader,
        "therapist": clinician,
        "practice": clinician.practice,
        "readers": readers,
        "others": others,
        "today": lived,
        "dates": "would",
    }
    reader.practice = clinician.practice  # read once
    with timezone.override(reader.time_zone()), translation.override(spoken_to(reader, heard())):
        return render_to_string("client/agreements/_rules.html", context)
