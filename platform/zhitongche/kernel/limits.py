"""Limits (期限) as packs write them: 10 wd, -5 wd, 24 h, 5 nd."""

import re
from dataclasses import dataclass
from enum import StrEnum

from zhitongche.kernel import words
from zhitongche.kernel.errors import Invalid

_PATTERN = re.compile(r"([1-9][0-9]{0,3})\s*(wd|h|nd)|(-[1-9][0-9]{0,3})\s*(wd)")


class Unit(StrEnum):
    """Working days (工作日), consecutive hours (小时), natural days (自然日)."""

    WORKING_DAYS = "wd"
    HOURS = "h"
    NATURAL_DAYS = "nd"


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of a unit; negative for working days before a day."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"

    def in_chinese(self) -> str:
        """The limit as a person reads it, e.g. 10个工作日."""
        pattern = words.LIMIT_IN[self.unit] if self.amount > 0 else words.LIMIT_BEFORE
        return pattern.format(amount=abs(self.amount))


def parse(text: str) -> Limit:
    """Read a limit; never zero, below 10000, negative for working days only. Raises Invalid (field limit)."""
    found = _PATTERN.fullmatch(text.strip())
    if not found:
        raise Invalid({"limit": words.LIMIT_UNREADABLE.format(text=text)})
    after, unit, before, before_unit = found.groups()
    return Limit(int(after or before), Unit(unit or before_unit))
