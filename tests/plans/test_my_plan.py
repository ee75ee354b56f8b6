"""A plan for hard moments: its owner's alone until they share it, and nobody learns that it was opened."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from interlude.audit.models import Event
from interlude.core.hard_moments import HardMoments, PlanPart, Step
from interlude.core.plan_words import words_in
from interlude.demo.plans import NOOR as DEMO_PLAN
from interlude.outbox.actions import mail_for
from interlude.outbox.models import Notice
from interlude.plans.actions import (
    add_file,
    ask_for_reminder,
    keep_plan_alone,
    remind_of_review,
    share_plan,
    write_plan,
)
from interlude.plans.models import Plan, PlanFile, PlanVersion
from interlude.practice.models import Participant
from interlude.sealing.vault import Sealer
from tests.cast import DAY, NOW

PLAN, WRITE = "/my/plan/", "/my/plan/write/"
PDF = b"%PDF-1.7 my own form %%EOF"
SISTER = "Call my sister Zaunkoenigin"


def written(who: Participant, *, now: Any = NOW, text: str = SISTER, language: str = "en") -> PlanVersion:
    plan = HardMoments(language=language, parts=(PlanPart("people", text), PlanPart("own", "Tea.", "Small")))
    return write_plan(plan, participant=who, now=now, version_id=uuid4())


def form(**changed: str) -> dict[str, str]:
    said = {"version_id": str(uuid4()), "language": "en", "level_0": "", "level_1": "", "level_2": ""}
    for n, kind in enumerate(("signs", "people", "own")):
        said |= {f"kind_{n}": kind, f"title_{n}": "", f"text_{n}": f"Words {n}.", f"place_{n}": str(n + 1)}
    return said | {"when_0": "", "then_0": ""} | changed


@pytest.mark.contract("A36")
def test_a_plan_is_written_in_own_words_and_order(cast: Any, visit: Any) -> None:
    noor = visit(cast.noor)
    order = {"place_2": "1", "place_0": "2", "place_1": "3", "title_2": "My dog", "hidden_1": "on"}
    steps = {"when_0": "I lie awake", "then_0": "I get up and make tea", "level_2": "I call Rana."}
    assert noor.post(WRITE, form(**order, **steps)).status_code == 302
    page = noor.get(PLAN).content.decode()
    assert page.index("My dog") < page.index("Words 0.")
    assert "Words 1." not in page
    assert "If I lie awake" in page and "then I get up and make tea" in page and "I call Rana." in page
    assert "Words 1." in noor.get(WRITE).content.decode()


@pytest.mark.parametrize("language", ["en", "es", "hi"])
def test_a_new_plan_begins_in_the_language_its_owner_chose(cast: Any, visit: Any, language: str) -> None:
    type(cast.noor.user).objects.filter(pk=cast.noor.user_id).update(language=language)
    page = visit(cast.noor).get(WRITE, headers={"Accept-Language": "en"}).content.decode()
    assert words_in(language).headings["signs"] in page
    assert f'<option value="{language}" selected>' in page


def test_empty_parts_are_fine_and_a_person_and_a_service_are_kindly_asked_for(cast: Any, visit: Any) -> None:
    noor = visit(cast.noor)
    assert noor.post(WRITE, form(text_0="", text_1="", text_2="", kind_2="services")).status_code == 302
    page = noor.get(PLAN).content.decode()
    assert "No person stands in your plan yet." in page
    assert "No help line or service stands in it yet." in page
    for address in (f"{PLAN}print/", f"{PLAN}device/"):
        assert noor.get(address).status_code == 200


def test_a_place_that_is_no_number_is_named_and_no_word_is_lost(cast: Any, visit: Any) -> None:
    answer = visit(cast.noor).post(WRITE, form(place_0="first", text_1="Words that stay."))
    assert answer.status_code == 422
    assert "Write the place as a number from 1 to 30." in answer.content.decode()
    assert "Words that stay." in answer.content.decode()
    assert not PlanVersion.unscoped.exists()


def test_every_version_is_dated_and_readable_by_its_owner_alone(cast: Any, visit: Any) -> None:
    first = written(cast.noor, now=NOW - 3 * DAY, text="The first words.")
    second = written(cast.noor)
    share_plan(first.plan, by=cast.noor, now=NOW)
    noor, ada = visit(cast.noor), visit(cast.ada)
    listed = noor.get(f"{PLAN}versions/").content.decode()
    assert "Version 1" in listed and "Version 2" in listed
    assert "The first words." in noor.get(f"{PLAN}versions/{first.pk}/").content.decode()
    assert list(PlanVersion.unscoped.visible_to(cast.ada)) == [second]
    assert "The first words." not in ada.get(f"/practice/plans/{first.plan_id}/").content.decode()


def test_two_people_of_one_care_have_a_plan_each_and_neither_reads_the_others(cast: Any, visit: Any) -> None:
    version = written(cast.tove)
    share_plan(version.plan, by=cast.tove, now=NOW)
    imre = visit(cast.imre)
    assert SISTER not in imre.get(PLAN).content.decode()
    assert imre.get(f"{PLAN}versions/{version.pk}/").status_code == 404


def test_sharing_is_the_owners_and_taking_back_holds_at_once(cast: Any, visit: Any) -> None:
    plan, ada = written(cast.noor).plan, visit(cast.ada)
    address = f"/practice/plans/{plan.pk}/"
    assert ada.get(address).status_code == 404
    visit(cast.noor).post(f"{PLAN}sharing/", {"share": "yes"})
    assert SISTER in ada.get(address).content.decode()
    for other in (cast.ben, cast.cleo, cast.olu, cast.priya, cast.jonas):
        assert not Plan.unscoped.visible_to(other).exists()
    visit(cast.noor).post(f"{PLAN}sharing/", {"share": "no"})
    assert ada.get(address).status_code == 404
    assert ada.post(f"{address}looks/", {"on": "2026-05-12"}).status_code == 404


@pytest.mark.contract("A36", "A29")
def test_opening_it_is_written_down_and_counted_nowhere(cast: Any, visit: Any) -> None:
    version = written(cast.noor)
    share_plan(version.plan, by=cast.noor, now=NOW)
    file = add_file(PDF, participant=cast.noor, now=NOW)
    noor = visit(cast.noor)
    noor.get("/my/")
    before = every_row()
    for address in ("", "write/", "versions/", f"versions/{version.pk}/", "print/", "copy/", "device/"):
        assert noor.get(PLAN + address).status_code == 200, address
    assert noor.get(f"{PLAN}files/{file.pk}/").status_code == 200  # type: ignore[union-attr]
    assert visit(None).get("/plan/here/").status_code == 200
    assert every_row() == before
    assert "nothing is written down or counted" in noor.get(PLAN).content.decode()


def every_row() -> dict[str, list[Any]]:
    """All tables but the session's own clock."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table != "django_session":
                cursor.execute(f'SELECT * FROM "{table}"')  # names from the database itself
                found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def test_the_clinicians_reading_leaves_a_line_that_no_client_sees(cast: Any, visit: Any) -> None:
    plan = written(cast.noor).plan
    share_plan(plan, by=cast.noor, now=NOW)
    visit(cast.ada).get(f"/practice/plans/{plan.pk}/")
    event = Event.objects.latest("number")
    assert (event.verb, event.actor) == ("plan.opened", f"clinician:{cast.ada.pk}")
    assert "Ada opened" not in visit(cast.noor).get(PLAN).content.decode()


