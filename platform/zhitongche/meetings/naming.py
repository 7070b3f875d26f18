"""What a meeting is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.meetings import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhitongche.tenancy.meeting_parts import MeetingKind
    from zhitongche.tenancy.pack import Pack


def title_of(pack: Pack, kind: MeetingKind, *, day: date, month: date | None, theme: Mapping[str, str]) -> str:
    """By its month where a rule calls it, else by its day; a special session names its theme."""
    if month is not None:
        return words.TITLE_OF_MONTH.format(month=month, name=kind.name)
    title = words.TITLE_OF_DAY.format(day=day, name=kind.name)
    matter = pack.matters.get(theme.get("matter", ""))
    return words.TITLE_OF_THEME.format(title=title, theme=matter.name) if matter else title
