"""Mail without a mail server: one file per mail, named by its id, so that a mail sent twice is one file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class SpoolBackend(BaseEmailBackend):
    """Writes to INTERLUDE_DATA/mail. For the demo, for tests, and until a mail server is named."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.SPOOL)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            name = mail.extra_headers["Message-ID"].strip("<>").split("@")[0]
            _write(folder / f"{name}.eml", mail.message().as_bytes())
        return len(email_messages)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a name appears only when every byte is on the disk."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
