"""Twenty-two kinds of visitor, the things of four cares, and how each visitor stands to each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from interlude.accounts.models import User
from interlude.agenda.actions import keep_words, write_journal
from interlude.agenda.lines import write_line
from interlude.agreements.deciding import write_decision
from interlude.appointments.offering import offer_times
from interlude.away.wills import ask_to_open, confirm_opening, write_will
from interlude.boundaries.actions import close_days, go_away
from interlude.boundaries.models import ClosedDay, ExtraSupport
from interlude.closings.actions import Ending, set_closing
from interlude.closings.models import Closing
from interlude.core.clean_files import CleanFile
from interlude.core.closing import ClosingDays
from interlude.core.file_kinds import PDF as PDF_KIND
from interlude.core.hard_moments import HardMoments, PlanPart
from interlude.core.packs.phrases import id_of
from interlude.core.support import Plan
from interlude.core.wording import Words as Parts
from interlude.cover.actions import Asked, ask_cover
from interlude.crisis.models import HelpLine
from interlude.desk.models import Question
from interlude.library.actions import Given, Places, Words, fill_in, make_ready, share, write_piece
from interlude.messaging.actions import send_message
from interlude.messaging.answering import Gesture, close_message, reply_to
from interlude.messaging.covering import accept_or_decline
from interlude.messaging.drafts import save_draft
from interlude.messaging.models import Approval, Message, Reply
from interlude.phrasebook.actions import Entry, write_phrase, write_variant
from interlude.plans.actions import add_file, share_plan, write_plan
from interlude.practice.actions import (
    add_client,
    add_clinician,
    add_office_member,
    add_participant,
    see_out,
)
from interlude.practice.invitations import invite
from interlude.practice.models import Clinician, OfficeMember, Participant, Practice
from interlude.support.actions import give_support
from tests.access.devices import device_of
from tests.access.papers import enclosed_by, papers_of
from tests.access.times import about_times
from tests.cast import LONG_AGO, NOW, Cast

STANDS_IN = "Cora Cover"
PDF = b"%PDF-1.7 a form %%EOF"
Person = Participant | Clinician | OfficeMember


@dataclass
class Things:
    """What one writer has, by the name that the table uses."""

    writer: Participant
    ids: dict[str, UUID]


def visitors(cast: Cast) -> dict[str, Person | None]:
    """By name. Beside the cast: a supervisor, an owner elsewhere, a former client, a leaver."""
    supervisor = _account(add_clinician(practice=cast.alder, name="Sol Supervisor", by=None, now=LONG_AGO))
    Clinician.unscoped.filter(pk=cast.ada.pk).update(supervisor=supervisor)
    leaver = _account(add_clinician(practice=cast.alder, name="Lea Leaver", by=None, now=LONG_AGO))
    see_out(leaver, by=None, now=NOW)
    owner = _account(
        add_office_member(practice=cast.birch, name="Oma Owner", role="owner", by=None, now=LONG_AGO)
    )
    former = _client_of(cast.ada, "Fred Former")
    Participant.unscoped.filter(pk=former.pk).update(access_ends=NOW - timedelta(days=1))
    asleep = _client_of(cast.ada, "Dana Deactivated")
    User.objects.filter(pk=asleep.user_id).update(is_active=False)
    late = _account(
        add_participant(client=cast.tove.client, name="Rana Later", role="partner", by=None, now=NOW)
    )
    cover = _account(add_clinician(practice=cast.alder, name=STANDS_IN, by=None, now=LONG_AGO))
    return {
        "cover": cover,
        "late partner": late,
        "anonymous": None,
        "noor": cast.noor,
        "kai": cast.kai,
        "mira": cast.mira,
        "jonas": cast.jonas,
        "tove": cast.tove,
        "imre": cast.imre,
        "dov": cast.dov,
        "ada": cast.ada,
        "ben": cast.ben,
        "cleo": cast.cleo,
        "supervisor": supervisor,
        "leaver": leaver,
        "olu": cast.olu,
        "priya": cast.priya,
        "owner elsewhere": owner,
        "former client": former,
        "deactivated": asleep,
    } | _more_guardians(cast)


def _more_guardians(cast: Cast) -> dict[str, Person | None]:
    """A second guardian of Mira, and one whose access has ended."""
    ended = _account(
        add_participant(client=cast.mira.client, name="Gus Gone", role="guardian", by=None, now=LONG_AGO)
    )
    Participant.unscoped.filter(pk=ended.pk).update(access_ends=NOW - timedelta(days=1))
    other = _account(
        add_participant(client=cast.mira.client, name="Gwen Second", role="guardian", by=None, now=LONG_AGO)
    )
    return {"other guardian": other, "ended guardian": ended}


def relation(visitor: Person | None, things: Things) -> str:
    """How a visitor stands to the care that the things belong to; '' for a stranger."""
    owner = things.writer
    match visitor:
        case Participant() if _is_open(visitor) and visitor.client_id == owner.client_id:
            return part(visitor)
        case Clinician() if visitor.pk == owner.client.clinician_id and visitor.left_at is None:
            return "treating"
        case Clinician() if visitor.name == STANDS_IN and visitor.practice_id == owner.practice_id:
            return "stands in"
        case Clinician() if _supervises(visitor, owner.client.clinician_id):
            return "supervising"
        case OfficeMember() if visitor.practice_id == owner.practice_id:
            return str(visitor.role)
        case _:
            return ""


def _supervises(visitor: Clinician, clinician_id: UUID) -> bool:
    return Clinician.unscoped.filter(pk=clinician_id, supervisor=visitor).exists()


def place(visitor: Person | None) -> str:
    """What a visitor is where no thing stands in the address."""
    match visitor:
        case Participant():
            return part(visitor) if _is_open(visitor) else ""
        case Clinician():
            return "" if visitor.pk and Clinician.unscoped.get(pk=visitor.pk).left_at else "clinician"
        case OfficeMember():
            return str(visitor.role)
        case None:
            return ""


def part(participant: Participant) -> str:
    """What somebody is in their care: for guardians, what was opened; of several, who came after the yes."""
    if participant.role == Participant.Role.GUARDIAN:
        was_told = participant.scope_changes.filter(scope="agreement", may=True).exists()
        return "guardian who was told" if was_told else "guardian"
    is_late = participant.client.agreements.exists() and not participant.acceptances.exists()
    return "late partner" if is_late and participant.role == "partner" else str(participant.role)


def _is_open(participant: Participant) -> bool:
    fresh = Participant.unscoped.select_related("user").get(pk=participant.pk)
    ended = fresh.access_ends is not None and fresh.access_ends <= NOW
    return not ended and fresh.user is not None and fresh.user.is_active


def things_of(writer: Participant) -> Things:
    """One of each kind, made through the actions. The message is handed over; a second one is not."""
    before = NOW - timedelta(days=2)
    handed = _sent(writer, "homework", before)
    replied = _sent(writer, "homework", before)
    reply = reply_to(replied, "Thank you.", by=writer.client.clinician, now=NOW, reply_id=uuid4()).reply
    fresh, question = _sent(writer, "homework", NOW), _sent(writer, "billing", NOW)
    entry = write_journal("mine alone", participant=writer, now=NOW)
    draft = save_draft("not yet", participant=writer, draft_id=uuid4(), topic="homework", now=NOW)
    item = keep_words("for us", client=writer.client, topic="session", by=writer, now=NOW)
    line, staff = _of_the_practice(writer.practice)
    return Things(
        writer,
        {
            "message": handed.pk,
            "fresh message": fresh.pk,
            "reply": reply.pk,
            "question": question.pk,
            "entry": entry.pk,
            "draft": draft.pk,
            "item": item.pk,
            "client": writer.client_id,
            "line": line.pk,
            **dict.fromkeys(("session", "own session"), writer.client.sessions.get().pk),
            "agreement": writer.client.agreements.get().pk,
            "acceptance": writer.client.agreements.get().acceptances.get(participant=writer).pk,
            **dict.fromkeys(("participant", "person", "writer"), writer.pk),
            "guardian": _guardian_of(writer).pk,
            **dict.fromkeys(("clinician", "staff"), staff.pk),
            "day": ClosedDay.unscoped.filter(practice=writer.practice).latest("on").pk,
        }
        | _away(writer)
        | papers_of(writer)
        | enclosed_by(writer, handed.pk, draft.pk)
        | _at_the_desk(writer)
        | about_times(writer)
        | _between(writer)
        | _plan_of(writer)
        | _library_of(writer)
        | _phrases_of(writer),
    )


def _at_the_desk(writer: Participant) -> dict[str, UUID]:
    """A reply that waits for a supervisor, times that came with an answer, a line after a session."""
    last_week, clinician = NOW - timedelta(days=3), writer.client.clinician
    waiting = reply_to(
        _sent(writer, "homework", last_week), "Not yet.", by=clinician, now=NOW, reply_id=uuid4()
    )
    Reply.unscoped.filter(pk=waiting.reply.pk).update(awaits_approval=True)
    Message.unscoped.filter(pk=waiting.reply.message_id).update(awaits_approval=True, resolved_at=None)
    named = Clinician.unscoped.get(pk=clinician.pk).supervisor or clinician
    approval = Approval.unscoped.create(
        practice=writer.practice, reply=waiting.reply, supervisor=named, asked_at=NOW
    )
    offer = offer_times(
        [NOW + timedelta(days=5)],
        client=writer.client,
        by=clinician,
        now=NOW - timedelta(hours=2),
        expires_at=NOW + timedelta(days=3),
        minutes=50,
    )
    close_message(
        _sent(writer, "homework", last_week),
        Gesture("Take it.", at_once=True, offer=offer),
        by=clinician,
        now=NOW - timedelta(hours=2),
        reply_id=uuid4(),
    )
    session = writer.client.sessions.get()
    line = write_line("After all.", session=session, by=clinician, now=NOW, leaves_at=NOW, line_id=uuid4())
    return {"approval": approval.pk, "time": offer.times.get().pk, "after line": line.pk}


def _of_the_practice(practice: Practice) -> tuple[HelpLine, Clinician]:
    """A help line, somebody who works there; and a closed day."""
    line = HelpLine.unscoped.create(practice=practice, country="GB", name="A line", phone="1", dial="1")
    close_days([(NOW.date() + timedelta(days=90), "A day")], practice=practice, by=None, now=NOW)
    return line, add_clinician(practice=practice, name="Some Body", by=None, now=NOW)


def _guardian_of(writer: Participant) -> Participant:
    return writer.client.participants.guardians().first() or add_participant(
        client=writer.client, name="Una Guardian", role="guardian", by=None, now=NOW
    )


def _away(writer: Participant) -> dict[str, UUID]:
    """Time away of the writer's clinician, in some months; and somebody who stands in for this writer, now."""
    far, client = NOW + timedelta(days=120), writer.client
    clinician = client.clinician
    absence = go_away(clinician=clinician, starts_at=far, ends_at=far + timedelta(days=7), by=None, now=NOW)
    colleague = Clinician.unscoped.filter(practice=writer.practice, name=STANDS_IN).first() or add_clinician(
        practice=writer.practice, name=STANDS_IN, by=None, now=LONG_AGO
    )
    before, after = NOW - timedelta(days=3), NOW + timedelta(days=9)
    asked = Asked(colleague, [client], ["homework"], before, after)
    cover = ask_cover(asked, clinician=clinician, by=clinician, absence=None, now=before, cover_id=uuid4())
    accept_or_decline(cover, accepts=True, by=colleague, now=before)
    return {"absence": absence.pk, "cover": cover.pk} | _will_of(clinician)


