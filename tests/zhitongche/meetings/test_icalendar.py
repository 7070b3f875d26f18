"""Calendars as RFC 5545 wants them: read back by the letter of the standard."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from zhitongche.kernel import clock
from zhitongche.meetings.icalendar import Event, written

NOW = datetime(2026, 4, 1, 2, tzinfo=UTC)
LINE = re.compile(r"[A-Z-]+(;[A-Z-]+=[A-Z-]+)*:.*", re.DOTALL)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\n,;\\"), max_size=200)


def lines_of(text: str) -> list[str]:
    """Content lines, unfolded (3.1)."""
    assert text.endswith("\r\n")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def told(text: str) -> str:
    """A text value, unescaped (3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


@given(TEXTS, TEXTS)
@example("汉" * 120, "a" * 200)
def test_any_text_comes_back_as_it_was_in_lines_of_at_most_75_octets(summary: str, place: str) -> None:
    event = Event("a@b", summary, date(2026, 4, 22), place=place)
    lines = lines_of(written("活动日", [event], NOW))
    assert all(LINE.fullmatch(line) for line in lines)
    values = dict(line.split(":", 1) for line in lines if line.startswith(("SUMMARY", "LOCATION")))
    assert told(values["SUMMARY"]) == summary
    assert told(values.get("LOCATION", "")) == place


def test_a_meeting_begins_at_its_hour_in_utc_and_a_deadline_fills_its_day() -> None:
    starts = clock.on(date(2026, 4, 22), clock.local(datetime(2026, 4, 22, 1, tzinfo=UTC)).time())
    lines = lines_of(written("x", [Event("1", "会", date(2026, 4, 22), starts, changes=3), Event("2", "限", date(2026, 4, 30))], NOW))
    assert "DTSTART:20260422T010000Z" in lines
    assert "SEQUENCE:3" in lines
    assert {"DTSTART;VALUE=DATE:20260430", "DTEND;VALUE=DATE:20260501", "TRANSP:TRANSPARENT"} <= set(lines)


def test_every_calendar_has_what_the_standard_requires() -> None:
    lines = lines_of(written("x", [Event("1", "会", date(2026, 4, 22))], NOW))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert [line.partition(":")[0] for line in lines if line.startswith(("PRODID", "UID", "DTSTAMP"))] == ["PRODID", "UID", "DTSTAMP"]
    assert (lines.count("BEGIN:VEVENT"), lines.count("END:VEVENT"), lines[-1]) == (1, 1, "END:VCALENDAR")
