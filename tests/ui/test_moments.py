"""Moments, days, lengths, sums and a person's words, as a page shows them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.money import Money
from interlude.ui.templatetags.moments import duration, money, paragraphs, working_days

NOW = datetime(2026, 5, 13, 13, 41, tzinfo=UTC)
FRIDAY = datetime(2026, 5, 15, 16, 0, tzinfo=UTC)  # 17:00 in London


def show(tag: str, **context: Any) -> str:
    source = "{% load moments %}" + tag
    with timezone.override(ZoneInfo("Europe/London")):
        return Template(source).render(Context({"now": NOW, **context}))


def test_a_moment_is_a_time_element_in_the_readers_zone_with_the_instant_in_utc():
    assert show("{% moment at %}", at=FRIDAY) == (
        '<time datetime="2026-05-15T16:00:00Z">Fri 15 May, 17:00</time>'
    )


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Kolkata", "Fri 15 May, 21:30"),
        ("Pacific/Kiritimati", "Sat 16 May, 6:00"),
        ("America/Bogota", "Fri 15 May, 11:00"),
    ],
)
def test_each_reader_sees_their_own_clock(zone, shown):
    with timezone.override(ZoneInfo(zone)):
        page = Template("{% load moments %}{% moment at %}").render(Context({"at": FRIDAY, "now": NOW}))
    assert shown in page and "2026-05-15T16:00:00Z" in page


@pytest.mark.parametrize(
    ("language", "shown"), [("es", "vie 15 de mayo, 17:00"), ("hi", "शुक्र 15 मई, 17:00"), ("ar", "مايو")]
)
def test_a_moment_speaks_the_readers_language(language, shown):
    with translation.override(language):
        assert shown.casefold() in show("{% moment at %}", at=FRIDAY).casefold()


def test_the_year_stands_there_only_when_it_is_another_one():
    assert "15 January 2027, 16:00" in show("{% moment at %}", at=datetime(2027, 1, 15, 16, 0, tzinfo=UTC))
    assert "2026" not in show("{% moment at %}", at=FRIDAY).partition(">")[2]


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2026, 5, 14, 16, 0, tzinfo=UTC), "Thursday at 17:00"),
        (datetime(2026, 5, 19, 9, 0, tzinfo=UTC), "Tuesday at 10:00"),
        (datetime(2026, 5, 20, 9, 0, tzinfo=UTC), "Wed 20 May, 10:00"),  # seven days on: which Wednesday?
        (datetime(2026, 5, 12, 9, 0, tzinfo=UTC), "Tue 12 May, 10:00"),  # past
    ],
)
def test_in_a_sentence_a_near_moment_goes_by_its_weekday(at, shown):
    assert shown in show('{% moment at style="sentence" %}', at=at)


def test_a_clock_time_alone_still_carries_the_whole_instant():
    assert show('{% moment at style="clock" %}', at=FRIDAY) == (
        '<time datetime="2026-05-15T16:00:00Z">17:00</time>'
    )


def test_a_moment_fits_into_a_translated_sentence():
    page = show(
        "{% load i18n %}{% moment at as when %}"
        "{% blocktranslate %}You will hear by {{ when }}.{% endblocktranslate %}",
        at=FRIDAY,
    )
    assert page == 'You will hear by <time datetime="2026-05-15T16:00:00Z">Fri 15 May, 17:00</time>.'


def test_a_day_takes_a_date_as_it_is_and_a_moment_in_the_readers_zone():
    assert show("{% day at %}", at=date(2026, 5, 19)) == '<time datetime="2026-05-19">Tue 19 May</time>'
    late = datetime(2026, 5, 18, 23, 30, tzinfo=UTC)  # half past midnight in London
    assert "Tue 19 May" in show("{% day at %}", at=late)


def test_nothing_is_shown_for_no_moment():
    assert show("{% moment at %}{% day at %}", at=None) == ""


def test_a_moment_without_a_zone_is_a_mistake_of_ours():
    with pytest.raises(ValueError):
        show("{% moment at %}", at=datetime(2026, 5, 15, 16, 0))  # noqa: DTZ001  that is the point


@pytest.mark.parametrize("edge", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)])
def test_the_ends_of_the_calendar_do_not_break_a_page(edge):
    for zone in ("Asia/Kolkata", "America/Bogota"):
        with timezone.override(ZoneInfo(zone)):
            page = Template("{% load moments %}{% moment at %}{% day at %}")
            assert "<time" in page.render(Context({"at": edge, "now": NOW}))


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (timedelta(hours=2), "2 hours"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1, minutes=30), "1 hour 30 minutes"),
        (timedelta(days=1, hours=3, minutes=20), "1 day 3 hours"),
        (timedelta(seconds=5), "less than a minute"),
        (timedelta(0), "less than a minute"),
        (None, ""),
    ],
)
def test_a_length_is_said_in_plain_words(length, shown):
    assert duration(length) == shown


def test_working_days_are_counted_in_words():
    assert (working_days(1), working_days(3)) == ("1 working day", "3 working days")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Money(1250, "EUR"), "€12.50"),
        (Money(150000, "INR"), "₹1,500.00"),
        (Money(8000, "CHF"), "CHF\N{NO-BREAK SPACE}80.00"),
        (Money(500, "JPY"), "JPY\N{NO-BREAK SPACE}500"),
        (Money(-1250, "GBP"), "−£12.50"),
        (None, ""),
    ],
)
def test_a_sum_is_shown_with_its_currency(amount, shown):
    assert money(amount) == shown


@pytest.mark.parametrize(
    ("language", "amount", "shown"),
    [
        ("es", Money(1250, "EUR"), "12,50\N{NO-BREAK SPACE}€"),
        ("es", Money(-8000, "CHF"), "−80,00\N{NO-BREAK SPACE}CHF"),
        ("hi", Money(15_000_000, "INR"), "₹1,50,000.00"),
        ("hi", Money(1250, "EUR"), "€12.50"),
    ],
)
def test_a_sum_is_written_as_the_readers_language_writes_it(language, amount, shown):
    with translation.override(language):
        assert money(amount) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "1 September 2026"), ("es", "1 de septiembre de 2026"), ("hi", "1 सितंबर 2026")],
)
def test_a_day_with_its_year_is_in_the_order_of_the_language(language, shown):
    with translation.override(language):
        assert show('{{ at|written:"j F Y" }}', at=date(2026, 9, 1)) == shown


def test_hindi_spells_months_and_weekdays_as_people_do():
    with translation.override("hi"):
        months = [show('{{ at|written:"F" }}', at=date(2026, month, 1)) for month in range(1, 13)]
        days = [show('{{ at|written:"l D" }}', at=date(2026, 6, day)) for day in range(1, 8)]  # from a Monday
    assert months == [
        "जनवरी",
        "फ़रवरी",
        "मार्च",
        "अप्रैल",
        "मई",
        "जून",
        "जुलाई",
        "अगस्त",
        "सितंबर",
        "अक्टूबर",
        "नवंबर",
        "दिसंबर",
    ]
    assert days == [
        "सोमवार सोम",
        "मंगलवार मंगल",
        "बुधवार बुध",
        "गुरुवार गुरु",
        "शुक्रवार शुक्र",
        "शनिवार शनि",
        "रविवार रवि",
    ]


@pytest.mark.parametrize(
    ("language", "hour", "shown"),
    [
        ("es", 1, "lunes a la 1:30"),
        ("es", 2, "lunes a las 2:30"),
        ("es", 13, "lunes a las 13:30"),
        ("en", 1, "Monday at 1:30"),
        ("hi", 1, "सोमवार, 1:30"),
    ],
)
def test_one_oclock_has_its_own_form_where_the_language_has_one(language, hour, shown):
    at = datetime(2026, 6, 1, hour, 30, tzinfo=ZoneInfo("Europe/London"))
    with translation.override(language):
        page = show('{% moment at style="sentence" %}', at=at, now=datetime(2026, 6, 1, tzinfo=UTC))
    assert shown in page


def test_words_become_paragraphs_with_their_line_breaks():
    assert paragraphs("Dear Ada,\r\n\r\nI tried.\nIt helped.\n\n\n\nNoor\n") == (
        '<p><bdi dir="auto">Dear Ada,</bdi></p>'
        '<p><bdi dir="auto">I tried.<br>It helped.</bdi></p>'
        '<p><bdi dir="auto">Noor</bdi></p>'
    )


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</bdi></p><iframe srcdoc='x'>",
        "{{ settings.SECRET_KEY }}{% load i18n %}",
        "javascript:alert(1)",
        "&lt;b&gt;",
        "<!--",
    ],
)
def test_what_a_person_types_stays_text(attack):
    page = Template("{% include 'ui/_words.html' %}").render(Context({"words": attack}))
    within = page.partition('dir="auto">')[2].rpartition("</bdi>")[0]
    assert "<" not in within and ">" not in within
    assert page.count("<p>") == 1


@pytest.mark.parametrize(
    "text", ["नमस्ते आदा,\n\nआज मन भारी है।", "¿Puedo escribir? Sí, mañana.", "שלום עולם", "👩‍👩‍👧 e\u0301"]
)
def test_every_script_is_shown_as_it_was_written(text):
    assert all(line in paragraphs(text) for line in text.split("\n") if line)


def test_marks_of_direction_stay_inside_their_paragraph():
    page = paragraphs("\u202eevil\n\nnext")
    assert page == '<p><bdi dir="auto">\u202eevil</bdi></p><p><bdi dir="auto">next</bdi></p>'


def test_a_million_characters_are_shown_whole():
    assert paragraphs("a" * 1_000_000).count("a") == 1_000_000 + 1  # and the one in `auto`
    assert paragraphs("a\n\n" * 300_000).count("<p>") == 300_000
    assert paragraphs("\n \t" * 300_000) == ""


@given(st.text())
def test_no_word_is_lost_and_none_can_leave_its_paragraph(text):
    page = paragraphs(text)
    page.encode()  # no lone surrogate is left
    bare = page.replace('<p><bdi dir="auto">', "").replace("</bdi></p>", "").replace("<br>", "")
    assert "<" not in bare and ">" not in bare
    assert len(bare) >= sum(not sign.isspace() for sign in text)