def _will_of(clinician: Clinician) -> dict[str, UUID]:
    """A professional will that two people have opened."""
    will = write_will("Ask Ruth.", clinician=clinician, now=NOW)
    one, two = (
        add_office_member(practice=clinician.practice, name=name, role="custodian", by=None, now=NOW)
        for name in ("One Keeper", "Two Keeper")
    )
    opening = ask_to_open(will, by=one, now=NOW)
    confirm_opening(opening, by=two, now=NOW + timedelta(hours=12))
    return {"will": will.pk, "opening": opening.pk}


def _between(writer: Participant) -> dict[str, UUID]:
    """What is between a client and their therapist: a decision, extra support, an end."""
    decision = write_decision(
        {"comfort": "likes"},
        decision="fits",
        client=writer.client,
        by=writer.client.clinician,
        now=NOW,
        record_id=uuid4(),
    )
    return {
        "decision": decision.pk,
        "support": _support_of(writer).pk,
        "closing": closing_of(writer).pk,
        "device": device_of(writer).pk,
    }


def _plan_of(writer: Participant) -> dict[str, UUID]:
    """A plan for hard moments in one version, shared, with a form beside it."""
    words = HardMoments(parts=(PlanPart("people", "My sister."), PlanPart("services", "The line.")))
    version = write_plan(words, participant=writer, now=NOW, version_id=uuid4())
    share_plan(version.plan, by=writer, now=NOW)
    file = add_file(PDF, participant=writer, now=NOW)
    return {"plan": version.plan_id, "plan version": version.pk, "plan file": file.pk}  # type: ignore[union-attr]


