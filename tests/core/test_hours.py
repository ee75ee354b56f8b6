"""Office hours as a reader can check them by hand, and what is said when they cannot be meant as written."""

import copy
import pickle
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from interlude.core.errors import BadHours, BadMoment, NeverOpen
from interlude.core.hours import HORIZON, Absence, Calendar, Opening, WeeklyHours
from tests.core.calendars import ALWAYS, BERLIN, HOUR, NINE_TO_FIVE, SPLIT, at, away, week

NEVER = Calendar(WeeklyHours(BERLIN, {}))
TUESDAY = date(2026, 3, 3)
FAR = timedelta.max


# Counting


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-03 10:00", 2, "2026-03-03 12:00"),  # inside one day
        ("2026-03-03 16:00", 1, "2026-03-03 17:00"),  # used up at closing time: that day, not the next
        ("2026-03-03 16:00", 8, "2026-03-04 16:00"),  # one hour today, seven tomorrow
        ("2026-03-06 20:00", 1, "2026-03-09 10:00"),  # Friday night waits for Monday
        ("2026-03-27 16:00", 2, "2026-03-30 10:00"),  # across the weekend on which the clocks change
        ("2026-03-03 20:00", 0, "2026-03-03 20:00"),  # nothing to wait for
    ],
)
def test_open_time_is_added_as_it_passes(start, hours, due):
    assert NINE_TO_FIVE.add(at(start), hours * HOUR) == at(due)


@pytest.mark.parametrize(
    ("zone", "start", "end", "hours"),
    [
        ("Europe/Berlin", "2026-03-29 00:00", "2026-03-30 00:00", 23),  # an hour is skipped
        ("Europe/Berlin", "2026-10-25 00:00", "2026-10-26 00:00", 25),  # an hour comes twice
        ("Australia/Lord_Howe", "2026-04-05 00:00", "2026-04-06 00:00", 24.5),  # half an hour comes twice
        ("Antarctica/Troll", "2022-03-27 00:00", "2022-03-28 00:00", 22),  # two hours are skipped
        ("Pacific/Apia", "2011-12-29 00:00", "2012-01-01 00:00", 48),  # a Friday that was left out
        ("Asia/Kathmandu", "2026-03-29 00:00", "2026-03-30 00:00", 24),
    ],
)
def test_a_day_has_the_hours_that_its_zone_gave_it(zone, start, end, hours):
    place = ZoneInfo(zone)
    always = Calendar(week(place, "0123456", "00:00-24:00"))
    assert always.between(at(start, place), at(end, place)) == hours * HOUR


def test_a_skipped_hour_is_never_open_and_a_repeated_one_is_open_twice():
    small_hours = Calendar(week(BERLIN, "6", "02:00-03:00"))
    assert small_hours.between(at("2026-03-29 00:00"), at("2026-03-30 00:00")) == timedelta(0)
    assert small_hours.between(at("2026-10-25 00:00"), at("2026-10-26 00:00")) == 2 * HOUR
    assert not small_hours.is_working_date(date(2026, 3, 29))


def test_the_last_hour_of_a_day_may_be_the_one_that_is_skipped():
    nuuk = Calendar(week("America/Nuuk", "5", "23:00-24:00"))
    skipped = date(2026, 3, 28)  # at 23:00 that Saturday it is midnight
    assert not nuuk.is_working_date(skipped)
    assert nuuk.is_working_date(date(2026, 3, 21))


def test_a_moment_keeps_its_microseconds():
    start = at("2026-03-03 10:00") + timedelta(microseconds=7)
    assert NINE_TO_FIVE.add(start, HOUR) == start + HOUR
    assert NINE_TO_FIVE.next_open(start) == start


def test_opening_is_included_and_closing_is_not():
    assert NINE_TO_FIVE.is_open(at("2026-03-03 09:00"))
    assert not NINE_TO_FIVE.is_open(at("2026-03-03 17:00"))
    assert NINE_TO_FIVE.next_open(at("2026-03-06 18:00")) == at("2026-03-09 09:00")


def test_open_time_between_two_moments_leaves_the_weekend_out():
    assert NINE_TO_FIVE.between(at("2026-03-06 16:00"), at("2026-03-09 10:00")) == 2 * HOUR


