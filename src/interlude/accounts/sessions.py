"""Beginning a session without the sign-in page, and ending a person's others."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.db import models
from django.http import HttpRequest

from interlude.accounts.models import User


def begin_session(request: HttpRequest, user: User) -> None:
    """Sign *user* in, who has just shown who they are by an invitation."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, method="password", reauthenticated=True)  # chosen a moment ago


def has_second_factor(user: User) -> bool:
    return bool(is_mfa_enabled(user))


def forget_second_factors(user: User) -> int:
    """Take every second factor and recovery code away and end every session; returns how many there were."""
    _, counted = Authenticator.objects.filter(user=user).delete()
    end_other_sessions(user, None)
    return int(counted.get("mfa.Authenticator", 0))


def end_other_sessions(user: User, request: HttpRequest | None) -> None:
    """Every session of *user* ends but the one of *request*, if that is theirs."""
    User.objects.filter(pk=user.pk).update(epoch=models.F("epoch") + 1)
    user.refresh_from_db(fields=["epoch"])
    if request is not None and request.user.pk == user.pk:
        update_session_auth_hash(request, user)


def ask_who_it_is(request: HttpRequest) -> None:
    """Go on only if they have just shown who they are; else they are asked, and come back with what they sent.

    For what somebody with an open page, but not its owner, must not be able to change (security 8).
    """
    raise_if_reauthentication_required(request, app="account")
