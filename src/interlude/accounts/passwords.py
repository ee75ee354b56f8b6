"""Choosing another password, for those who have one."""

from __future__ import annotations

from allauth.account import views as account
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect


def password_change(request: HttpRequest) -> HttpResponseBase:
    """The library's page; whoever signs in without a password is led to the ways that they have."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        return redirect("mfa_index")
    return account.password_change(request)
