"""A canary in every sealed field, put there by the acts of the people. Run as a program, it searches the files.

The environment names the database; the program prints, as JSON, which files hold a canary in clear.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

CANARY = "Zaunkoenigin"
PLANTED = (
    "draft", "message", "revision", "reply", "held back", "note", "rest", "journal", "question", "answer", "seed",
    "purpose", "reason", "view", "farewell",
    "check-in", "welcome",
    "hard moment", "place told", "consultation", "break", "will",
    "line with a piece", "filled in", "file of a piece", "variant", "landing",
    "move asked", "move answered",
    "call note", "kept part", "given back", "line after", "photo",
)  # fmt: skip


def of(field: str) -> str:
    """One canary for each field, so that a hit names its place."""
    return f"{CANARY}-{field.replace(' ', '-')}"


def plant(cast: Any) -> None:
    """Through the actions: every field that is sealed."""
    from interlude.accounts.adapter import SecondFactor  # noqa: PLC0415  after Django's set-up
    from interlude.agenda.actions import keep_words, write_journal  # noqa: PLC0415
    from interlude.checkins.actions import answer_check_in, say_welcome  # noqa: PLC0415
    from interlude.checkins.models import Answers  # noqa: PLC0415
    from interlude.core.outcomes import OverPlan  # noqa: PLC0415
    from interlude.desk.actions import answer_question  # noqa: PLC0415
    from interlude.messaging import actions, answering  # noqa: PLC0415
    from interlude.messaging.drafts import save_draft  # noqa: PLC0415
    from interlude.messaging.outlook import Marks  # noqa: PLC0415
    from tests.cast import NOW  # noqa: PLC0415
    from tests.checkins.weeks import a_week_old  # noqa: PLC0415

    noor, before = cast.noor, NOW - timedelta(days=2)

    def send(text: str, at: Any, topic: str = "homework", **marks: Any) -> Any:
        sent = actions.send_message(
            text, participant=noor, draft_id=uuid4(), topic=topic, now=at, marks=Marks(**marks)
        )
        return sent.stored  # type: ignore[union-attr]

    save_draft(of("draft"), participant=noor, draft_id=uuid4(), topic="homework", now=NOW)
    handed = send(of("message"), before)
    answering.reply_to(handed, of("reply"), by=cast.ada, now=NOW, reply_id=uuid4())
    fresh = send(of("revision"), NOW)
    actions.change_message(fresh, "Other words.", by=noor, now=NOW)
    held = answering.reply_to(fresh, of("held back"), by=cast.ada, now=NOW, reply_id=uuid4())
    answering.call_back(held.reply, by=cast.ada, now=NOW)  # type: ignore[union-attr]
    send(" ".join(["word"] * 200) + " " + of("rest"), NOW, choice=OverPlan.KEEP_REST)
    keep_words(of("note"), client=noor.client, topic="session", by=noor, now=NOW)
    write_journal(of("journal"), participant=noor, now=NOW)
    _a_file(noor, of("photo"), NOW)
    question = send(of("question"), NOW, topic="billing")
    answer_question(question, of("answer"), by=cast.olu, now=NOW)
    a_week_old(noor.client)
    answer_check_in(Answers("right", "no", of("check-in")), client=noor.client, by=noor, now=NOW)
    say_welcome(of("welcome"), client=noor.client, by=cast.ada, now=NOW, welcome_id=uuid4())
    _second_factor(noor.user, SecondFactor().encrypt(of("seed")))
    _between(noor, NOW)
    _at_the_desk(noor, NOW, send(f"One thing.\n\n{of('kept part')}", before))


def _a_file(noor: Any, text: str, now: Any) -> None:
    """A file with a message, as it is kept."""
    from interlude.enclosures.models import Enclosure  # noqa: PLC0415  after Django's set-up
    from interlude.sealing.vault import Sealer  # noqa: PLC0415

    whose = {"practice_id": noor.practice_id, "client_id": noor.client_id, "participant": noor}
    row = Enclosure(**whose, key=uuid4(), suffix="pdf", size=len(text), added_at=now)
    row.seal(f"%PDF-1.7 {text} %%EOF".encode(), Sealer(noor.practice_id))
    row.save(force_insert=True)


def _between(noor: Any, now: Any) -> None:
    """What is between a client and their therapist alone."""
    from interlude.agenda.actions import say_view  # noqa: PLC0415  after Django's set-up
    from interlude.agreements.deciding import write_decision  # noqa: PLC0415
    from interlude.closings.actions import Ending, set_closing  # noqa: PLC0415
    from interlude.core.closing import ClosingDays  # noqa: PLC0415
    from interlude.core.support import Plan  # noqa: PLC0415
    from interlude.support.actions import give_support  # noqa: PLC0415

    client, by, day = noor.client, noor.client.clinician, timedelta(days=1)
    plan = Plan(now.date() + day, now.date() + 9 * day, now.date() + 5 * day, {"plan.messages_per_week": 9})
    give_support(of("purpose"), plan, client=client, by=by, now=now, support_id=uuid4())
    row = write_decision(
        {"age_why": of("reason")}, decision="fits", client=client, by=by, now=now, record_id=uuid4()
    )
    say_view(of("view"), decision=row, by=noor, now=now, view_id=uuid4())
    days = ClosingDays(now.date() + 30 * day, now.date() + 90 * day)
    ending = Ending(days, "none", "", of("farewell"), offers_copy=True)
    set_closing(ending, client=client, by=by, now=now, closing_id=uuid4())
    _for_hard_moments(noor, now)


def _for_hard_moments(noor: Any, now: Any) -> None:
    """A plan, what was told beside it, and the clinician's own note."""
    from interlude.core.hard_moments import HardMoments, PlanPart  # noqa: PLC0415  after Django's set-up
    from interlude.plans.actions import write_plan  # noqa: PLC0415
    from interlude.plans.beside_danger import say_whom_to_call, write_consult_note  # noqa: PLC0415

    plan = HardMoments(parts=(PlanPart("people", of("hard moment")),))
    write_plan(plan, participant=noor, now=now, version_id=uuid4())
    say_whom_to_call(
        dict.fromkeys(("place", "contact", "phone"), of("place told")), participant=noor, now=now
    )
    client = noor.client
    write_consult_note(of("consultation"), client=client, by=client.clinician, now=now, note_id=uuid4())
    _of_the_library(noor, now)
    _for_a_break(noor, now)
    _phrases(client, now)


