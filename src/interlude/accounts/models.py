"""People who sign in. Who they are in a practice is told by `interlude.practice`."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac


class UserManager(BaseUserManager["User"]):
    """Makes people; an address is one person, whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody with a way to sign in. Rights are read anew at each request, never kept here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True, max_length=254)
    language = models.CharField(max_length=12, default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(null=True)
    epoch = models.PositiveIntegerField(default=0)  # one more with each change of a second factor

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry: another password or another second factor ends it (security S6)."""
        value = f"{self.password}|{self.epoch}"
        return salted_hmac("interlude.accounts", value, secret=secret, algorithm="sha256").hexdigest()

    def __str__(self) -> str:
        return f"person {self.pk}"  # never the address: it tells that somebody is a client
