"""Ada goes away: dates move and whoever waits is told; Ben stands in and sees exactly his part."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from interlude.cover.models import Cover
from interlude.messaging.models import Message
from interlude.outbox.models import Notice
from interlude.practice.scope import in_practice
from tests.messaging.post import may
from tests.messaging.post import send as sent
from tests.walks.ways import send


def goes_away(ada, no_violations):
    """Sees what it moves, sets it, asks Ben for Noor alone, and writes a plan for the break."""
    ada.goto("/practice/time-away/")
    ada.get_by_label("First day").fill("2026-05-14")
    ada.get_by_label("Last day").fill("2026-05-22")
    no_violations(ada)
    ada.get_by_role("button", name="See what it moves").click()
    expect(ada.get_by_role("heading", name="This moves 1 date.")).to_be_visible()
    expect(ada.get_by_role("row", name="Noor Haddad")).to_contain_text("Thu 14 May, 17:00")
    no_violations(ada)
    ada.get_by_role("button", name="Set this time away").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text("You are away from")
    no_violations(ada)
    ada.get_by_role("link", name="Ask a colleague").click()
    ada.get_by_label("Ben Okoro").check()
    ada.get_by_label("Mira Sand").uncheck()
    ada.get_by_label("Tove and Imre").uncheck()
    no_violations(ada)
    ada.get_by_role("button", name="Ask", exact=True).click()
    ada.get_by_role("link", name="Noor Haddad").click()
    ada.get_by_label("What helps in the break").fill("Walk by the canal.")
    no_violations(ada)
    ada.get_by_role("button", name="Keep this plan").click()


@pytest.mark.contract("C16", "C17", "B33", "C13")
def test_time_away_is_set_dates_are_told_and_a_colleague_sees_their_part(enter, cast, clock, no_violations):
    with in_practice(cast.alder.id):
        waiting = sent(cast.noor, at=may(12, 9))
    goes_away(enter(cast.ada), no_violations)

    ben = enter(cast.ben)
    ben.goto("/practice/covers/")
    expect(ben.get_by_role("heading", level=1)).to_have_text("A colleague asks you to stand in.")
    no_violations(ben)
    ben.get_by_role("button", name="Yes, I stand in").click()

    noor = enter(cast.noor)
    noor.goto("/my/")
    expect(noor.get_by_text("Walk by the canal.")).to_be_visible()
    expect(noor.get_by_text("Ben stands in and can read some of what you write.")).to_be_visible()
    no_violations(noor)
    noor.goto(f"/my/messages/{waiting.pk}/")
    expect(noor.get_by_role("main")).to_contain_text("not because of you")
    receipt = send(noor, "While you are away: I did the walk twice.")
    expect(noor.get_by_role("region", name="Receipt")).to_contain_text("Ben reads, for Ada")
    no_violations(noor)

    clock.set(may(14, 17, 5))
    ben = enter(cast.ben)
    ben.goto("/practice/")
    expect(ben.get_by_role("heading", name="For Ada")).to_be_visible()
    no_violations(ben)
    ben.goto(receipt.replace("/my/", "/practice/"))
    expect(ben.get_by_text("for whom you stand in")).to_be_visible()
    no_violations(ben)
    ben.get_by_role("textbox").fill("Dear Noor, twice is a lot.")
    ben.get_by_role("button", name="Send answer").click()
    with in_practice(cast.alder.id):
        assert Cover.unscoped.get().accepted
        assert Message.unscoped.exclude(pk=waiting.pk).get().resolved_at is not None
        assert Notice.objects.filter(kind="date_moved", to=cast.noor.user).exists()
