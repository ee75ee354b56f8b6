"""Everything a clinician can reach, on one page."""

from django.urls import path

from interlude.agenda.views import clinician as agenda
from interlude.agreements.views import clinician as agreements
from interlude.messaging.views import clinician as messaging
from interlude.messaging.views import clinician_clients as clients
from interlude.messaging.views import clinician_session as session
from interlude.messaging.views import clinician_watch as watch
from interlude.practice.views import clinician as practice
from interlude.rulebook.views import clinician as rulebook
from interlude.ui.rooms import CLINICIAN

app_name = "clinician"
urlpatterns = CLINICIAN.routes(
    [
        path("", messaging.window, name="window"),
        path("early/", messaging.early, name="early"),
        path("messages/<uuid:message_id>/", messaging.message, name="message"),
        path("messages/<uuid:message_id>/reply/", messaging.reply, name="reply"),
        path("messages/<uuid:message_id>/acknowledgement/", messaging.acknowledge, name="acknowledge"),
        path("messages/<uuid:message_id>/session/", messaging.keep, name="keep"),
        path("messages/<uuid:message_id>/phone/", messaging.phone, name="phone"),
        path("messages/<uuid:message_id>/aside/", messaging.aside, name="aside"),
        path("replies/<uuid:reply_id>/call-back/", messaging.call_back, name="call_back"),
        path("promises/", watch.watch, name="watch"),
        path("clients/", clients.clients, name="clients"),
        path("clients/<uuid:client_id>/", clients.client, name="client"),
        path("clients/<uuid:client_id>/agreement/", agreements.agreement, name="agreement"),
        path("sessions/", agenda.sessions, name="sessions"),
        path("sessions/<uuid:session_id>/", session.session, name="session"),
        path("list/<uuid:item_id>/close/", agenda.close, name="close_item"),
        path("rules/", agreements.rules, name="rules"),
        path("rules/start/", rulebook.starting_points, name="starting_points"),
        path("rules/own/", rulebook.own_rules, name="own_rules"),
        path("rules/own/seen/", rulebook.own_rules_seen, name="own_rules_seen"),
        path("account/", practice.account, name="account"),
    ]
)