def test_answers_are_in_utc_whatever_the_question_was_in():
    due = NINE_TO_FIVE.add(at("2026-03-03 05:00", ZoneInfo("America/New_York")), HOUR)
    assert (due, due.tzinfo) == (datetime(2026, 3, 3, 11, tzinfo=UTC), UTC)


def test_a_long_sum_crosses_years():
    start = at("2020-01-01 00:00")
    weeks = NINE_TO_FIVE.between(start, start + timedelta(weeks=300)) / (40 * HOUR)
    assert weeks == 300
    assert NINE_TO_FIVE.add(start, 300 * 40 * HOUR) == at("2025-09-30 17:00")


# Days


def test_closed_dates_and_leave_are_part_of_the_sum():
    calendar = Calendar(
        NINE_TO_FIVE.hours, frozenset({TUESDAY}), (away("2026-03-04 09:00", "2026-03-04 17:00"),)
    )
    assert calendar.next_working_date(date(2026, 3, 2)) == date(2026, 3, 5)
    assert calendar.add(at("2026-03-02 16:00"), 2 * HOUR) == at("2026-03-05 10:00")


def test_one_open_minute_makes_a_working_date():
    calendar = Calendar(NINE_TO_FIVE.hours, absences=(away("2026-03-04 09:00", "2026-03-04 16:59"),))
    assert calendar.is_working_date(date(2026, 3, 4))
    assert calendar.working_day_close(at("2026-03-03 10:00"), 1) == at("2026-03-04 17:00")


def test_a_date_closes_at_the_end_of_its_last_open_stretch():
    calendar = Calendar(SPLIT.hours, absences=(away("2026-03-04 15:00", "2026-03-04 20:00"),))
    assert calendar.last_close(TUESDAY) == at("2026-03-03 17:00")
    assert calendar.last_close(date(2026, 3, 4)) == at("2026-03-04 15:00")
    assert calendar.last_close(date(2026, 3, 7)) is None


def test_a_date_that_was_left_out_is_no_working_date():
    apia = Calendar(week("Pacific/Apia", "01234", "09:00-17:00"))
    assert not apia.is_working_date(date(2011, 12, 30))
    assert apia.next_working_date(date(2011, 12, 29)) == date(2012, 1, 2)


def test_the_second_showing_of_a_date_still_belongs_to_it():
    """In 2010 St John's set its clock from 00:01 on Sunday back to 23:01 on Saturday."""
    late = Calendar(week("America/St_Johns", "5", "23:00-24:00"))
    saturday = date(2010, 11, 6)
    assert late.between(datetime(2010, 11, 6, tzinfo=UTC), datetime(2010, 11, 9, tzinfo=UTC)) == (
        timedelta(hours=1, minutes=59)
    )
    assert late.last_close(saturday) == datetime(2010, 11, 7, 3, 30, tzinfo=UTC)
    assert late.next_working_date(date(2010, 10, 31)) == saturday


@pytest.mark.parametrize(
    ("cut_off", "moved"), [("12:30", "12:00"), ("13:00", "13:00"), ("19:00", "17:00"), ("08:00", "17:00")]
)
def test_a_cut_off_is_moved_back_into_open_time(cut_off, moved):
    assert SPLIT.clip(TUESDAY, time.fromisoformat(cut_off)) == at(f"2026-03-03 {moved}")


def test_a_cut_off_on_a_closed_date_is_refused():
    with pytest.raises(BadHours, match="2026-03-07 has no open time"):
        SPLIT.clip(date(2026, 3, 7), time(12))


def test_a_long_leave_is_crossed_to_the_first_day_back():
    calendar = Calendar(NINE_TO_FIVE.hours, absences=(away("2026-03-04 00:00", "2030-01-01 16:00"),))
    assert calendar.next_working_date(TUESDAY) == date(2030, 1, 1)
    assert calendar.add(at("2026-03-03 16:00"), 2 * HOUR) == at("2030-01-01 17:00")


# Absences


def test_overlapping_absences_are_one():
    calendar = Calendar(
        ALWAYS.hours,
        absences=(
            away("2026-03-05 00:00", "2026-03-09 00:00"),
            away("2026-03-04 00:00", "2026-03-06 00:00"),
            away("2026-03-04 12:00", "2026-03-04 13:00"),
            away("2026-03-20 12:00", "2026-03-20 12:00"),  # empty
        ),
    )
    assert calendar.away(at("2026-03-04 12:00")) == away("2026-03-04 00:00", "2026-03-09 00:00")
    assert calendar.away(at("2026-03-09 00:00")) is None
    assert calendar.away(at("2026-03-20 12:00")) is None
    assert calendar.next_open(at("2026-03-05 00:00")) == at("2026-03-09 00:00")


