"""The yes is kept with the words that were shown, and whoever gave it has a copy to keep."""

from __future__ import annotations

import logging
import re
import subprocess
import zlib
from typing import Any

import pytest
from django.utils import translation

from interlude.agreements.actions import accept_agreement, in_force_for, publish_agreement
from interlude.agreements.copies import copy_of
from interlude.agreements.frozen import words_shown
from interlude.agreements.models import Acceptance
from interlude.core.sheet import fingerprint
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from interlude.ui import paper
from interlude.ui.paper import scripts
from tests.agreements.newcomers import joined, newcomer, version_of
from tests.agreements.reading import main_text
from tests.cast import DAY, NOW

YES = "/my/first-steps/yes/"


def shown_on(page: str) -> str:
    found = re.search(r'name="shown" value="([0-9a-f]{64})"', page)
    assert found, "the form brings the fingerprint of its words"
    return found[1]


def say_yes(browser: Any, name: str = "Wren Aalto", address: str = YES) -> Any:
    page = browser.get(address).content.decode()
    return browser.post(address, {"name": name, "shown": shown_on(page)})


def inside(pdf: bytes) -> str:
    """Every stream of the file, unpacked: what a search for a name would find."""
    found = [pdf]
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:
            found.append(raw)
    return b"\n".join(found).decode("latin-1")