def _library_of(writer: Participant) -> dict[str, UUID]:
    """A page to fill in and a file, shared the day before yesterday; one of the two is finished."""
    by, before = writer.client.clinician, NOW - timedelta(days=2)
    page = write_piece(
        Words("A page", "Read this.", fields=("What was it?",)),
        kind="worksheet",
        by=by,
        now=before,
        piece_id=uuid4(),
        places=Places(for_now=True, topics=("homework",)),
    )
    file = write_piece(
        Words("A file"), kind="file", by=by, now=before, piece_id=uuid4(), file=CleanFile(PDF_KIND, PDF)
    )
    for piece in (page, file):
        make_ready(piece, by=by, now=before)
        piece.refresh_from_db()
    shares = [
        share(piece, client=writer.client, by=by, now=before, share_id=uuid4(), given=Given(line="For you."))
        for piece in (page, file)
    ]
    assert shares[0] is not None and shares[1] is not None
    filled = fill_in(["It was good."], version=shares[0].version, by=writer, now=NOW, finish=True)
    return {"piece": page.pk, "file piece": file.pk, "share": shares[0].pk, "filled page": filled.pk}


def _phrases_of(writer: Participant) -> dict[str, UUID]:
    """A template that the therapist keeps to themself, and a shipped one in words for this client."""
    words, by = Parts("I see the work in that.", "As we agreed.", "We talk then."), writer.client.clinician
    phrase = write_phrase(Entry("Mine", "limits", "en", words), by=by, now=NOW, phrase_id=uuid4())
    of = id_of("much_private", "en")
    variant = write_variant(words, of=of, client=writer.client, by=by, now=NOW)
    return {"phrase": phrase.pk, "variant": variant.pk}