def _of_the_library(noor: Any, now: Any) -> None:
    """A line with a piece, what was written into a page, and a file."""
    from interlude.core.clean_files import CleanFile  # noqa: PLC0415  after Django's set-up
    from interlude.core.file_kinds import PDF  # noqa: PLC0415
    from interlude.library.actions import Given, Words, fill_in, make_ready, share, write_piece  # noqa: PLC0415

    client, by = noor.client, noor.client.clinician
    file = CleanFile(PDF, f"%PDF-1.7 {of('file of a piece')} %%EOF".encode())
    words = Words("A page", fields=("What was it?",))
    piece = write_piece(words, kind="worksheet", by=by, now=now, piece_id=uuid4(), file=file)
    make_ready(piece, by=by, now=now)
    piece.refresh_from_db()
    given = Given(line=of("line with a piece"))
    row = share(piece, client=client, by=by, now=now, share_id=uuid4(), given=given)
    assert row is not None
    fill_in([of("filled in")], version=row.version, by=noor, now=now, finish=True)


def _for_a_break(noor: Any, now: Any) -> None:
    """A break plan, and what the clinician leaves."""
    from interlude.away.wills import write_will  # noqa: PLC0415  after Django's set-up
    from interlude.boundaries.actions import go_away  # noqa: PLC0415
    from interlude.cover.actions import write_break_plan  # noqa: PLC0415

    client, day = noor.client, timedelta(days=1)
    by = client.clinician
    absence = go_away(clinician=by, starts_at=now + 50 * day, ends_at=now + 60 * day, by=by, now=now)
    write_break_plan({"helps": of("break"), "there": ""}, client=client, absence=absence, by=by, now=now)
    write_will(of("will"), clinician=by, now=now)


