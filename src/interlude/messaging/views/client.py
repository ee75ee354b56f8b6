"""Writing: what it is about, the words, one look over them, and what became of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from interlude.agenda.models import JournalEntry
from interlude.core.policy import Topic
from interlude.crisis.context import HARD
from interlude.desk.models import Question
from interlude.library.finding import Thing, offered_to
from interlude.messaging import actions
from interlude.messaging.composing import composer_for, lines_for, review_of
from interlude.messaging.correspondence import sheets_of, with_answers
from interlude.messaging.drafts import forget_draft, keep_other_words, keep_typed
from interlude.messaging.forms import ChangeForm, MessageForm, SendForm
from interlude.messaging.models import Draft, Message
from interlude.messaging.outlook import Marks, end_of
from interlude.messaging.plan import plan_of, usual_week
from interlude.messaging.purposes import FOR_GUARDIANS, Purpose, purpose_named, purpose_of
from interlude.messaging.reading_over import read_again, read_over
from interlude.messaging.resting import before_sending
from interlude.messaging.storing import Stored, first_and_rest, stored_under
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui.rooms import CLIENT

HELP = "help"  # a purpose that no composer has: it leads to help now, at once


@require_GET
def write(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What is it about? Each line says what will happen under this person's own agreement."""
    now = timezone.now()
    ground = actions.ground_for(participant, now)
    context = _people(participant, now) | {
        "lines": lines_for(ground),
        "closed": ground.outlook(Topic.OUR_MESSAGING, words=1),
        "next_window": ground.next_window,
        "draft": _draft_at_hand(request, participant),
    }
    return CLIENT.page(request, "messaging/write.html", context)


@require_GET
def compose(request: HttpRequest, participant: Participant, *, topic: str) -> HttpResponse:
    """The box for one purpose: the date first, then the plan, then the words."""
    if topic == HELP:
        return HttpResponseRedirect(request.occupants.help_address)  # type: ignore[attr-defined]  # middleware
    now = timezone.now()
    purpose = purpose_named(topic, guardian=not participant.reads_messages)
    if purpose is None:
        raise Http404
    draft = _draft_at_hand(request, participant)
    form = _opened(draft, participant, now) if draft else _blank(purpose, now)
    key = draft.pk if draft else uuid4()
    return _composer(request, participant, purpose, key=key, form=form, now=now)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, participant: Participant, *, draft_id: UUID) -> HttpResponse:
    """A draft: opened again, or kept as it is being typed. Kept by itself, it answers with nothing at all."""
    now = timezone.now()
    if request.method != "POST":
        kept = Draft.objects.visible_to(participant).filter(pk=draft_id).first()
        if kept is None:
            return _sent_meanwhile(participant, draft_id)
        purpose = purpose_of(kept.topic, no_answer=kept.no_answer)
        form = _opened(kept, participant, now)
        return _composer(request, participant, purpose, key=kept.pk, form=form, now=now)
    saved = _keep(MessageForm(request.POST, today=_today(now)), participant, key=draft_id, now=now)
    match request.POST.get("to"):
        case "write":
            return _to("write", draft=saved.pk if isinstance(saved, Draft) else None)
        case "hard":
            request.session[HARD] = True
            return _again(request, saved)
        case "leave":
            if isinstance(saved, Draft):
                messages.info(request, _("Your draft is kept. Only you can see it."))
            return CLIENT.then(request, "home")
        case str(to) if to.startswith("piece/"):
            return _to_piece(to.removeprefix("piece/"), saved)
        case _:
            return _beside(request, participant, saved, now=now)


def _beside(
    request: HttpRequest, participant: Participant, saved: Draft | Stored | None, *, now: datetime
) -> HttpResponse:
    """What may help in the meantime, computed of the words that were just kept, and kept nowhere. R-224."""
    if not isinstance(saved, Draft):
        return HttpResponse(status=204)
    found = _fitting(saved, participant, now)
    context = {"beside": found, "key": saved.pk}
    return CLIENT.page(request, "library/_beside.html", context) if found else HttpResponse(status=204)


