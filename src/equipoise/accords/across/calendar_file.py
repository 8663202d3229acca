"""What is due as an iCalendar file (RFC 5545): one all-day event a duty, the same bytes each time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from equipoise.accords.across.due import Due

PRODUCT = "-//Equipoise//keep due//EN"


def to_ical(found: Iterable[Due]) -> bytes:
    """The calendar of what is owed as written; a duty that is owed under one reading only says so.

    Event ids and stamps follow from the duty itself, so that a calendar read twice holds it once.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for one in found:
        if one.owed is False:
            continue
        event = Event()
        event.add("uid", f"{_id(one)}@equipoise")
        event.add("dtstamp", datetime(one.day.year, one.day.month, one.day.day, tzinfo=UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", _summary(one))
        event.add("description", _description(one))
        event.add("categories", [one.accord])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _id(one: Due) -> str:
    text = "|".join((one.id, one.day.isoformat(), *one.by, *one.to, one.reading or ""))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _summary(one: Due) -> str:
    under = f" (under {one.reading})" if one.reading else ""
    return f"{one.what}: {_names(one.by)}{under}"


def _description(one: Due) -> str:
    owed = "owed" if one.owed else "whether it is owed is not known"
    parts = (
        f"{owed} to {_names(one.to, most=40)}",
        one.article,
        f"source: {one.source} ({one.status})",
        one.note,
    )
    return "\n".join(part for part in parts if part)


def _names(names: tuple[str, ...], most: int = 3) -> str:
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"
