"""Every act that a form can send: who sends it, where to, with which fields, and which of them hold text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from interlude.core.terms import Channel, Topic
from interlude.practice.invitations import Invited, invite
from tests.access.people import Things, things_of
from tests.cast import NOW, PASSWORD, Cast

ANSWER = {"seconds": "60", "at_once": "", "later": ""}
WHO = ("noor", "kai", "dov", "ada", "ben", "cleo", "olu", "priya")
WORDS = "Plain words, as typed."
TYPED = {"check.mon": "12:00", "hours.mon": "9:00-17:00", "promise.days": "2", "extra.price": "", "plan.words": "200",
         "client_text": WORDS, "promise.kind": "working_days", "topics.homework": "answer", "number": "2"}  # fmt: skip
WEEK = [f"hours.{day}" for day in ("mon", "tue", "wed", "thu", "fri")]
OWN_RULES = TYPED | {
    "start": "warm_two_business_days", "messages": "open", "check.minutes": "45", "promise.cut_off": "17:00",
    "charge": "none", "replies_leave": "office_hours", "change_notice_days": "14", "review.first_weeks": "4",
    "review.every_weeks": "12", "participants": "one_to_one", "minimum_age": "13",
    "extra.promise.kind": "next_check",
} | {f"topics.{topic}": "keep" for topic in Topic if topic != "homework"} | {
    f"channels.{channel}": "none" for channel in Channel
}  # fmt: skip
HOUSE_RULES = {
    "number": "2", "zone": "Europe/London", "minimum_age": "16", "hold.minimum_age": "on", "client_text": WORDS,
    "promise.kind": "working_days", "promise.days": "2", "promise.cut_off": "17:00",
} | dict.fromkeys(WEEK, "9:00-17:00")  # fmt: skip


@dataclass(frozen=True)
class Act:
    """One form. `texts`: its fields that somebody types into. *who*: a name of the cast, or nobody."""

    who: str
    address: str
    form: dict[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    def sent(self, **changed: str) -> dict[str, str]:
        return self.form | changed


@dataclass(frozen=True)
class Stage:
    """The cast with the things of Noor and Dov, and an invitation that nobody took up."""

    cast: Cast
    noor: Things
    dov: Things
    invited: Invited


def stage_of(cast: Cast) -> Stage:
    invited = invite(_newcomer(cast), email="newcomer@example.org", by=cast.priya, now=NOW)
    return Stage(cast, things_of(cast.noor), things_of(cast.dov), invited)


def _newcomer(cast: Cast) -> Any:
    from interlude.practice.actions import add_clinician  # noqa: PLC0415  the only use

    return add_clinician(practice=cast.alder, name="New Comer", by=None, now=NOW)


def acts_of(stage: Stage) -> dict[str, Act]:
    """A fresh form for each act: ids of forms are new each time this is called."""
    return client_acts(stage) | clinician_acts(stage) | office_acts(stage) | public_acts(stage)


def client_acts(stage: Stage) -> dict[str, Act]:
    mine, key = stage.noor.ids, str(uuid4())
    words = {"draft_id": key, "topic": "homework", "words": WORDS, "wish_by": ""}
    typed = ("words", "wish_by", "topic", "draft_id", "choice", "shown_")
    return {
        "send": Act("noor", "/my/messages/", words, typed),
        "draft": Act("noor", f"/my/drafts/{key}/", words, typed),
        "review": Act("noor", f"/my/drafts/{key}/review/", words, typed),
        "forget": Act("noor", f"/my/drafts/{mine['draft']}/forget/", {"sure": "1"}, ("sure",)),
        "change": Act("noor", f"/my/messages/{mine['fresh message']}/change/", {"words": WORDS}, ("words",)),
        "take_back": Act("noor", f"/my/messages/{mine['fresh message']}/take-back/", {"sure": "1"}, ("sure",)),
        "note": Act("noor", "/my/our-list/notes/", {"item_id": key, "words": WORDS}, ("words", "item_id")),
        "note of a page": Act("noor", "/my/our-list/notes/", {"entry": str(mine["entry"])}, ("entry",)),
        "our messaging": Act("noor", "/my/our-list/notes/", {"topic": "our_messaging"}, ("topic",)),
        "journal": Act("noor", "/my/journal/", {"entry_id": key, "words": WORDS}, ("words", "entry_id")),
        "ask": Act(
            "noor",
            "/my/sessions/",
            {"topic": "schedule", "question_id": key, "words": WORDS, "shown": ""},
            ("words", "topic", "question_id", "shown"),
        ),
        "accept": Act("noor", f"/my/agreement/{mine['agreement']}/acceptance/", {"name": "Noor"}, ("name",)),
        "care": Act("noor", "/my/care/", {"care": str(stage.cast.noor.pk)}, ("care",)),
        "place": Act("noor", "/my/account/", {"zone": "Asia/Tokyo", "country": "JP"}, ("zone", "country")),
    }  # fmt: skip


def clinician_acts(stage: Stage) -> dict[str, Act]:
    mine = stage.noor.ids
    form, typed = (
        {"words": WORDS, "reply_id": str(uuid4())} | ANSWER,
        ("words", "reply_id", "seconds", "later"),
    )
    to = f"/practice/messages/{mine['message']}/"
    closing = {
        name: Act("ada", f"{to}{path}/", form, typed)
        for name, path in (
            ("reply", "reply"),
            ("acknowledge", "acknowledgement"),
            ("keep", "session"),
            ("phone", "phone"),
            ("aside", "aside"),
        )
    }
    return closing | {
        "call_back": Act("ada", f"/practice/replies/{mine['reply']}/call-back/", {"words": ""}, ("words",)),
        "early": Act("ada", "/practice/early/"),
        "offer": Act(
            "ada",
            f"/practice/clients/{mine['client']}/agreement/",
            {"preset": "warm_two_business_days", "number": "2"},
            ("preset", "number"),
        ),
        "own rules": Act("ada", "/practice/rules/own/", OWN_RULES, tuple(TYPED)),
        "own rules seen": Act("ada", "/practice/rules/own/seen/", OWN_RULES, ("client_text", "check.mon")),
        "close_item": Act(
            "ada",
            f"/practice/list/{mine['item']}/close/",
            {"outcome": "done", "session": str(mine["session"])},
            ("outcome", "session"),
        ),
    }


def office_acts(stage: Stage) -> dict[str, Act]:
    mine = stage.noor.ids
    line = {
        "name": "Our line", "country": "GB", "about": "For a bad night.", "phone": "0800 1111",
        "text_number": "", "hours": "", "url": "",
    }  # fmt: skip
    return {name: Act("priya", *rest) for name, rest in _adding(stage).items()} | {
        "answer": Act("priya", f"/office/questions/{mine['question']}/", {"words": WORDS}, ("words",)),
        "invite": Act(
            "priya",
            f"/office/people/participant/{mine['participant']}/invitation/",
            {"email": "noor@example.org"},
            ("email",),
        ),
        "see_out": Act("priya", f"/office/people/clinician/{mine['staff']}/leaving/"),
        "bring_in": Act("priya", "/office/help-lines/", {"country": "GB"}, ("country",)),
        "own_line": Act("priya", "/office/help-lines/", line, tuple(line)),
        "check_line": Act("priya", f"/office/help-lines/{mine['line']}/", {"how": "called"}, ("how",)),
        "close_day": Act(
            "priya", "/office/closed-days/", {"on": "2026-12-01", "name": "Staff day"}, ("on", "name")
        ),
        "close_holidays": Act(
            "priya",
            "/office/closed-days/",
            {"country": "GB", "region": "ENG", "year": "2026", "days": "2026-12-25"},
            ("country", "region", "year", "days"),
        ),
        "house rules": Act(
            "priya", "/office/rules/", HOUSE_RULES, ("minimum_age", "zone", "promise.days", "client_text")
        ),
        "house rules seen": Act("priya", "/office/rules/seen/", HOUSE_RULES, ("hours.mon",)),
        "reopen": Act("priya", f"/office/closed-days/{mine['day']}/reopen/"),
    }


def _adding(stage: Stage) -> dict[str, tuple[str, dict[str, str], tuple[str, ...]]]:
    """The forms for new people."""
    place = {"zone": "Europe/London", "country": "GB"}
    someone = {"name": "Ida Novak", "email": "ida@example.org"}
    care = place | {"clinician": str(stage.cast.ada.pk)}
    couple = {"other_name": "Ole Novak", "other_email": "ole@example.org"}
    young = {"born": "2011-01-01", "guardian_name": "Eva Novak", "guardian_email": "eva@example.org"}
    forms: dict[str, dict[str, str]] = {
        "person": someone | care,
        "couple": someone | couple | care,
        "young": someone | young | care,
        "clinician": someone | place | {"title": "Psychologist"},
        "desk": someone,
        "owner": someone,
    }
    return {
        f"add {kind}": (
            "/office/people/add/",
            form | {"kind": kind, "form_id": str(uuid4())},
            (*form, "kind", "form_id"),
        )
        for kind, form in forms.items()
    }


def public_acts(stage: Stage) -> dict[str, Act]:
    new = "seven green lanterns by the water"
    return {
        "sign in": Act("", "/sign-in/", {"login": "noor@example.org", "password": PASSWORD}, ("login", "password")),
        "invitation": Act(
            "",
            f"/invitation/{stage.invited.token}/",
            {"code": stage.invited.code, "password": new, "again": new},
            ("code", "password", "again"),
        ),
        "password": Act(
            "noor",
            "/account/password/",
            {"oldpassword": PASSWORD, "password1": new, "password2": new},
            ("oldpassword", "password1", "password2"),
        ),
        "reauthenticate": Act("noor", "/account/reauthenticate/", {"password": PASSWORD}, ("password",)),
        "leave": Act("noor", "/leave/"),
    }  # fmt: skip


Doer = Callable[[str], Any]


def browsers(stage: Stage, visit: Any) -> Doer:
    """A browser for each name, signed in once; a copy of its cookies each time, because some acts sign out.

    Signed in here and now: a test may undo what it does, and a session with it.
    """
    known = {name: visit(getattr(stage.cast, name) if name else None) for name in ("", *WHO)}

    def browser(name: str) -> Any:
        fresh = visit(None)
        fresh.cookies = known[name].cookies.copy()
        return fresh

    return browser
