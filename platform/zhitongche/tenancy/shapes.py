"""Small shapes: what a value of a pack must look like. Each reads marked YAML into plain JSON-able values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from zhitongche.tenancy import words
from zhitongche.tenancy.source import Map, Seq

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from zhitongche.tenancy.findings import Report, Spot


class Shape(Protocol):
    """Reads a value, noting faults; what it returns is only meant where nothing was noted."""

    def read(self, value: Any, spot: Spot, report: Report) -> Any: ...


@dataclass(frozen=True)
class Text:
    """One string; `pattern` (whole match) with `meaning` says what it must look like."""

    pattern: str = r"(?s).*\S.*"
    meaning: str = words.SOME_TEXT

    def read(self, value: Any, spot: Spot, report: Report) -> str:
        """The text as written."""
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            report.add(spot, words.not_a(self.meaning, value), words.write_a(self.meaning))
            return ""
        return value.strip()


@dataclass(frozen=True)
class Parsed:
    """A string that a parser understands (a day, a time, a limit); kept as text, `parse` raises on nonsense."""

    parse: Callable[[str], object]
    meaning: str

    def read(self, value: Any, spot: Spot, report: Report) -> str:
        """The text, once the parser has accepted it."""
        try:
            self.parse(value if isinstance(value, str) else "")
        except Exception:
            report.add(spot, words.not_a(self.meaning, value), words.write_a(self.meaning))
        return str(value)


@dataclass(frozen=True)
class Flag:
    """true or false."""

    def read(self, value: Any, spot: Spot, report: Report) -> bool:
        """The flag as a bool."""
        if value not in ("true", "false"):  # a tuple: the value may be a list
            report.add(spot, words.not_a(words.A_FLAG, value), words.write_a(words.A_FLAG))
        return bool(value == "true")


@dataclass(frozen=True)
class Whole:
    """A whole number between two bounds."""

    low: int
    high: int

    def read(self, value: Any, spot: Spot, report: Report) -> int:
        """The number as an int."""
        if (
            not isinstance(value, str)
            or not value.isascii()
            or not value.isdigit()
            or not self.low <= int(value) <= self.high
        ):
            meaning = words.whole_number(self.low, self.high)
            report.add(spot, words.not_a(meaning, value), words.write_a(meaning))
            return self.low
        return int(value)


@dataclass(frozen=True)
class OneOf:
    """A word of a closed vocabulary."""

    known: Collection[str]
    meaning: str

    def read(self, value: Any, spot: Spot, report: Report) -> str:
        """The word itself."""
        if not isinstance(value, str) or value not in self.known:
            report.unknown(spot, f"{self.meaning} {value}", self.known)
            return next(iter(self.known))
        return str(value)


@dataclass(frozen=True)
class Maybe:
    """A value that may be left empty."""

    shape: Shape

    def read(self, value: Any, spot: Spot, report: Report) -> Any:
        """None, or what the shape reads."""
        return None if value is None else self.shape.read(value, spot, report)


@dataclass(frozen=True)
class Many:
    """A list; with `lone`, one value stands for a list of one."""

    item: Shape
    lone: bool = False

    def read(self, value: Any, spot: Spot, report: Report) -> list[Any]:
        """The items in order."""
        if value is None:
            return []
        if not isinstance(value, Seq):
            if self.lone:
                return [self.item.read(value, spot, report)]
            report.add(spot, words.NOT_A_LIST, words.WRITE_A_LIST)
            return []
        return [self.item.read(item, at, report) for item, at in zip(value, value.spots, strict=True)]


@dataclass(frozen=True)
class Table:
    """A mapping of codes to values of one shape."""

    value: Shape
    key: Shape = field(default_factory=lambda: Text(r"[a-z][a-z0-9_]*", words.A_CODE))

    def read(self, value: Any, spot: Spot, report: Report) -> dict[str, Any]:
        """The same mapping, read."""
        if value is None:
            return {}
        if not isinstance(value, Map):
            report.add(spot, words.NOT_A_MAPPING, words.WRITE_A_MAPPING)
            return {}
        return {
            self.key.read(key, value.spots[key], report): self.value.read(item, value.spots[key], report)
            for key, item in value.items()
        }


LEFT_OUT: Final = object()
"""The default of an optional key that leaves no trace where it is not written: packs without it keep their digest."""


@dataclass(frozen=True)
class Record:
    """A mapping with known keys; unknown keys are refused, missing optional ones get their default."""

    required: Mapping[str, Shape]
    optional: Mapping[str, tuple[Shape, Any]] = field(default_factory=dict)

    def read(self, value: Any, spot: Spot, report: Report) -> dict[str, Any]:
        """All keys, in the order of the shape."""
        if not isinstance(value, Map):
            report.add(spot, words.NOT_A_MAPPING, words.WRITE_A_MAPPING)
            return {}
        known = {**self.required, **{key: shape for key, (shape, _) in self.optional.items()}}
        for key in value:
            if key not in known:
                report.unknown(value.spots[key], words.key(key), known)
        for key in self.required:
            if key not in value:
                report.add(spot, words.missing(key), words.add_key(key))
        found = {key: default for key, (_, default) in self.optional.items() if default is not LEFT_OUT}
        found |= {key: known[key].read(value[key], value.spots[key], report) for key in value if key in known}
        return {key: found[key] for key in known if key in found}