@pytest.mark.contract("A34")
def test_the_day_of_looking_together_is_put_down_by_either(cast: Any, visit: Any) -> None:
    plan = written(cast.noor).plan
    share_plan(plan, by=cast.noor, now=NOW)
    noor, ada = visit(cast.noor), visit(cast.ada)
    assert noor.post(f"{PLAN}looks/", {"on": "2026-05-14"}).status_code == 422
    assert noor.post(f"{PLAN}looks/", {"on": "2026-05-10"}).status_code == 302
    assert ada.post(f"/practice/plans/{plan.pk}/looks/", {"on": "2026-05-12"}).status_code == 302
    assert "Looked at together on" in noor.get(PLAN).content.decode()
    assert [look.by_clinician for look in plan.looks.all()] == [True, False]


@pytest.mark.contract("A34")
def test_no_reminder_at_the_start_and_one_without_content_where_it_was_wished(cast: Any) -> None:
    plan = written(cast.noor).plan
    assert remind_of_review(now=NOW + 400 * DAY) == 0
    ask_for_reminder(plan, weeks=4, by=cast.noor, now=NOW)
    due = NOW + 28 * DAY
    assert [remind_of_review(now=due - DAY), remind_of_review(now=due), remind_of_review(now=due)] == [
        0,
        1,
        0,
    ]
    mail = mail_for(Notice.objects.get(link=PLAN))
    for trace in ("hard", "plan", "Ada", "Noor", "sister"):
        assert trace not in mail.subject + mail.body.replace(PLAN, "")
    plan.refresh_from_db()
    assert plan.review_on == (NOW + 56 * DAY).date()
    ask_for_reminder(plan, weeks=None, by=cast.noor, now=due)
    assert not Notice.objects.filter(link=PLAN, sent_at=None).exists()
    assert remind_of_review(now=NOW + 400 * DAY) == 0


