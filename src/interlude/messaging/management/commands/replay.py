from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from interlude.core.errors import BadPolicy
from interlude.core.layers import Layer
from interlude.core.packs.load import preset, preset_ids
from interlude.core.replay_words import plain, told
from interlude.core.toml_text import LONGEST_FILE, load_layer
from interlude.messaging.trying import try_rules
from interlude.practice.models import Clinician, Practice
from interlude.practice.scope import in_practice

SIX_MONTHS = timedelta(days=182)


class Command(BaseCommand):
    help = "What would have differed had a clinician's past messages met other rules. Reads no words."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--policy",
            action="append",
            required=True,
            metavar="RULES",
            help="a file of rules or a starting point; each stands in the place of the layer of its kind",
        )
        parser.add_argument("--practice", default="", help="its short name; not needed where there is one")
        parser.add_argument(
            "--clinician", default="", help="their e-mail address; not needed where there is one"
        )
        parser.add_argument(
            "--since", default="", metavar="DATE", help="the first day; six months ago without it"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object in place of sentences")

    def handle(self, *, policy: list[str], practice: str, clinician: str, since: str, **options: Any) -> None:
        now, house = timezone.now(), _practice(practice)
        person = _clinician(house, clinician)
        day = _day(since) if since else person.date_at(now) - SIX_MONTHS
        try:
            with in_practice(house.pk):
                tried = [_layer(source) for source in policy]
                found = try_rules(tried, clinician=person, since=day, now=now)
        except BadPolicy as wrong:
            raise CommandError(f"nothing was tried: {wrong}") from None
        self.stdout.write(json.dumps(plain(found)) if options["json"] else "\n".join(told(found)))


def _practice(slug: str) -> Practice:
    known = list(Practice.objects.filter(slug=slug) if slug else Practice.objects.order_by("slug")[:20])
    if len(known) == 1:
        return known[0]
    if slug:
        raise CommandError(f"there is no practice {slug!r}; `interlude practice list` shows all")
    names = ", ".join(one.slug for one in known)
    raise CommandError(
        f"say which practice: --practice one of {names}" if known else "there is no practice yet"
    )


def _clinician(practice: Practice, email: str) -> Clinician:
    here = Clinician.unscoped.filter(practice=practice, left_at=None).select_related("practice", "user")
    known = list(here.filter(user__email=email.lower()) if email else here[:20])
    if len(known) == 1:
        return known[0]
    if email:
        raise CommandError(f"nobody at {practice.slug} signs in as {email!r}; see People in the office")
    addresses = ", ".join(one.user.email for one in known if one.user)
    raise CommandError(
        f"say whose messages: --clinician one of {addresses or 'nobody: no clinician is here yet'}"
    )


def _layer(source: str) -> Layer:
    if source in preset_ids():
        return preset(source).layer
    try:
        with Path(source).open("rb") as file:
            text = file.read(4 * LONGEST_FILE + 4).decode("utf-8")
    except UnicodeDecodeError:
        raise BadPolicy(source[:60], "file", "not UTF-8", "save it as UTF-8 text") from None
    except (OSError, ValueError):
        remedy = "name a file or a starting point; `interlude policy presets` lists those"
        raise BadPolicy(source[:60], "file", "cannot be read", remedy) from None
    return load_layer(text, file=Path(source).name)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--since {text[:40]!r} is no date; write it like 2026-03-03") from None
