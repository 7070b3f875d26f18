"""What the statistics room says to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

NOTHING: Final = "—"
RATE: Final = "{text}（{numerator}/{denominator}）"
FEW: Final = "<{minimum}"
COVERED: Final = "＊"
COVERED_MEANS: Final = "少于{minimum}的数不显示；＊表示为防止由合计推算出少于{minimum}的数而一并不显示。"
NO_KEY: Final = "未注明"


def week(year: int, number: int) -> str:
    """The name of a week by ISO 8601."""
    return f"{year}年第{number}周"


def month(year: int, number: int) -> str:
    """The name of a month."""
    return f"{year}年{number}月"


def quarter(year: int, number: int) -> str:
    """The name of a quarter."""
    return f"{year}年第{'一二三四'[number - 1]}季度"


def year(number: int) -> str:
    """The name of a calendar year."""
    return f"{number}年"


def span(first: date, last: date) -> str:
    """The name of any other span of days."""
    begin = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return begin
    end = f"{last.month}月{last.day}日"
    return f"{begin}至{end}" if first.year == last.year else f"{begin}至{last.year}年{end}"
