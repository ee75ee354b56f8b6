"""Our agreement, as the client reads it, and the act of accepting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interlude.agreements.actions import accept_agreement, writers_of
from interlude.agreements.extra_support import SupportShown, supports_shown
from interlude.agreements.forms import AcceptForm
from interlude.agreements.models import Agreement
from interlude.agreements.suitability import DecisionShown, Suitability, decisions_shown
from interlude.agreements.today import today
from interlude.agreements.versions import Version, Versions, versions_of
from interlude.agreements.wording import Facts, changed_sections, facts
from interlude.boundaries.models import ExtraSupport, PolicyLayer
from interlude.core.layers import Resolved
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLIENT


@require_safe
def agreement(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The rules in force in plain words, what is offered beside them, and every version before."""
    now = timezone.now()
    versions = _versions(participant)
    if "version" in request.GET:
        return _one_version(request, participant, versions, now=now)
    return _page(request, participant, versions, now=now, form=AcceptForm())


@require_POST
def accept(request: HttpRequest, participant: Participant, *, agreement_id: UUID) -> HttpResponse:
    """Say yes to one version, by typing one's name. Guardians read; their yes is not asked for."""
    now = timezone.now()
    if not participant.reads_messages:
        raise Http404
    offered = get_object_or_404(Agreement.objects.visible_to(participant), pk=agreement_id)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, participant, _versions(participant), now=now, form=form, status=422)
    done = accept_agreement(
        agreement=offered, participant=participant, name_typed=form.cleaned_data["name"], now=now
    )
    if done is None:
        messages.info(request, _("A newer version is here. Please read this one instead."))
    return CLIENT.then(request, "agreement")


def _versions(participant: Participant) -> Versions:
    return versions_of(
        Agreement.objects.visible_to(participant), writers=list(writers_of(participant.client))
    )


def _page(
    request: HttpRequest,
    participant: Participant,
    versions: Versions,
    *,
    now: datetime,
    form: AcceptForm,
    status: int = 200,
) -> HttpResponse:
    context = _people(participant) | {"now": now, "versions": versions, "form": form}
    context["decisions"] = _decisions(participant)
    shown = versions.shown
    if shown is None:
        return CLIENT.page(request, "agreements/nothing_yet.html", context)
    care = participant.client
    on = now.astimezone(care.clinician.time_zone()).date()
    rules, exceptions, age = *_in_force(participant, shown.agreement, on), care.age(on)
    context |= {
        "shown": shown,
        "today": today(rules, clinician=care.clinician, now=now),
        "dates": "now" if versions.in_force else "would",
        "too_young": age is not None and age < rules.policy.minimum_age,
        "exceptions": exceptions,
        "supports": _supports(participant, shown.agreement, on),
        "changes": _changes(versions, context),
        "may_accept": _may_accept(versions.offered, participant),
    }
    return CLIENT.page(request, "agreements/agreement.html", context, status=status)


def _in_force(participant: Participant, held: Agreement, on: date) -> tuple[Resolved, list[PolicyLayer]]:
    """The rules of that day, and the exceptions in them, which are between client and therapist alone."""
    if not participant.reads_messages:
        return held.as_offered(), []
    exceptions = PolicyLayer.objects.filter(client=participant.client, until__gte=on, support=None)
    return held.rules(on), list(exceptions.order_by("since"))


def _supports(participant: Participant, held: Agreement, on: date) -> list[SupportShown]:
    """Extra support that runs or is to come; nobody but its client and the therapist sees any."""
    rows = ExtraSupport.objects.visible_to(participant).not_over(on).prefetch_related("layers", "moves")
    return supports_shown(rows, agreement=held, on=on, sealer=Sealer(participant.practice_id))


def _decisions(participant: Participant) -> list[DecisionShown]:
    """Whether messages fit, as it was decided together, newest first."""
    rows = Suitability.objects.visible_to(participant).select_related("decided_by")
    return decisions_shown(rows.prefetch_related("views__participant"), Sealer(participant.practice_id))


def _one_version(
    request: HttpRequest, participant: Participant, versions: Versions, *, now: datetime
) -> HttpResponse:
    """A version as it was offered, whether or not it ever held."""
    version = versions.numbered(request.GET["version"])
    if version is None:
        raise Http404
    rules = version.agreement.as_offered()
    context = _people(participant) | {"now": now, "here": "agreement", "version": version}
    context["versions"] = versions
    context["today"] = today(rules, clinician=participant.client.clinician, now=now)
    return CLIENT.page(request, "agreements/version.html", context)


def _people(participant: Participant) -> dict[str, Any]:
    care = participant.client
    everybody = list(care.participants.all())
    return {
        "me": participant,
        "therapist": care.clinician,
        "practice": care.clinician.practice,
        "others": [one for one in everybody if one != participant],
    }


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the page in the words of the version that holds, and of the one that is offered."""

    section: str
    before: SafeString
    after: SafeString


def _changes(versions: Versions, people: dict[str, Any]) -> list[Change]:
    """What would read otherwise; a rule that the page does not speak of is no change to a reader."""
    if versions.in_force is None or versions.offered is None:
        return []
    before = versions.in_force.agreement.as_offered()
    after = versions.offered.agreement.as_offered()
    one, two = facts(before), facts(after)
    parts = [
        Change(name, _in_words(name, one, people), _in_words(name, two, people))
        for name in changed_sections(before.policy, after.policy)
    ]
    return [part for part in parts if part.before != part.after]


def _in_words(part: str, rules: Facts, people: dict[str, Any]) -> SafeString:
    context = people | {"part": part, "facts": rules, "with_age": True}
    return render_to_string("client/agreements/_section.html", context)


def _may_accept(offered: Version | None, participant: Participant) -> bool:
    return offered is not None and participant.reads_messages and offered.waits_for(participant)