def test_ten_thousand_absences_leave_what_they_leave():
    start = at("2026-01-01 00:00").astimezone(UTC)
    every_other_hour = tuple(Absence(start + n * HOUR, start + (n + 1) * HOUR) for n in range(0, 20_000, 2))
    calendar = Calendar(ALWAYS.hours, absences=every_other_hour)
    assert calendar.add(start, 5000 * HOUR) == start + 10_000 * HOUR


def test_an_absence_that_ends_before_it_starts_is_refused():
    with pytest.raises(BadHours, match=r"ends .* before it starts .*; swap the two"):
        away("2026-03-05 00:00", "2026-03-04 00:00")


# What cannot be answered


MONDAYS = frozenset(date(2026, 3, 2) + timedelta(weeks=n) for n in range(600))
EMPTY = [
    NEVER,
    Calendar(NINE_TO_FIVE.hours, absences=(away("1999-01-01 00:00", "2199-01-01 00:00"),)),
    Calendar(week(BERLIN, "0", "09:00-17:00"), MONDAYS),
]


@pytest.mark.parametrize("calendar", EMPTY, ids=["no openings", "away for good", "closed for good"])
def test_a_calendar_that_never_opens_says_so(calendar):
    now = at("2026-03-03 10:00")
    with pytest.raises(NeverOpen, match="no open time within ten years of 2026-03-03T09:00:00"):
        calendar.next_open(now)
    with pytest.raises(NeverOpen, match="no open time"):
        calendar.add(now, HOUR)
    with pytest.raises(NeverOpen, match="no open time"):
        calendar.add(now, FAR)
    with pytest.raises(NeverOpen, match="no working date within ten years of 2026-03-03"):
        calendar.next_working_date(TUESDAY)
    assert not calendar.is_open(now)
    assert calendar.add(now, timedelta(0)) == now


@pytest.mark.parametrize("amount", [FAR, HORIZON + HOUR, 30_000 * HOUR])
def test_more_than_ten_years_hold_is_refused(amount):
    with pytest.raises(BadHours, match=r"is more than the ten years after 2026-03-03T09:00:00.* hold"):
        NINE_TO_FIVE.add(at("2026-03-03 10:00"), amount)


def test_the_horizon_is_exact():
    start = at("2026-03-03 10:00").astimezone(UTC)
    assert ALWAYS.add(start, HORIZON) == start + HORIZON
    back = Calendar(ALWAYS.hours, absences=(Absence(start, start + HORIZON),))
    assert back.next_open(start) == start + HORIZON
    longer = Calendar(ALWAYS.hours, absences=(Absence(start, start + HORIZON + HOUR),))
    with pytest.raises(NeverOpen):
        longer.next_open(start)
    with pytest.raises(BadHours, match="more than the ten years"):
        Calendar(ALWAYS.hours, absences=(Absence(start, start + HOUR),)).add(start, HORIZON)


def test_more_working_days_than_ten_years_hold_are_refused():
    with pytest.raises(BadHours, match="fewer than 99999 working dates in the ten years after 2026-03-03"):
        NINE_TO_FIVE.working_date_after(TUESDAY, 99_999)
    with pytest.raises(BadHours, match="0 working days is not a promise"):
        NINE_TO_FIVE.working_day_close(at("2026-03-03 10:00"), 0)


def test_less_than_no_time_is_refused():
    with pytest.raises(BadHours, match="of open time is less than none"):
        NINE_TO_FIVE.add(at("2026-03-03 10:00"), -HOUR)
    with pytest.raises(BadMoment, match=r"is before .*; swap the two moments"):
        NINE_TO_FIVE.between(at("2026-03-04 10:00"), at("2026-03-03 10:00"))


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 3, 3), datetime.min, TUESDAY, "2026-03-03", None],  # noqa: DTZ001, DTZ901
)
def test_a_moment_without_an_offset_is_refused(moment):
    with pytest.raises(BadMoment, match="has no UTC offset; pass an aware datetime"):
        NINE_TO_FIVE.next_open(moment)


