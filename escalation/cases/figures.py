"""Sums of days ↔ figures.v1."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from escalation.wire import notation
from zhitongche.statistics import reported
from zhitongche.statistics.reported import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhitongche.statistics.reported import Sum


def written(sheet: Sheet) -> dict[str, Any]:
    """The sheet as figures.v1 says it."""
    days = [{"day": day.isoformat(), "sums": _together(sums)} for day, sums in sheet.days.items()]
    return {"definitions": sheet.definitions, "as_of": notation.written(sheet.as_of), "days": days}


def take(sender: str, data: Mapping[str, Any]) -> bool:
    """Keep what a tenant below told us, in the present transaction; False for what is older than what we have."""
    days = {date.fromisoformat(day["day"]): _apart(day["sums"]) for day in data["days"]}
    return reported.take(sender, Sheet(data["definitions"], notation.moment(data["as_of"]), days))


def _together(sums: Iterable[Sum]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], list[dict[str, int]]] = {}
    for kind, key, bucket, n in sums:
        found.setdefault((kind, key), []).append({**({"bucket": bucket} if bucket else {}), "n": n})
    return [{"kind": kind, **({"key": key} if key else {}), "counts": counts} for (kind, key), counts in found.items()]


def _apart(sums: Iterable[Mapping[str, Any]]) -> list[Sum]:
    # Summed, since nothing forbids another software to say the same thing twice.
    found: Counter[tuple[str, str, int]] = Counter()
    for one in sums:
        for count in one["counts"]:
            found[one["kind"], one.get("key", ""), count.get("bucket", 0)] += count["n"]
    return [(*place, n) for place, n in found.items() if n]
