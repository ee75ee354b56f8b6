from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from interlude.boundaries.actions import publish_rules
from interlude.core.errors import InterludeError
from interlude.practice.models import Clinician, Practice


class Command(BaseCommand):
    help = (
        "Publish the rules of a practice, or of one clinician, from a TOML file: hours, check times, promise."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a layer as docs/reference/core.md describes it")
        parser.add_argument(
            "--practice", required=True, help="its short name, as `interlude practice list` shows"
        )
        parser.add_argument(
            "--clinician", default="", help="the clinician's e-mail address; without it, all share"
        )
        parser.add_argument(
            "--since", default="", help="the first day they hold, as 2026-03-02; today without it"
        )

    def handle(self, *, file: str, practice: str, clinician: str, since: str, **options: Any) -> None:
        house = _practice(practice)
        person = _clinician(house, clinician) if clinician else None
        now = timezone.now()
        try:
            text = Path(file).read_text(encoding="utf-8")
            day = date.fromisoformat(since) if since else now.date()
            layer = publish_rules(text, practice=house, clinician=person, by=None, since=day, now=now)
        except OSError as error:
            raise CommandError(
                f"{file} cannot be read ({error.strerror}); name a file that is there"
            ) from None
        except (InterludeError, ValueError) as error:
            raise CommandError(f"nothing was published: {error}") from None
        self.stdout.write(
            f"Published: {layer.kind} rules, version {layer.number}, from {day}. Agreements that clients have "
            "accepted stay as they are; offer a new version where it should hold."
        )


def _practice(slug: str) -> Practice:
    practice = Practice.objects.filter(slug=slug).first()
    if practice is None:
        raise CommandError(f"there is no practice {slug!r}; `interlude practice list` shows all")
    return practice


def _clinician(practice: Practice, email: str) -> Clinician:
    found = Clinician.unscoped.filter(practice=practice, user__email=email.lower(), left_at=None).first()
    if found is None:
        raise CommandError(f"nobody at {practice.slug} signs in as {email!r}; see People in the office")
    return found
