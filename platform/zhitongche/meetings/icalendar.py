"""Dates as an iCalendar file: plain text by RFC 5545, pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

PRODUCT: Final = "-//zhitongche//meetings//ZH"
_LONGEST: Final = 75
"""Octets of a line, its end not counted. RFC 5545, 3.1."""
_KEPT_FREE: Final = "PT3H"
"""Nobody knows beforehand how long a meeting takes: half a day is kept free."""


@dataclass(frozen=True, slots=True)
class Event:
    """One date: a whole `day` (China), or from the moment `starts` (aware). `changes` counts up when it moves."""

    uid: str
    summary: str
    day: date
    starts: datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    changes: int = 0


def written(name: str, events: list[Event], now: datetime) -> str:
    """The calendar of that name as a file's text; `now` is aware."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}", "X-WR-TIMEZONE:Asia/Shanghai", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    for event in events:
        lines += _event(event, now)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event: Event, now: datetime) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{_utc(now)}", f"SEQUENCE:{event.changes}", *_when(event)]
    lines.append(f"SUMMARY:{_text(event.summary)}")
    told = (("LOCATION", event.place), ("DESCRIPTION", event.text))
    lines += [f"{name}:{_text(value)}" for name, value in told if value]
    lines += [f"URL:{event.url}"] if event.url else []
    # A deadline that fills no hours must not make its owner look busy.
    return [*lines, f"TRANSP:{'OPAQUE' if event.starts else 'TRANSPARENT'}", "END:VEVENT"]


def _when(event: Event) -> list[str]:
    if event.starts:
        return [f"DTSTART:{_utc(event.starts)}", f"DURATION:{_KEPT_FREE}"]
    return [f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}", f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"]


def _utc(moment: datetime) -> str:
    shifted = moment - (moment.utcoffset() or timedelta())
    return f"{shifted:%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """RFC 5545, 3.3.11."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """No line longer than 75 octets, no character cut in two: a continuation begins with a space."""
    parts: list[str] = []
    here = ""
    for character in line:
        # A continuation has one octet less: its space counts.
        room = _LONGEST - (1 if parts else 0)
        if len((here + character).encode()) > room:
            parts.append(here)
            here = ""
        here += character
    return "\r\n ".join([*parts, here])
