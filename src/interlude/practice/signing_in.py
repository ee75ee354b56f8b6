"""Who a session belongs to, with the places where they work."""

from __future__ import annotations

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from interlude.accounts.models import User


class WithPlaces(AuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Signs in as allauth does. Reads somebody and where they work in one statement, anew at each request."""

    def get_user(self, user_id: UUID) -> User | None:
        user = User.objects.select_related("clinician", "office_member").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
