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

from interlude.agreements.actions import accept_agreement, part_in, writers_of
from interlude.agreements.extra_support import SupportShown, supports_shown
from interlude.agreements.forms import AcceptForm
from interlude.agreements.frozen import words_shown
from interlude.agreements.marking import marked
from interlude.agreements.models import Agreement, Suitability
from interlude.agreements.own_wish import ways_for
from interlude.agreements.readers import readers_for
from interlude.agreements.suitability import DecisionShown, decisions_shown, with_views
from interlude.agreements.today import today
from interlude.agreements.versions import Version, Versions, versions_of
from interlude.agreements.wording import Facts, changed_sections, facts
from interlude.boundaries.models import ExtraSupport, PolicyLayer
from interlude.core.guardians import Scope
from interlude.core.layers import Resolved
from interlude.core.readers import Readers
from interlude.core.sheet import fingerprint, grouped, parts_of
from interlude.practice.guardians import reach_of, young_person
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLIENT


@require_safe
def agreement(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The rules in force in plain words, what is offered beside them, and every version before."""
    now = timezone.now()
    if not participant.reads_messages and not reach_of(participant, now).sees(Scope.AGREEMENT):
        raise Http404
    versions = _versions(participant, now)
    if "version" in request.GET:
        return _one_version(request, participant, versions, now=now)
    return _page(request, participant, versions, now=now, form=AcceptForm())


@require_POST
def accept(request: HttpRequest, participant: Participant, *, agreement_id: UUID) -> HttpResponse:
    """Say yes to one version, by typing one's name. Guardians read; their yes is not asked for."""
    now = timezone.now()
    if not participant.reads_messages:
        raise Http404
    offered = get_object_or_404(Agreement.objects.visible_to(participant, at=now), pk=agreement_id)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, participant, _versions(participant, now), now=now, form=form, status=422)
    name, shown = form.cleaned_data["name"], form.cleaned_data["shown"]
    done = accept_agreement(agreement=offered, participant=participant, name_typed=name, shown=shown, now=now)
    if done is None:
        messages.info(request, _why_not(participant, offered))
    return CLIENT.then(request, "agreement")


def _why_not(participant: Participant, offered: Agreement) -> str:
    if Agreement.objects.visible_to(participant).filter(number__gt=offered.number).exists():
        return _("A newer version is here. Please read this one instead.")
    fresh = Agreement.objects.get(pk=offered.pk)
    if fresh.withdrawn_at is not None:
        return _("This version is not offered any more. What held before stays.")
    if fresh.accepted_at is not None:
        return _("That version was agreed before you came. One for all of you is to follow.")
    return _("Some words here are new since you opened the page. Please read them once more.")


def _versions(participant: Participant, now: datetime) -> Versions:
    rows = Agreement.objects.visible_to(participant, at=now)
    return versions_of(rows, list(writers_of(participant.client, now=now)), now=now)


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
    on = care.clinician.date_at(now)
    rules, exceptions, age = *_in_force(participant, shown.agreement, on), care.age(on)
    context |= {
        "shown": shown,
        "today": today(rules, clinician=care.clinician, now=now),
        "dates": "now" if versions.in_force else "would",
        "too_young": age is not None and age < rules.policy.minimum_age,
        "exceptions": exceptions,
        "supports": _supports(participant, shown.agreement, on),
        "may_accept": _may_accept(versions.to_accept, participant),
        "other_ways": ways_for(shown.agreement, now) if participant.reads_messages else (),
        "readers": _readers(participant, rules, shown, now),
        "part": part_in(shown.agreement, participant, now) if versions.in_force else "",
    } | _change(participant, versions, context)
    if context["may_accept"] and versions.to_accept:
        words = words_shown(versions.to_accept.agreement, reader=participant)
        context |= {"text": grouped(parts_of(words)), "fingerprint": fingerprint(words)}
    return CLIENT.page(request, "agreements/agreement.html", context, status=status)


def _in_force(participant: Participant, held: Agreement, on: date) -> tuple[Resolved, list[PolicyLayer]]:
    """The rules of that day, and the exceptions in them, which are between client and therapist alone."""
    if not participant.reads_messages:
        return held.as_offered(), []
    exceptions = PolicyLayer.objects.filter(client=participant.client, until__gte=on, support=None)
    return held.rules(on), list(exceptions.order_by("since"))


def _supports(participant: Participant, held: Agreement, on: date) -> list[SupportShown]:
    """Extra support that runs or is to come; nobody but its client and the therapist sees any."""
    rows = ExtraSupport.objects.visible_to(participant).not_over(on)
    if held.wished_by_id:
        rows = rows.filter(given_at__gt=held.published_at)  # the wish took back what came before
    rows = rows.prefetch_related("layers", "moves")
    return supports_shown(rows, agreement=held, on=on, sealer=Sealer(participant.practice_id))


def _decisions(participant: Participant) -> list[DecisionShown]:
    """Whether messages fit, as it was decided together, newest first."""
    rows = Suitability.objects.visible_to(participant).select_related("decided_by")
    return decisions_shown(with_views(rows, reader=participant), Sealer(participant.practice_id))


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
    context["readers"] = _readers(participant, rules, version, now)
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


def _change(participant: Participant, versions: Versions, people: dict[str, Any]) -> dict[str, Any]:
    """The version that is new, what it is read beside, and what would read otherwise."""
    new = versions.offered or versions.to_accept
    if new is None:
        return {"new": None}
    before = versions.before
    return {
        "new": new,
        "before": before,
        "reason": _reason(participant, new),
        "changes": _changes(before, new, participant, people) if before else [],
    }


def _reason(participant: Participant, version: Version) -> str:
    """Between client and therapist; a guardian reads the rules and not why."""
    if not participant.reads_messages:
        return ""
    return version.agreement.reason(Sealer(participant.practice_id))


def _changes(held: Version, new: Version, participant: Participant, people: dict[str, Any]) -> list[Change]:
    """What would read otherwise; a rule that the page does not speak of is no change to a reader."""
    now, before, after = people["now"], held.agreement.as_offered(), new.agreement.as_offered()
    one, two = facts(before), facts(after)
    old = people | {"readers": _readers(participant, before, held, now)}
    then = people | {"readers": _readers(participant, after, new, now)}
    names = changed_sections(before.policy, after.policy)
    if old["readers"] != then["readers"] and "readers" not in names:
        names.append("readers")
    parts = [Change(name, *marked(_in_words(name, one, old), _in_words(name, two, then))) for name in names]
    return [part for part in parts if part.before != part.after]


def _in_words(part: str, rules: Facts, people: dict[str, Any]) -> SafeString:
    context = people | {"part": part, "facts": rules, "with_age": True}
    return render_to_string("client/agreements/_section.html", context)


def _readers(participant: Participant, rules: Resolved, version: Version, now: datetime) -> Readers:
    """Who reads what is written under this version; to a guardian, what the young person writes."""
    writer = participant if participant.reads_messages else young_person(participant.client)
    return readers_for(writer or participant, rules.policy, agreement=version.agreement, now=now)


def _may_accept(newest: Version | None, participant: Participant) -> bool:
    return newest is not None and participant.reads_messages and newest.waits_for(participant)
