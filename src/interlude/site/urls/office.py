"""Everything the front desk and the owner can reach, on one page."""

from django.urls import path

from interlude.appointments.views import office as times
from interlude.appointments.views import office_meeting as meeting
from interlude.away.views import office as away
from interlude.crisis.views import office as crisis
from interlude.crisis.views import office_discretion as discreet
from interlude.crisis.views import office_reading as reading
from interlude.desk.views import office as desk
from interlude.messaging.views import office_days as closed
from interlude.papers.views import office as papers
from interlude.practice.views import office as practice
from interlude.practice.views import office_care as care
from interlude.practice.views import office_notices as noticing
from interlude.rulebook.views import office as rulebook
from interlude.ui.rooms import OFFICE

app_name = "office"
urlpatterns = OFFICE.routes(
    [
        path("", desk.queue, name="queue"),
        path("questions/<uuid:question_id>/", desk.question, name="question"),
        path("calendar/", times.calendar, name="calendar"),
        path("calendar/new/", times.plan_sessions, name="plan_sessions"),
        path("calendar/asked/<uuid:request_id>/", times.move_request, name="move_request"),
        path("calendar/<uuid:session_id>/mark/", times.mark_session, name="mark_session"),
        path("calendar/<uuid:session_id>/cancel/", times.cancel_session, name="cancel_session"),
        path("people/", practice.people, name="people"),
        path("people/add/", practice.add, name="add_person"),
        path("people/ages/", care.ages, name="ages"),
        path("people/cares/<uuid:client_id>/join/", care.join, name="join"),
        path("people/persons/<uuid:person_id>/", care.person, name="person"),
        path("people/persons/<uuid:person_id>/phone/", care.phone, name="phone"),
        path("people/guardians/<uuid:guardian_id>/order/", care.order, name="order"),
        path("people/clinicians/<uuid:clinician_id>/supervisor/", care.supervisor, name="supervisor"),
        path(
            "people/clinicians/<uuid:clinician_id>/sessions/",
            meeting.session_habits,
            name="session_habits",
        ),
        path("people/<str:kind>/<uuid:person_id>/invitation/", practice.invite, name="invite"),
        path("people/<str:kind>/<uuid:person_id>/leaving/", practice.see_out, name="see_out"),
        path("help-lines/", crisis.help_lines, name="help_lines"),
        path("help-lines/<uuid:line_id>/", crisis.help_line, name="help_line"),
        path("discretion/", discreet.discretion, name="discretion"),
        path("reading/", reading.reading, name="reading"),
        path("closed-days/", closed.closed_days, name="closed_days"),
        path("closed-days/<uuid:day_id>/reopen/", closed.reopen, name="reopen_day"),
        path("rules/", rulebook.house_rules, name="house_rules"),
        path("rules/seen/", rulebook.house_rules_seen, name="house_rules_seen"),
        path("unseen/", away.unseen, name="unseen"),
        path("unseen/<uuid:message_id>/", away.take, name="take_unseen"),
        path("unseen/<uuid:message_id>/colleague/", away.hand, name="hand_unseen"),
        path("sudden/", away.sudden, name="sudden"),
        path("sudden/<uuid:absence_id>/", away.calls, name="calls"),
        path("wills/", away.wills, name="wills"),
        path("wills/<uuid:opening_id>/", away.will, name="will"),
        path("records/", papers.records, name="records"),
        path("records/<uuid:request_id>/ready/", papers.record_ready, name="record_ready"),
        path("account/", practice.account, name="account"),
        path("account/notices/", noticing.notices, name="notices"),
        path("account/notices/address/", noticing.address, name="notices_address"),
        path("account/notices/address/code/", noticing.code, name="notices_code"),
    ]
)
