"""A practice chooses whether Spanish says usted or tú to its clients; nobody else is spoken to otherwise."""

from __future__ import annotations

import json
from typing import Any

import pytest

from interlude.accounts.models import User
from interlude.agreements.models import Acceptance
from interlude.audit.models import Event
from interlude.messaging.models import Message
from interlude.outbox.actions import mail_for
from interlude.outbox.device import Device
from interlude.outbox.devices import payload_for
from interlude.outbox.models import Notice
from interlude.practice.models import Practice
from interlude.sealing.vault import Sealer
from interlude.ui.languages import spoken
from tests.agreements.newcomers import newcomer
from tests.agreements.reading import main_text
from tests.agreements.test_copies import YES, say_yes, shown_on
from tests.cast import Cast, words
from tests.crisis.test_discretion import CHOSEN, PAGE
from tests.messaging.post import may, send


@pytest.fixture
def familiar(cast: Cast, visit: Any) -> Cast:
    """Alder says tú, Birch does not, and everybody reads Spanish."""
    User.objects.update(language="es")
    assert visit(cast.priya).post(PAGE, CHOSEN | {"spanish": "tu"}).status_code == 302
    for person in (cast.noor, cast.jonas, cast.dov, cast.ada):
        person.user.refresh_from_db()
    return cast


def mail_to(person: Any) -> Any:
    return mail_for(Notice(to=person.user, kind="answer", link="/my/", practice_id=person.practice_id))


def test_the_owner_chooses_once_and_it_is_written_down(familiar: Cast, visit: Any) -> None:
    assert Practice.objects.get(pk=familiar.alder.pk).spanish == "tu"
    visit(familiar.priya).post(PAGE, CHOSEN | {"spanish": "tu"})
    assert Event.objects.filter(verb="practice.discretion_chosen").count() == 1
    page = visit(familiar.priya).get(PAGE).text
    assert '<option value="tu" selected>tú</option>' in page


@pytest.mark.parametrize("who", ["olu", "ada", "noor", "cleo"])
def test_nobody_but_the_owner_can(cast: Cast, visit: Any, who: str) -> None:
    assert visit(getattr(cast, who)).post(PAGE, CHOSEN | {"spanish": "tu"}).status_code == 404
    assert set(Practice.objects.values_list("spanish", flat=True)) == {"usted"}


@pytest.mark.parametrize("wrong", ["vos", "es-tu", "TU", ""])
def test_there_are_two_ways_and_no_third(cast: Cast, visit: Any, wrong: str) -> None:
    assert visit(cast.priya).post(PAGE, CHOSEN | {"spanish": wrong}).status_code == 422
    assert Practice.objects.get(pk=cast.alder.pk).spanish == "usted"


def test_a_client_reads_tu_before_writing_after_sending_and_in_the_agreement(
    familiar: Cast, visit: Any
) -> None:
    noor = visit(familiar.noor)
    for address, said in (
        ("/my/", "Tus mensajes se vuelven a leer"),
        ("/my/write/homework/", "Tu mensaje"),
        ("/my/agreement/", "Ada Lindqvist, tu terapeuta"),
    ):
        page = noor.get(address).text
        assert said in main_text(page) and "usted" not in page, address
    receipt = main_text(noor.post("/my/messages/", words("Una semana tranquila."), follow=True).text)
    assert "Tendrás respuesta a más tardar el" in receipt and "usted" not in receipt


def test_a_page_and_its_address_name_the_language_as_everybody_does(familiar: Cast, visit: Any) -> None:
    noor = visit(familiar.noor)
    answer = noor.get("/my/account/")
    assert '<html lang="es" dir="ltr">' in answer.text and "es-tu" not in answer.text
    assert answer.headers["Content-Language"] == "es"
    assert '<strong lang="es" aria-current="true">Español</strong>' in answer.text
    assert f"/help/alder/{familiar.noor.country or 'any'}/es/" in answer.text
    assert '<html lang="es"' in noor.get("/leave/").text
    assert User.objects.get(pk=familiar.noor.user_id).language == "es" == spoken("es-tu")


def test_a_guardian_reads_tu_and_whoever_works_there_reads_usted(familiar: Cast, visit: Any) -> None:
    assert "Aquí ves " in visit(familiar.jonas).get("/my/").text
    for person, room in ((familiar.ada, "practice"), (familiar.olu, "office")):
        page = visit(person).get(f"/{room}/account/notices/").text
        assert "Lo que usted elige" in page and "Lo que eliges" not in page


