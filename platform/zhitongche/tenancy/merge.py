"""A pack that builds on another: what it takes over, and how its own lines are laid on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from zhitongche.tenancy import words
from zhitongche.tenancy.source import Map, Seq
from zhitongche.tenancy.vocabulary import TERRITORIAL

if TYPE_CHECKING:
    from zhitongche.tenancy.findings import Report

LIKE: Final = "like"
REMOVE: Final = "remove"

_A_PLACES_OWN: Final = frozenset(
    {
        "code",
        "name",
        "hosts",
        "region_code",
        "parent",
        "number_prefix",
        "sign",
        "version",
        "effective_from",
        "footer",
        "letter",
    }
)
_NEVER_INHERITED: Final = frozenset({"calendar", "escalation"})


def inherited(part: str, base: Map) -> Map | None:
    """What another pack may take over of a part: rules and words, never a place's own names, people or days."""
    if part in _NEVER_INHERITED:
        return None
    if part == "pack":
        return _without(base, _A_PLACES_OWN)
    if part == "offices":
        return _functional_units(base)
    return base


def lay_over(base: Map | None, own: Map | None, report: Report) -> Map | None:
    """`own` over `base`: mappings key by key, lists of coded records by code, all else replaced."""
    if own is None or base is None:
        return base if own is None else _without(own, {LIKE, REMOVE})
    kept = base
    removed = own.get(REMOVE)
    if removed is not None and not isinstance(removed, Map):
        report.add(own.spots[REMOVE], words.NOT_A_MAPPING, words.WRITE_A_REMOVE)
    for section, codes in removed.items() if isinstance(removed, Map) else ():
        kept = _drop(kept, section.split("."), codes, own, report)
    merged: Map = _merge(kept, _without(own, {LIKE, REMOVE}))
    return merged


def _merge(base: Any, own: Any) -> Any:
    if isinstance(base, Map) and isinstance(own, Map):
        merged = _copy(base, own)
        for key, value in own.items():
            merged.put(key, _merge(base[key], value) if key in base else value, own.spots[key])
        return merged
    if _coded(base) and _coded(own):
        return _merge_coded(base, own)
    return own


def _merge_coded(base: Seq, own: Seq) -> Seq:
    merged, mine = Seq(own.spot), {item["code"]: (item, at) for item, at in zip(own, own.spots, strict=True)}
    for item, at in zip(base, base.spots, strict=True):
        if item["code"] in mine:
            over, over_at = mine.pop(item["code"])
            merged.put(_merge(item, over), over_at)
        else:
            merged.put(item, at)
    for item, at in mine.values():
        merged.put(item, at)
    return merged


def _drop(tree: Any, path: list[str], codes: Any, own: Map, report: Report) -> Any:
    section, *rest = path
    if not isinstance(tree, Map) or section not in tree:
        report.unknown(own.spots[REMOVE], words.key(section), tree if isinstance(tree, Map) else ())
        return tree
    shorter = _copy(tree, tree)
    inner = tree[section]
    value = _drop(inner, rest, codes, own, report) if rest else _drop_codes(inner, codes, own, report)
    shorter.put(section, value, tree.spots[section])
    return shorter


def _drop_codes(section: Any, codes: Any, own: Map, report: Report) -> Any:
    gone = set(codes or [])
    present = (
        set(section)
        if isinstance(section, Map)
        else {item["code"] for item in section if isinstance(item, Map)}
    )
    for code in sorted(gone - present):
        report.unknown(own.spots[REMOVE], words.code(code), present)
    if isinstance(section, Map):
        return _without(section, gone)
    kept = Seq(section.spot)
    for item, at in zip(section, section.spots, strict=True):
        if item["code"] not in gone:
            kept.put(item, at)
    return kept


def _functional_units(base: Map) -> Map:
    offices = _without(base, {"leaders"})
    if not _coded(base.get("units")):
        return offices
    units = Seq(base.spot)
    for unit, at in zip(base["units"], base["units"].spots, strict=True):
        if unit.get("kind") not in TERRITORIAL:
            units.put(_without(unit, {"contact", "area"}), at)
    offices.put("units", units, base.spot)
    return offices


def _coded(value: Any) -> bool:
    return isinstance(value, Seq) and all(isinstance(item, Map) and "code" in item for item in value)


def _without(tree: Map, keys: Any) -> Map:
    kept = Map(tree.spot)
    for key, value in tree.items():
        if key not in keys:
            kept.put(key, value, tree.spots[key])
    return kept


def _copy(tree: Map, where: Map) -> Map:
    copied = Map(where.spot)
    for key, value in tree.items():
        copied.put(key, value, tree.spots[key])
    return copied
