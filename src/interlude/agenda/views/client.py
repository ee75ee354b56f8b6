"""Our list for the session, and the client's own journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interlude.agenda.actions import OUR_MESSAGING, bring_up_our_messaging, keep_words, write_journal
from interlude.agenda.forms import NoteForm, PageForm, blank_note, blank_page
from interlude.agenda.journal import PROMPTS, Page, begun_with, session_just_over
from interlude.agenda.models import JournalEntry, ListItem
from interlude.agenda.models import Line as AfterSession
from interlude.agenda.ordering import in_order_of, move_in_order
from interlude.appointments.actions import next_session
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLIENT

CLOSED_SHOWN = 20
PAGES_SHOWN = 12
LINES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on our list, with its words; empty for a message, whose words stay on its own page."""

    item: ListItem
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """A line after a session, opened."""

    line: AfterSession
    words: str


@require_safe
def our_list(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What waits for the next session, and what was talked about already."""
    _only_writers(participant)
    return _list_page(request, participant, form=blank_note(), now=timezone.now())


@require_POST
def add_note(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Put something on our list: a note, the words of a journal page, or 'our messaging' without a word."""
    _only_writers(participant)
    now, care = timezone.now(), participant.client
    if request.POST.get("topic") == OUR_MESSAGING:
        bring_up_our_messaging(client=care, by=participant, now=now)
    elif "entry" in request.POST:
        entry = _own_page(participant, request.POST["entry"])
        words = entry.words(Sealer(participant.practice_id))
        journal = ListItem.Source.JOURNAL
        keep_words(
            words, client=care, topic="session", by=participant, now=now, source=journal, item_id=entry.pk
        )
    else:
        form = NoteForm(request.POST)
        if not form.is_valid():
            return _list_page(request, participant, form=form, now=now, status=422)
        note, item_id = form.cleaned_data["words"], form.cleaned_data["item_id"]
        keep_words(note, client=care, topic="session", by=participant, now=now, item_id=item_id)
    messages.info(request, _("It is on our list."))
    return CLIENT.then(request, "our_list")


@require_POST
def order(request: HttpRequest, participant: Participant, *, item_id: UUID) -> HttpResponse:
    """Put something on our list one place sooner or later."""
    _only_writers(participant)
    now = timezone.now()
    rows = ListItem.objects.visible_to(participant).here(now)
    item = get_object_or_404(rows, pk=item_id)
    move_in_order(item, sooner=request.POST.get("to") != "later", among=rows, by=participant, now=now)
    return CLIENT.then(request, "our_list")


@require_http_methods(["GET", "HEAD", "POST"])
def journal(request: HttpRequest, participant: Participant) -> HttpResponse:
    """All pages of one's own journal, newest first, and a new one to write."""
    _only_writers(participant)
    now = timezone.now()
    if request.method != "POST":
        form = blank_page(begun_with(request.GET.get("with", "")))
        return _journal_page(request, participant, form=form, now=now)
    form = PageForm(request.POST)
    if not form.is_valid():
        return _journal_page(request, participant, form=form, now=now, status=422)
    entry = write_journal(
        form.cleaned_data["words"], participant=participant, now=now, entry_id=form.cleaned_data["entry_id"]
    )
    return CLIENT.then(request, "journal_entry", entry_id=entry.pk)


@require_safe
def journal_entry(request: HttpRequest, participant: Participant, *, entry_id: UUID) -> HttpResponse:
    """One page of the journal, and the way to bring it to the session."""
    _only_writers(participant)
    entry = get_object_or_404(JournalEntry.objects.visible_to(participant), pk=entry_id)
    context = _people(participant) | {
        "now": timezone.now(),
        "here": "journal",
        "page": Page(entry, entry.words(Sealer(participant.practice_id))),
        "on_list": ListItem.objects.visible_to(participant).filter(pk=entry.pk).first(),
    }
    return CLIENT.page(request, "agenda/journal_entry.html", context)


def _list_page(
    request: HttpRequest, participant: Participant, *, form: NoteForm, now: datetime, status: int = 200
) -> HttpResponse:
    ours = ListItem.objects.visible_to(participant).here(now).select_related("session")
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = list(in_order_of(ours.waiting_on(today), participant))
    context = _people(participant) | {
        "now": now,
        "here": "our_list",
        "form": form,
        "session": next_session(participant.client, now),
        "waiting": _opened(waiting, participant),
        "closed": _opened(list(ours.closed_before(today)[:CLOSED_SHOWN]), participant),
        "lines": _lines(participant, now),
        "messaging_is_on": any(item.topic == OUR_MESSAGING for item in waiting),
    }
    return CLIENT.page(request, "agenda/our_list.html", context, status=status)


def _lines(participant: Participant, now: datetime) -> list[Said]:
    """What came from the clinician after the last sessions, newest first."""
    rows = AfterSession.objects.visible_to(participant, at=now).select_related("session", "clinician")
    sealer = Sealer(participant.practice_id)
    return [Said(line, line.words(sealer)) for line in rows[:LINES_SHOWN]]


def _opened(items: list[ListItem], participant: Participant) -> list[Line]:
    sealer = Sealer(participant.practice_id)
    sealer.fetch([participant.client_id])
    return [Line(item, item.words(sealer)) for item in items]


def _journal_page(
    request: HttpRequest, participant: Participant, *, form: PageForm, now: datetime, status: int = 200
) -> HttpResponse:
    mine = JournalEntry.objects.visible_to(participant).select_related("participant")
    shown = Paginator(mine, PAGES_SHOWN).get_page(request.GET.get("page"))
    sealer = Sealer(participant.practice_id)
    pages = [Page(entry, entry.words(sealer)) for entry in shown]
    context = _people(participant) | {
        "now": now,
        "here": "journal",
        "form": form,
        "shown": shown,
        "pages": pages,
        "just_over": session_just_over(participant, now),
        "prompts": PROMPTS,
    }
    return CLIENT.page(request, "agenda/journal.html", context, status=status)


def _own_page(participant: Participant, raw: str) -> JournalEntry:
    try:
        entry_id = UUID(raw)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(JournalEntry.objects.visible_to(participant), pk=entry_id)


def _people(participant: Participant) -> dict[str, object]:
    others = participant.client.participants.exclude(pk=participant.pk)
    return {
        "me": participant,
        "therapist": participant.client.clinician,
        "partners": [one for one in others if one.reads_messages],
    }


def _only_writers(participant: Participant) -> None:
    """A parent or guardian has no list and no journal here, and no sign that there are any."""
    if not participant.reads_messages:
        raise Http404
