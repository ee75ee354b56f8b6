"""What somebody sent, as one text to keep: read a part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from interlude.messaging.models import Message, MessageQuerySet
from interlude.messaging.purposes import purpose_of
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.customs import written

AT_ONCE = 200


def sent_as_text(participant: Participant, *, now: datetime) -> Iterator[str]:
    """One's own messages, oldest first; what was taken back is not among them."""
    rows = Message.objects.visible_to(participant, at=now).filter(participant=participant, taken_back_at=None)
    heard = get_language() or "en"
    return _told(rows.order_by("sent_at", "id"), participant, language=heard)


def _told(rows: MessageQuerySet, participant: Participant, *, language: str) -> Iterator[str]:
    sealer, zone = Sealer(participant.practice_id), participant.time_zone()
    with override(language):
        yield gettext("What I sent") + "\n"
    for message in rows.iterator(chunk_size=AT_ONCE):
        with override(language), timezone.override(zone):
            day = written(timezone.localtime(message.sent_at), "l j F Y, H:i")
            no_answer = message.outcome == Message.Outcome.NO_ANSWER
            about = str(purpose_of(message.topic, no_answer=no_answer).name)
        yield f"\n\n{day}\n{about}\n\n{message.text(sealer).strip()}\n"