def test_nobody_is_reminded_whose_access_or_work_has_ended(cast: Any) -> None:
    for who in (cast.noor, cast.kai):
        ask_for_reminder(written(who).plan, weeks=4, by=who, now=NOW)
    Participant.unscoped.filter(pk=cast.noor.pk).update(access_ends=NOW)
    type(cast.kai.client).unscoped.filter(pk=cast.kai.client_id).update(ended_at=NOW)
    assert remind_of_review(now=NOW + timedelta(weeks=5)) == 0


def upload(browser: Any, data: bytes, name: str = "plan.pdf") -> Any:
    file = SimpleUploadedFile(name, data, content_type="application/pdf")
    return browser.post(f"{PLAN}files/", {"file": file})


def test_a_form_from_elsewhere_is_kept_sealed_and_sent_as_a_download(cast: Any, visit: Any) -> None:
    noor = visit(cast.noor)
    assert upload(noor, PDF).status_code == 302
    kept = PlanFile.unscoped.get()
    assert b"my own form" not in bytes(kept.sealed)
    answer = noor.get(f"{PLAN}files/{kept.pk}/")
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="my-pages.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert visit(cast.ada).get(f"/practice/plans/files/{kept.pk}/").status_code == 404
    share_plan(kept.plan, by=cast.noor, now=NOW)
    assert visit(cast.ada).get(f"/practice/plans/files/{kept.pk}/").content == PDF
    keep_plan_alone(kept.plan, by=cast.noor, now=NOW)
    assert noor.post(f"{PLAN}files/{kept.pk}/removal/").status_code == 302
    assert not PlanFile.unscoped.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file has nothing in it."),
        (b"<html><script>alert(1)</script>", "This is no PDF, PNG or JPEG file."),
        (b"%PDF-" + b"0" * (5 * 1024 * 1024) + b"%%EOF", "5 MB is the most"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_by_what_it_is(
    cast: Any, visit: Any, data: bytes, said: str
) -> None:
    answer = upload(visit(cast.noor), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not PlanFile.unscoped.exists()


@pytest.mark.parametrize("language", ["en", "es", "hi"])
def test_the_pdf_is_tagged_and_in_the_language_of_the_plan(cast: Any, visit: Any, language: str) -> None:
    full = replace(DEMO_PLAN, language=language)
    write_plan(full, participant=cast.noor, now=NOW, version_id=uuid4())
    answer = visit(cast.noor).get(f"{PLAN}copy/")
    if answer["Content-Type"] != "application/pdf":
        pytest.skip("no font for this script on this machine; the page said so")
    assert answer["Content-Disposition"] == 'attachment; filename="my-pages.pdf"'
    everything = unpacked(answer.content)
    assert b"/StructTreeRoot" in everything and b"/Marked true" in everything
    assert f"/Lang({language})".encode() in everything
    assert b"Noor" not in everything and b"Ada" not in everything
    assert len(re.findall(rb"/Type\s*/Page\b", everything)) == 1


def unpacked(pdf: bytes) -> bytes:
    found = [pdf]
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:
            found.append(raw)
    return b"\n".join(found)


def test_the_page_of_a_kept_copy_is_the_same_for_everybody_and_sets_nothing(cast: Any, visit: Any) -> None:
    written(cast.noor)
    signed_in, stranger = visit(cast.noor).get("/plan/here/"), visit(None).get("/plan/here/")
    assert signed_in.content == stranger.content
    assert not signed_in.cookies and not stranger.cookies
    worker = visit(None).get("/plan/here/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in worker


def test_words_with_a_script_in_them_stay_words(cast: Any, visit: Any) -> None:
    written(cast.noor, text="<script>alert(1)</script>")
    noor = visit(cast.noor)
    for address in ("", "write/", "print/", "device/"):
        assert "<script>alert" not in noor.get(PLAN + address).content.decode()


def test_a_key_of_somebody_else_makes_a_version_of_ones_own(cast: Any, visit: Any) -> None:
    theirs = written(cast.kai)
    visit(cast.noor).post(WRITE, form(version_id=str(theirs.pk)))
    assert PlanVersion.unscoped.get(plan__participant=cast.noor).pk != theirs.pk
    theirs.plan.participant = cast.kai
    assert theirs.words(Sealer(cast.alder.id)).parts[0].text == SISTER


def test_a_step_without_words_is_not_kept(cast: Any) -> None:
    plan = HardMoments(steps=(Step("", " "), Step("I wake", "")), parts=(PlanPart("own"),))
    kept = write_plan(plan, participant=cast.noor, now=NOW, version_id=uuid4()).words(Sealer(cast.alder.id))
    assert kept.steps == (Step("I wake", ""),) and kept.parts == ()
