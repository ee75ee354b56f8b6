"""A set of rules as a client would read it: the client's own page, shown to the clinician who offers it."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from interlude.agreements.readers import readers_for
from interlude.agreements.today import today
from interlude.core.layers import Resolved
from interlude.practice.models import Client, Clinician, Participant


def words_for(client: Client, rules: Resolved, *, clinician: Clinician, now: datetime) -> SafeString:
    """The client's own words for *rules*, in the client's own zone, from the client's own template.

    The one place where a page of one room is shown in another: towards the clinician, and never back.
    """
    everybody = list(client.participants.all())
    reader = next((one for one in everybody if one.reads_messages), None) or Participant(
        client=client, name=client.name, zone=clinician.zone
    )
    context = {
        "now": now,
        "me": reader,
        "therapist": clinician,
        "practice": clinician.practice,
        "readers": readers_for(reader, rules.policy, agreement=None, now=now),
        "today": today(rules, clinician=clinician, now=now),
        "dates": "would",
    }
    with timezone.override(reader.time_zone()):
        return render_to_string("client/agreements/_rules.html", context)
