"""Everything a client can reach, on one page."""

from django.urls import path

from interlude.agenda.views import client as agenda
from interlude.agenda.views import client_decision as decisions
from interlude.agenda.views import client_journal as journals
from interlude.agenda.views import client_questions as questions
from interlude.agreements.views import client as agreements
from interlude.agreements.views import client_copy as copies
from interlude.agreements.views import client_readers as readers
from interlude.agreements.views import client_steps as steps
from interlude.appointments.views import client_calendar as feeds
from interlude.away.views import client as away
from interlude.closings.views import client as closings
from interlude.desk.views import client as desk
from interlude.library.views import client as library
from interlude.messaging.views import client as messaging
from interlude.messaging.views import client_appointments as asking
from interlude.messaging.views import client_checkin as checkins
from interlude.messaging.views import client_copy as last_copies
from interlude.messaging.views import client_drafts as drafts
from interlude.messaging.views import client_files as files
from interlude.messaging.views import client_home as home
from interlude.messaging.views import client_pages as pages
from interlude.messaging.views import client_sessions as appointments
from interlude.messaging.views import client_times as times
from interlude.papers.views import client as papers
from interlude.plans.views import client as plans
from interlude.plans.views import client_file as plan_files
from interlude.plans.views import client_whom as whom
from interlude.practice.views import client as practice
from interlude.practice.views import client_contact as contact
from interlude.practice.views import client_devices as devices
from interlude.practice.views import client_notices as noticing
from interlude.ui.rooms import CLIENT

app_name = "client"
urlpatterns = CLIENT.routes(
    [
        path("", home.home, name="home"),
        path("write/", messaging.write, name="write"),
        path("write/<str:topic>/", messaging.compose, name="compose"),
        path("drafts/", drafts.drafts, name="drafts"),
        path("drafts/pause/", drafts.pause, name="pause"),
        path("drafts/<uuid:draft_id>/rest/", drafts.rest, name="rest"),
        path("drafts/<uuid:draft_id>/files/", files.draft_files, name="draft_files"),
        path("files/<uuid:file_id>/", files.enclosure, name="enclosure"),
        path("files/<uuid:file_id>/removal/", files.enclosure_out, name="enclosure_out"),
        path("sent/copy/", drafts.sent_copy, name="sent_copy"),
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
        path("journal/week/", journals.journal_week, name="journal_week"),
        path("journal/message/", pages.journal_message, name="journal_message"),
        path("journal/copy/", journals.journal_copy, name="journal_copy"),
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
        path("times/", appointments.sessions, name="sessions"),
        path("times/earlier/", asking.earlier, name="earlier"),
        path("times/freed/<uuid:offer_id>/", asking.freed, name="freed"),
        path("times/asked/<uuid:request_id>/back/", asking.take_request_back, name="move_back"),
        path("times/<uuid:pk>/move/", asking.move, name="session_move"),
        path("times/<uuid:pk>/cancel/", asking.cancel, name="session-cancel"),
        path("times/<uuid:pk>/late/", asking.late, name="session_late"),
        path("calendar/", feeds.calendar, name="calendar"),
        path("times/<uuid:time_id>/", times.take, name="take_time"),
        path("questions/<uuid:question_id>/", desk.question, name="question"),
        path("papers/", papers.papers, name="papers"),
        path("papers/record/", papers.record_ask, name="record_ask"),
        path("papers/record/<uuid:request_id>/", papers.record_file, name="record_file"),
        path("papers/record/<uuid:request_id>/withdrawal/", papers.record_withdraw, name="record_withdraw"),
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
        path("account/notices/", noticing.notices, name="notices"),
        path("account/notices/address/", noticing.address, name="notices_address"),
        path("account/notices/address/code/", noticing.code, name="notices_code"),
        path("account/contact/", contact.contact, name="contact"),
        path("account/devices/", devices.devices, name="devices"),
        path("account/devices/<uuid:device_id>/removal/", devices.remove, name="remove_device"),
        path("account/devices/<uuid:device_id>/trial/", devices.try_out, name="try_device"),
    ]
)
