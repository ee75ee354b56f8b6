"""The language somebody reads: theirs, wherever they have a place, and never the practice's."""

from __future__ import annotations

from interlude.accounts.models import User
from interlude.ui.languages import spoken


def say_language(user: User, language: str) -> None:
    """Pages and mails speak *language* to *user* from now on. Rule: R-310."""
    User.objects.filter(pk=user.pk).update(language=spoken(language))
