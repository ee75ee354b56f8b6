"""Days, times, sums and names on a client's pages are as their language writes them, whatever the practice speaks."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from interlude.accounts.models import User
from interlude.appointments.models import Session
from interlude.practice.models import Participant
from tests.agreements.reading import main_text
from tests.cast import HOUR, Cast, agree_anew, words

ENGLISH = re.compile(
    r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(day|sday|nesday|rsday|urday)?\b|\bMay\b|\b[ap]\.?m\b", re.I
)
NOT_LATIN = re.compile(r"[٠-٩०-९]")
EURO = 'late_cancel = {{ hours = 24, price = "{price}" }}\n'


def speaks(person: Any, language: str) -> None:
    User.objects.filter(pk=person.user_id).update(language=language)


def written(visit: Any, person: Any) -> tuple[str, str]:
    """The receipt of a message that *person* sends: what it says, and the page."""
    page = visit(person).post("/my/messages/", words(), follow=True).text
    slip = re.search(r'(?s)<section class="receipt".*?</section>', page)
    assert slip
    return re.sub(r"<[^>]+>", " ", slip[0]), page


@pytest.mark.parametrize(
    ("language", "today", "due", "near"),
    [
        ("en", "Wednesday 13 May", "Fri 15 May, 17:00", "Thursday at 17:00"),
        ("es", "miércoles 13 de mayo", "vie 15 de mayo, 17:00", "jueves a las 17:00"),
        ("hi", "बुधवार 13 मई", "शुक्र 15 मई, 17:00", "गुरुवार, 17:00"),
    ],
)
def test_a_receipt_and_a_home_have_the_days_of_their_language_and_the_clock_of_a_whole_day(
    cast: Cast, visit: Any, language: str, today: str, due: str, near: str
) -> None:
    speaks(cast.noor, language)
    slip, page = written(visit, cast.noor)
    home = visit(cast.noor).get("/my/").text
    assert due in slip and '<time datetime="2026-05-15T16:00:00Z">' in page
    assert today in home and near in re.sub(r"<[^>]+>", "", home)
    assert language == "en" or not ENGLISH.search(slip)
    assert not NOT_LATIN.search(slip + home)


def test_the_language_is_each_readers_own_and_so_is_the_clock(cast: Cast, visit: Any) -> None:
    speaks(cast.noor, "es")
    Participant.unscoped.filter(pk=cast.noor.pk).update(zone="Asia/Kolkata")
    slip, _ = written(visit, cast.noor)
    assert "vie 15 de mayo, 21:30" in slip
    slip, _ = written(visit, cast.kai)  # of another practice, in India too, who chose nothing
    assert "mayo" not in slip and "May, " in slip
    desk = visit(cast.ada).get("/practice/").text
    assert '<html lang="en"' in desk and "mayo" not in desk


@pytest.mark.parametrize(
    ("language", "price", "shown"),
    [
        ("en", "60.00 EUR", "€60.00"),
        ("es", "60.00 EUR", "60,00\N{NO-BREAK SPACE}€"),
        ("hi", "60.00 EUR", "€60.00"),
        ("hi", "150000.00 INR", "₹1,50,000.00"),
        ("es", "80.00 CHF", "80,00\N{NO-BREAK SPACE}CHF"),
    ],
)
def test_a_price_is_written_as_the_client_writes_sums_before_they_say_yes_to_it(
    cast: Cast, visit: Any, clock: Any, language: str, price: str, shown: str
) -> None:
    agree_anew(cast.noor.client, [cast.noor], text=EURO.format(price=price))
    speaks(cast.noor, language)
    session = Session.unscoped.get(client=cast.noor.client, state="planned")
    clock.set(session.starts_at - 24 * HOUR + timedelta(minutes=1))
    page = visit(cast.noor).get(f"/my/times/{session.pk}/cancel/").text
    assert page.count(shown) >= 2  # in the sentence and on the button
    other = visit(cast.kai).get(f"/my/times/{session.pk}/cancel/")
    assert other.status_code == 404 and shown not in other.text


@pytest.mark.parametrize("language", ["es", "hi"])
def test_names_stay_as_their_people_write_them(cast: Cast, visit: Any, language: str) -> None:
    speaks(cast.noor, language)
    page = visit(cast.noor).get("/my/readers/").text
    assert "Ada" in main_text(page)
    home = visit(cast.noor).get("/my/").text
    assert "Ada" in home and "Noor" not in re.sub(r"(?s)<main.*?</main>", "", home)


def test_the_copy_of_what_was_written_has_the_days_of_the_writers_language(cast: Cast, visit: Any) -> None:
    speaks(cast.noor, "es")
    written(visit, cast.noor)
    copy = b"".join(visit(cast.noor).get("/my/sent/copy/").streaming_content).decode()
    assert "13 de mayo de 2026, 14:41" in copy and "May" not in copy
