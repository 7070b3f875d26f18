"""The place that a pack describes, as enterprises and texts need it."""

import csv
from pathlib import Path
from typing import Final

from zhitongche.simulation.enterprises import Place
from zhitongche.simulation.grammar import load
from zhitongche.tenancy.pack import Pack
from zhitongche.tenancy.vocabulary import TERRITORIAL

_COUNTY: Final = 6
"""Digits of the county in a region code: a town's has more, a credit code has these."""
_WITHOUT_TOWNS: Final = ("城区", "城东", "城西")


def place_of(pack: Pack, folder: Path) -> Place:
    """Towns from the pack's units, trades from the register that comes with it; all trades where it has none."""
    towns = [unit for unit in pack.units if unit.kind in TERRITORIAL]
    own = {unit.short: unit.area for unit in towns if unit.area != pack.region_code}
    names = tuple(unit.short for unit in towns) or _WITHOUT_TOWNS
    return Place(pack.name, pack.region_code[:_COUNTY], _industries(register_file(pack, folder)), names, own)


def register_file(pack: Pack, folder: Path) -> Path | None:
    """The register's file that comes with the pack, where there is one."""
    file = folder / pack.register.file if pack.register.file else None
    return file if file is not None and file.is_file() else None


def _industries(file: Path | None) -> tuple[str, ...]:
    if file is not None:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            found = [row["industry"] for row in csv.DictReader(lines) if row.get("industry")]
        if found:
            return tuple(found)
    return tuple(load("trades"))
