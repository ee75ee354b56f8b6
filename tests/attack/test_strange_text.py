"""Text that nobody expects, in every field of every form: a client's words are kept, the rest is told clearly."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.db import transaction

from interlude import site
from interlude.agenda.models import JournalEntry, ListItem
from interlude.core.words import normal_form
from interlude.desk.models import Question
from interlude.messaging.models import Draft, Message, Reply
from interlude.sealing.vault import Sealer
from interlude.site.alphabet import in_utf8, without_charset
from tests.attack.acts import Act, Doer, Stage, acts_of

STRANGE = {
    "empty": "",
    "blank": " \n\t ",
    "nul": "a\0b",
    "right to left": "\u202egnp.exe\u2066 \u2067x",
    "zero width": "\u200b\u200d\u2060\ufeff",
    "a tower of marks": "e" + "\u0301" * 10_000,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈👍🏽 \U0001fae0",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)></textarea>",
    "out of an attribute": '"\' autofocus onfocus=alert(1) x="',
    "a template": "{{ 7|add:7 }}{% debug %}{% load static %}",
    "a header": "a\r\nSet-Cookie: owned=1\r\n\r\n<b>x",
    "placeholders": "%s %(name)s %d {0} {name} \\u0000 $& ${x}",
    "separators": "a\u2028b\u2029c\x0bd\x0ce\x1cf\x85g\x7f",
    "not characters": "\ufffe\uffff\U0010ffff\ufdd0",
    "a formula": "=cmd|'/c calc'!A0",
    "a path": "../../../../etc/passwd",
    "a huge number": "9" * 5000,
    "the last year": "9999-12-31",
    "the first year": "0001-01-01",
    "the last moment": "9999-12-31T23:59:59-23:59",
    "the first moment": "0001-01-01T00:00:00+23:59",
    "not a number": "NaN",
    "below nothing": "-1",
    "digits of another script": "٢٠٢٦-٠٥-١٣",
    "one megabyte": "x" * 1_000_000,
    "many words": "word " * 200_000,
}
MIX = ("right to left", "zero width", "emoji", "markup", "out of an attribute", "a template", "a header",
       "placeholders", "separators", "not characters", "a formula", "a path")  # fmt: skip
STRANGE["everything at once"] = "".join(STRANGE[kind] for kind in MIX)
SWEPT = [kind for kind in STRANGE if kind not in (*MIX, "many words", "below nothing", "blank")]
HARD_TO_STORE = (
    "nul",
    "not characters",
    "a huge number",
    "the last moment",
    "one megabyte",
    "everything at once",
)
FINE = {200, 204, 302, 404, 409, 422, 429}  # 429: sign-in counts tries
LONG = {"one megabyte", "many words"}


@pytest.fixture
def acts(stage: Stage) -> dict[str, Act]:
    return acts_of(stage)


@pytest.mark.parametrize(
    "kind", [kind if kind in HARD_TO_STORE else pytest.param(kind, marks=pytest.mark.sweep) for kind in SWEPT]
)
def test_no_field_of_any_form_breaks_a_page(acts: dict[str, Act], by: Doer, kind: str, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    wrong = []
    for name, act in acts.items():
        for text in act.texts:
            status = status_of(by, act, {text: STRANGE[kind]})
            if status not in FINE:
                wrong.append(f"{name}.{text}: {status}")
    assert not wrong, wrong


def status_of(by: Doer, act: Act, changed: dict[str, str]) -> Any:
    """What the form is answered, with that value in it. Whatever it did is undone."""
    with transaction.atomic():
        spot = transaction.savepoint()
        try:
            response = by(act.who).post(act.address, act.sent(**changed))
        except Exception as error:
            return f"{type(error).__name__}: {str(error)[:80]}"
        finally:
            transaction.savepoint_rollback(spot)
    if b"Set-Cookie: owned" in response.serialize_headers():
        return "a header of somebody else's"
    return response.status_code


WRITTEN: dict[str, Any] = {
    "send": Message,
    "draft": Draft,
    "note": ListItem,
    "journal": JournalEntry,
    "ask": Question,
    "change": Message,
    "reply": Reply,
}


@pytest.mark.parametrize("kind", [kind for kind in STRANGE if kind not in ("empty", "blank")])
@pytest.mark.parametrize("name", WRITTEN)
def test_words_are_stored_as_typed_and_shown_escaped(
    stage: Stage, acts: dict[str, Act], by: Doer, name: str, kind: str
) -> None:
    act, typed = acts[name], STRANGE[kind]
    answer = by(act.who).post(act.address, act.sent(words=typed))
    assert answer.status_code in (200, 204, 302), answer.status_code  # 200: things to offer beside a draft
    assert stored(stage, acts, name) == normal_form(typed)
    if kind not in LONG:
        shown = by("noor").get(page_of(acts, stage, name)).content.decode()
        if name != "reply":  # it leaves in working hours
            assert "".join(normal_form(typed).split()) in bare(shown)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert not re.search(r'<[^>]*" autofocus onfocus=', shown)


def stored(stage: Stage, acts: dict[str, Act], name: str) -> str:
    sealer, row = Sealer(stage.cast.alder.id), WRITTEN[name].unscoped.get(pk=key_of(acts, stage, name))
    if name == "reply":
        return str(row.text(sealer, stage.cast.noor.client_id))
    return str(row.text(sealer) if name in ("send", "draft", "change") else row.words(sealer))


def key_of(acts: dict[str, Act], stage: Stage, name: str) -> UUID:
    if name == "change":
        return stage.noor.ids["fresh message"]
    fields = {"send": "draft_id", "draft": "draft_id", "note": "item_id", "journal": "entry_id"}
    return UUID(acts[name].form[fields.get(name, "question_id" if name == "ask" else "reply_id")])


def page_of(acts: dict[str, Act], stage: Stage, name: str) -> str:
    key = key_of(acts, stage, name)
    if name == "reply":
        return "/my/conversation/"
    return {
        "send": f"/my/messages/{key}/",
        "draft": f"/my/drafts/{key}/",
        "change": f"/my/messages/{key}/",
        "note": "/my/our-list/",
        "journal": f"/my/journal/{key}/",
        "ask": f"/my/questions/{key}/",
    }[name]


def bare(page: str) -> str:
    """A page's text without tags and white space."""
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


