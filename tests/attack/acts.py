"""Every act that a form can send: who sends it, where to, with which fields, and which of them hold text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from interlude.practice.invitations import Invited, invite
from tests.access.people import Things, things_of
from tests.attack.act import SCOPE, Act
from tests.attack.acts_about_absence import absence_acts
from tests.attack.acts_about_devices import device_acts
from tests.attack.acts_about_feeds import feed_acts
from tests.attack.acts_about_notices import notice_acts
from tests.attack.acts_about_papers import paper_acts
from tests.attack.acts_about_people import people_acts
from tests.attack.acts_about_phrases import phrase_acts
from tests.attack.acts_about_plans import danger_acts, plan_acts
from tests.attack.acts_about_things import library_acts, thing_acts
from tests.attack.acts_at_the_desk import desk_acts, taking_acts, time_acts
from tests.attack.long_forms import (
    OWN_RULES,
    TYPED,
    WORDS,
    closing,
    deciding,
    giving,
)
from tests.cast import NOW, PASSWORD, Cast
from tests.checkins.weeks import a_week_old

ANSWER = {"seconds": "60", "at_once": "", "later": ""}
CONTACT = {
    "email-when": "hours",
    "email-opens": "09:00",
    "email-closes": "17:00",
    "phone-when": "never",
    "phone-opens": "",
    "phone-closes": "",
}
DISCRETION = {
    "shown_name": "Calendar", "icon": "dot", "subject": "new", "bank_line": "Services", "exit_to": "news",
    "second_language": "hi", "spanish": "tu",
}  # fmt: skip
WHO = ("noor", "kai", "dov", "ada", "ben", "cleo", "olu", "priya")


@dataclass(frozen=True)
class Stage:
    """The cast with the things of Noor and Dov, and an invitation that nobody took up."""

    cast: Cast
    noor: Things
    dov: Things
    invited: Invited


def stage_of(cast: Cast) -> Stage:
    a_week_old(cast.noor.client)  # so that a check-in is due
    invited = invite(_newcomer(cast), email="newcomer@example.org", by=cast.priya, now=NOW)
    return Stage(cast, things_of(cast.noor), things_of(cast.dov), invited)


def _newcomer(cast: Cast) -> Any:
    from interlude.practice.actions import add_clinician  # noqa: PLC0415  the only use

    return add_clinician(practice=cast.alder, name="New Comer", by=None, now=NOW)


def acts_of(stage: Stage) -> dict[str, Act]:
    """A fresh form for each act: ids of forms are new each time this is called."""
    room = client_acts(stage) | clinician_acts(stage) | office_acts(stage) | public_acts(stage)
    return room | absence_acts(stage) | time_acts(stage) | notice_acts()


def client_acts(stage: Stage) -> dict[str, Act]:
    mine, key = stage.noor.ids, str(uuid4())
    words = {"draft_id": key, "topic": "homework", "words": WORDS, "wish_by": ""}
    typed = ("words", "wish_by", "topic", "draft_id", "choice", "shown_")
    room = _agreed_acts(stage) | plan_acts(stage) | thing_acts(stage) | taking_acts(stage)
    return room | paper_acts(stage) | device_acts(stage) | {
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
            "/my/times/",
            {"topic": "schedule", "question_id": key, "words": WORDS, "shown": ""},
            ("words", "topic", "question_id", "shown"),
        ),
        "accept": Act("noor", f"/my/agreement/{mine['agreement']}/acceptance/", {"name": "Noor"}, ("name",)),
        "care": Act("noor", "/my/care/", {"care": str(stage.cast.noor.pk)}, ("care",)),
        "safe contact": Act("noor", "/my/account/contact/", CONTACT, tuple(CONTACT)),
        "place": Act("noor", "/my/account/", {"zone": "Asia/Tokyo", "country": "JP"}, ("zone", "country")),
    }  # fmt: skip


def _agreed_acts(stage: Stage) -> dict[str, Act]:
    """What a client does around the agreement: first steps, a view, a check-in."""
    mine, key = stage.noor.ids, str(uuid4())
    return {
        "first step": Act("noor", "/my/first-steps/topics/"),
        "answer to a question": Act("noor", "/my/first-steps/ask-when/", {"answer": "soon"}, ("answer",)),
        "first question": Act(
            "noor", "/my/first-steps/questions/", {"item_id": key, "words": WORDS}, ("words", "item_id")
        ),
        "yes": Act("noor", "/my/first-steps/yes/", {"name": "Noor", "shown": ""}, ("name", "shown")),
        "rather not": Act("noor", "/my/first-steps/without-messages/", {"way": "session"}, ("way",)),
        "view": Act(
            "noor",
            f"/my/agreement/decisions/{mine['decision']}/",
            {"view_id": key, "words": WORDS},
            ("words", "view_id"),
        ),
        "check-in": Act(
            "noor",
            "/my/check-in/",
            {"amount": "right", "waiting": "no", "words": WORDS},
            ("words", "amount", "waiting", "outcome"),
        ),
        "check-in aside": Act("noor", "/my/check-in/", {"outcome": "aside"}, ("outcome",)),
    }


def clinician_acts(stage: Stage) -> dict[str, Act]:
    mine = stage.noor.ids
    return (
        _closing_messages(mine)
        | _agreeing(f"/practice/clients/{mine['client']}/agreement/")
        | _reading(mine)
        | _offering(mine)
        | _between(stage)
        | looking_back_acts(stage)
        | danger_acts(stage)
        | library_acts(stage)
        | phrase_acts(stage)
        | desk_acts(stage)
        | {
            "call_back": Act(
                "ada", f"/practice/replies/{mine['reply']}/call-back/", {"words": ""}, ("words",)
            ),
            "early": Act("ada", "/practice/early/"),
            "own rules": Act("ada", "/practice/rules/own/", OWN_RULES, tuple(TYPED)),
            "own rules seen": Act(
                "ada", "/practice/rules/own/seen/", OWN_RULES, ("client_text", "check.mon")
            ),
            "try": Act(
                "ada",
                "/practice/rules/try/",
                {"preset": "scheduling_only", "text": "plan.messages_per_week = 1", "months": "6"},
                ("preset", "text", "months"),
            ),
            "close_item": Act(
                "ada",
                f"/practice/list/{mine['item']}/close/",
                {"outcome": "done", "session": str(mine["session"])},
                ("outcome", "session"),
            ),
        }
    )


def _closing_messages(mine: dict[str, UUID]) -> dict[str, Act]:
    """What closes a message."""
    form, typed = (
        {"words": WORDS, "reply_id": str(uuid4())} | ANSWER,
        ("words", "reply_id", "seconds", "later"),
    )
    to = f"/practice/messages/{mine['message']}/"
    return {
        name: Act("ada", f"{to}{path}/", form, typed)
        for name, path in (
            ("reply", "reply"),
            ("acknowledge", "acknowledgement"),
            ("keep", "session"),
            ("phone", "phone"),
            ("aside", "aside"),
        )
    }


def _agreeing(agreement: str) -> dict[str, Act]:
    """What a clinician does with a version that was offered."""
    aloud = {"number": "1", "on": "2026-05-12"}
    return {
        "read aloud": Act("ada", f"{agreement}aloud/", aloud, ("number", "on")),
        "messages again": Act("ada", f"{agreement}messages/", {"number": "2"}, ("number",)),
    }


def _reading(mine: dict[str, UUID]) -> dict[str, Act]:
    """What a clinician settles about who reads."""
    scope = SCOPE | {"because": "together", "reason": WORDS}
    return {
        "secrets": Act(
            "ada",
            f"/practice/clients/{mine['client']}/secrets/",
            {"secrets": "limited_secrets"},
            ("secrets",),
        ),
        "scope": Act(
            "ada",
            f"/practice/guardians/{mine['guardian']}/scopes/",
            scope,
            (*SCOPE, "because", "reason"),
        ),
    }


def _offering(mine: dict[str, UUID]) -> dict[str, Act]:
    """What a clinician offers, to one or to several, and takes back."""
    return {
        "offer": Act(
            "ada",
            f"/practice/clients/{mine['client']}/agreement/",
            {"preset": "warm_two_business_days", "number": "2", "reason": WORDS},
            ("preset", "number", "reason", "because", "starts_on"),
        ),
        "offer change": Act(
            "ada",
            "/practice/rules/change/",
            {"to": f"{mine['client']}:2", "reason": WORDS, "rules": "", "only": str(mine["client"])},
            ("to", "reason", "because", "starts_on", "rules", "only"),
        ),
        "withdraw": Act(
            "ada", f"/practice/clients/{mine['client']}/agreement/withdrawal/", {"number": "1"}, ("number",)
        ),
    }


def looking_back_acts(stage: Stage) -> dict[str, Act]:
    mine = stage.noor.ids
    return {
        "own check-in": Act(
            "ada",
            f"/practice/clients/{mine['client']}/check-in/",
            {"amount": "much", "waiting": "yes", "words": WORDS},
            ("words", "amount", "waiting", "outcome"),
        ),
        "welcome": Act(
            "ada",
            f"/practice/clients/{mine['client']}/welcome/",
            {"welcome_id": str(uuid4()), "words": WORDS},
            ("words", "welcome_id"),
        ),
        "our messaging, from Ada": Act("ada", f"/practice/clients/{mine['client']}/our-messaging/"),
    }


def _between(stage: Stage) -> dict[str, Act]:
    """What a clinician does for one client alone."""
    mine = stage.noor.ids
    return {
        "give": Act("ada", f"/practice/clients/{mine['client']}/extra/", giving(), tuple(giving())),
        "move_end": Act(
            "ada",
            f"/practice/extra/{mine['support']}/end/",
            {"until": "2026-07-20", "review_on": "2026-07-10", "agreed_on": ""},
            ("until", "review_on", "agreed_on"),
        ),
        "decide": Act(
            "ada", f"/practice/clients/{mine['client']}/suitability/", deciding(), tuple(deciding())
        ),
        "closing": Act("ada", f"/practice/clients/{mine['client']}/closing/", closing(), tuple(closing())),
        "closing_back": Act("ada", f"/practice/clients/{mine['client']}/closing/back/"),
        "begin again": Act("ada", f"/practice/clients/{mine['client']}/closing/again/"),
    }


def office_acts(stage: Stage) -> dict[str, Act]:
    mine = stage.noor.ids
    line = {
        "name": "Our line", "country": "GB", "about": "For a bad night.", "phone": "0800 1111",
        "text_number": "", "hours": "", "url": "",
    }  # fmt: skip
    adding = {name: Act("priya", *rest) for name, rest in _adding(stage).items()}
    return (
        adding
        | feed_acts(mine)
        | people_acts(mine, supervisor=str(stage.cast.ben.pk))
        | {
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
            "check_line": Act(
                "priya", f"/office/help-lines/{mine['line']}/", {"how": "called"}, ("how", "why")
            ),
            "discretion": Act("priya", "/office/discretion/", DISCRETION, tuple(DISCRETION)),
            "reading": Act("priya", "/office/reading/", {}, ()),
            "close_day": Act(
                "priya", "/office/closed-days/", {"on": "2026-12-01", "name": "Staff day"}, ("on", "name")
            ),
            "close_holidays": Act(
                "priya",
                "/office/closed-days/",
                {"country": "GB", "region": "ENG", "year": "2026", "days": "2026-12-25"},
                ("country", "region", "year", "days"),
            ),
            "reopen": Act("priya", f"/office/closed-days/{mine['day']}/reopen/"),
        }
    )


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
        "wrong number": Act(
            "",
            "/help/alder/GB/wrong/",
            {"line": str(stage.noor.ids["line"]), "what": "else", "note": WORDS},
            ("line", "what", "note"),
        ),
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
        "language": Act("noor", "/language/", {"language": "es", "next": "/my/"}, ("language", "next")),
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
