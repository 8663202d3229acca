"""Moments of a clock that runs in hours: a day, or a day with its time in UTC.

Where both ends of a stretch are days only, hours count as whole days (48 hours: until the end of the second
day after). Where both carry a time they are counted by the minute.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from equipoise.accords.dates import add, day_of
from equipoise.accords.messages import bad_input
from equipoise.accords.types import Query

_TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})Z?\Z")
NONE = "none"
"""The word for what did not happen (``reply=none``); a fact that is not stated is left out."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the minute of it in UTC where that was stated."""

    day: date
    minute: int | None = None

    def __str__(self) -> str:
        if self.minute is None:
            return self.day.isoformat()
        return f"{self.day.isoformat()}T{self.minute // 60:02d}:{self.minute % 60:02d}Z"


def moment_of(text: str, *, field: str | None = None) -> Moment:
    """``2022-02-11`` or ``2022-02-11T09:30`` (UTC). InputError ``not-a-moment``."""
    timed = _TIMED.match(text)
    if timed is None:
        day = day_of(text, field=field)
        if day is None:
            raise bad_input("not-a-moment", field=field, found=text)
        return Moment(day)
    day = day_of(timed[1], field=field)
    hour, minute = int(timed[2]), int(timed[3])
    if day is None or hour > 23 or minute > 59:
        raise bad_input("not-a-moment", field=field, found=text)
    return Moment(day, 60 * hour + minute)


def asked_moment(query: Query, name: str) -> Moment | str | None:
    """The moment that the question states, ``none`` where it says that it never came, None where silent."""
    text = query.asked.get(name, "").strip()
    if not text:
        return None
    return NONE if text.lower() == NONE else moment_of(text, field=f"--with {name}")


def due_after(start: Moment, hours: int) -> Moment:
    """The moment by which something is due so many hours after ``start``."""
    if start.minute is None:
        return Moment(add(start.day, hours, "hours"))
    at = datetime(start.day.year, start.day.month, start.day.day) + timedelta(minutes=start.minute)
    end = at + timedelta(hours=hours)
    return Moment(end.date(), 60 * end.hour + end.minute)


def hours_left(done: Moment, due: Moment) -> int:
    """Whole hours from ``done`` to ``due``, negative when late; days only, where either has no time."""
    days = (due.day - done.day).days
    if done.minute is None or due.minute is None:
        return 24 * days
    return (1440 * days + due.minute - done.minute) // 60
