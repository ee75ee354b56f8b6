"""Moments as integers: microseconds since 1970 in UTC, so that nothing is rounded on the way."""

from datetime import UTC, date, datetime, time, timedelta

from interlude.core.errors import BadMoment

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND

FIRST_YEAR, LAST_YEAR = 1900, 2199

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_MICROSECOND = timedelta(microseconds=1)
_EARLIEST = (datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND
_LATEST = (datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND


def ticks(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment. Raises BadMoment. Rule: R-10."""
    try:
        since = (moment - _EPOCH) // _MICROSECOND
    except TypeError:
        raise BadMoment(f"{_shown(moment)} has no UTC offset; pass an aware datetime") from None
    if not _EARLIEST <= since < _LATEST:
        raise BadMoment(
            f"{_shown(moment)} is outside the years {FIRST_YEAR} to {LAST_YEAR}; correct the year"
        )
    return since


def moment(since: int) -> datetime:
    """The aware UTC datetime of *since* microseconds after 1970."""
    return _EPOCH + _MICROSECOND * since


def length(amount: timedelta) -> int:
    """Microseconds in *amount*."""
    return amount // _MICROSECOND


def day_number(day: date) -> int:
    """Days since 1970-01-01. Raises BadMoment outside the years we compute. Rule: R-10."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadMoment(
            f"{day.isoformat()} is outside the years {FIRST_YEAR} to {LAST_YEAR}; correct the year"
        )
    return day.toordinal() - _EPOCH_DAY


def date_of(number: int) -> date:
    """The date that is *number* days after 1970-01-01."""
    return date.fromordinal(number + _EPOCH_DAY)


def weekday(number: int) -> int:
    """Monday is 0; 1970-01-01 was a Thursday."""
    return (number + 3) % 7


def since_midnight(clock: time) -> int:
    """Microseconds on the clock's face since 00:00."""
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * SECOND + clock.microsecond


def _shown(moment: object) -> str:
    return moment.isoformat() if isinstance(moment, date) else repr(moment)