def _support_of(writer: Participant) -> ExtraSupport:
    """To come in some weeks, so that today's rules are as agreed."""
    first = NOW.date() + timedelta(days=40)
    last, review = first + timedelta(days=20), first + timedelta(days=10)
    plan = Plan(first, last, review, {"plan.messages_per_week": 5})
    given = give_support(
        "A hard month.", plan, client=writer.client, by=writer.client.clinician, now=NOW, support_id=uuid4()
    )
    assert isinstance(given, ExtraSupport), given
    return given


def closing_of(writer: Participant) -> Closing:
    """An end that lies ahead."""
    days = ClosingDays(NOW.date() + timedelta(days=100), NOW.date() + timedelta(days=140))
    ending = Ending(days, "none", "", "Go well.", offers_copy=True)
    closing = set_closing(
        ending, client=writer.client, by=writer.client.clinician, now=NOW, closing_id=uuid4()
    )
    assert isinstance(closing, Closing), closing
    return closing


def token_for(cast: Cast) -> str:
    somebody = add_clinician(practice=cast.alder, name="In Vited", by=None, now=NOW)
    return invite(somebody, email="invited@example.org", by=None, now=NOW).token


def _sent(writer: Participant, topic: str, now: Any) -> Message | Question:
    sent = send_message(
        "A canary in a coal mine.", participant=writer, draft_id=uuid4(), topic=topic, now=now
    )
    return sent.stored  # type: ignore[union-attr,return-value]  # these topics are stored, never "do it yourself"


def _client_of(clinician: Clinician, name: str) -> Participant:
    client = add_client(clinician=clinician, name=name, by=None, now=LONG_AGO)
    return _account(add_participant(client=client, name=name, role="self", by=None, now=LONG_AGO))


def _account(person: Any) -> Any:
    person.user = User.objects.create_user(
        f"{person.name.split()[-1].lower()}@example.org", "a long quiet sentence"
    )
    person.save()
    return person
