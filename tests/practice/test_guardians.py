"""Guardians: what they see from which day on, told first to the young person, ended by the clock alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from interlude.core.ages import AgeRules
from interlude.core.guardians import Because, Scope
from interlude.outbox.models import Notice
from interlude.practice.actions import add_participant
from interlude.practice.birthdays import set_ages, tell_of_birthdays
from interlude.practice.guardians import reach_of
from interlude.practice.models import Client, Invitation, Participant, Practice, ScopeChange
from interlude.practice.scopes import NewScope, NotChanged, change_scope
from tests.agreements.reading import main_text
from tests.cast import NOW, Cast, grant

TODAY, TOMORROW = NOW.date(), NOW.date() + timedelta(days=1)


def text(visit: Any, person: Any, address: str) -> str:
    answer = visit(person).get(address)
    assert answer.status_code == 200, address
    return main_text(answer.content.decode())


def change(cast: Cast, scope: Scope | None, may: bool, on: date, **more: Any) -> Any:
    given = {"because": Because.TOGETHER, "reason": "We spoke of it."} | more
    return change_scope(cast.jonas, NewScope(scope, may, on, **given), by=cast.ada, now=NOW)


def form(**fields: str) -> dict[str, str]:
    given = {
        "scope": "bills",
        "may": "no",
        "on": "2026-05-20",
        "because": "together",
        "reason": "We spoke of it.",
    }
    return given | fields


@pytest.mark.contract("D8", "D9")
def test_a_guardian_sees_times_and_bills_and_a_page_that_says_so(cast: Cast, visit: Any) -> None:
    from tests.access.people import _account  # noqa: PLC0415

    added = add_participant(client=cast.mira.client, name="Gwen Second", role="guardian", by=None, now=NOW)
    gwen = _account(added)
    page = text(visit, gwen, "/my/readers/")
    assert "You see the times of sessions and bills" in page
    assert "What Mira writes is private" in page
    assert visit(gwen).get("/my/agreement/").status_code == 404
    assert "19 May" in text(visit, gwen, "/my/")


@pytest.mark.contract("D8")
def test_two_guardians_know_nothing_of_each_other(cast: Cast, visit: Any) -> None:
    from tests.access.people import _account  # noqa: PLC0415

    added = add_participant(client=cast.mira.client, name="Gwen Second", role="guardian", by=None, now=NOW)
    gwen = _account(added)
    grant(gwen, Scope.AGREEMENT, by=cast.ada)
    asked = {"draft_id": str(uuid4()), "topic": "billing", "words": "My own question."}
    question = visit(gwen).post("/my/messages/", asked)["Location"]
    for one, other in ((cast.jonas, "Gwen"), (gwen, "Jonas")):
        for address in (
            "/my/",
            "/my/readers/",
            "/my/agreement/",
            "/my/times/",
            "/my/write/billing/",
            "/my/account/",
        ):
            page = visit(one).get(address).content.decode()
            assert other not in page and f"{other.lower()}@" not in page, (address, one.name)
    receipt = visit(gwen).get(question, follow=True)
    assert "My own question." in receipt.content.decode()
    assert (
        visit(cast.jonas)
        .get(receipt.redirect_chain[-1][0] if receipt.redirect_chain else question)
        .status_code
        == 404
    )
    assert "Gwen" in text(visit, cast.mira, "/my/readers/") and "Jonas" in text(
        visit, cast.mira, "/my/readers/"
    )


@pytest.mark.contract("C4", "D8")
def test_what_is_closed_for_a_guardian_is_told_to_the_teenager_first_and_holds_on_its_day(
    cast: Cast, visit: Any, clock: Any
) -> None:
    sent = visit(cast.ada).post(
        f"/practice/guardians/{cast.jonas.pk}/scopes/",
        form(scope="times", on="2026-05-20", reason="You asked for it. That is fine."),
    )
    assert sent.status_code == 302
    hers = text(visit, cast.mira, "/my/readers/")
    assert "From Wed 20 May on: Jonas no longer sees the times of sessions" in hers
    assert "You asked for it. That is fine" in hers
    for address in ("/my/", "/my/readers/"):
        page = visit(cast.jonas).get(address).content.decode()
        assert "20 May" not in page and "You asked for it" not in page
    mira, jonas = (
        Notice.objects.get(to=one.user, once__startswith="scope:", link="/my/readers/", send_at__gte=NOW)
        for one in (cast.mira, cast.jonas)
    )
    assert mira.send_at == NOW and jonas.send_at == datetime(2026, 5, 20, 8, tzinfo=UTC)
    clock.set(datetime(2026, 5, 19, 22, 59, tzinfo=UTC))
    assert "next session" in text(visit, cast.jonas, "/my/") or "No session" in text(
        visit, cast.jonas, "/my/"
    )
    clock.set(datetime(2026, 5, 19, 23, tzinfo=UTC))  # midnight in London
    assert "You can ask the front desk" in text(visit, cast.jonas, "/my/")
    assert "Times are not shown to you here" in text(visit, cast.jonas, "/my/times/")


def test_more_begins_tomorrow_at_the_earliest_and_less_today(cast: Cast) -> None:
    refused = change(cast, Scope.SUMMARY_TALKS, True, TODAY)
    assert refused == NotChanged("too_soon", TOMORROW)
    assert isinstance(change(cast, Scope.SUMMARY_TALKS, True, TOMORROW), ScopeChange)
    assert isinstance(change(cast, Scope.BILLS, False, TODAY), ScopeChange)
    assert change(cast, Scope.BILLS, False, TODAY - timedelta(days=1)).why == "too_soon"
    assert reach_of(cast.jonas, NOW).scopes == {Scope.TIMES, Scope.AGREEMENT}


def test_the_same_twice_is_once(cast: Cast, visit: Any) -> None:
    address = f"/practice/guardians/{cast.jonas.pk}/scopes/"
    assert visit(cast.ada).post(address, form()).status_code == 302
    again = visit(cast.ada).post(address, form())
    assert again.status_code == 422 and "this already holds for Jonas" in again.content.decode()
    assert ScopeChange.unscoped.filter(guardian=cast.jonas, scope="bills").count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"scope": "copy", "may": "yes", "because": "together", "document": "x"}, "never by agreement"),
        ({"scope": "copy", "may": "yes", "because": "law"}, "Name the paper"),
        ({"because": "court"}, "Name the paper"),
        ({"reason": " "}, "Write down why"),
        (
            {"scope": "agreement", "may": "yes", "on": "2026-05-13"},
            "told first, so it can begin on Thu 14 May 2026",
        ),
        ({"scope": "messages"}, "not one of the available choices"),
        ({"on": "31 February"}, "This is no day"),
        ({"scope": "agreement", "may": "yes"}, "already holds for Jonas"),
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_typed_stays(
    cast: Cast, visit: Any, fields: dict[str, str], said: str
) -> None:
    before = ScopeChange.unscoped.count()
    answer = visit(cast.ada).post(f"/practice/guardians/{cast.jonas.pk}/scopes/", form(**fields))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert fields.get("reason", "We spoke of it.").strip() in page
    assert ScopeChange.unscoped.count() == before


@pytest.mark.contract("C21", "D8")
def test_a_copy_that_the_law_demands_opens_no_message_and_is_told_in_writing(
    cast: Cast, visit: Any, clock: Any
) -> None:
    change(
        cast, Scope.COPY, True, TOMORROW,
        because=Because.COURT, document="Family court, 12 May 2026, 4 F 12/26", reason="I will show you each page.",
    )  # fmt: skip
    assert "4 F 12/26" in text(visit, cast.mira, "/my/readers/")
    clock.set(NOW + timedelta(days=2))
    assert "The law lets Jonas ask for a copy" in text(visit, cast.mira, "/my/write/homework/")
    assert visit(cast.jonas).get("/my/conversation/").status_code == 404
    assert visit(cast.jonas).get("/my/our-list/").status_code == 404
    assert "4 F 12/26" not in text(visit, cast.jonas, "/my/readers/")


@pytest.mark.parametrize(
    ("zone", "born", "last", "first"),
    [
        (
            "Europe/London",
            date(2008, 5, 20),
            datetime(2026, 5, 19, 22, 59, 59, tzinfo=UTC),
            datetime(2026, 5, 19, 23, tzinfo=UTC),
        ),
        (
            "Pacific/Auckland",
            date(2008, 5, 20),
            datetime(2026, 5, 19, 11, 59, 59, tzinfo=UTC),
            datetime(2026, 5, 19, 12, tzinfo=UTC),
        ),
        (
            "America/Los_Angeles",
            date(2008, 5, 20),
            datetime(2026, 5, 20, 6, 59, 59, tzinfo=UTC),
            datetime(2026, 5, 20, 7, tzinfo=UTC),
        ),
        (
            "Europe/London",
            date(2008, 2, 29),
            datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC),
            datetime(2026, 3, 1, tzinfo=UTC),
        ),
    ],
)
def test_full_age_ends_a_guardians_access_by_the_clock_where_the_young_person_is(
    cast: Cast, visit: Any, clock: Any, zone: str, born: date, last: datetime, first: datetime
) -> None:
    Client.unscoped.filter(pk=cast.mira.client_id).update(born_on=born)
    Participant.unscoped.filter(pk=cast.mira.pk).update(zone=zone)
    clock.set(last)
    browser = visit(cast.jonas)
    assert browser.get("/my/").status_code == 200
    clock.set(first)
    for address in ("/my/", "/my/readers/", "/my/agreement/", "/my/times/"):
        assert browser.get(address).status_code == 404
    assert visit(cast.mira).get("/my/").status_code == 200
    assert "Jonas" not in text(visit, cast.mira, "/my/write/homework/")


def test_birthdays_are_told_to_the_teenager_two_weeks_before_and_to_the_guardian_on_the_day(
    cast: Cast, visit: Any
) -> None:
    set_ages(cast.alder, AgeRules(own_consent=16, majority=18), by=cast.priya, now=NOW)
    planned = Notice.objects.filter(once__startswith="birthday:").order_by("send_at")
    assert [(one.to, one.send_at.date()) for one in planned] == [
        (cast.mira.user, date(2027, 3, 19)), (cast.jonas.user, date(2027, 4, 2)),
        (cast.mira.user, date(2029, 3, 19)), (cast.jonas.user, date(2029, 4, 2)),
    ]  # fmt: skip
    tell_of_birthdays(Client.unscoped.get(pk=cast.mira.client_id), now=NOW)
    assert planned.all().count() == 4
    assert set_ages(Practice.objects.get(pk=cast.alder.pk), AgeRules(majority=18), by=cast.priya, now=NOW)
    assert planned.all().count() == 2
    hers = text(visit, cast.mira, "/my/readers/")
    assert "no parent or guardian sees anything here any more" in hers


def test_own_consent_ends_what_was_opened_beyond_times_and_bills(cast: Cast, visit: Any, clock: Any) -> None:
    set_ages(cast.alder, AgeRules(own_consent=16), by=cast.priya, now=NOW)
    clock.set(datetime(2027, 4, 1, 22, tzinfo=UTC))
    assert visit(cast.jonas).get("/my/agreement/").status_code == 200
    clock.set(datetime(2027, 4, 2, tzinfo=UTC))
    assert visit(cast.jonas).get("/my/agreement/").status_code == 404
    assert visit(cast.jonas).get("/my/").status_code == 200


def test_a_court_order_that_the_owner_enters_ends_access_on_its_day(
    cast: Cast, visit: Any, clock: Any
) -> None:
    address = f"/office/people/guardians/{cast.jonas.pk}/order/"
    order = {"scope": "access", "may": "no", "on": "2026-05-20", "document": ""}
    assert "Name the paper" in visit(cast.priya).post(address, order).content.decode()
    assert visit(cast.priya).post(address, order | {"document": "Order 7/26"}).status_code == 302
    assert visit(cast.olu).post(address, order | {"document": "Order 7/26"}).status_code == 404
    assert "A court says so" in text(visit, cast.mira, "/my/readers/")
    assert "Their access ends on Wed 20 May" in text(
        visit, cast.priya, f"/office/people/persons/{cast.jonas.pk}/"
    )
    clock.set(datetime(2026, 5, 20, 12, tzinfo=UTC))
    assert visit(cast.jonas).get("/my/").status_code == 404


def test_too_young_for_an_own_account_is_said_with_the_day(cast: Cast, visit: Any) -> None:
    owner = visit(cast.priya)
    assert owner.post("/office/people/ages/", {"own_account": "16", "majority": "18"}).status_code == 302
    address = f"/office/people/participant/{cast.mira.pk}/invitation/"
    said = owner.post(address, {"email": "mira@example.org"}).content.decode()
    assert "from 2 April 2027 on" in said
    assert not Invitation.unscoped.exists()
    young = {
        "kind": "young", "form_id": str(uuid4()), "name": "Young Person", "email": "young@place.org",
        "born": "2015-02-03", "guardian_name": "Old Person", "guardian_email": "old@place.org",
        "clinician": str(cast.ada.pk), "zone": "Europe/London", "country": "GB",
    }  # fmt: skip
    assert owner.post("/office/people/add/", young).status_code == 200
    assert [one.email for one in Invitation.unscoped.all()] == ["old@place.org"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"own_consent": "20", "majority": "18"}, "20 comes after full age, 18"),
        ({"majority": ""}, "This field is required"),
        ({"majority": "90"}, "less than or equal to 25"),
    ],
)
def test_ages_that_cannot_be_are_said(cast: Cast, visit: Any, fields: dict[str, str], said: str) -> None:
    answer = visit(cast.priya).post("/office/people/ages/", fields)
    assert answer.status_code == 422 and said in answer.content.decode()
    page = text(visit, cast.priya, "/office/people/ages/")
    assert "16. 2017; younger if able to decide" in page and "not checked since" in page
