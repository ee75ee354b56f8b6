"""What an agreement says about cancelling, in the mails that tell of a session. Rule: R-280."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from interlude.agreements.actions import in_force_for
from interlude.appointments.telling import BOOKED, REMINDER, SESSIONS, about
from interlude.outbox.models import Notice


def words_for(notice: Notice) -> dict[str, Any]:
    """For mails about sessions: how many hours before it costs nothing, and where to cancel; else nothing.

    No price, no time and no name: what is said there, somebody else may read.
    """
    if notice.kind not in (BOOKED, REMINDER):
        return {}
    told, rule, is_late = about(notice), None, False
    if told is not None:
        agreement = in_force_for(told.client, notice.send_at)
        on = told.client.clinician.date_at(notice.send_at)
        rule = agreement.rules(on).policy.late_cancel if agreement else None
    session = told.session if told else None
    if rule and session:
        is_late = notice.send_at >= session.starts_at - timedelta(hours=rule.hours)
    cancel = reverse("client:session-cancel", args=[session.pk]) if session else reverse(SESSIONS)
    return {"hours": rule.hours if rule else 0, "is_late": is_late, "cancel": settings.BASE_URL + cancel}
