"""Calendars for the time tests: a few that a reader knows, many that are drawn, and a naive reading."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from interlude.core.hours import Absence, Calendar, Opening, WeeklyHours

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def week(zone: ZoneInfo | str, days: str, *openings: str) -> WeeklyHours:
    """`week("UTC", "01234", "09:00-17:00")`: the same openings on those weekdays."""
    found = tuple(map(Opening.parse, openings))
    zone = ZoneInfo(zone) if isinstance(zone, str) else zone
    return WeeklyHours(zone, {int(day): found for day in days})


NINE_TO_FIVE = Calendar(week(BERLIN, "01234", "09:00-17:00"))
SPLIT = Calendar(week(BERLIN, "01234", "09:00-12:00", "13:00-17:00"))
ALWAYS = Calendar(week(BERLIN, "0123456", "00:00-24:00"))


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """A moment by the clock in Berlin, such as "2026-03-03 10:00", in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def away(starts: str, ends: str) -> Absence:
    return Absence(at(starts), at(ends))


# Many calendars

ZONES = sorted(available_timezones() - {"Factory", "localtime"})
UNUSUAL = [
    "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Antarctica/Troll", "Pacific/Chatham",
    "America/Sao_Paulo", "America/Havana", "America/Nuuk", "Asia/Gaza", "America/St_Johns", "Asia/Pyongyang",
]  # fmt: skip

zones = st.one_of(st.sampled_from(UNUSUAL), st.sampled_from(ZONES)).map(ZoneInfo)


@lru_cache(maxsize=4096)
def changes(zone: ZoneInfo, year: int) -> tuple[datetime, ...]:
    """The minutes of a year at which the clock in a zone is set, found by looking."""
    found = []
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        if offset(day, zone) != offset(day + timedelta(days=1), zone):
            minute = day
            while offset(minute, zone) == offset(minute + MINUTE, zone):
                minute += MINUTE
            found.append(minute + MINUTE)
        day += timedelta(days=1)
    return tuple(found)


def offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()


@st.composite
def moments_in(draw: st.DrawFn, zone: ZoneInfo) -> datetime:
    """A moment of the years 1975 to 2060, by preference near a change of the clock."""
    year = draw(st.integers(1975, 2060))
    near = changes(zone, year)
    centre = draw(st.sampled_from(near)) if near and draw(st.booleans()) else datetime(year, 6, 1, tzinfo=UTC)
    spread = 120 if near and draw(st.booleans()) else 60 * 24 * 4
    return centre + draw(st.integers(-spread, spread)) * MINUTE


@st.composite
def openings(draw: st.DrawFn) -> tuple[Opening, ...]:
    cuts = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return tuple(Opening(clock(opens), clock(closes)) for opens, closes in pairs)


def clock(quarters: int) -> time:
    return time(quarters // 4 % 24, quarters % 4 * 15)


@st.composite
def weeks(draw: st.DrawFn, zone: ZoneInfo) -> WeeklyHours:
    """A week that is open at least on one weekday."""
    kind = draw(st.sampled_from(["plain", "night", "always", "random"]))
    fixed = {"plain": ("01234", "09:00-17:00"), "night": ("0123456", "00:00-04:15", "22:30-24:00")}
    if kind in fixed:
        return week(zone, *fixed[kind])
    if kind == "always":
        return week(zone, "0123456", "00:00-24:00")
    days = {day: draw(openings()) for day in range(7)}
    return WeeklyHours(zone, {**days, draw(st.integers(0, 6)): (Opening(time(9), time(12)),)})


@st.composite
def absences_near(draw: st.DrawFn, centre: datetime) -> tuple[Absence, ...]:
    """Up to four absences of minutes to weeks, which may overlap."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        starts = centre + draw(st.integers(-3000, 6000)) * MINUTE
        found.append(Absence(starts, starts + draw(st.integers(0, 20_000)) * MINUTE))
    return tuple(found)


@st.composite
def settings_in_time(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A calendar in any zone, with closed days and absences, and a moment near them."""
    zone = draw(zones)
    moment = draw(moments_in(zone))
    today = moment.astimezone(zone).date()
    closed = {today + timedelta(days=n) for n in draw(st.sets(st.integers(-3, 12), max_size=4))}
    calendar = Calendar(draw(weeks(zone)), frozenset(closed), draw(absences_near(moment)))
    return calendar, moment


# The naive reading: one question, asked of every minute


def open_by_definition(calendar: Calendar, moment: datetime) -> bool:
    wall = moment.astimezone(calendar.hours.zone)
    if wall.date() in calendar.closed_on:
        return False
    clock = wall.time()
    if not any(
        each.opens <= clock and (clock < each.closes or each.closes == time(0))
        for each in calendar.hours.days.get(wall.weekday(), ())
    ):
        return False
    return not any(each.starts <= moment < each.ends for each in calendar.absences)


class Minutes:
    """Every minute of some days, asked one by one."""

    def __init__(self, calendar: Calendar, start: datetime, days: int) -> None:
        self.start = start
        self.all = [start + n * MINUTE for n in range(days * 1440)]
        self.open = [each for each in self.all if open_by_definition(calendar, each)]

    def between(self, start: datetime, end: datetime) -> timedelta:
        return sum((MINUTE for each in self.open if start <= each < end), timedelta(0))

    def next_open(self, at: datetime) -> datetime | None:
        return next((each for each in self.open if each >= at), None)

    def add(self, start: datetime, amount: timedelta) -> datetime | None:
        later = [each for each in self.open if each >= start]
        nth = amount // MINUTE
        return later[nth - 1] + MINUTE if 0 < nth <= len(later) else None

    def last_close(self, day: date, zone: ZoneInfo) -> datetime | None:
        mine = [each for each in self.open if each.astimezone(zone).date() == day]
        return mine[-1] + MINUTE if mine else None
