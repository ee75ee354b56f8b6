"""What anybody can reach, on one page."""

from django.urls import path

from interlude.appointments.views import public_calendar as feeds
from interlude.crisis.views import public as crisis
from interlude.demo.views import public as demo
from interlude.plans.views import public as plans
from interlude.practice.views import public as practice
from interlude.ui.rooms import PUBLIC
from interlude.ui.views import public as ui
from interlude.ui.views import public_app as app

app_name = "public"
urlpatterns = PUBLIC.routes(
    [
        path("", practice.door, name="door"),
        path("help/", crisis.help_now, name="help"),
        path("help/help.js", crisis.help_script, name="help_script"),
        path("help/worker.js", crisis.help_worker, name="help_worker"),
        path("help/<slug:slug>/", crisis.help_practice, name="help_practice"),
        path("help/<slug:slug>/<str:country>/", crisis.help_place, name="help_place"),
        path("help/<slug:slug>/<str:country>/wrong/", crisis.help_wrong, name="help_wrong"),
        path("help/<slug:slug>/<str:country>/<slug:language>/", crisis.help_language, name="help_language"),
        path("how-we-protect-what-you-write/", ui.protect, name="protect"),
        path("calendar/<str:token>.ics", feeds.calendar, name="calendar"),
        path("app/<slug:room>/<slug:name>/<slug:icon>.webmanifest", app.manifest, name="manifest"),
        path("worker.js", app.app_worker, name="app_worker"),
        path("no-network/", app.no_network, name="no_network"),
        path("plan/here/", plans.plan_here, name="plan_here"),
        path("plan/here/worker.js", plans.plan_worker, name="plan_worker"),
        path("language/", practice.language, name="language"),
        path("leave/", practice.leave, name="leave"),
        path("leave/<slug:to>/", practice.left, name="left"),
        path("invitation/<str:token>/", practice.invitation, name="invitation"),
        path("set-up/", practice.set_up, name="set_up"),
        path("demo/", demo.choose, name="demo"),
        path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
        path("demo/clock/", demo.move_clock, name="demo_clock"),
        path("components/", ui.components, name="components"),
        path("alive/", ui.alive, name="alive"),
    ]
)