def _phrases(client: Any, now: Any) -> None:
    """A template in words for one client, and how a line landed."""
    from interlude.core.packs.phrases import id_of  # noqa: PLC0415  after Django's set-up
    from interlude.core.wording import Words  # noqa: PLC0415
    from interlude.phrasebook.actions import Said, note_landing, write_variant  # noqa: PLC0415

    template, by = id_of("sounded_cold", "en"), client.clinician
    words = Words(of("variant"), of("variant"), of("variant"))
    write_variant(words, of=template, client=client, by=by, now=now)
    said = Said(template, "badly", "client", now.date(), of("landing"))
    note_landing(said, client=client, by=by, now=now, landing_id=uuid4())


def _at_the_desk(noor: Any, now: Any, message: Any) -> None:
    """A part that is kept, a note of a call, a supervisor's note, a line after a session."""
    from interlude.agenda.lines import write_line  # noqa: PLC0415  after Django's set-up
    from interlude.messaging.answering import UNDO, Gesture, ask_supervisor, close_message  # noqa: PLC0415
    from interlude.messaging.approvals import give_back  # noqa: PLC0415
    from interlude.messaging.models import Reply  # noqa: PLC0415
    from interlude.messaging.splitting import split_message  # noqa: PLC0415

    by = noor.client.clinician
    split_message(message, [1], by=by, now=now, undo=UNDO)
    gesture = Gesture("", kind=Reply.Kind.BY_PHONE, note=of("call note"))
    reply: Any = close_message(message, gesture, by=by, now=now, reply_id=uuid4()).reply  # type: ignore[union-attr]
    by.supervisor = _colleague(by, now)
    by.save()
    Reply.unscoped.filter(pk=reply.pk).update(awaits_approval=True)
    approval = ask_supervisor(reply, at_once=False, now=now)
    assert give_back(approval, of("given back"), by=by.supervisor, now=now)
    session = noor.client.sessions.first()
    write_line(of("line after"), session=session, by=by, now=now, leaves_at=now, line_id=uuid4())
    _about_times(noor, session, now)


def _about_times(noor: Any, session: Any, now: Any) -> None:
    """A request to move a session, and its answer."""
    from interlude.appointments.requests import Wanted, ask_to_move, say_no  # noqa: PLC0415  after Django's set-up

    wanted = Wanted([], of("move asked"), "desk", None)
    asked = ask_to_move(session, wanted, by=noor, now=now, request_id=uuid4())
    assert asked is not None
    say_no(asked, of("move answered"), by=noor.client.clinician, now=now)


def _colleague(clinician: Any, now: Any) -> Any:
    from interlude.practice.actions import add_clinician  # noqa: PLC0415  after Django's set-up

    return add_clinician(practice=clinician.practice, name="Ruth Adler", by=None, now=now)


def _second_factor(user: Any, sealed: str) -> None:
    from allauth.mfa.models import Authenticator  # noqa: PLC0415  after Django's set-up

    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": sealed}, last_used_at=None
    )


def main() -> int:
    """Plant in a file database, leave the connection open, and look at every file beside it."""
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from tests.cast import build_cast  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    plant(build_cast())
    print(json.dumps(found_in(Path(settings.DATA))))
    return 0


def found_in(folder: Path) -> dict[str, Any]:
    """The files, and which canaries each holds in clear."""
    files = {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    hits = {
        name: [
            field for field in PLANTED if of(field).encode() in raw or of(field).encode("utf-16-le") in raw
        ]
        for name, raw in files.items()
    }
    known = [
        name for name, raw in files.items() if b"Noor Haddad" in raw
    ]  # names are not sealed: the search works
    return {
        "hits": {name: fields for name, fields in hits.items() if fields},
        "files": list(files),
        "known": known,
    }


if __name__ == "__main__":
    sys.exit(main())
