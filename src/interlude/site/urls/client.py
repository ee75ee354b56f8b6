"""Everything a client can reach, on one page."""

from django.urls import path

from interlude.agenda.views import client as agenda
from interlude.agreements.views import client as agreements
from interlude.desk.views import client as desk
from interlude.messaging.views import client as messaging
from interlude.messaging.views import client_checkin as checkins
from interlude.messaging.views import client_home as home
from interlude.messaging.views import client_sessions as appointments
from interlude.practice.views import client as practice
from interlude.ui.rooms import CLIENT

app_name = "client"
urlpatterns = CLIENT.routes(
    [
        path("", home.home, name="home"),
        path("write/", messaging.write, name="write"),
        path("write/<str:topic>/", messaging.compose, name="compose"),
        path("drafts/<uuid:draft_id>/", messaging.draft, name="draft"),
        path("drafts/<uuid:draft_id>/review/", messaging.review, name="review"),
        path("drafts/<uuid:draft_id>/forget/", messaging.forget, name="forget"),
        path("messages/", messaging.send, name="send"),
        path("messages/<uuid:message_id>/", messaging.message, name="message"),
        path("messages/<uuid:message_id>/change/", messaging.change, name="change"),
        path("messages/<uuid:message_id>/take-back/", messaging.take_back, name="take_back"),
        path("conversation/", home.conversation, name="conversation"),
        path("our-list/", agenda.our_list, name="our_list"),
        path("our-list/notes/", agenda.add_note, name="add_note"),
        path("journal/", agenda.journal, name="journal"),
        path("journal/<uuid:entry_id>/", agenda.journal_entry, name="journal_entry"),
        path("agreement/", agreements.agreement, name="agreement"),
        path("agreement/<uuid:agreement_id>/acceptance/", agreements.accept, name="accept"),
        path("check-in/", checkins.check_in, name="check_in"),
        path("sessions/", appointments.sessions, name="sessions"),
        path("questions/<uuid:question_id>/", desk.question, name="question"),
        path("care/", practice.care, name="care"),
        path("account/", practice.account, name="account"),
    ]
)
