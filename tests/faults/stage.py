"""Run as a program beside a real server: `set up` a practice in a file database, or `count` what it holds.

Prints JSON. The environment names the database, as for any command.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  after set-up
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from interlude.accounts.models import User  # noqa: E402
from interlude.audit.record import heads, verify  # noqa: E402
from interlude.messaging.answering import UNDO, reply_to  # noqa: E402
from interlude.messaging.models import Message  # noqa: E402
from interlude.outbox.models import Notice  # noqa: E402
from interlude.sealing.vault import Sealer  # noqa: E402
from tests.cast import build_cast  # noqa: E402


def set_up() -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    cast = build_cast()
    writers = [cast.noor, cast.kai, cast.mira, cast.tove, cast.imre, cast.dov]
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "sessions": [signed_in(writer.user) for writer in writers],
    }


def signed_in(user: User | None, *, demo: bool = False) -> str:
    """The key of a session; with *demo*, one that was opened by the demo's one click."""
    assert user is not None
    session = SessionStore()
    session["demo"] = demo
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def answer_all() -> dict[str, Any]:
    """Every message gets a reply that is due now, so that the worker has notices to deliver."""
    now = datetime.now(UTC) - 2 * UNDO  # noqa: TID251  a program of its own, beside a real clock
    made = 0
    for message in Message.unscoped.select_related("clinician"):
        Message.unscoped.filter(pk=message.pk).update(handed_at=message.sent_at)
        message.refresh_from_db()
        reply_to(message, "Thank you.", by=message.clinician, now=now, reply_id=message.pk, at_once=True)
        made += 1
    return {"answered": made}


def count() -> dict[str, Any]:
    rows = Message.unscoped.select_related("client")
    stored = {str(row.pk): row.text(Sealer(row.practice_id)) for row in rows}
    whole = all(verify(head.practice_id)[1] is None for head in heads())
    notices = Notice.objects.all()
    return {
        "stored": stored,
        "whole": whole,
        "notices": notices.count(),
        "unsent": notices.filter(sent_at=None).count(),
        "events": sum(head.number for head in heads()),
    }


if __name__ == "__main__":
    print(json.dumps({"set-up": set_up, "answer": answer_all, "count": count}[sys.argv[1]]()))
