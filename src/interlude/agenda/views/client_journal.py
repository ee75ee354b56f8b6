"""A week of the journal in a few words, made by its writer, and the whole journal as one file."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interlude.agenda.actions import keep_words, write_journal
from interlude.agenda.forms import SummaryForm
from interlude.agenda.journal import Page, as_text, summary_of, week_of
from interlude.agenda.models import ListItem
from interlude.practice.models import Participant
from interlude.ui.files import as_stream
from interlude.ui.rooms import CLIENT


@require_http_methods(["GET", "HEAD", "POST"])
def journal_week(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Tick pages of the last days, read their words over as one text, and choose where that goes."""
    _only_writers(participant)
    now = timezone.now()
    if request.method != "POST":
        return _page(request, participant, now=now)
    if "to" not in request.POST:
        return _begun(request, participant, now)
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return _page(request, participant, now=now, form=form, status=422)
    words, key = form.cleaned_data["words"], form.cleaned_data["item_id"]
    if request.POST["to"] == "list":
        journal = ListItem.Source.JOURNAL
        keep_words(
            words,
            client=participant.client,
            topic="session",
            by=participant,
            now=now,
            source=journal,
            item_id=key,
        )
        messages.info(request, _("It is on our list."))
        return CLIENT.then(request, "our_list")
    entry = write_journal(words, participant=participant, now=now, entry_id=key)
    return CLIENT.then(request, "journal_entry", entry_id=entry.pk)


@require_safe
def journal_copy(request: HttpRequest, participant: Participant) -> StreamingHttpResponse:
    """Every page, oldest first, as plain text. Nobody is told, and its name says nothing."""
    _only_writers(participant)
    return as_stream(as_text(participant), name="pages.txt")


def _begun(request: HttpRequest, participant: Participant, now: datetime) -> HttpResponse:
    """The words of the ticked pages in one box."""
    pages = week_of(participant, now)
    chosen = [page for page in pages if str(page.entry.pk) in request.POST.getlist("page")]
    if not chosen:
        return _page(request, participant, now=now, none_ticked=True, status=422)
    form = SummaryForm(initial={"item_id": uuid4(), "words": summary_of(chosen)})
    return _page(request, participant, now=now, pages=pages, form=form)


def _page(
    request: HttpRequest,
    participant: Participant,
    *,
    now: datetime,
    pages: list[Page] | None = None,
    form: SummaryForm | None = None,
    none_ticked: bool = False,
    status: int = 200,
) -> HttpResponse:
    ticked = set(request.POST.getlist("page"))
    others = participant.client.participants.exclude(pk=participant.pk)
    context = {
        "now": now,
        "here": "journal",
        "pages": week_of(participant, now) if pages is None else pages,
        "ticked": ticked,
        "form": form,
        "none_ticked": none_ticked,
        "therapist": participant.client.clinician,
        "partners": [one for one in others if one.reads_messages],
    }
    return CLIENT.page(request, "agenda/journal_week.html", context, status=status)


def _only_writers(participant: Participant) -> None:
    if not participant.reads_messages:
        raise Http404
