"""The packs of a province's cities and counties: data, each on the flow of the pack of its level that stands by itself."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

import yaml

from zhitongche.simulation.bulk import regions
from zhitongche.simulation.grammar import load
from zhitongche.simulation.people import person
from zhitongche.tenancy.merge import LIKE

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from random import Random

    from zhitongche.simulation.bulk.regions import Region
    from zhitongche.tenancy.pack import Pack
    from zhitongche.tenancy.packs import Registry

VERSION: Final = "1.0"
"""Of every generated pack: what was handled under one's rules was handled under all others' too."""


@dataclass(frozen=True)
class Tenancy:
    """A tenant to be: its region, under which code, above whom, on whose flow."""

    region: Region
    code: str
    parent: str
    like: str
    level: str
    prefix: str


def planned(registry: Registry, *, cities: int, counties: int) -> list[Tenancy]:
    """So many cities, and counties within them, without those that a pack stands for already; cities first."""
    top = next(pack for pack in registry.values() if pack.level == "province")
    held = {pack.region_code: pack.code for pack in registry.values()}
    bases, known = _bases(registry), regions.of_province(top.region_code[:2])
    above = [one for one in known if one.is_city][:cities]
    places = {one.code for one in above} | held.keys()
    below = [one for one in known if not one.is_city and one.city in places][:counties]
    codes = {one.code: held.get(one.code, f"g{one.code}") for one in known}
    return [
        Tenancy(one, codes[one.code], top.code if one.is_city else codes[one.city], bases[_level(one)], _level(one), _prefix(known.index(one)))
        for one in (*above, *below) if one.code not in held
    ]  # fmt: skip


def write(tenancies: list[Tenancy], registry: Registry, folder: Path, rng: Random, since: date) -> None:
    """The packs below a folder, in force since a day; what stands there of that name is written anew."""
    names = {one.code: one.region.name for one in tenancies} | {code: pack.name for code, pack in registry.items()}
    for one in tenancies:
        sheets = {"pack": _sheet(one, registry[one.like], since), "offices": _offices(one, registry[one.like], rng), "escalation": _ways(one, registry, names)}
        home = folder / one.code
        home.mkdir(parents=True, exist_ok=True)
        for name, sheet in sheets.items():
            if sheet:
                text = yaml.safe_dump(sheet, allow_unicode=True, sort_keys=False, default_flow_style=None, width=4000)
                (home / f"{name}.yaml").write_text(text, encoding="utf-8")


def _bases(registry: Registry) -> dict[str, str]:
    whole = [pack for pack in registry.values() if pack.takes_petitions and LIKE not in _read(registry, pack.code, "pack")]
    return {pack.level: pack.code for pack in reversed(whole)}


def _read(registry: Registry, code: str, part: str) -> dict[str, Any]:
    file = registry.folder(code) / f"{part}.yaml"
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return found


def _level(region: Region) -> str:
    return "city" if region.is_city else "county"


def _prefix(at: int) -> str:
    return "Z" + ascii_uppercase[at // 26] + ascii_uppercase[at % 26]


def _sheet(one: Tenancy, base: Pack, since: date) -> dict[str, Any]:
    name = one.region.name
    letter = {"letter": {"series": f"{name[0]}企直转", "title": base.letter.title, "clause": base.letter.clause}} if base.letter else {}
    return {
        LIKE: one.like, "code": one.code, "name": name, "level": one.level, "region_code": one.region.code, "parent": one.parent,
        "number_prefix": one.prefix, "sign": name[0], "version": VERSION, "effective_from": since,
        "footer": {"hotline": base.footer.hotline, "contact": base.department}, **letter,
    }  # fmt: skip


def _offices(one: Tenancy, base: Pack, rng: Random) -> dict[str, Any]:
    said = load("province")
    seat = next(unit.code for unit in base.units if "leader" in unit.roles)
    leaders = [{"name": person(rng).name, "title": title, "unit": seat} for title in said["leaders"][one.level]]
    if one.level == "city":
        return {"units": [_district(one, at, name) for at, name in enumerate(_districts(one, said["districts"]))], "leaders": leaders}
    towns = [{"code": f"zhen{at}", "name": f"{name}人民政府", "short": name, "kind": "town", "level": "town"} for at, name in enumerate(said["towns"])]
    return {"units": towns, "leaders": leaders}


def _districts(one: Tenancy, otherwise: list[str]) -> list[str]:
    # Every city has as many, so that what was handled in one can be stamped for another.
    inside = [each.name for each in regions.of_province(one.region.code[:2]) if each.city == one.region.code and not each.is_city]
    return [*inside, *otherwise][: len(otherwise)]


def _district(one: Tenancy, at: int, name: str) -> dict[str, Any]:
    return {"code": f"qu{at}", "name": f"{name}人民政府", "short": name, "kind": "district", "level": "county", "area": f"{int(one.region.code) + 91 + at}"}


def _ways(one: Tenancy, registry: Registry, names: dict[str, str]) -> dict[str, Any]:
    ways = _read(registry, one.like, "escalation").get("ways", [])
    above = registry.get(one.parent)
    if not ways:
        return {}
    changed = {"to": one.parent, "name": names[one.parent], "level": above.level if above else "city"}
    return {"ways": [way | changed | {"review": [*way["review"][:-1], one.parent]} for way in ways]}
