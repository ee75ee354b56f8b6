"""What a practice lets others see, chosen from the neutral sets. Rule: R-164."""

from __future__ import annotations

from django.db import models

from interlude.core.discretion import BANK_LINES, ICONS, NAMES


class Spanish(models.TextChoices):
    """How Spanish speaks to the clients of a practice. Rule: R-319."""

    USTED = "usted", "usted"
    TU = "tu", "tú"


class Neutral(models.Model):
    """Names, picture, titles, subjects and bank line, where the quick way out leads, how Spanish speaks to clients."""

    second_language = models.CharField(max_length=8, blank=True)  # of the help page, beside the first
    spanish = models.CharField(max_length=5, choices=Spanish.choices, default=Spanish.USTED)
    shown_name = models.CharField(max_length=40, default=NAMES[0])
    icon = models.CharField(max_length=12, default=ICONS[0])
    subject = models.CharField(max_length=12, default="something")
    bank_line = models.CharField(max_length=40, default=BANK_LINES[0])
    exit_to = models.CharField(max_length=16, default="plain")
    plain_titles = models.BooleanField(default=False)

    class Meta:
        abstract = True
