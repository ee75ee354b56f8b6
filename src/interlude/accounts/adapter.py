"""How sign-in behaves here: no open sign-up, nothing told by mail, secrets of second factors sealed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from interlude.accounts.models import User
from interlude.accounts.sessions import end_other_sessions
from interlude.outbox.this_device import forget_this_device
from interlude.sealing.vault import open_for_installation, seal_for_installation


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """People come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def logout(self, request: HttpRequest) -> None:
        """Signing out ends the notices to this browser too."""
        forget_this_device(request)
        super().logout(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: what allauth would write names the account, and a mailbox may be watched (security 30)."""

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Called after each change of a password or second factor. No mail goes out; other sessions end."""
        end_other_sessions(user, context.request)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets and recovery seeds are sealed; allauth keeps them in clear by default."""

    def encrypt(self, text: str) -> str:
        return seal_for_installation("accounts.second_factor", text)

    def decrypt(self, encrypted_text: str) -> str:
        return open_for_installation("accounts.second_factor", encrypted_text)
