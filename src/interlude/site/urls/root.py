"""The four rooms, and the sign-in library's pages."""

from django.urls import include, path

handler404 = "interlude.ui.views.public.not_found"
handler500 = "interlude.ui.views.public.broken"

urlpatterns = [
    path("", include("interlude.site.urls.public")),
    path("my/", include("interlude.site.urls.client")),
    path("practice/", include("interlude.site.urls.clinician")),
    path("office/", include("interlude.site.urls.office")),
    path("", include("interlude.site.urls.sign_in")),
]
