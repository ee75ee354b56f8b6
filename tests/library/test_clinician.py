"""The clinician's library: written or added, ready or a draft, in versions, and nobody else's."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.audit.models import Event
from interlude.core.packs.starter import starters
from interlude.library.actions import fill_in, give_to_all, say_it_helped
from interlude.library.models import Piece, PieceVersion, Share
from interlude.sealing.vault import Sealer
from tests.cast import DAY, NOW
from tests.core.test_clean_files import OWNER, chunk, jpeg, pdf, png
from tests.library.shelf import a_piece, shared

LIBRARY = "/practice/library/"


def typed(kind: str = "exercise", **changed: Any) -> dict[str, Any]:
    said = {
        "piece_id": str(uuid4()),
        "kind": kind,
        "title": "Warm hands",
        "text": "Rub them.",
        "language": "en",
    }
    return said | {"to": "ready", "cues": ""} | changed


def only_version() -> PieceVersion:
    return PieceVersion.unscoped.get()


@pytest.mark.contract("B5", "B20")
@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("exercise", {}),
        ("reading", {}),
        ("worksheet", {"fields": "What was it?\n\n  How strong? \n"}),
        ("prompt", {"fields": ""}),
        ("link", {"link": "https://example.org/calm?x=1"}),
    ],
)
def test_each_kind_is_written_and_read_again(cast: Any, visit: Any, kind: str, more: dict[str, str]) -> None:
    ada = visit(cast.ada)
    assert ada.post(f"{LIBRARY}new/", typed(kind, **more)).status_code == 302
    piece, version = Piece.unscoped.get(), only_version()
    assert (piece.kind, piece.state, version.number) == (kind, "mine", 1)
    assert version.fields == (["What was it?", "How strong?"] if kind == "worksheet" else [])
    page = ada.get(f"{LIBRARY}{piece.pk}/").content.decode()
    assert "Warm hands" in page and "School grade" in page
    assert "Warm hands" in ada.get(LIBRARY).content.decode()


@pytest.mark.parametrize(
    ("language", "text", "said", "advice"),
    [
        ("es", "Respire. Cuente hasta diez. Mire por la ventana.", "on the INFLESZ scale", False),
        (
            "es",
            "La individualización terapéutica requiere consideraciones organizacionales significativas.",
            "on the INFLESZ scale",
            True,
        ),
        ("hi", "साँस लें। दस तक गिनें।", "words a sentence", False),
        ("hi", " ".join(["साँस"] * 40) + "।", "40 in the longest", True),
        ("en", "Breathe. Count to ten.", "School grade", False),
    ],
)
def test_how_it_reads_is_measured_by_its_own_language(
    cast: Any, visit: Any, language: str, text: str, said: str, advice: bool
) -> None:
    ada = visit(cast.ada)
    ada.post(f"{LIBRARY}new/", typed("exercise", language=language, text=text))
    page = ada.get(f"{LIBRARY}{Piece.unscoped.get().pk}/").text
    assert said in page and ("School grade" in page) == (language == "en")
    assert ("on a bad day." in page) == advice


def test_pressed_twice_is_one_piece_and_a_draft_waits_until_it_is_ready(cast: Any, visit: Any) -> None:
    ada, form = visit(cast.ada), typed(to="draft")
    for _ in range(2):
        ada.post(f"{LIBRARY}new/", form)
    piece = Piece.unscoped.get()
    assert piece.state == "draft"
    ada.post(f"/practice/clients/{cast.noor.client_id}/library/share/", {"piece": str(piece.pk)})
    ada.post(f"{LIBRARY}{piece.pk}/state/", {"to": "for_all"})
    assert not Share.unscoped.exists() and Piece.unscoped.get().state == "draft"
    ada.post(f"{LIBRARY}{piece.pk}/state/", {"to": "ready"})
    assert Piece.unscoped.get().state == "mine"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": "  "}, "Give it a title. Your client reads it."),
        ({"title": "x" * 121}, "This title has 121 letters, and 120 is the most. Shorten it."),
        (
            {"text": "x" * 60_001},
            "This text has 60001 letters, and 60,000 is the most. Make two pieces of it.",
        ),
        ({"text": " "}, "Write the text. It is what your client reads."),
        ({"cues": "x\n" * 61}, "These are 61 lines, and 60 is the most. Leave some out."),
        ({"cues": "x" * 201}, "is longer than 200 letters. Shorten it."),
        ({"kind": "worksheet", "fields": "\n"}, "Write at least one question."),
        ({"kind": "link", "link": "http://example.org"}, "is no address that begins with https://"),
        ({"kind": "link", "link": "javascript:alert(1)"}, "is no address that begins with https://"),
        (
            {"kind": "link", "link": "https://bank.example@evil.example/"},
            "is no address that begins with https://",
        ),
        ({"kind": "link", "link": "https://[::1"}, "is no address that begins with https://"),
        ({"kind": "file"}, "Choose a file first. It may have up to 5 MB."),
    ],
)
def test_what_cannot_be_kept_is_named_and_no_word_is_lost(
    cast: Any, visit: Any, changed: dict[str, str], said: str
) -> None:
    answer = visit(cast.ada).post(f"{LIBRARY}new/", typed() | {"text": "Words that stay."} | changed)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert changed.get("text", "Words that stay.") in page
    assert not Piece.unscoped.exists()


@pytest.mark.contract("B20")
@pytest.mark.parametrize(
    ("name", "data", "suffix"),
    [
        ("calm.pdf", pdf(b"2 0 obj<</Producer(W)/Author(" + OWNER + b")>>endobj "), "pdf"),
        ("picture.exe", png(more=chunk(b"tEXt", b"Author\0" + OWNER)), "png"),
        ("../../" + "x" * 300 + "\u202egpj.pdf", jpeg(), "jpg"),
    ],
)
def test_a_file_is_kept_sealed_and_clean_and_sent_as_a_download(
    cast: Any, visit: Any, name: str, data: bytes, suffix: str
) -> None:
    ada, file = visit(cast.ada), SimpleUploadedFile(name, data)
    assert ada.post(f"{LIBRARY}new/", typed("file", text="", file=file)).status_code == 302
    version = only_version()
    assert version.suffix == suffix and OWNER not in bytes(version.sealed or b"")
    answer = ada.get(f"{LIBRARY}{version.piece_id}/file/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="page.{suffix}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert OWNER not in answer.content
    assert answer.content == version.data(Sealer(cast.alder.pk))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file has nothing in it. Choose another one."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no PDF, PNG or JPEG file."),
        (b"<html><script>alert(1)</script>", "This is no PDF, PNG or JPEG file."),
        (pdf(b"2 0 obj<</S/JavaScript/JS(x)>>endobj "), "This PDF holds a program, another file or a form"),
        (pdf(b"trailer<</Encrypt 5 0 R>>"), "This PDF is locked, so nobody can look into it."),
        (png(50_000, 50_000, drawn=b""), "This picture has more than 25 million points."),
        (png(drawn=b""), "This file is damaged."),
        (b"%PDF-1.7" + b"x" * (6 * 1024 * 1024), "This file has 6.0 MB, and 5 MB is the most."),
    ],
)
def test_a_file_that_lies_runs_or_bursts_is_refused_in_plain_words(
    cast: Any, visit: Any, data: bytes, said: str
) -> None:
    file = SimpleUploadedFile("calm.pdf", data, content_type="application/pdf")
    answer = visit(cast.ada).post(f"{LIBRARY}new/", typed("file", text="Stays.", file=file))
    assert answer.status_code == 422
    assert said in answer.content.decode() and "Stays." in answer.content.decode()
    assert not Piece.unscoped.exists()


def test_a_paste_of_five_megabytes_is_answered_calmly(cast: Any, visit: Any) -> None:
    answer = visit(cast.ada).post(f"{LIBRARY}new/", typed(text="word " * 1_000_000))
    assert answer.status_code == 422
    assert "60,000 is the most" in answer.content.decode()


def test_a_change_is_a_version_and_what_was_shared_stays(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada, title="Warm hands", text="Old words.")
    row, ada = shared(piece, cast.noor.client), visit(cast.ada)
    address = f"{LIBRARY}{piece.pk}/change/"
    assert "Old words." in ada.get(address).content.decode()
    for _ in range(2):
        assert ada.post(address, typed(text="New words.")).status_code == 302
    assert [one.number for one in piece.versions.all()] == [2, 1]
    assert "Old words." in visit(cast.noor).get(f"/my/things/{piece.pk}/").content.decode()
    shared(piece, cast.noor.client, now=NOW)
    assert "New words." in visit(cast.noor).get(f"/my/things/{piece.pk}/").content.decode()
    row.refresh_from_db()
    assert row.taken_back_at == NOW


def test_a_changed_file_piece_keeps_its_file_where_no_other_is_chosen(cast: Any, visit: Any) -> None:
    ada = visit(cast.ada)
    ada.post(f"{LIBRARY}new/", typed("file", text="", file=SimpleUploadedFile("a.pdf", pdf())))
    piece = Piece.unscoped.get()
    ada.post(f"{LIBRARY}{piece.pk}/change/", typed("file", title="Another title"))
    assert piece.versions.count() == 2
    assert ada.get(f"{LIBRARY}{piece.pk}/file/").content == pdf()


def test_put_away_leaves_the_list_and_not_the_client_who_has_it(cast: Any, visit: Any) -> None:
    piece, ada = a_piece(cast.ada), visit(cast.ada)
    shared(piece, cast.noor.client)
    give_to_all(piece, by=cast.ada, now=NOW)
    ada.post(f"{LIBRARY}{piece.pk}/state/", {"to": "away"})
    assert piece.versions.first().title not in ada.get(LIBRARY).content.decode()  # type: ignore[union-attr]
    assert "A slower breath" in ada.get(f"{LIBRARY}?away=1").content.decode()
    assert visit(cast.noor).get(f"/my/things/{piece.pk}/").status_code == 200
    assert visit(cast.tove).get(f"/my/things/{piece.pk}/").status_code == 404
    ada.post(f"{LIBRARY}{piece.pk}/state/", {"to": "back"})
    assert "A slower breath" in ada.get(LIBRARY).content.decode()


@pytest.mark.contract("A11", "B20")
def test_our_own_pieces_are_taken_over_once_and_can_be_changed(cast: Any, visit: Any) -> None:
    ada, known = visit(cast.ada), starters()
    page = ada.get(f"{LIBRARY}begin/").content.decode()
    assert all(one.title in page for one in known.values())
    for _ in range(2):
        ada.post(f"{LIBRARY}begin/", {"piece": ["until_our_session", "five_things", "no such"]})
    titles = {one.title for one in PieceVersion.unscoped.all()}
    assert titles == {"Holding on until our session", "Five things around you"}
    assert "In your library already" in ada.get(f"{LIBRARY}begin/").content.decode()


@pytest.mark.contract("E18")
def test_places_to_read_elsewhere_are_there_but_taken_over_only_after_a_look(cast: Any, visit: Any) -> None:
    ada = visit(cast.ada)
    page = ada.get(f"{LIBRARY}begin/").content.decode()
    for one, name in (
        ("read_at_nami", "NAMI"),
        ("read_at_apa", "APA"),
        ("read_at_psychology_today", "Psychology Today"),
    ):
        assert f'value="{one}">' in page and f"To read elsewhere: {name}" in page
    assert 'value="five_things" checked>' in page
    ada.post(f"{LIBRARY}begin/", {"piece": ["read_at_nami"]})
    piece = Piece.unscoped.get(starter="read_at_nami")
    shared(piece, cast.noor.client)
    assert 'href="https://www.nami.org/"' in visit(cast.noor).get(f"/my/things/{piece.pk}/").content.decode()
    assert visit(cast.kai).get(f"/my/things/{piece.pk}/").status_code == 404


def test_a_library_is_its_clinicians_alone(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada)
    for other in (cast.ben, cast.cleo, cast.olu, cast.priya):
        assert not Piece.unscoped.visible_to(other).exists()
        assert visit(other).get(f"{LIBRARY}{piece.pk}/").status_code == 404
    stolen = {"piece": str(piece.pk), "share_id": str(uuid4())}
    answer = visit(cast.ben).post(f"/practice/clients/{cast.kai.client_id}/library/share/", stolen)
    assert answer.status_code == 422 and not Share.unscoped.exists()


@pytest.mark.contract("B19")
def test_sums_of_what_helped_stand_beside_the_piece_and_beside_the_client(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada)
    for who in (cast.noor, cast.mira):
        shared(piece, who.client)
        say_it_helped(piece, by=who, now=NOW, instead=who is cast.noor)
    say_it_helped(piece, by=cast.noor, now=NOW + DAY)
    page = visit(cast.ada).get(f"{LIBRARY}{piece.pk}/").content.decode()
    assert "3 times somebody said so." in page and "1 time no message was needed then." in page
    of_noor = visit(cast.ada).get(f"/practice/clients/{cast.noor.client_id}/library/").content.decode()
    assert "helped 2 times" in of_noor and "once no message was needed" in of_noor


def test_reading_a_finished_page_leaves_a_line_that_no_client_sees(cast: Any, visit: Any) -> None:
    piece = a_piece(cast.ada, kind="worksheet", fields=("What was it?",))
    row = shared(piece, cast.noor.client)
    draft = fill_in(["A canary."], version=row.version, by=cast.noor, now=NOW, finish=False)
    ada, address = visit(cast.ada), f"/practice/filled/{draft.pk}/"
    assert ada.get(address).status_code == 404
    fill_in(["A canary."], version=row.version, by=cast.noor, now=NOW, finish=True)
    assert "A canary." in ada.get(address).content.decode()
    assert Event.objects.latest("number").verb == "page.opened"
    assert visit(cast.ben).get(address).status_code == 404


@pytest.mark.parametrize("page", [LIBRARY, f"{LIBRARY}?away=1"])
def test_the_list_asks_as_often_for_forty_pieces_as_for_three(cast: Any, visit: Any, page: str) -> None:
    ada, counts = visit(cast.ada), []
    for many in (3, 37):
        for number in range(many):
            a_piece(cast.ada, title=f"Piece {number}")
        ada.get(page)
        with CaptureQueriesContext(connection) as questions:
            ada.get(page)
        counts.append(len(questions))
    assert counts[0] == counts[1] <= 12, counts


@pytest.mark.contract("B20")
def test_shared_beside_a_message_it_leads_back_there_also_after_a_mistake(cast: Any, visit: Any) -> None:
    ada, message, to = (
        visit(cast.ada),
        str(uuid4()),
        f"/practice/clients/{cast.noor.client_id}/library/share/",
    )
    piece = a_piece(cast.ada)
    wrong = ada.post(to, {"message": message, "piece": "", "line": "Words that stay."})
    assert wrong.status_code == 422
    assert f'name="message" value="{message}"' in wrong.content.decode()
    assert "Choose a piece." in wrong.content.decode() and "Words that stay." in wrong.content.decode()
    form = {"message": message, "piece": str(piece.pk), "share_id": str(uuid4())}
    for _ in range(2):
        assert ada.post(to, form).headers["Location"] == f"/practice/messages/{message}/"
    assert Share.unscoped.count() == 1
