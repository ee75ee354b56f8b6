"""The pages of the sign-in library that are in use, and no others: no sign-up, no reset by mail."""

from allauth.account import views as account
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path(  # where the library sends whoever has no password: to the ways that they have
        "account/password/none/", RedirectView.as_view(pattern_name="mfa_index"), name="account_set_password"
    ),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/second-factor/", include("allauth.mfa.urls")),
]
