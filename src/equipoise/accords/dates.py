"""Days, and durations that carry their calendar: hours, days, working days, months."""

from __future__ import annotations

import calendar
import re
from collections.abc import Set
from datetime import date, timedelta
from typing import Literal

from equipoise.accords.messages import bad_input

Calendar = Literal["hours", "days", "working days", "months"]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_COARSE = re.compile(r"\d{4}(-\d{2})?\Z")


def day_of(
    text: object, *, file: str | None = None, line: int | None = None, field: str | None = None
) -> date | None:
    """A day written YYYY-MM-DD; None where nothing is written. InputError ``not-a-day`` for all else."""
    if text is None or isinstance(text, date):
        return text
    written = str(text).strip()
    if not written:
        return None
    if _DAY.match(written):
        try:
            return date.fromisoformat(written)
        except ValueError:
            pass
    raise bad_input("not-a-day", file=file, line=line, field=field, found=written)


def first_day(text: str) -> date:
    """The first day of a date that may be coarse: YYYY, YYYY-MM or YYYY-MM-DD."""
    return date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10])


def is_coarse(text: str) -> bool:
    """Whether a date names a month or a year and no day."""
    return _COARSE.match(text) is not None


def add(start: date, amount: int, unit: Calendar, holidays: Set[date] = frozenset()) -> date:
    """The day on which a duration that starts on ``start`` ends; the day itself is not counted.

    Hours are whole days rounded up, since days are the finest that declarations carry. A working day is
    Monday to Friday and not in ``holidays``. A month ends on the same day of a later month, or on its last.
    Beyond the calendar's ends it is the last day there is.
    """
    try:
        return _added(start, amount, unit, holidays)
    except (OverflowError, ValueError):
        return date.min if amount < 0 else date.max


def _added(start: date, amount: int, unit: Calendar, holidays: Set[date]) -> date:
    if unit == "months":
        months = start.year * 12 + start.month - 1 + amount
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
    if unit != "working days":
        return start + timedelta(days=-(-amount // 24) if unit == "hours" else amount)
    day, left, step = start, abs(amount), timedelta(days=1 if amount >= 0 else -1)
    while left:
        day += step
        left -= is_working(day, holidays)
    return day


def is_working(day: date, holidays: Set[date] = frozenset()) -> bool:
    """Monday to Friday and no holiday."""
    return day.weekday() < 5 and day not in holidays


def working_days(start: date, end: date, holidays: Set[date] = frozenset()) -> int:
    """Working days after ``start`` up to and including ``end``; negative where ``end`` comes first."""
    if end < start:
        return -working_days(end, start, holidays)
    return sum(is_working(start + timedelta(days=n), holidays) for n in range(1, (end - start).days + 1))


def in_month_day(year: int, month_day: str) -> date:
    """The day ``MM-DD`` of a year."""
    month, day = month_day.split("-")
    return date(year, int(month), int(day))
