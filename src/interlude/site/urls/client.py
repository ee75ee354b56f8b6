"""Everything a client can reach, on one page."""

from django.urls import path

from interlude.agenda.views import client as agenda
from interlude.agenda.views import client_decision as decisions
from interlude.agenda.views import client_questions as questions
from interlude.agreements.views import client as agreements
from interlude.agreements.views import client_copy as copies
from interlude.agreements.views import client_readers as readers
from interlude.agreements.views import client_steps as steps
from interlude.away.views import client as away
from interlude.closings.views import client as closings
from interlude.desk.views import client as desk
from interlude.library.views import client as library
from interlude.messaging.views import client as messaging
from interlude.messaging.views import client_checkin as checkins
from interlude.messaging.views import client_copy as last_copies
from interlude.messaging.views import client_home as home
from interlude.messaging.views import client_sessions as appointments
from interlude.messaging.views import client_times as times
from interlude.plans.views import client as plans
from interlude.plans.views import client_file as plan_files
from interlude.plans.views import client_whom as whom
from interlude.practice.views import client as practice
from interlude.practice.views import client_contact as contact
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
        path("our-list/<uuid:item_id>/order/", agenda.order, name="order_item"),
        path("journal/", agenda.journal, name="journal"),
        path("journal/<uuid:entry_id>/", agenda.journal_entry, name="journal_entry"),
        path("things/", library.things, name="things"),
        path("things/now/", library.what_now, name="what_now"),
        path("things/written/<uuid:filled_id>/", library.filled, name="filled"),
        path("things/<uuid:piece_id>/", library.piece, name="piece"),
        path("things/<uuid:piece_id>/file/", library.piece_file, name="piece_file"),
        path("things/<uuid:piece_id>/answers/", library.piece_answers, name="piece_answers"),
        path("things/<uuid:piece_id>/helped/", library.piece_helped, name="piece_helped"),
        path("agreement/", agreements.agreement, name="agreement"),
        path("agreement/<uuid:agreement_id>/acceptance/", agreements.accept, name="accept"),
        path("agreement/acceptances/<uuid:acceptance_id>/", copies.acceptance, name="acceptance"),
        path(
            "agreement/acceptances/<uuid:acceptance_id>/copy/", copies.agreement_copy, name="agreement_copy"
        ),
        path("first-steps/", steps.first_steps, name="first_steps"),
        path("first-steps/questions/", questions.first_questions, name="first_questions"),
        path("first-steps/without-messages/", steps.without_messages, name="without_messages"),
        path("first-steps/<slug:step>/", steps.first_step, name="first_step"),
        path("readers/", readers.readers, name="readers"),
        path("check-in/", checkins.check_in, name="check_in"),
        path("sessions/", appointments.sessions, name="sessions"),
        path("times/<uuid:time_id>/", times.take, name="take_time"),
        path("questions/<uuid:question_id>/", desk.question, name="question"),
        path("care/", practice.care, name="care"),
        path("agreement/decisions/<uuid:record_id>/", decisions.decision, name="decision"),
        path("ending/", closings.ending, name="ending"),
        path("ending/<uuid:closing_id>/copy/", last_copies.copy, name="copy"),
        path("ending/<uuid:closing_id>/copy.txt", last_copies.copy_text, name="copy_text"),
        path("plan/", plans.plan, name="plan"),
        path("plan/write/", plans.plan_write, name="plan_write"),
        path("plan/versions/", plans.plan_versions, name="plan_versions"),
        path("plan/versions/<uuid:version_id>/", plans.plan_version, name="plan_version"),
        path("plan/print/", plans.plan_print, name="plan_print"),
        path("plan/copy/", plans.plan_pdf, name="plan_pdf"),
        path("plan/device/", plans.plan_device, name="plan_device"),
        path("plan/sharing/", plans.plan_share, name="plan_share"),
        path("plan/looks/", plans.plan_looked, name="plan_looked"),
        path("plan/reminder/", plans.plan_remind, name="plan_remind"),
        path("plan/files/", plan_files.plan_files, name="plan_files"),
        path("plan/files/<uuid:file_id>/", plan_files.plan_file, name="plan_file"),
        path("plan/files/<uuid:file_id>/removal/", plan_files.plan_file_remove, name="plan_file_remove"),
        path("whom-to-call/", whom.whom_to_call, name="whom_to_call"),
        path("dates/", away.kept, name="kept"),
        path("break/", away.time_away, name="time_away"),
        path("break/covers/<uuid:cover_id>/", away.cover, name="cover"),
        path("account/", practice.account, name="account"),
        path("account/contact/", contact.contact, name="contact"),
    ]
)
