"""What a mail says in each language: nothing that tells an onlooker what this is, whatever is filled in."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from interlude.accounts.models import User
from interlude.core.discretion import SUBJECTS
from interlude.outbox.actions import mail_for, say_subject
from interlude.outbox.models import Notice
from tests.agreements.reading import main_text
from tests.cast import Cast
from tests.house import tree

ANY = r"therap|terap|psych|psic|crisis|clinic|clínic|diagn|mental|suicid|depress|depres|session|sesi[oó]n"
CLINICAL = {
    "en": rf"{ANY}|patient|treat|counsel|disorder|appointment|messag|practice",
    "es": rf"{ANY}|pacient|tratam|trastorn|consult|\bcitas?\b|mensaj|ansied|salud",
    "hi": rf"{ANY}|थेरेप|सेशन|मरीज|रोगी|इलाज|मनो|मानसिक|क्लिनिक|डॉक्टर|परामर्श|काउंसल|अपॉइंट|मुलाक|मैसेज|संदेश|संकट|बीमार",
}
NAMES = re.compile(r"Noor|Haddad|Ada|Lindqvist|Mira|Alder|Olu|Priya")
MAILS = sorted((tree.SRC / "outbox" / "templates" / "email").glob("*.txt"))
LINKS = {
    "link": "https://p.example/my/",
    "help": "https://p.example/help/",
    "cancel": "https://p.example/my/times/",
}
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def told(said: str, language: str) -> list[str]:
    """What of *said* would tell somebody who looks over a shoulder."""
    return re.findall(CLINICAL[language], said, re.IGNORECASE) + NAMES.findall(said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mail", MAILS, ids=lambda file: file.stem)
def test_no_template_of_a_mail_says_what_this_is_in_any_of_its_turns(mail: Any, language: str) -> None:
    turns = list(product((0, 24), (False, True), (None, *SUBJECTS)))
    with translation.override(language):
        for hours, is_late, subject in turns:
            facts = {"hours": hours, "is_late": is_late, "subject": subject, "code": "123456"}
            said = render_to_string(f"email/{mail.name}", LINKS | facts)
            assert not told(said, language), said
            assert mail.stem == "subject" or LINKS["help"] in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_mail_tells_nothing_and_goes_to_its_reader_alone(cast: Cast, language: str) -> None:
    User.objects.filter(pk=cast.noor.user_id).update(language=language)
    reader = User.objects.get(pk=cast.noor.user_id)
    for subject, kind, together in product(SUBJECTS, Notice.Kind.values, (False, True)):
        say_subject(subject, practice_id=cast.alder.id)
        mail = mail_for(
            Notice(to=reader, practice_id=cast.alder.id, kind=kind, link="/my/"), together=together
        )
        assert not told(f"{mail.subject}\n{mail.body}\n{mail.from_email}", language), (kind, mail.body)
        assert (mail.to, mail.cc, mail.bcc, mail.attachments) == ([reader.email], [], [], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_searched_for_are_those_that_pages_say_in_the_language(
    cast: Cast, visit: Any, language: str
) -> None:
    """Else a mail could say them unseen."""
    User.objects.filter(pk=cast.noor.user_id).update(language=language)
    page = main_text(visit(cast.noor).get("/my/agreement/").text)
    assert len({word.lower() for word in re.findall(CLINICAL[language], page, re.IGNORECASE)}) >= 2
    assert NAMES.search(page)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize("mail", MAILS, ids=lambda file: file.stem)
def test_each_mail_is_in_its_language_from_the_first_line_to_the_last(mail: Any, language: str) -> None:
    facts = LINKS | {"hours": 24, "is_late": False, "subject": "note", "code": "123456"}
    with translation.override("en"):
        english = set(render_to_string(f"email/{mail.name}", facts).splitlines())
    with translation.override(language):
        said = set(render_to_string(f"email/{mail.name}", facts).splitlines())
    assert not [
        line for line in english & said if re.search(r"[A-Za-z]{3}", re.sub(r"https?://\S+", "", line))
    ]