@pytest.mark.parametrize("name", ["send", "draft", "note", "journal", "ask", "change"])
def test_bytes_that_are_no_text_are_kept_with_a_mark_in_their_place(
    stage: Stage, acts: dict[str, Act], by: Doer, name: str
) -> None:
    act = acts[name]
    rest = {field: value for field, value in act.form.items() if field != "words"}
    body = urlencode(rest) + "&words=before%ED%A0%80%FF%00after"
    answer = by(act.who).post(act.address, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 204, 302)
    kept = stored(stage, acts, name)
    assert kept.startswith("before\ufffd")
    assert kept.endswith("\ufffdafter")


def as_served(browser: Any) -> Any:
    """A browser before the application that a server loads, where one alphabet is spoken."""
    inner = browser.handler
    browser.handler = lambda environ: inner(without_charset(environ))
    return browser


def test_the_application_that_a_server_loads_hears_of_no_alphabet() -> None:
    heard: list[dict[str, Any]] = []

    def hear(environ: dict[str, Any], start: Any) -> list[bytes]:
        heard.append(environ)
        return []

    application = in_utf8(hear)
    for kind in (
        "text/plain; charset=zlib",
        "multipart/form-data; charset=utf-7; boundary=B",
        'a/b;CHARSET="x"',
        "",
    ):
        application({"CONTENT_TYPE": kind}, None)
    assert [one["CONTENT_TYPE"] for one in heard] == [
        "text/plain",
        "multipart/form-data; boundary=B",
        "a/b",
        "",
    ]
    loaded = (Path(site.__file__).parent / "wsgi.py").read_text(encoding="utf-8")
    assert "application = in_utf8(get_wsgi_application())" in loaded


CHARSETS = ("utf-7", "unicode_escape", "raw_unicode_escape", "utf-16", "zlib", "base64", "rot13", "idna", "hex",
            "undefined", "punycode", "no-such-thing")  # fmt: skip


@pytest.mark.sweep
@pytest.mark.parametrize("charset", CHARSETS)
def test_a_body_in_an_alphabet_of_its_own_breaks_nothing(
    acts: dict[str, Act], by: Doer, charset: str
) -> None:
    wrong = []
    for name, act in acts.items():
        for text in act.texts[:1] or ("x",):
            body = b"".join(
                b'--B\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
                % (field.encode(), b"+2AA-\\ud800" if field == text else value.encode())
                for field, value in (act.form | {text: ""}).items()
            )
            kind = f"multipart/form-data; boundary=B; charset={charset}"
            with transaction.atomic():
                spot = transaction.savepoint()
                try:
                    status = (
                        as_served(by(act.who))
                        .generic("POST", act.address, body + b"--B--\r\n", content_type=kind)
                        .status_code
                    )
                except Exception as error:
                    status = f"{type(error).__name__}: {str(error)[:80]}"
                transaction.savepoint_rollback(spot)
            if status not in FINE | {400, 415}:
                wrong.append(f"{name}.{text}: {status}")
    assert not wrong, wrong


@pytest.mark.parametrize(
    "address",
    ["/my/conversation/?before=%00", "/my/journal/?page=%ED%A0%80", "/my/agreement/?version=%F0%9D%9F%99",
     "/practice/clients/?page=99999999999999999999999", "/practice/?from=%00",
     "/office/closed-days/?year=0&country=%00",
     "/office/closed-days/?year=99999&country=GB", "/office/people/add/?kind=%ED%A0%80", "/help/?country=%00%ED%A0%80",
     "/help/alder/%00/", "/invitation/%00%ED%A0%80/", "/my/times/?about=%00", "/my/times/?draft=%ED%A0%80",
     "/my/write/%ED%A0%80/", "/components/?room=%00", "/my/messages/x/", "/sign-in/?next=%00",
     "/my/write/homework/?draft=0",
     "/office/people/%00/00000000-0000-0000-0000-000000000000/leaving/", "/practice/sessions/?page=%EF%BC%91"],
)  # fmt: skip
@pytest.mark.parametrize("charset", ["", "zlib", "utf-7"])
def test_an_address_of_nonsense_is_an_answer(stage: Stage, by: Doer, address: str, charset: str) -> None:
    who = {"my": "noor", "practice": "ada", "office": "priya"}.get(address.split("/")[1], "")
    headers = {"CONTENT_TYPE": f"text/plain; charset={charset}"} if charset else {}
    assert as_served(by(who)).get(address, **headers).status_code in (200, 302, 400, 404, 405)
