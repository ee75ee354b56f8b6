"""Who a session belongs to, with the places where they work."""

from __future__ import annotations

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db import models

from interlude.accounts.models import User
from interlude.practice.prepared import Prepared

_PERSON: Prepared[User] = Prepared(
    lambda pk: User.objects.select_related("clinician__practice", "office_member__practice").filter(pk=pk),
    pk=models.UUIDField(),
)


class WithPlaces(AuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Signs in as allauth does. Reads somebody and where they work in one statement, anew at each request."""

    def get_user(self, user_id: UUID) -> User | None:
        for user in _PERSON(pk=user_id):
            return user if self.user_can_authenticate(user) else None
        return None