def _fitting(kept: Draft, participant: Participant, now: datetime) -> list[Thing]:
    words = kept.text(Sealer(participant.practice_id))
    return offered_to(participant, topic=kept.topic, words=words, now=now)


def _to_piece(piece: str, saved: Draft | Stored | None) -> HttpResponse:
    """To a thing that may help; the words are kept, and the way back stands on its page."""
    try:
        address = reverse("client:piece", kwargs={"piece_id": UUID(piece)})
    except ValueError:
        raise Http404 from None
    return HttpResponseRedirect(f"{address}?draft={saved.pk}" if isinstance(saved, Draft) else address)


def _again(request: HttpRequest, saved: Draft | Stored | None) -> HttpResponse:
    """The composer once more, with the words that were kept; where none were, the purposes."""
    if isinstance(saved, Draft):
        return CLIENT.then(request, "draft", draft_id=saved.pk)
    return CLIENT.then(request, "write")


@require_POST
def forget(request: HttpRequest, participant: Participant, *, draft_id: UUID) -> HttpResponse:
    """Throw a draft away, after one question."""
    kept = get_object_or_404(Draft.objects.visible_to(participant), pk=draft_id)
    if "sure" not in request.POST:
        return CLIENT.page(request, "messaging/forget.html", {"draft": kept, "here": "write"})
    forget_draft(kept.pk, participant=participant)
    messages.info(request, _("The draft is gone."))
    return CLIENT.then(request, "home")


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, participant: Participant, *, draft_id: UUID) -> HttpResponse:
    """The words as they will arrive, the date, and what can still be chosen; it can be loaded again."""
    now = timezone.now()
    if request.method != "POST":
        kept = Draft.objects.visible_to(participant).filter(pk=draft_id).first()
        return (
            _review(request, participant, kept, now=now) if kept else _sent_meanwhile(participant, draft_id)
        )
    form = MessageForm(request.POST, today=_today(now))
    saved = _keep(form, participant, key=draft_id, now=now)
    if not form.is_valid():
        return _composer_again(request, participant, form, key=draft_id, now=now)
    if isinstance(saved, Draft):
        return CLIENT.then(request, "review", draft_id=saved.pk)
    return _to_receipt(saved)


