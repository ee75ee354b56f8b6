"""Somebody who lost phone and recovery codes gets in again, by an operator's act that is recorded."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from interlude.audit.models import Event
from tests.cast import PASSWORD, Cast


def test_every_factor_goes_and_every_session_ends(cast: Cast, visit: Any) -> None:
    browser = visit(cast.ada)
    assert browser.get("/practice/").status_code == 200
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=cast.ada.user, type=kind, data={})
    out = StringIO()
    call_command("practice", "forget-factor", "--email", "Ada@example.org", stdout=out)
    assert "2 second factors" in out.getvalue()
    assert not Authenticator.objects.filter(user=cast.ada.user).exists()
    assert browser.get("/practice/").status_code == 302
    event = Event.objects.get(verb="second_factor.forgotten")
    assert event.subject == f"clinician:{cast.ada.pk}"


def test_staff_then_set_a_new_one_up_first(cast: Cast) -> None:
    call_command("practice", "forget-factor", "--email", "ada@example.org", stdout=StringIO())
    browser = Browser()
    browser.post("/sign-in/", {"login": "ada@example.org", "password": PASSWORD})
    assert browser.get("/practice/").headers["Location"] == "/account/second-factor/"


def test_an_unknown_address_is_told(db: None) -> None:
    with pytest.raises(CommandError, match="nobody signs in as"):
        call_command("practice", "forget-factor", "--email", "nobody@place.org", stdout=StringIO())
