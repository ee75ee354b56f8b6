"""A client's plan for hard moments: reading it leaves no trace anywhere (R-183)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.core.hard_moments import HardMoments
from interlude.core.plan_words import LANGUAGES
from interlude.plans.actions import (
    ask_for_reminder,
    keep_plan_alone,
    look_at_together,
    share_plan,
    write_plan,
)
from interlude.plans.beside_danger import pause_shown
from interlude.plans.forms import FileForm, LookForm, PlanForm, ReminderForm
from interlude.plans.models import Plan, PlanFile, PlanVersion
from interlude.plans.pages import ShownPlan, pdf_of, shown
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.files import as_download
from interlude.ui.paper import NotPrinted
from interlude.ui.rooms import CLIENT

FILE_NAME = "my-pages.pdf"  # neutral: it may lie in a folder that others see (law 10)


@require_safe
def plan(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The plan as it is, and what may be done with it."""
    _only_writers(participant)
    return _page(request, participant)


def _page(request: HttpRequest, participant: Participant, *, status: int = 200, **more: Any) -> HttpResponse:
    now = timezone.now()
    found = Plan.objects.visible_to(participant).prefetch_related("looks").first()
    context = {
        "here": "plan",
        "now": now,
        "me": participant,
        "therapist": participant.client.clinician,
        "plan": found,
        "shown": _newest(participant),
        "file": PlanFile.objects.visible_to(participant).defer("sealed").first(),
        "pause": pause_shown(participant, now),
        "look_form": LookForm(initial={"on": participant.date_at(now)}),
        "reminder_form": ReminderForm(initial={"weeks": found.review_weeks if found else ""}),
        "file_form": FileForm(),
    }
    return CLIENT.page(request, "plans/plan.html", context | more, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_write(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Write it or change it. Each time is a dated version; none is lost."""
    _only_writers(participant)
    last = _newest(participant)
    here = last.plan if last else HardMoments(language=_language())
    form = PlanForm(request.POST if request.method == "POST" else None, plan=here)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["version_id"]
        write_plan(form.plan(), participant=participant, now=timezone.now(), version_id=key)
        messages.info(request, _("Your plan is kept."))
        return CLIENT.then(request, "plan")
    context = {"here": "plan", "form": form, "now": timezone.now(), "is_new": last is None}
    return CLIENT.page(request, "plans/write.html", context, status=422 if form.is_bound else 200)


def _language() -> str:
    """A plan begins in the language that its page is in, as its owner chose."""
    wanted = (get_language() or "en").partition("-")[0]
    return wanted if wanted in LANGUAGES else "en"


@require_safe
def plan_versions(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Every version by its date."""
    _only_writers(participant)
    rows = PlanVersion.objects.visible_to(participant).defer("sealed")
    return CLIENT.page(
        request, "plans/versions.html", {"here": "plan", "now": timezone.now(), "versions": rows}
    )


@require_safe
def plan_version(request: HttpRequest, participant: Participant, *, version_id: UUID) -> HttpResponse:
    """The plan as it was."""
    found = get_object_or_404(_rows(participant), pk=version_id)
    opened = shown(found, Sealer(participant.practice_id))
    context = {"here": "plan", "now": timezone.now(), "shown": opened, "is_old": True}
    return CLIENT.page(request, "plans/version.html", context)


@require_safe
def plan_print(request: HttpRequest, participant: Participant) -> HttpResponse:
    """On one page, for paper."""
    return _held(request, participant, "plans/print.html")


@require_safe
def plan_pdf(request: HttpRequest, participant: Participant) -> HttpResponse:
    """As a PDF. Where no font has its letters, the page says so."""
    _only_writers(participant)
    opened = _newest(participant)
    if opened is None:
        return CLIENT.then(request, "plan")
    pdf = pdf_of(opened)
    if isinstance(pdf, NotPrinted):
        return _page(request, participant, missing=pdf)
    return as_download(pdf, media="application/pdf", name=FILE_NAME)


@require_safe
def plan_device(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Keep a copy on this phone, as its owner chooses. The server is told nothing of it."""
    return _held(request, participant, "plans/device.html")


@require_POST
def plan_share(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Let the clinician read it, or no longer."""
    now, found = timezone.now(), _plan_of(participant)
    if found is None:
        return CLIENT.then(request, "plan")
    if request.POST.get("share") == "yes":
        share_plan(found, by=participant, now=now)
        said = _("%(name)s can read your plan now. You can take that back at any time.")
    else:
        keep_plan_alone(found, by=participant, now=now)
        said = _("%(name)s cannot read your plan any more.")
    messages.info(request, said % {"name": participant.client.clinician.first_name})
    return CLIENT.then(request, "plan")


@require_POST
def plan_looked(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Put down a day on which both looked at it."""
    now, form, found = timezone.now(), LookForm(request.POST), _plan_of(participant)
    if found is None:
        return CLIENT.then(request, "plan")
    if not form.is_valid():
        return _page(request, participant, look_form=form, status=422)
    if form.cleaned_data["on"] > participant.date_at(now):
        form.add_error("on", _("This day lies ahead. Put down a day that has come."))
        return _page(request, participant, look_form=form, status=422)
    look_at_together(found, on=form.cleaned_data["on"], by=participant, now=now)
    messages.info(request, _("The day is put down."))
    return CLIENT.then(request, "plan")


@require_POST
def plan_remind(request: HttpRequest, participant: Participant) -> HttpResponse:
    """A reminder, or none."""
    form, found = ReminderForm(request.POST), _plan_of(participant)
    if found is None:
        return CLIENT.then(request, "plan")
    if not form.is_valid():
        return _page(request, participant, reminder_form=form, status=422)
    weeks = form.cleaned_data["weeks"]
    ask_for_reminder(found, weeks=weeks, by=participant, now=timezone.now())
    messages.info(
        request, _("You will get a short note when it is time.") if weeks else _("No reminder comes.")
    )
    return CLIENT.then(request, "plan")


def _plan_of(participant: Participant) -> Plan | None:
    """The plan of one who writes here, if they have one."""
    _only_writers(participant)
    return Plan.objects.visible_to(participant).first()


def _rows(participant: Participant) -> Any:
    return PlanVersion.objects.visible_to(participant).select_related("plan__participant")


def _newest(participant: Participant) -> ShownPlan | None:
    last = _rows(participant).first()
    return shown(last, Sealer(participant.practice_id)) if last else None


def _held(request: HttpRequest, participant: Participant, page: str) -> HttpResponse:
    """A page about the plan that somebody has; where there is none, the page on which to begin."""
    _only_writers(participant)
    opened = _newest(participant)
    if opened is None:
        return CLIENT.then(request, "plan")
    return CLIENT.page(request, page, {"here": "plan", "now": timezone.now(), "shown": opened})


def _only_writers(participant: Participant) -> None:
    """A parent or guardian has no plan here, and no sign that there is one."""
    if not participant.reads_messages:
        raise Http404