@require_POST
def send(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Send, once, however often it is pressed."""
    now = timezone.now()
    form = SendForm(request.POST, today=_today(now))
    topic = _topic(form, participant)
    if not form.is_valid():
        return _not_sent_yet(request, participant, form, now=now)
    outcome = actions.send_message(
        form.cleaned_data["words"],
        participant=participant,
        draft_id=form.key,
        topic=topic,
        now=now,
        marks=form.marks(participant.time_zone()),
        shown=form.shown,
        hold=form.hold,
    )
    match outcome:
        case actions.GoThere(draft_id=kept):
            return _to("sessions", draft=kept)
        case actions.MovedOn(draft_id=kept):
            waiting = get_object_or_404(Draft.objects.visible_to(participant), pk=kept)
            return _review(request, participant, waiting, now=now, moved_on=True)
        case actions.Sent(stored=stored, other_words=other):
            return _to_receipt(stored, other=other)


@require_GET
def message(request: HttpRequest, participant: Participant, *, message_id: UUID) -> HttpResponse:
    """The receipt: received, read when, answered by when; the words; and what came back."""
    now = timezone.now()
    rows = Message.objects.visible_to(participant, at=now).filter(pk=message_id)
    row = with_answers(rows, now).first()
    if row is None or (row.taken_back_at and row.participant_id != participant.pk):
        return _elsewhere(participant, message_id)
    ground = actions.ground_for(participant, now)
    [sheet] = sheets_of([row], participant=participant, now=now)
    context = _people(participant, now) | {
        "here": "conversation",
        "sheet": sheet,
        "read": read_again(sheet, participant=participant),
        "other": _draft_at_hand(request, participant, name="other"),
        "plan": plan_of(ground.policy, ground.used_this_week),
        "usual": usual_week(participant, now),
        "session": ground.session,
    }
    return CLIENT.page(request, "messaging/message.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, participant: Participant, *, message_id: UUID) -> HttpResponse:
    """Other words for a message, until the window opens by the clock."""
    now = timezone.now()
    row = _mine(participant, message_id, now)
    if request.method != "POST":
        if not row.can_be_changed(now):
            return CLIENT.then(request, "message", message_id=row.pk)
        whole = "".join(first_and_rest(row))
        form = ChangeForm(initial={"words": whole, "keep_rest": True})
        return _change(request, participant, row, form=form, now=now)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _change(request, participant, row, form=form, now=now)
    text, keep_rest = form.cleaned_data["words"], form.cleaned_data["keep_rest"]
    if actions.change_message(row, text, by=participant, now=now, keep_rest=keep_rest):
        return CLIENT.then(request, "message", message_id=row.pk)
    other = keep_other_words(text, participant=participant, topic=row.topic, now=now)
    return _to_receipt(row, other=other.pk)


@require_POST
def take_back(request: HttpRequest, participant: Participant, *, message_id: UUID) -> HttpResponse:
    """Take a message back, after one question; its words are a draft again."""
    now = timezone.now()
    row = _mine(participant, message_id, now)
    if "sure" not in request.POST and row.can_be_changed(now):
        context = _people(participant, now) | {"here": "conversation", "message": row}
        return CLIENT.page(request, "messaging/take_back.html", context)
    kept = actions.take_back_message(row, by=participant, now=now) if "sure" in request.POST else None
    if kept is None:
        return CLIENT.then(request, "message", message_id=row.pk)
    messages.info(request, _("You took your message back. Here are its words. They are a draft again."))
    return CLIENT.then(request, "draft", draft_id=kept.pk)


def _composer(
    request: HttpRequest,
    participant: Participant,
    purpose: Purpose,
    *,
    key: UUID,
    form: MessageForm,
    now: datetime,
) -> HttpResponse:
    marks = form.marks(participant.time_zone())
    composer = composer_for(actions.ground_for(participant, now), purpose, marks=marks, text=form.typed)
    kept = Draft.objects.visible_to(participant).filter(pk=key).first()
    context = _people(participant, now) | {"here": "write", "composer": composer, "form": form}
    context |= {"key": key, "kept": kept}
    context["beside"] = offered_to(participant, topic=purpose.topic, words=form.typed, now=now)
    return CLIENT.page(request, "messaging/compose.html", context, status=422 if form.is_bound else 200)


def _composer_again(
    request: HttpRequest, participant: Participant, form: MessageForm, *, key: UUID, now: datetime
) -> HttpResponse:
    purpose = purpose_of(_topic(form, participant), no_answer=form.kept()["no_answer"])
    return _composer(request, participant, purpose, key=key, form=form, now=now)


def _review(
    request: HttpRequest,
    participant: Participant,
    kept: Draft,
    *,
    now: datetime,
    form: SendForm | None = None,
    moved_on: bool = False,
) -> HttpResponse:
    ground = actions.ground_for(participant, now)
    marks = Marks(kept.no_answer, kept.keep, end_of(kept.wish_by, participant.time_zone()))
    purpose = purpose_of(kept.topic, no_answer=kept.no_answer)
    seen = review_of(ground, purpose, text=kept.text(Sealer(participant.practice_id)), marks=marks)
    if seen.outlook.kind == "yourself":
        return _to("sessions", draft=kept.pk)
    context = _people(participant, now) | {"here": "write", "kept": kept, "review": seen, "form": form}
    context |= {"moved_on": moved_on, "plan": plan_of(ground.policy, ground.used_this_week)}
    read = read_over(seen, participant=participant)
    is_calm = read is None or read.help == "none"  # where help is offered, nothing else is
    context |= {"read": read, "key": kept.pk}
    context["beside"] = _fitting(kept, participant, now) if is_calm else ()
    context |= before_sending(participant, kept, policy=ground.policy, now=now, is_calm=is_calm)
    return CLIENT.page(request, "messaging/review.html", context, status=422 if form or moved_on else 200)


def _not_sent_yet(
    request: HttpRequest, participant: Participant, form: SendForm, *, now: datetime
) -> HttpResponse:
    """Something is to be put right first. The words are kept, and the page says what it is."""
    saved = _keep(form, participant, key=form.key, now=now)
    if saved is not None and not isinstance(saved, Draft):
        return _to_receipt(saved)
    if saved is not None and set(form.errors) == {"accept_price"}:
        return _review(request, participant, saved, now=now, form=form)
    return _composer_again(request, participant, form, key=saved.pk if saved else form.key, now=now)


def _keep(form: MessageForm, participant: Participant, *, key: UUID, now: datetime) -> Draft | Stored | None:
    """Keep what a page holds. An emptied page throws its draft away.

    A key that is somebody else's, in this practice or another, is answered like one that nobody has used.
    """
    topic = _topic(form, participant)
    if not form.typed.strip():
        forget_draft(key, participant=participant)
        return None
    return keep_typed(form.typed, participant=participant, draft_id=key, topic=topic, now=now, **form.kept())


def _topic(form: MessageForm, participant: Participant) -> Topic:
    """What the form is about; 404 for what nobody can choose. A guardian writes of times and bills."""
    if form.topic not in set(Topic):
        raise Http404
    topic = Topic(form.topic)
    return topic if participant.reads_messages or topic in FOR_GUARDIANS else Topic.SCHEDULE


def _change(
    request: HttpRequest, participant: Participant, row: Message, *, form: ChangeForm, now: datetime
) -> HttpResponse:
    context = _people(participant, now) | {"here": "conversation", "message": row, "form": form}
    context["fits"] = actions.words_that_fit(row, now)
    return CLIENT.page(request, "messaging/change.html", context, status=422 if form.is_bound else 200)


def _mine(participant: Participant, message_id: UUID, now: datetime) -> Message:
    mine = Message.objects.visible_to(participant, at=now).filter(participant=participant)
    return get_object_or_404(mine.select_related("agreement", "client__clinician"), pk=message_id)


def _elsewhere(participant: Participant, key: UUID) -> HttpResponse:
    """The key of a draft is the key of what became of it: a question to the desk, a page of the journal."""
    if Question.objects.visible_to(participant).filter(pk=key).exists():
        return HttpResponseRedirect(reverse("client:question", kwargs={"question_id": key}))
    if JournalEntry.objects.visible_to(participant).filter(pk=key).exists():
        return HttpResponseRedirect(reverse("client:journal_entry", kwargs={"entry_id": key}))
    raise Http404


def _sent_meanwhile(participant: Participant, key: UUID) -> HttpResponse:
    """Back from the receipt to a page whose draft has become a message: the receipt again."""
    stored = stored_under(key)
    if stored is None or stored.participant_id != participant.pk:
        raise Http404
    return _to_receipt(stored)


def _to_receipt(stored: Stored | None, *, other: UUID | None = None) -> HttpResponse:
    if stored is None:
        return _to("write")
    address = reverse("client:message", kwargs={"message_id": stored.pk})
    return HttpResponseRedirect(f"{address}?other={other}" if other else address)


def _to(place: str, *, draft: UUID | None = None) -> HttpResponse:
    address = reverse(f"client:{place}")
    return HttpResponseRedirect(f"{address}?draft={draft}" if draft else address)


def _draft_at_hand(request: HttpRequest, participant: Participant, *, name: str = "draft") -> Draft | None:
    """The draft that an address carries along; 404 where it is nobody's or somebody else's."""
    if name not in request.GET:
        return None
    try:
        key = UUID(request.GET[name])
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Draft.objects.visible_to(participant), pk=key)


def _blank(purpose: Purpose, now: datetime) -> MessageForm:
    return MessageForm(initial={"words": "", "no_answer": purpose.no_answer}, today=_today(now))


def _opened(kept: Draft, participant: Participant, now: datetime) -> MessageForm:
    words = kept.text(Sealer(participant.practice_id))
    initial = {"words": words, "no_answer": kept.no_answer, "keep": kept.keep, "wish_by": kept.wish_by}
    return MessageForm(initial=initial, today=_today(now))


def _today(now: datetime) -> date:
    return timezone.localtime(now).date()


def _people(participant: Participant, now: datetime) -> dict[str, Any]:
    """What every page here says of people and time."""
    client = participant.client
    return {"now": now, "me": participant, "client": client, "therapist": client.clinician}
