"""A couple's rule stands above the box before the first key; a teenager and a parent each read what the parent sees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from interlude.agreements.models import Acceptance, Agreement
from tests.walks.conftest import DESK
from tests.walks.ways import compose

IN_JUNE = datetime(2026, 6, 2, 9, tzinfo=UTC)


@pytest.mark.contract("C29", "D20", "C32")
def test_a_couple_reads_the_rule_before_writing_and_both_accept_it(enter, cast, looks_right):
    Acceptance.unscoped.filter(agreement__client=cast.tove.client).delete()
    Agreement.unscoped.filter(client=cast.tove.client).delete()
    type(cast.tove.client).unscoped.filter(pk=cast.tove.client_id).update(secrets="")
    ada = enter(cast.ada, size=DESK)
    ada.goto(f"/practice/clients/{cast.tove.client_id}/agreement/?preset=warm_two_business_days")
    expect(ada.get_by_role("alert")).to_contain_text("Choose first what each may read of the others")
    ada.get_by_role("alert").get_by_role("link", name="Who can read this").click()
    ada.get_by_text("Limited secrets").click()
    ada.get_by_role("button", name="Choose this").click()
    looks_right(ada)
    ada.goto(f"/practice/clients/{cast.tove.client_id}/agreement/?preset=warm_two_business_days")
    ada.get_by_role("button", name="Offer this as version 1").click()

    for person in (cast.tove, cast.imre):
        page = enter(person)
        page.goto("/my/agreement/")
        expect(page.get_by_role("main")).to_contain_text("does not read what you write")
        page.get_by_label("Your name").fill(person.name)
        page.get_by_role("button", name="Yes to version 1").click()
    box = compose(page)
    expect(page.get_by_role("main")).to_contain_text("Only you and Ada can read this. Tove cannot.")
    expect(box).to_have_value("")
    looks_right(page)


@pytest.mark.contract("D8", "A7")
def test_a_teenager_reads_first_what_her_father_will_see(enter, cast, clock, looks_right):
    ada = enter(cast.ada, size=DESK)
    ada.goto(f"/practice/clients/{cast.mira.client_id}/readers/")
    ada.get_by_text("Open or close something").click()
    ada.get_by_label("What it is about").select_option("summary_talks")
    ada.get_by_label("From that day on").select_option("yes")
    ada.get_by_role("textbox", name="Day").fill("2026-06-01")
    ada.get_by_label("In words for the young person").fill("You said he may know how school goes.")
    ada.get_by_role("button", name="Write it down").click()
    expect(ada.get_by_role("main")).to_contain_text("Talks with the therapist about how it goes: opened")
    looks_right(ada)

    mira = enter(cast.mira)
    mira.goto("/my/write/homework/")
    expect(mira.get_by_role("main")).to_contain_text("Only you and Ada can read this. Jonas cannot.")
    mira.get_by_role("main").get_by_role("link", name="Who can read what").click()
    expect(mira.get_by_role("heading", level=1)).to_have_text("Only Ada reads what you write.")
    expect(mira.get_by_role("main")).to_contain_text("From Mon 1 June on: Jonas may see talks")
    expect(mira.get_by_role("main")).to_contain_text("You said he may know how school goes.")
    looks_right(mira)

    jonas = enter(cast.jonas)
    jonas.goto("/my/readers/")
    expect(jonas.get_by_role("main")).not_to_contain_text("1 June")
    expect(jonas.get_by_role("main")).not_to_contain_text("school")
    looks_right(jonas)
    clock.set(IN_JUNE)
    jonas = enter(cast.jonas)
    jonas.goto("/my/readers/")
    expect(jonas.get_by_role("main")).to_contain_text("Yes. Ask the front desk for a time.")
