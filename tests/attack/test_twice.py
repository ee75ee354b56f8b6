"""Every form sent twice has one effect; acts in the wrong order change nothing and lose no words."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from interlude.audit.models import Event
from interlude.desk.models import Question
from interlude.messaging.models import Message, Reply
from interlude.practice.models import Invitation, Participant
from interlude.sealing.vault import Sealer
from tests.attack.acts import Act, Doer, Stage, acts_of
from tests.attack.snapshot import differences, rows

AGAIN = {
    "invite": "a new code ends the one before; the page shows it once, so a second press must show one too",
    "sign in": "a session more",
    "wrong number": "nobody is known there: two people may tell the same",
    "password": "the old password is no longer the old password: refused",
    "timeline": "each file that is made is written down",
    "check_line": "a check of today is a check of today",
    "device": "the same device, its address sealed anew: no second row",
}
NAMES = [
    "send", "draft", "review", "forget", "change", "take_back", "note", "note of a page", "our messaging", "journal",
    "rest", "pause", "file taken away", "device tried", "device off",
    "ask for my record", "record taken back", "record ready", "record ready, at the desk",
    "summary", "summary to keep", "pages ticked", "page as a message", "summary as a message",
    "ask", "accept", "view", "give", "move_end", "decide", "closing", "closing_back", "begin again",
    "care", "place", "safe contact", "discretion", "reply", "acknowledge", "keep", "phone", "aside", "call_back",
    "early", "offer", "offer change", "withdraw",
    "close_item", "try", "add person", "add couple", "add young", "add clinician", "add desk", "add owner", "answer",
    "secrets", "scope", "join", "say phone", "order", "ages", "supervisor",
    "check-in", "check-in aside", "own check-in", "welcome", "our messaging, from Ada",
    "see_out", "reading", "own rules", "own rules seen", "house rules", "house rules seen",
    "bring_in", "own_line", "close_day", "close_holidays", "reopen", "invitation", "reauthenticate",
    "language", "leave",
    "first step", "answer to a question", "first question", "yes", "rather not", "read aloud", "messages again",
    "plan", "share", "plan alone", "plan looked at", "remind", "plan file gone", "whom to call",
    "go away", "move time away", "come back", "ask to stand in", "end cover", "break plan", "will", "rather wait",
    "cannot come", "I called", "ask for a will",
    "their plan looked at", "consult note", "coaching pause", "coaching again", "hold", "let go",
    "phrase", "phrase changed", "phrase off the list", "phrase back", "draft reviewed", "landed", "variant",
    "variant changed", "phrase opened",
    "take a time", "order our list", "undo", "split", "glance", "offer times", "correct", "order the list", "line",
    "undo line",
    "ask to move", "move taken back", "cancel a session", "late", "earlier", "wait no longer",
    "take what is free", "let it go",
    "series, ada", "mark, ada", "cancel, ada", "yes, ada", "other times, ada", "no, ada",
    "series, olu", "mark, olu", "cancel, olu", "yes, olu", "other times, olu", "no, olu",
    "look for things", "page as a draft", "page finished", "page away", "it helped",
    "look in the library", "new piece", "new link", "changed piece", "piece for all", "pieces of ours",
    "share a piece", "take a piece back",
    "my calendar", "calendar named", "calendar stopped", "own calendar", "how we meet", "link of a session",
    "how they meet",
    "notices", "notices elsewhere", "notices code", "notices, from Ada", "notices elsewhere, from Ada",
    "notices code, from Ada", "notices, from the office", "notices elsewhere, from the office",
    "notices code, from the office",
]  # fmt: skip


@pytest.fixture
def acts(stage: Stage) -> dict[str, Act]:
    return acts_of(stage)


def test_every_act_is_named_here(acts: dict[str, Act]) -> None:
    assert set(NAMES) | set(AGAIN) == set(acts)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_sent_twice_has_one_effect(stage: Stage, acts: dict[str, Act], by: Doer, name: str) -> None:
    act, browser = acts[name], by(acts[name].who)
    browser.post(act.address, act.form)
    once, told = rows(), Event.objects.exclude(verb__endswith="opened").count()
    again = browser.post(act.address, act.form)
    assert again.status_code in (200, 204, 302, 401, 404, 409, 422), again.status_code
    changed = [line for line in differences(once, rows()) if "messaging.Draft" not in line or "new" in line]
    assert not changed, changed
    assert Event.objects.exclude(verb__endswith="opened").count() == told, Event.objects.last()


def test_an_answer_to_a_message_that_was_taken_back_comes_back_to_its_writer(stage: Stage, by: Doer) -> None:
    message = Message.unscoped.get(pk=stage.noor.ids["fresh message"])
    by("ada").post("/practice/early/")
    assert by("ada").get(f"/practice/messages/{message.pk}/").status_code == 200
    by("noor").post(f"/my/messages/{message.pk}/take-back/", {"sure": "1"})
    before = rows()
    form = {"words": "Written for nobody.", "reply_id": str(uuid4())}
    for path in ("reply", "acknowledgement", "session", "phone"):
        answer = by("ada").post(f"/practice/messages/{message.pk}/{path}/", form)
        assert answer.status_code == 409, path
        assert "Written for nobody." in answer.content.decode()
    assert not differences(before, rows())


def test_taking_back_or_changing_after_the_window_keeps_the_message_and_the_words(
    stage: Stage, by: Doer
) -> None:
    message = Message.unscoped.get(pk=stage.noor.ids["message"])  # handed over already
    by("noor").post(f"/my/messages/{message.pk}/take-back/", {"sure": "1"})
    changed = by("noor").post(
        f"/my/messages/{message.pk}/change/", {"words": "Too late, but mine."}, follow=True
    )
    row = Message.unscoped.get(pk=message.pk)
    assert (row.taken_back_at, bytes(row.sealed)) == (None, bytes(message.sealed))
    drafts = [draft.text(Sealer(row.practice_id)) for draft in stage.cast.noor.drafts.all()]
    assert "Too late, but mine." in drafts
    assert changed.status_code == 200


def test_taking_back_twice_and_changing_what_was_taken_back_is_one_taking_back(
    stage: Stage, by: Doer
) -> None:
    key = stage.noor.ids["fresh message"]
    for _ in range(2):
        by("noor").post(f"/my/messages/{key}/take-back/", {"sure": "1"})
    by("noor").post(f"/my/messages/{key}/change/", {"words": "Anew."})
    assert Event.objects.filter(verb="message.taken_back").count() == 1
    assert not Event.objects.filter(verb="message.changed").exists()


def test_the_second_answer_to_one_question_is_given_back(stage: Stage, by: Doer) -> None:
    address = f"/office/questions/{stage.noor.ids['question']}/"
    by("priya").post(address, {"words": "The first."})
    second = by("olu").post(address, {"words": "The second."})
    assert second.status_code == 409
    assert "The second." in second.content.decode()
    assert Question.unscoped.get(pk=stage.noor.ids["question"]).answered_by == stage.cast.priya


def test_the_second_reply_to_one_message_is_given_back(stage: Stage, by: Doer) -> None:
    to = f"/practice/messages/{stage.noor.ids['message']}/"
    by("ada").post(f"{to}reply/", {"words": "The first.", "reply_id": str(uuid4())})
    for path in ("reply", "acknowledgement", "session", "phone"):
        second = by("ada").post(f"{to}{path}/", {"words": "The second.", "reply_id": str(uuid4())})
        assert second.status_code == 409, path
        assert "The second." in second.content.decode()
    assert Reply.unscoped.filter(message=stage.noor.ids["message"]).count() == 1


def test_calling_back_after_it_left_leaves_it_where_it_is(stage: Stage, by: Doer, clock: Any) -> None:
    reply = Reply.unscoped.get(pk=stage.noor.ids["reply"])
    clock.set(reply.leaves_at)
    by("ada").post(f"/practice/replies/{reply.pk}/call-back/", {"words": ""})
    assert Reply.unscoped.get(pk=reply.pk).held_back_at is None


def test_a_used_invitation_opens_nothing_again(stage: Stage, by: Doer, acts: dict[str, Act]) -> None:
    act = acts["invitation"]
    assert by("").post(act.address, act.form).status_code == 302
    used = Invitation.unscoped.get(pk=stage.invited.invitation.pk)
    for _ in range(3):
        assert by("").post(act.address, act.form).status_code == 404
        assert by("").get(act.address).status_code == 404
    assert Invitation.unscoped.get(pk=used.pk).used_at == used.used_at


def test_looking_at_an_invitation_uses_up_nothing_and_five_wrong_codes_close_it(
    stage: Stage, by: Doer, acts: dict[str, Act]
) -> None:
    act = acts["invitation"]
    for verb in ("get", "head"):
        for _ in range(5):
            assert getattr(by(""), verb)(act.address).status_code == 200
    for _ in range(5):
        by("").post(act.address, act.sent(code="AAAAAAAA"))
    assert by("").post(act.address, act.form).status_code == 404


def test_somebody_seen_out_has_no_room_with_the_next_click(stage: Stage, by: Doer) -> None:
    browser = by("noor")
    assert browser.get("/my/").status_code == 200
    by("priya").post(f"/office/people/participant/{stage.cast.noor.pk}/leaving/")
    assert browser.get("/my/").status_code == 404
    form = {"draft_id": str(uuid4()), "topic": "homework", "words": "Too late."}
    assert browser.post("/my/messages/", form).status_code == 404
    assert Participant.unscoped.get(pk=stage.cast.noor.pk).access_ends is not None