@pytest.mark.parametrize("year", [1, 1898, 2200, 9999])
def test_a_year_that_nobody_meant_is_refused(year):
    moment = datetime(year, 12, 31, 23, 59, tzinfo=ZoneInfo("America/New_York"))
    for ask in (
        NINE_TO_FIVE.is_open,
        NINE_TO_FIVE.next_open,
        NINE_TO_FIVE.away,
        lambda at: NINE_TO_FIVE.add(at, HOUR),
        lambda at: NINE_TO_FIVE.between(at, at),
        lambda at: NINE_TO_FIVE.working_day_close(at, 1),
        lambda at: Absence(at, at),
        lambda at: NINE_TO_FIVE.is_working_date(at.date()),
    ):
        with pytest.raises(BadMoment, match="is outside the years 1900 to 2199; correct the year"):
            ask(moment)


# Openings and weeks


def test_overlapping_openings_are_refused_by_name():
    with pytest.raises(BadHours, match="Monday: 09:00-12:30 and 12:00-17:00 overlap"):
        week(BERLIN, "0", "12:00-17:00", "09:00-12:30")
    with pytest.raises(BadHours, match="Sunday: 20:00-24:00 and 22:00-23:00 overlap"):
        week(BERLIN, "6", "22:00-23:00", "20:00-24:00")


def test_openings_that_touch_are_fine():
    assert Calendar(week(BERLIN, "1", "09:00-12:00", "12:00-24:00")).last_close(TUESDAY) == at(
        "2026-03-04 00:00"
    )


@pytest.mark.parametrize("text", ["09:00-12:30", "00:00-24:00", "20:00-24:00", "00:05-23:59"])
def test_an_opening_is_written_as_it_is_read(text):
    assert str(Opening.parse(text)) == text


def test_an_opening_may_be_typed_loosely():
    assert Opening.parse(" 9:00 – 12:30 ") == Opening(time(9), time(12, 30))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "write it like 09:00-12:30"),
        ("nine to five", "write it like 09:00-12:30"),
        ("9-5", "write it like 09:00-12:30"),
        ("09:00-09:00", r"hours end \(09:00\) before they begin \(09:00\)"),
        ("20:00-04:00", "for hours past midnight, give two openings"),
        ("20:00-00:00", "write 24:00 for the end of the day"),
        ("24:00-24:00", "has a time no clock shows"),
        ("09:00-25:00", "has a time no clock shows"),
        ("09:00-24:30", "has a time no clock shows"),
        ("09:61-10:00", "has a time no clock shows"),
        ("٠٩:٠٠-١٢:٠٠", "write it like 09:00-12:30"),
    ],
)
def test_what_is_no_opening_says_what_to_write(text, says):
    with pytest.raises(BadHours, match=says):
        Opening.parse(text)


@pytest.mark.parametrize("clock", [time(9, 0, 1), time(9, 0, 0, 1), time(9, tzinfo=UTC)])
def test_an_opening_is_plain_and_to_the_minute(clock):
    with pytest.raises(BadHours, match="is not a plain time to the minute"):
        Opening(clock, time(17))


@pytest.mark.parametrize("day", [-1, 7, "mon"])
def test_a_weekday_is_a_number_from_nought_to_six(day):
    with pytest.raises(BadHours, match="is not a weekday; use 0"):
        WeeklyHours(BERLIN, {day: ()})


def test_weeks_and_calendars_are_values():
    same = Calendar(week(BERLIN, "43210", "09:00-17:00"), closed_on=frozenset(), absences=())
    assert same == NINE_TO_FIVE
    assert hash(same) == hash(NINE_TO_FIVE)
    assert same != SPLIT
    for copied in (pickle.loads(pickle.dumps(same)), copy.deepcopy(same)):
        assert copied == NINE_TO_FIVE
        assert copied.add(at("2026-03-03 16:00"), HOUR) == at("2026-03-03 17:00")
    assert WeeklyHours(BERLIN, {0: ()}) == WeeklyHours(BERLIN, {})


def test_a_week_does_not_change_when_its_source_does():
    days = {0: (Opening(time(9), time(17)),)}
    hours = WeeklyHours(BERLIN, days)
    days[1] = days[0]
    assert set(hours.days) == {0}
    with pytest.raises(TypeError):
        hours.days[1] = days[0]
