from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from interlude.accounts.models import User
from interlude.core.errors import InterludeError
from interlude.practice.actions import forget_factors
from interlude.practice.models import OfficeMember, Practice
from interlude.practice.opening import Opened, Opening, open_with_owner

INVITATION = """
{name} is open.

Give its owner, {owner}, both of these, each by a way of its own:
  link  {base}{path}
  code  {code}

The link was also left for their mailbox. Both are needed, once, until {until} (UTC).
"""


class Command(BaseCommand):
    help = "Open a practice (add), list the practices (list), help somebody who lost a second factor (forget-factor)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="add|list|forget-factor")
        what.add_parser("list", help="every practice, its place and its owners")
        forget = what.add_parser(
            "forget-factor", help="take somebody's second factors away: they set one up anew"
        )
        forget.add_argument("--email", required=True, help="the address they sign in with")
        add = what.add_parser("add", help="open a practice and invite its owner")
        add.add_argument("--name", required=True, help="as clients read it")
        add.add_argument("--zone", required=True, help="an IANA time zone, such as Europe/London")
        add.add_argument("--country", required=True, help="two letters as in ISO 3166-1, such as GB")
        add.add_argument("--owner", required=True, help="the owner's name")
        add.add_argument("--email", required=True, help="where the owner's invitation goes")

    def handle(self, *, what: str, **given: Any) -> None:
        match what:
            case "list":
                self._list()
            case "add":
                self._add(_opening(given))
            case _:
                self._forget(given["email"].strip().lower())

    def _forget(self, email: str) -> None:
        user = User.objects.filter(email=email).first()
        if user is None:
            raise CommandError(f"nobody signs in as {email[:80]!r}; look at the address")
        forgotten = forget_factors(user, now=timezone.now())
        self.stdout.write(
            f"{forgotten} second factors and recovery codes are gone, every session has ended. Be sure that it was "
            "they who asked: call them. Staff set a new one up before they see any page."
        )

    def _add(self, opening: Opening) -> None:
        try:
            opened = open_with_owner(opening, now=timezone.now())
        except InterludeError as error:
            raise CommandError(f"nothing was made: {error}") from None
        self.stdout.write(_said(opened, opening))

    def _list(self) -> None:
        practices = Practice.objects.order_by("created_at")
        for practice in practices:
            owners = OfficeMember.unscoped.filter(
                practice=practice, role=OfficeMember.Role.OWNER, left_at=None
            ).values_list("name", flat=True)
            self.stdout.write(
                f"{practice.slug}  {practice.name}, {practice.zone}, {practice.country}. "
                f"Owners: {', '.join(owners) or 'nobody'}"
            )
        if not practices:
            self.stdout.write("No practice yet. Open one by `interlude practice add --help`.")


def _opening(given: dict[str, Any]) -> Opening:
    """What was typed, tidied. Raises CommandError for an empty name or an address that is none."""
    plain = {key: " ".join(str(given[key]).split()) for key in ("name", "zone", "country", "owner", "email")}
    for key in ("name", "owner"):
        if not 0 < len(plain[key]) <= 120:
            raise CommandError(f"--{key} has {len(plain[key])} characters; give it 1 to 120")
    try:
        validate_email(plain["email"])
    except ValidationError:
        raise CommandError(
            f"--email {plain['email'][:80]!r} is no e-mail address; it looks like name@place.org"
        ) from None
    return Opening(**plain)


def _said(opened: Opened, opening: Opening) -> str:
    return INVITATION.format(
        name=opening.name,
        owner=opening.owner,
        base=settings.BASE_URL,
        path=opened.owner.path,
        code=opened.owner.spoken_code,
        until=f"{opened.owner.invitation.expires_at:%a %d %b, %H:%M}",
    )