def test_a_client_of_another_practice_reads_usted(familiar: Cast, visit: Any) -> None:
    page = visit(familiar.dov).get("/my/journal/").text
    assert "Nadie más que usted puede leer esto." in page
    assert "Nadie más que tú puede leer esto." in visit(familiar.noor).get("/my/journal/").text


def test_who_reads_another_language_notices_nothing(familiar: Cast, visit: Any) -> None:
    User.objects.filter(pk=familiar.noor.user_id).update(language="hi")
    page = visit(familiar.noor).get("/my/").text
    assert '<html lang="hi"' in page and "Tus mensajes" not in page


def test_mails_and_screens_say_it_to_clients_alone(familiar: Cast) -> None:
    assert mail_to(familiar.noor).subject == "Una nota para ti"
    assert "Ábrelo aquí, cuando te venga bien" in mail_to(familiar.noor).body
    assert "Ábrelo aquí, cuando te venga bien" in mail_to(familiar.jonas).body
    for person in (familiar.dov, familiar.ada):
        assert "Ábralo aquí, cuando le venga bien" in mail_to(person).body
    for person, title in ((familiar.noor, "Una nota para ti"), (familiar.ada, "Una nota para usted")):
        shown = json.loads(payload_for(Device(user=person.user, practice_id=familiar.alder.pk)))
        assert (shown["notification"]["title"], shown["notification"]["lang"]) == (title, "es")


def test_a_client_there_who_works_elsewhere_is_spoken_to_by_place(familiar: Cast, visit: Any) -> None:
    familiar.noor.user = familiar.cleo.user
    familiar.noor.save()
    both = visit(familiar.cleo)
    assert "Lo que eliges" in both.get("/my/account/notices/").text
    assert "Lo que usted elige" in both.get("/practice/account/notices/").text
    user = User.objects.get(pk=familiar.cleo.user_id)
    at = {
        p: mail_for(Notice(to=user, kind="answer", link="/", practice_id=p.pk)).body
        for p in Practice.objects.all()
    }
    assert {practice.slug: "Ábrelo" in body for practice, body in at.items()} == {
        "alder": True,
        "birch": False,
    }


def test_what_a_client_said_yes_to_stays_as_it_was_shown(familiar: Cast, visit: Any) -> None:
    wren = newcomer(familiar)
    User.objects.filter(pk=wren.user_id).update(language="es")
    browser = visit(wren)
    shown = shown_on(browser.get(YES).text)
    assert say_yes(browser).status_code == 302
    kept = Acceptance.unscoped.get(participant=wren)
    text = kept.text(Sealer(familiar.alder.id))
    assert (kept.sha256, kept.language) == (shown, "es")
    assert "Tu diario es solo tuyo." in text and "usted" not in text
    visit(familiar.priya).post(PAGE, CHOSEN | {"spanish": "usted"})
    page = visit(wren).get(f"/my/agreement/acceptances/{kept.pk}/").text
    assert "Tu diario es solo tuyo." in page and '<article class="letter flow" lang="es"' in page
    assert kept.text(Sealer(familiar.alder.id)) == text


def test_a_clinician_sees_the_words_of_an_agreement_as_a_client_would_read_them(
    familiar: Cast, visit: Any
) -> None:
    for who, said, other in (
        (familiar.ada, "Tu diario es", "Su diario es"),
        (familiar.cleo, "Su diario es", "Tu diario es"),
    ):
        page = visit(who).get("/practice/rules/own/?start=warm_two_business_days").text
        assert said in page and other not in page
    client = familiar.noor.client_id
    page = (
        visit(familiar.ada).get(f"/practice/clients/{client}/agreement/?preset=warm_two_business_days").text
    )
    assert "Tu diario es solo tuyo." in page and "Usted entra" not in page


def test_a_draft_that_owns_a_delay_speaks_as_the_practice_does(
    familiar: Cast, visit: Any, clock: Any
) -> None:
    message = send(familiar.noor, at=may(11, 14))
    clock.set(may(14, 17, 5))
    page = visit(familiar.ada).get(f"/practice/messages/{message.pk}/", {"repair": "1"}).text
    assert "Iba" in page and "Es cosa mía, no tuya." in page
    assert Message.unscoped.get().pk == message.pk


def test_the_word_about_a_new_language_is_said_as_the_practice_says_it(familiar: Cast, visit: Any) -> None:
    User.objects.filter(pk=familiar.noor.user_id).update(language="en")
    page = (
        visit(familiar.noor).post("/language/", {"language": "es", "next": "/my/account/"}, follow=True).text
    )
    assert "Este es tu idioma desde ahora." in page
