"""A clinician's own rules, and an agreement: every value with its history, offering a version."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interlude.agreements.actions import publish_agreement
from interlude.agreements.models import Agreement
from interlude.agreements.wording import explained
from interlude.audit.models import Event
from interlude.boundaries.actions import publish_rules
from interlude.core.keys import KEYS
from interlude.core.layers import Layer, LayerKind, resolve
from interlude.core.packs.load import preset_ids, presets
from interlude.outbox.models import Notice
from interlude.practice.models import Clinician
from tests.agreements.reading import main_text
from tests.cast import NOW

RULES = "/practice/rules/"
LOCKED = 'locks = ["change_notice_days"]\nchange_notice_days = 28\n'


def page_of(client: Any) -> str:
    return f"/practice/clients/{client.pk}/agreement/"


def read(visit: Any, person: Any, address: str) -> str:
    answer = visit(person).get(address)
    assert answer.status_code == 200
    return main_text(answer.content.decode())


def test_every_rule_there_is_has_a_place_on_the_clinicians_page() -> None:
    shown = [
        key for part in explained(resolve([], date(2026, 5, 13))) for one in part.settled for key in one.keys
    ]
    assert sorted(shown) == sorted(KEYS)


@pytest.mark.contract("D15")
def test_my_rules_say_who_set_each_value_and_what_it_overrode(cast: Any, visit: Any) -> None:
    page = read(visit, cast.ada, RULES)
    assert (
        "Words in one message. 150 words. Set by you on Mon 2 March. The product starts with: 330 words"
        in page
    )
    assert "Youngest age for messages. 13 years. Set by Alder Street on Mon 2 March" in page
    assert (
        "Monday to Friday. 9:00 to 18:00. Set by you on Mon 2 March. Alder Street had: 9:00 to 12:30" in page
    )
    assert "Under these rules, a message sent now would be answered by Fri 15 May, 17:00" in page


@pytest.mark.contract("D17")
def test_a_lock_says_who_holds_it_and_what_my_own_setting_would_be(cast: Any, visit: Any) -> None:
    publish_rules(LOCKED, practice=cast.alder, by=None, since=date(2026, 3, 3), now=NOW)
    publish_rules(
        "change_notice_days = 14\n",
        practice=cast.alder,
        clinician=cast.ada,
        by=None,
        since=date(2026, 4, 1),
        now=NOW,
    )
    page = read(visit, cast.ada, RULES)
    assert "28 days. Set by Alder Street on Tue 3 March. Held for everybody by Alder Street" in page
    assert "Your own setting would be: 14 days" in page


def test_a_clinician_sees_what_holds_and_whose_yes_it_has(cast: Any, visit: Any) -> None:
    page = read(visit, cast.ada, page_of(cast.tove.client))
    assert "Version 1 holds since Mon 2 March" in page
    assert "Starting point: Warm, answer within two working days" in page
    assert "Tove Brandt said yes on Mon 2 March, signing as “Tove Brandt”" in page
    publish_agreement(client=cast.tove.client, by=cast.ada, now=NOW, preset="couples_no_secrets")
    page = read(visit, cast.ada, page_of(cast.tove.client))
    assert "Version 2 is offered. Version 1 holds until then" in page
    assert "The yes of Imre is still to come" in page
    assert "as it was offered" in read(visit, cast.ada, page_of(cast.tove.client) + "?version=2")
    assert visit(cast.ada).get(page_of(cast.tove.client) + "?version=7").status_code == 404


@pytest.mark.contract("A5", "B36", "D18", "D19")
@pytest.mark.parametrize("preset", preset_ids())
def test_each_starting_point_shows_whom_it_fits_and_the_clients_words(
    cast: Any, visit: Any, preset: str
) -> None:
    Clinician.unscoped.filter(pk=cast.ada.pk).update(supervisor=cast.ben)
    start = presets()[preset]
    page = visit(cast.ada).get(page_of(cast.noor.client), {"preset": preset}).content.decode()
    text = main_text(page)
    for said in (start.label, start.fits[0], start.not_for[0]):
        assert said.lower().rstrip(".") in text.lower()
    assert "What Noor Haddad would read" in text
    assert "When messages are read" in text
    assert "Offer this as version 2" in text
    assert Agreement.unscoped.filter(client=cast.noor.client).count() == 1


def test_the_preview_is_word_for_word_what_the_client_then_reads(cast: Any, visit: Any) -> None:
    preview = read(visit, cast.ada, page_of(cast.noor.client) + "?preset=cbt_homework_support")
    offer(visit, cast.ada, cast.noor.client, preset="cbt_homework_support")
    version = read(visit, cast.noor, "/my/agreement/?version=2")
    said = version[version.index("Back to what holds now") :].split(". ")[1:]
    assert len(said) > 40
    assert not [each for each in said if each.rstrip(".") not in preview]


def offer(visit: Any, clinician: Any, client: Any, *, preset: str, number: int = 2) -> Any:
    form = {"preset": preset, "number": number, "reason": "So that I can read with more care."}
    return visit(clinician).post(page_of(client), form)


def test_offering_tells_the_client_once_and_holds_nothing_yet(cast: Any, visit: Any) -> None:
    for _ in range(2):
        assert offer(visit, cast.ada, cast.noor.client, preset="dbt_skills_coaching").status_code == 302
    offered = Agreement.unscoped.get(client=cast.noor.client, number=2)
    assert offered.accepted_at is None
    assert Notice.objects.filter(once__startswith=f"agreement:{offered.pk}").count() == 1
    assert Event.objects.filter(verb="agreement.published", subject=f"agreement:{offered.pk}").count() == 1
    assert "Version 1 holds until Thu 28 May and until the yes" in read(visit, cast.noor, "/my/agreement/")


@pytest.mark.contract("C25")
def test_what_was_agreed_with_one_client_alone_stays_in_a_new_version(cast: Any, visit: Any) -> None:
    publish_agreement(
        client=cast.noor.client,
        by=cast.ada,
        now=NOW,
        preset="warm_two_business_days",
        text="[plan]\nwords = 77\n",
    )
    page = read(visit, cast.ada, page_of(cast.noor.client) + "?preset=cbt_homework_support")
    assert "What was agreed with this client alone stays in it" in page
    offer(visit, cast.ada, cast.noor.client, preset="cbt_homework_support", number=3)
    assert (
        Agreement.unscoped.get(client=cast.noor.client, number=3).as_offered().policy.words_per_message == 77
    )


def test_a_text_that_would_not_be_so_is_named_before_offering(cast: Any, visit: Any) -> None:
    page = read(visit, cast.ada, page_of(cast.noor.client) + "?preset=warm_two_business_days")
    assert "Left out, because your own rules say otherwise" in page
    assert "I read on working days at noon" in page


def test_layers_that_do_not_fit_together_are_named_and_nothing_is_offered(cast: Any, visit: Any) -> None:
    closed = "".join(f"{day} = []\n" for day in ("mon", "tue", "wed", "thu", "fri", "sun"))
    saturdays = f'[hours]\n{closed}sat = ["09:00-13:00"]\n[check]\n{closed}sat = ["10:00"]\n'
    publish_rules(
        saturdays, practice=cast.alder, clinician=cast.ada, by=None, since=date(2026, 4, 1), now=NOW
    )
    for answer in (
        visit(cast.ada).get(page_of(cast.noor.client), {"preset": "async_text_therapy"}),
        offer(visit, cast.ada, cast.noor.client, preset="async_text_therapy"),
    ):
        assert answer.status_code == 422
        assert "do not come to one set of rules" in answer.content.decode()
    assert Agreement.unscoped.filter(client=cast.noor.client).count() == 1


@pytest.mark.parametrize(
    "form", [{}, {"preset": "no_such"}, {"preset": "scheduling_only", "number": "x"}, {"number": "2"}]
)
def test_a_form_that_no_page_sends_is_no_page(cast: Any, visit: Any, form: dict[str, str]) -> None:
    assert visit(cast.ada).post(page_of(cast.noor.client), form).status_code == 404
    assert visit(cast.ada).get(page_of(cast.noor.client), {"preset": "no_such"}).status_code == 404


def test_the_pages_are_nobody_elses(cast: Any, visit: Any) -> None:
    for person in (cast.ben, cast.cleo, cast.olu, cast.priya, cast.noor, cast.jonas, cast.kai):
        assert visit(person).get(page_of(cast.noor.client)).status_code == 404
        assert offer(visit, person, cast.noor.client, preset="scheduling_only").status_code == 404
    for person in (cast.olu, cast.priya, cast.noor, cast.jonas):
        assert visit(person).get(RULES).status_code == 404
    assert visit(None).get(RULES).status_code == 302
    assert Agreement.unscoped.filter(client=cast.noor.client).count() == 1


def test_the_pages_cost_the_same_however_many_versions_there_are(cast: Any, visit: Any) -> None:
    before = queries(visit, cast.ada, page_of(cast.noor.client))
    for _ in range(4):
        publish_agreement(client=cast.noor.client, by=cast.ada, now=NOW, preset="paid_message_pack")
    assert queries(visit, cast.ada, page_of(cast.noor.client)) <= before + 1 <= 25


def queries(visit: Any, person: Any, address: str) -> int:
    browser = visit(person)
    browser.get(address)
    with CaptureQueriesContext(connection) as ran:
        browser.get(address)
    return len(ran)


def test_a_law_above_all_is_said_in_both_rooms() -> None:
    law = Layer(LayerKind.LAW, "law", {"minimum_age": 16}, locks=frozenset({"minimum_age"}))
    part = next(part for part in explained(resolve([law], date(2026, 5, 13))) if part.name == "topics")
    one = next(one for one in part.settled if one.keys == ("minimum_age",))
    assert (one.why.set_by.kind, one.why.locked_by) == (LayerKind.LAW, one.why.set_by)
