"""Wrapped keys: a client's under the practice's, the practice's under the installation's."""

from __future__ import annotations

from django.db import models


class PracticeKey(models.Model):
    """The key of one practice, wrapped by the installation's."""

    practice_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"key of practice {self.practice_id}"


class ClientKey(models.Model):
    """The key of one client. Deleting this row erases the client's words here; a backup holds it until it is gone."""

    client_id = models.UUIDField(primary_key=True)
    practice_id = models.UUIDField(db_index=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"key of client {self.client_id}"
