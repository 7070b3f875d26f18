"""Forms filled in at random, now and then wrongly: what people may send to any action."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from zhitongche.casework.fields import Field
from zhitongche.kernel import clock

WORDS = ("已收到并安排专人办理。", "经核实，情况属实，正在处理。", "企业表示理解，同意方案。", "建议由属地牵头协调。")


def fill(fields: list[Field], rng: Random, *, sloppy: float = 0.0) -> dict[str, Any]:
    """A value for every field, valid unless `sloppy` (the chance that a field is left out or spoilt) strikes."""
    return {f.name: _value(f, rng) for f in fields if rng.random() >= sloppy and (f.required or rng.random() < 0.5)}


def _value(field: Field, rng: Random) -> Any:
    today = clock.today()
    match field.kind:
        case "text" | "longtext":
            return rng.choice(WORDS)
        case "choice" | "unit" | "petition" | "milestone":
            return rng.choice(field.choices)[0] if field.choices else ""
        case "units":
            return [value for value, _ in rng.sample(field.choices, k=min(len(field.choices), rng.randrange(3)))]
        case "date":
            return (today + timedelta(days=rng.randrange(10, 60))).isoformat()
        case "datetime":
            return clock.now() - timedelta(minutes=rng.randrange(60))
        case "moment":
            return clock.now() + timedelta(days=rng.randrange(-3, 30))
        case "checkbox":
            return rng.random() < 0.5
        case "milestones":
            return [{"text": f"第{i}步", "due": (today + timedelta(days=i)).isoformat()} for i in range(1, rng.randrange(2, 5))]
        case _:
            return None
