"""One pack on its way from YAML to values: every part read through its shape, with the way back to each line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhitongche.tenancy import words, words_rules
from zhitongche.tenancy.library import Library, locate
from zhitongche.tenancy.pack import Pack
from zhitongche.tenancy.schema import FILES, SHAPES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from zhitongche.tenancy.findings import Report, Spot
    from zhitongche.tenancy.source import Map

_ALWAYS: Final = frozenset({"pack", "offices"})
_FOR_PETITIONS: Final = frozenset({"matters", "flow", "messages", "portal"})

_NOTHING: Final[dict[str, Any]] = {
    "matters": {"categories": [], "matters": [], "grounds": {"accept": [], "refuse": []}},
    "flow": {"stages": {}, "actions": {}, "clocks": {}},
    "calendar": {"days": []},
    "meetings": {"kinds": {}},
    "escalation": {"ways": []},
    "messages": {},
    "portal": {
        "welcome": "",
        "lead": "",
        "steps": [],
        "promises": [],
        "who_may_file": "",
        "faq": [],
        "privacy": "",
    },
}


@dataclass(frozen=True)
class Draft:
    """A pack that has the right form; the cross checks still have to look at it."""

    code: str
    folder: Path
    pack: Pack
    trees: Mapping[str, Map | None]
    report: Report

    def at(self, part: str, *path: str | int) -> Spot:
        """Where a value of a part stands."""
        return locate(self.trees[part], f"{self.code}/{FILES[part]}", *path)

    def fault(self, what: str, remedy: str, part: str, *path: str | int) -> None:
        """Note a fault at a value."""
        self.report.add(self.at(part, *path), what, remedy)

    def unknown(self, what: str, known: Any, part: str, *path: str | int) -> None:
        """Note an unresolved reference at a value."""
        self.report.unknown(self.at(part, *path), what, known)


def draft(library: Library, code: str) -> Draft | None:
    """Read one pack; None where its form is wrong (the findings say how)."""
    report, before = library.report, library.report.noted
    trees = {part: library.tree(code, part) for part in SHAPES}
    raw: dict[str, Any] = {}
    for part, shape in SHAPES.items():
        tree = trees[part]
        if tree is not None:
            raw[part] = shape.read(tree, tree.spot, report)
        elif library.broken(code, part):
            report.noted += 1
        elif part in _needed(trees["pack"]):
            report.add(
                locate(None, f"{code}/{FILES[part]}"),
                words.missing(FILES[part]),
                words_rules.add_file(FILES[part]),
            )
        else:
            raw[part] = _NOTHING.get(part)
    if report.noted > before:
        return None
    return Draft(code, library.folders[code], Pack.from_raw(raw), trees, report)


def _needed(pack: Map | None) -> frozenset[str]:
    takes = pack is not None and pack.get("takes_petitions") == "true"
    return _ALWAYS | _FOR_PETITIONS if takes else _ALWAYS
