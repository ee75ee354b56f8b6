"""Photos and PDFs with a message: drawn anew, sealed, sent with the words, seen by whoever sees those."""

from __future__ import annotations

import struct
import time
import zlib
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from interlude.audit.models import Event
from interlude.enclosures.actions import MOST_FILES, enclose, fit_to_keep
from interlude.enclosures.models import Enclosure
from interlude.messaging.actions import send_message, take_back_message
from interlude.messaging.drafts import save_draft
from interlude.messaging.models import Draft
from interlude.sealing.vault import Sealer
from tests.agreements.reading import grade, main_text
from tests.cast import NOW
from tests.enclosures.photos import PLACE, a_photo, a_png

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF"


@pytest.fixture
def draft(cast: Any) -> Draft:
    return save_draft("With a photo.", participant=cast.noor, draft_id=uuid4(), topic="homework", now=NOW)


def put(draft: Draft, cast: Any, data: bytes | None = None) -> Any:
    data = a_photo() if data is None else data
    return enclose(data, participant=cast.noor, key=draft.pk, file_id=uuid4(), now=NOW)


def sent(draft: Draft, cast: Any, **more: Any) -> Any:
    wanted = {"participant": cast.noor, "draft_id": draft.pk, "topic": "homework", "now": NOW}
    return send_message("With a photo.", **wanted | more).stored


def upload(data: bytes, name: str = "IMG_2034 Zaunkoenigin.jpg") -> dict[str, Any]:
    return {"file_id": str(uuid4()), "file": SimpleUploadedFile(name, data, "image/jpeg")}


@pytest.mark.parametrize("data", [a_photo(), a_png()])
def test_a_picture_is_drawn_anew_and_says_nothing_of_where_it_was_taken(data: bytes) -> None:
    assert PLACE in data
    made = fit_to_keep(data)
    assert isinstance(made, tuple)
    assert PLACE not in made[1]
    picture = Image.open(BytesIO(made[1]))
    assert picture.size == (60, 40)
    assert not picture.getexif()
    assert not {"exif", "comment", "Comment", "icc_profile"} & set(picture.info)


def test_a_photo_is_set_upright_and_made_small_enough_for_a_page() -> None:
    turned, large = fit_to_keep(a_photo(turned=True)), fit_to_keep(a_photo(4000, 3000))
    assert Image.open(BytesIO(turned[1])).size == (40, 60)
    assert Image.open(BytesIO(large[1])).size == (2048, 1536)


def test_a_photo_of_twelve_million_points_takes_no_long_while() -> None:
    data, before = a_photo(4000, 3000), time.process_time()
    fit_to_keep(data)
    assert time.process_time() - before < 1.5


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is very large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0" * 9)), chunk(b"IEND", b""))
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (bomb(50_000, 50_000), "measures"),
        (bomb(2_000_000_000, 2_000_000_000), "measures"),
        (bomb(90, 90), "broken"),
        (a_photo()[:300] + b"\xff\xd9", "broken"),
        (b"", "empty"),
        (b"<html><script>1</script>", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (b"\xff\xd8\xff" + b"0" * (15 * 1024 * 1024) + b"\xff\xd9", "large"),
        (b"%PDF-1.4 /JavaScript (x) %%EOF", "runs"),
    ],
)
def test_what_is_not_kept_is_said_why_and_leaves_nothing(data: bytes, why: str) -> None:
    before = time.process_time()
    assert fit_to_keep(data) == why
    assert time.process_time() - before < 5


def test_what_hides_behind_a_photo_does_not_come_along() -> None:
    made = fit_to_keep(a_photo() + b"<script>alert(1)</script>PK\x03\x04" + b"\xff\xd9")
    assert b"script" not in made[1]
    assert b"PK\x03\x04" not in made[1]