@pytest.mark.contract("A24", "B13", "D20")
def test_the_yes_keeps_the_exact_words_with_date_version_language_and_name(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    browser = visit(wren)
    page = browser.get(YES).content.decode()
    assert browser.post(YES, {"name": "Wren A.", "shown": shown_on(page)}).status_code == 302
    kept = Acceptance.unscoped.get(participant=wren)
    text = kept.text(Sealer(cast.alder.id))
    assert (kept.name_typed, kept.at, kept.language, kept.agreement.number) == ("Wren A.", NOW, "en", 1)
    assert kept.sha256 == fingerprint(text) == shown_on(page)
    assert "We planned up to 3 messages a week" in text
    assert in_force_for(wren.client, NOW).accepted_at == NOW


def test_every_sentence_that_is_kept_stood_on_the_page(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    page = visit(wren).get(YES).content.decode()
    seen = re.sub(r"[.\s]+", " ", main_text(page))
    for line in words_shown(version_of(wren), reader=wren).splitlines():
        bare = re.sub(r"[.\s]+", " ", line.removeprefix("## ").removeprefix("# ").removeprefix("- ")).strip()
        assert bare in seen, line


def test_the_words_say_what_a_consent_sheet_must_say(cast: Any) -> None:
    text = words_shown(version_of(newcomer(cast)), reader=newcomer(cast, name="Ora Finch"))
    for said in (
        "# What to write about, and what happens to it",
        "Ada reads messages on Monday, Tuesday and Thursday at 17:00.",
        "An example: a message sent on 12 May 2026, 14:41 is answered by 14 May 2026, 17:00.",
        "Nobody watches for messages.",
        "Ada Lindqvist, your therapist.",
        "Lock your phone",
        "part of your record",
        "Messages cost nothing.",
        "leave out holidays and time away",
        "at least 14 days before",
        "the last day for answers",
        "those who license therapists",
    ):
        assert said in text, said
    assert "Why?" not in text
    assert "How we protect" not in text


def test_the_same_version_shows_the_same_words_on_another_day(cast: Any, visit: Any, clock: Any) -> None:
    wren = newcomer(cast)
    first = shown_on(visit(wren).get(YES).content.decode())
    clock.set(NOW + 30 * DAY)
    assert shown_on(visit(wren).get(YES).content.decode()) == first


def test_words_that_changed_between_reading_and_the_yes_are_read_again_first(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    browser = visit(wren)
    page = browser.get(YES).content.decode()
    joined(wren.client, "Gita Aalto", Participant.Role.GUARDIAN)
    answer = browser.post(YES, {"name": "Wren", "shown": shown_on(page)}, follow=True)
    assert "Please read them once more" in answer.content.decode()
    assert not Acceptance.unscoped.filter(participant=wren).exists()
    assert say_yes(browser).status_code == 302
    assert Acceptance.unscoped.filter(participant=wren).exists()


def test_on_the_whole_page_too_words_that_changed_are_read_again(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    browser = visit(wren)
    page = browser.get("/my/agreement/").content.decode()
    assert "What you say yes to, word for word" in page
    joined(wren.client, "Gita Aalto", Participant.Role.GUARDIAN)
    form = {"name": "Wren", "shown": shown_on(page)}
    answer = browser.post(f"/my/agreement/{version_of(wren).pk}/acceptance/", form, follow=True)
    assert "Please read them once more" in answer.content.decode()
    assert not Acceptance.unscoped.filter(participant=wren).exists()


def test_a_version_offered_meanwhile_is_never_accepted_by_accident(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    browser = visit(wren)
    page = browser.get(YES).content.decode()
    publish_agreement(client=wren.client, by=cast.ada, now=NOW, text="[plan]\nmessages_per_week = 1\n")
    browser.post(YES, {"name": "Wren", "shown": shown_on(page)})
    assert not Acceptance.unscoped.filter(participant=wren).exists()


@pytest.mark.contract("A23", "D3", "D31")
def test_not_yet_leaves_everything_as_it_is_and_words_stay_in_the_journal(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    browser = visit(wren)
    assert "Not yet" in browser.get(YES).content.decode()
    for empty in ("", "  "):
        assert browser.post(YES, {"name": empty}).status_code == 422
    sent = browser.post(
        "/my/messages/", {"draft_id": "", "topic": "homework", "words": "Still unsure."}, follow=True
    )
    assert sent.status_code in (200, 422)
    assert version_of(wren).accepted_at is None
    assert not Acceptance.unscoped.filter(participant=wren).exists()


def test_twice_is_one_yes_and_the_first_name_stays(cast: Any, visit: Any) -> None:
    wren = newcomer(cast)
    browser = visit(wren)
    say_yes(browser)
    browser.post(YES, {"name": "Somebody else", "shown": ""})
    assert Acceptance.unscoped.get(participant=wren).name_typed == "Wren Aalto"
    page = main_text(browser.get(YES).content.decode())
    assert "You said yes on Wed 13 May" in page
    assert "Keep a copy (PDF)" in page


def copy_for(cast: Any, visit: Any, **new: Any) -> tuple[Participant, Any]:
    wren = newcomer(cast, **new)
    say_yes(visit(wren))
    kept = Acceptance.unscoped.get(participant=wren)
    return wren, visit(wren).get(f"/my/agreement/acceptances/{kept.pk}/copy/")


@pytest.mark.contract("A24")
def test_the_copy_is_tagged_has_title_and_language_and_names_nobody_outside_its_pages(
    cast: Any, visit: Any
) -> None:
    _, answer = copy_for(cast, visit)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="agreement-version-1.pdf"'
    assert "no-store" in answer["Cache-Control"]
    pdf = answer.content
    assert pdf.startswith(b"%PDF-1.7")
    laid_open = inside(pdf)
    for mark in (
        "/StructTreeRoot",
        "/MarkInfo",
        "/Lang(en)",
        "/H1",
        "/H2",
        "/LI",
        "pdfuaid:part",
    ):
        assert mark in laid_open, mark
    assert "Our agreement, version 1" in laid_open
    said = re.findall(
        r"/(?:Title|Author|Subject|Keywords|Creator)\(([^)]*)\)|<(?:dc|pdf|xmp):\w+>(.*?)</", laid_open, re.S
    )
    names = [name for name in ("Ada", "Lindqvist", "Wren", "Aalto", "Alder") if name in str(said)]
    assert said and not names, names


def test_the_copy_holds_the_words_and_the_record_of_the_yes(cast: Any, visit: Any, tmp_path: Any) -> None:
    wren, answer = copy_for(cast, visit)
    text = as_text(answer.content, tmp_path)
    for said in (
        "Our agreement, version 1",
        "We planned up to 3 messages a week",
        "Accepted on",
        "13 May 2026, 14:41 (Europe/London)",
        "Wren Aalto",
        Acceptance.unscoped.get(participant=wren).sha256[:40],
    ):
        assert said in text, said


def as_text(pdf: bytes, folder: Any) -> str:
    file = folder / "copy.pdf"
    file.write_bytes(pdf)
    try:
        done = subprocess.run(
            ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
        )
    except FileNotFoundError:
        pytest.skip("no pdftotext on this machine")
    return re.sub(r"\s+", " ", done.stdout)


def test_letters_of_hindi_are_printed_as_letters(cast: Any, visit: Any, tmp_path: Any) -> None:
    if "DEVANAGARI" not in scripts.files_for({"DEVANAGARI"}, also=tmp_path):
        pytest.skip("no Devanagari font; bin/setup --dev installs it")
    _, answer = copy_for(cast, visit, text='client_text = "यह आपका समझौता है।"\n')
    assert b"NotoSansDevanagari" in answer.content or "NotoSansDevanagari" in inside(answer.content)


def test_without_a_font_the_page_says_so_and_shows_the_words(
    cast: Any, visit: Any, monkeypatch: Any, caplog: Any
) -> None:
    monkeypatch.setattr(scripts, "FOLDERS", ())
    caplog.set_level(logging.WARNING)
    _, answer = copy_for(cast, visit, text='client_text = "यह आपका समझौता है।"\n')
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "cannot be made here yet" in page
    assert "यह आपका समझौता है।" in page
    assert "DEVANAGARI" in caplog.text
    assert "समझौता" not in caplog.text


def test_a_sign_that_no_font_has_is_no_empty_box(cast: Any, visit: Any) -> None:
    _, answer = copy_for(cast, visit, text='client_text = "A sign: \U00013000"\n')
    assert "cannot be made here yet" in answer.content.decode()


@pytest.mark.parametrize("fault", ["fails", "hangs", "is not there"])
def test_where_the_press_fails_the_page_shows_the_words_and_what_to_do(
    cast: Any, visit: Any, monkeypatch: Any, tmp_path: Any, fault: str
) -> None:
    press = tmp_path / "press.py"
    press.write_text({"fails": "raise SystemExit(1)", "hangs": "import time; time.sleep(9)"}.get(fault, ""))
    monkeypatch.setattr(paper, "HERE", tmp_path)
    monkeypatch.setattr(paper, "LONGEST", 1)
    if fault == "is not there":
        press.unlink()
    _, answer = copy_for(cast, visit)
    assert answer.status_code == 200
    assert "could not be made this time" in answer.content.decode()
    assert "We planned up to 3 messages a week" in answer.content.decode()


def test_what_looks_like_markup_is_printed_as_it_is(cast: Any, visit: Any, tmp_path: Any) -> None:
    wren = newcomer(cast, text='client_text = "#read(\\"/etc/passwd\\") *bold* $x$ <b>b</b>"\n')
    say_yes(visit(wren), name='#import "x" & <i>Wren</i>')
    kept = Acceptance.unscoped.get(participant=wren)
    text = as_text(copy_of(kept), tmp_path)  # type: ignore[arg-type]  # the font is there
    assert '#read("/etc/passwd") *bold* $x$ <b>b</b>' in text
    assert '#import "x" & <i>Wren</i>' in text


def test_the_copy_speaks_the_language_in_which_the_words_were_shown(cast: Any) -> None:
    wren = newcomer(cast)
    with translation.override("es"):
        accept_agreement(agreement=version_of(wren), participant=wren, name_typed="Wren", now=NOW)
    kept = Acceptance.unscoped.get(participant=wren)
    assert kept.language == "es"
    assert "/Lang(es)" in inside(copy_of(kept))  # type: ignore[arg-type]  # the font is there


def test_copy_and_words_are_for_the_people_of_the_care_alone(cast: Any, visit: Any) -> None:
    kept = Acceptance.unscoped.get(participant=cast.tove)
    for way in ("", "copy/"):
        address = f"/my/agreement/acceptances/{kept.pk}/{way}"
        assert visit(cast.tove).get(address).status_code == 200
        assert visit(cast.imre).get(address).status_code == 200
        for stranger in (cast.noor, cast.jonas, cast.kai, cast.dov, cast.ada, cast.olu):
            assert visit(stranger).get(address).status_code == 404
    miras = Acceptance.unscoped.get(participant=cast.mira)
    assert visit(cast.jonas).get(f"/my/agreement/acceptances/{miras.pk}/").status_code == 404
    theirs = f"/practice/acceptances/{kept.pk}/"
    assert "What Tove said yes to" in visit(cast.ada).get(theirs).content.decode()
    for stranger in (cast.ben, cast.cleo, cast.olu, cast.priya, cast.tove):
        assert visit(stranger).get(theirs).status_code == 404


@pytest.mark.contract("C38")
def test_both_sides_read_every_earlier_version_with_its_record(cast: Any, visit: Any) -> None:
    offered = publish_agreement(
        client=cast.noor.client, by=cast.ada, now=NOW - DAY, preset="warm_two_business_days"
    )
    accept_agreement(agreement=offered, participant=cast.noor, name_typed="Noor H.", now=NOW)
    first = Acceptance.unscoped.get(agreement__number=1, participant=cast.noor)
    mine = visit(cast.noor).get("/my/agreement/?version=1").content.decode()
    assert f'href="/my/agreement/acceptances/{first.pk}/copy/"' in mine
    assert "Noor Haddad" in main_text(mine)
    hers = (
        visit(cast.ada).get(f"/practice/clients/{cast.noor.client_id}/agreement/?version=1").content.decode()
    )
    assert f'href="/practice/acceptances/{first.pk}/"' in hers
    words = main_text(visit(cast.ada).get(f"/practice/acceptances/{first.pk}/").content.decode())
    assert "We planned up to 3 messages a week" in words
    assert first.sha256 in words


def test_a_yes_from_before_words_were_kept_has_no_copy_and_breaks_no_page(cast: Any, visit: Any) -> None:
    Acceptance.unscoped.filter(participant=cast.noor).update(sealed=None, sha256="", language="")
    old = Acceptance.unscoped.get(participant=cast.noor)
    assert visit(cast.noor).get(f"/my/agreement/acceptances/{old.pk}/copy/").status_code == 404
    page = visit(cast.noor).get("/my/agreement/?version=1")
    assert page.status_code == 200
    assert "Copy (PDF)" not in page.content.decode()


def test_the_supervisor_is_named_in_the_words(cast: Any) -> None:
    cast.ada.supervisor = cast.ben
    cast.ada.save()
    wren = newcomer(cast, preset="trainee_supervised")
    assert "Ben Okoro, who helps Ada as supervisor" in words_shown(version_of(wren), reader=wren)


def test_the_example_is_told_in_the_readers_own_zone(cast: Any) -> None:
    wren = newcomer(cast)
    Participant.unscoped.filter(pk=wren.pk).update(zone="Asia/Kolkata")
    wren.refresh_from_db()
    assert "12 May 2026, 19:11" in words_shown(version_of(wren), reader=wren)
