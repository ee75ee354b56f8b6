"""The pages of the sign-in library that are in use, and no others: no sign-up, no reset by mail."""

from allauth.account import views as account
from django.urls import include, path

from interlude.accounts import passwords

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", passwords.password_change, name="account_change_password"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/second-factor/", include("allauth.mfa.urls")),
]