def test_a_file_is_sealed_and_neither_its_name_nor_its_words_are_anywhere(
    cast: Any, visit: Any, draft: Draft
) -> None:
    noor = visit(cast.noor)
    noor.post(f"/my/drafts/{draft.pk}/files/", upload(a_photo()))
    row = Enclosure.unscoped.get()
    assert not bytes(row.sealed).startswith(b"\xff\xd8")
    assert row.data(Sealer(cast.alder.id)).startswith(b"\xff\xd8\xff")
    assert "Zaunkoenigin" not in str(Event.objects.values_list("facts", "subject"))
    answer = noor.get(f"/my/files/{row.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="file.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_same_form_twice_is_one_file_and_five_go_with_one_message(
    cast: Any, visit: Any, draft: Draft
) -> None:
    noor, form = visit(cast.noor), upload(a_photo())
    for _ in range(2):
        noor.post(f"/my/drafts/{draft.pk}/files/", form | {"file": upload(a_photo())["file"]})
    assert Enclosure.unscoped.count() == 1
    for _ in range(MOST_FILES):
        answer = noor.post(f"/my/drafts/{draft.pk}/files/", upload(a_photo()))
    assert answer.status_code == 422
    assert "Five files go with one message" in main_text(answer.content.decode())
    assert Enclosure.unscoped.count() == MOST_FILES


def test_it_goes_with_the_message_and_is_seen_once_that_is_handed_over(
    cast: Any, visit: Any, clock: Any, draft: Draft
) -> None:
    row = put(draft, cast)
    message = sent(draft, cast)
    place = f"/practice/files/{row.pk}/"
    assert visit(cast.ada).get(place).status_code == 404  # held until read: a photo is no exception
    clock.set(message.handed_at + timedelta(minutes=1))
    ada = visit(cast.ada)
    assert ada.get(place).status_code == 200
    assert f'href="{place}"' in ada.get(f"/practice/messages/{message.pk}/").content.decode()
    assert f"/my/files/{row.pk}/" in visit(cast.noor).get(f"/my/messages/{message.pk}/").content.decode()
    for person in {id(one): one for one in cast.everybody if one not in (cast.noor, cast.ada)}.values():
        for there in (place, f"/my/files/{row.pk}/"):
            assert visit(person).get(there).status_code == 404, person


def test_taking_back_makes_it_a_draft_again_with_its_files(cast: Any, draft: Draft) -> None:
    row = put(draft, cast)
    again = take_back_message(sent(draft, cast), by=cast.noor, now=NOW)
    row.refresh_from_db()
    assert again is not None
    assert row.key == again.pk


def test_throwing_the_draft_away_throws_its_files_away_and_sending_does_not(
    cast: Any, visit: Any, draft: Draft
) -> None:
    put(draft, cast)
    visit(cast.noor).post(f"/my/drafts/{draft.pk}/forget/", {"sure": "1"})
    assert not Enclosure.unscoped.exists()
    other = save_draft("Other.", participant=cast.noor, draft_id=uuid4(), topic="homework", now=NOW)
    put(other, cast)
    sent(other, cast)
    visit(cast.noor).post(f"/my/drafts/{other.pk}/forget/", {"sure": "1"})
    assert Enclosure.unscoped.count() == 1


def test_what_was_sent_keeps_its_files(cast: Any, visit: Any, draft: Draft) -> None:
    row = put(draft, cast)
    sent(draft, cast)
    assert visit(cast.noor).post(f"/my/files/{row.pk}/removal/").status_code == 404
    assert Enclosure.unscoped.exists()


def test_the_front_desk_gets_no_file_and_the_page_says_so(cast: Any, visit: Any) -> None:
    draft = save_draft("A bill.", participant=cast.noor, draft_id=uuid4(), topic="billing", now=NOW)
    row = put(draft, cast)
    page = main_text(visit(cast.noor).get(f"/my/drafts/{draft.pk}/review/").content.decode())
    assert "The front desk does not get your files" in page
    send_message("A bill.", participant=cast.noor, draft_id=draft.pk, topic="billing", now=NOW)
    for person in (cast.olu, cast.priya, cast.ada):
        assert visit(person).get(f"/practice/files/{row.pk}/").status_code == 404
    assert f"/my/files/{row.pk}/" in visit(cast.noor).get("/my/papers/").content.decode()


def test_a_file_that_is_not_kept_leaves_the_draft_and_says_what_helps(
    cast: Any, visit: Any, draft: Draft
) -> None:
    answer = visit(cast.noor).post(f"/my/drafts/{draft.pk}/files/", upload(b"GIF89a"))
    assert answer.status_code == 422
    assert "This is no PDF, PNG or JPEG file" in main_text(answer.content.decode())
    assert Draft.unscoped.filter(pk=draft.pk).exists()


def test_a_pdf_goes_too_and_the_page_reads_easily(cast: Any, visit: Any, draft: Draft) -> None:
    assert put(draft, cast, PDF).suffix == "pdf"
    page = main_text(visit(cast.noor).get(f"/my/drafts/{draft.pk}/files/").content.decode())
    assert "A PDF" in page
    assert grade(page) <= 6


def test_a_late_key_of_somebody_elses_draft_is_not_there(cast: Any, visit: Any, draft: Draft) -> None:
    assert visit(cast.tove).get(f"/my/drafts/{draft.pk}/files/").status_code == 404
    assert visit(cast.tove).post(f"/my/drafts/{draft.pk}/files/", upload(a_photo())).status_code == 404
