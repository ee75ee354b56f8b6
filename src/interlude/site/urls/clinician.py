"""Everything a clinician can reach, on one page."""

from django.urls import path

from interlude.agenda.views import clinician as agenda
from interlude.agreements.views import clinician as agreements
from interlude.agreements.views import clinician_change as changes
from interlude.agreements.views import clinician_readers as readers
from interlude.agreements.views import clinician_record as agreed
from interlude.agreements.views import clinician_suitability as decisions
from interlude.appointments.views import clinician as times
from interlude.appointments.views import clinician_meeting as meeting
from interlude.away.views import clinician as away
from interlude.away.views import clinician_break as breaks
from interlude.away.views import clinician_cover as covering
from interlude.away.views import clinician_more as more
from interlude.checkins.views import clinician as checkins
from interlude.library.views import clinician as library
from interlude.library.views import clinician_client as library_of
from interlude.messaging.views import clinician as messaging
from interlude.messaging.views import clinician_approvals as approvals
from interlude.messaging.views import clinician_clients as clients
from interlude.messaging.views import clinician_closing as closings
from interlude.messaging.views import clinician_desk as desk
from interlude.messaging.views import clinician_drift as drift
from interlude.messaging.views import clinician_files as files
from interlude.messaging.views import clinician_offers as offers
from interlude.messaging.views import clinician_session as session
from interlude.messaging.views import clinician_steps as small
from interlude.messaging.views import clinician_timeline as timelines
from interlude.messaging.views import clinician_try as trying
from interlude.messaging.views import clinician_watch as watch
from interlude.papers.views import clinician as papers
from interlude.phrasebook.views import clinician as phrasebook
from interlude.phrasebook.views import clinician_client as fitted
from interlude.plans.views import clinician as plans
from interlude.practice.views import clinician as practice
from interlude.practice.views import clinician_notices as noticing
from interlude.rulebook.views import clinician as rulebook
from interlude.support.views import clinician as support
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
        path("messages/<uuid:message_id>/undo/", desk.undo, name="undo"),
        path("messages/<uuid:message_id>/split/", desk.split, name="split"),
        path("messages/<uuid:message_id>/glance/", desk.glance, name="glance"),
        path("messages/<uuid:message_id>/times/", offers.times, name="times"),
        path("replies/<uuid:reply_id>/call-back/", messaging.call_back, name="call_back"),
        path("replies/<uuid:reply_id>/correction/", desk.correction, name="correction"),
        path("approvals/", approvals.approvals, name="approvals"),
        path("approvals/<uuid:approval_id>/", approvals.approval, name="approval"),
        path("promises/", watch.watch, name="watch"),
        path("clients/", clients.clients, name="clients"),
        path("clients/<uuid:client_id>/", clients.client, name="client"),
        path("clients/<uuid:client_id>/agreement/", agreements.agreement, name="agreement"),
        path("clients/<uuid:client_id>/agreement/aloud/", agreed.read_aloud, name="read_aloud"),
        path("clients/<uuid:client_id>/agreement/messages/", agreed.offer_messages, name="offer_messages"),
        path("acceptances/<uuid:acceptance_id>/", agreed.acceptance, name="acceptance"),
        path("clients/<uuid:client_id>/readers/", readers.readers, name="readers"),
        path("clients/<uuid:client_id>/secrets/", readers.secrets, name="secrets"),
        path("guardians/<uuid:guardian_id>/scopes/", readers.scope, name="scope"),
        path("clients/<uuid:client_id>/agreement/withdrawal/", changes.withdraw, name="withdraw"),
        path("clients/<uuid:client_id>/check-in/", checkins.check_in, name="check_in"),
        path("clients/<uuid:client_id>/welcome/", checkins.welcome, name="welcome"),
        path("clients/<uuid:client_id>/our-messaging/", checkins.our_messaging, name="our_messaging"),
        path("clients/<uuid:client_id>/safety/", plans.safety, name="safety"),
        path("clients/<uuid:client_id>/safety/notes/", plans.consult_note, name="consult_note"),
        path("people/<uuid:participant_id>/hold/", plans.contact_hold, name="contact_hold"),
        path("clients/<uuid:client_id>/safety/coaching/", plans.coaching_pause, name="coaching_pause"),
        path("clients/<uuid:client_id>/safety/dates/", timelines.timeline, name="timeline"),
        path("plans/<uuid:plan_id>/", plans.plan, name="plan"),
        path("plans/<uuid:plan_id>/looks/", plans.plan_looked, name="plan_looked"),
        path("plans/files/<uuid:file_id>/", plans.plan_file, name="plan_file"),
        path("calendar/", times.calendar, name="calendar"),
        path("calendar/new/", times.plan_sessions, name="plan_sessions"),
        path("calendar/asked/<uuid:request_id>/", times.move_request, name="move_request"),
        path("calendar/<uuid:session_id>/mark/", times.mark_session, name="mark_session"),
        path("calendar/<uuid:session_id>/cancel/", times.cancel_session, name="cancel_session"),
        path("sessions/", agenda.sessions, name="sessions"),
        path("sessions/habits/", meeting.session_habits, name="session_habits"),
        path("sessions/<uuid:session_id>/", session.session, name="session"),
        path("sessions/<uuid:session_id>/link/", meeting.session_link, name="session_link"),
        path("feed/", meeting.calendar, name="feed"),
        path("sessions/<uuid:session_id>/line/", session.line, name="line"),
        path("lines/<uuid:line_id>/undo/", session.undo_line, name="undo_line"),
        path("list/<uuid:item_id>/close/", agenda.close, name="close_item"),
        path("library/", library.library, name="library"),
        path("library/new/", library.new_piece, name="new_piece"),
        path("library/begin/", library.starter_pieces, name="starters"),
        path("library/<uuid:piece_id>/", library.piece, name="piece"),
        path("library/<uuid:piece_id>/file/", library.piece_file, name="piece_file"),
        path("library/<uuid:piece_id>/change/", library.change_piece, name="change_piece"),
        path("library/<uuid:piece_id>/state/", library.piece_state, name="piece_state"),
        path("clients/<uuid:client_id>/library/", library_of.client_library, name="client_library"),
        path("clients/<uuid:client_id>/library/share/", library_of.share, name="share"),
        path("shares/<uuid:share_id>/back/", library_of.unshare, name="unshare"),
        path("filled/<uuid:filled_id>/", library_of.filled, name="filled"),
        path("list/<uuid:item_id>/order/", agenda.order, name="order_item"),
        path("drift/", drift.drift, name="drift"),
        path("rules/", agreements.rules, name="rules"),
        path("rules/this-week/", small.steps, name="steps"),
        path("rules/change/", changes.change, name="change"),
        path("rules/try/", trying.trial, name="try_rules"),
        path("clients/<uuid:client_id>/extra/", support.extra, name="extra"),
        path("extra/", support.extras, name="extras"),
        path("extra/<uuid:support_id>/end/", support.move_end, name="extra_end"),
        path("clients/<uuid:client_id>/suitability/", decisions.suitability, name="suitability"),
        path("clients/<uuid:client_id>/closing/", closings.closing, name="closing"),
        path("clients/<uuid:client_id>/closing/back/", closings.back, name="closing_back"),
        path("clients/<uuid:client_id>/closing/again/", closings.again, name="reopen"),
        path("rules/start/", rulebook.starting_points, name="starting_points"),
        path("rules/own/", rulebook.own_rules, name="own_rules"),
        path("rules/own/seen/", rulebook.own_rules_seen, name="own_rules_seen"),
        path("time-away/", away.time_away, name="time_away"),
        path("time-away/<uuid:absence_id>/", away.absence, name="absence"),
        path("time-away/<uuid:absence_id>/cancel/", away.cancel, name="cancel_absence"),
        path("time-away/<uuid:absence_id>/cover/", covering.ask, name="ask_cover"),
        path("covers/", covering.covers, name="covers"),
        path("covers/<uuid:cover_id>/answer/", covering.answer, name="answer_cover"),
        path("covers/<uuid:cover_id>/end/", covering.end, name="end_cover"),
        path("sudden/", more.sudden, name="sudden"),
        path("will/", more.will, name="will"),
        path("clients/<uuid:client_id>/dates/", more.kept, name="kept"),
        path("clients/<uuid:client_id>/break/", breaks.break_plan, name="break_plan"),
        path("messages/<uuid:message_id>/phrase/", messaging.begin_from, name="begin_from"),
        path("phrases/", phrasebook.phrases, name="phrases"),
        path("phrases/new/", phrasebook.new_phrase, name="phrase_new"),
        path("phrases/<uuid:phrase_id>/", phrasebook.phrase, name="phrase"),
        path("phrases/<uuid:phrase_id>/change/", phrasebook.change, name="phrase_change"),
        path("phrases/<uuid:phrase_id>/retirement/", phrasebook.retire, name="phrase_retire"),
        path("phrases/<uuid:phrase_id>/review/", phrasebook.review, name="phrase_review"),
        path("clients/<uuid:client_id>/phrases/", fitted.phrases, name="client_phrases"),
        path("clients/<uuid:client_id>/phrases/landed/", fitted.landed, name="phrase_landed"),
        path("clients/<uuid:client_id>/phrases/new/", fitted.new_variant, name="variant_new"),
        path("variants/<uuid:variant_id>/", fitted.variant, name="variant"),
        path("files/<uuid:file_id>/", files.enclosure, name="enclosure"),
        path("records/", papers.records, name="records"),
        path("records/<uuid:request_id>/ready/", papers.record_ready, name="record_ready"),
        path("account/", practice.account, name="account"),
        path("account/notices/", noticing.notices, name="notices"),
        path("account/notices/address/", noticing.address, name="notices_address"),
        path("account/notices/address/code/", noticing.code, name="notices_code"),
    ]
)
