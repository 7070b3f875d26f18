"""figures.yaml, read strictly: whatever it does not say in the closed vocabulary is refused with file, line and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from zhitongche.flow.vocabulary import VERBS
from zhitongche.statistics import words_definitions as words
from zhitongche.statistics.definitions import Definitions, FactRule, Figure, Trigger
from zhitongche.statistics.vocabulary import (
    BETTER,
    BY,
    CONDITIONS,
    EVENTS,
    KEYS,
    MINUTES,
    SHAPES,
    STOCKS,
    TIMES,
    UNITS,
)
from zhitongche.tenancy import source
from zhitongche.tenancy.findings import PackError, Report
from zhitongche.tenancy.shapes import Flag, Many, OneOf, Record, Table, Text, Whole

if TYPE_CHECKING:
    from zhitongche.tenancy.findings import Spot
    from zhitongche.tenancy.source import Map

FILE: Final = "statistics/figures.yaml"
_WORD: Final = Text()
_NAMES: Final = Many(Text())
_ON: Final = Many(OneOf(frozenset(VERBS) | frozenset(EVENTS), words.VERB_OR_EVENT))
_WHEN: Final = Table(_NAMES, key=OneOf(CONDITIONS, words.CONDITION))
_FACT: Final = Record(
    {"name": _WORD, "meaning": _WORD},
    {
        "on": (_ON, []), "when": (_WHEN, {}), "stock": (OneOf(STOCKS, words.STOCK), ""), "times": (OneOf(TIMES, words.TIMES), "each"),
        "unit": (OneOf(UNITS, words.UNIT), "none"), "key": (OneOf(KEYS, words.KEY), ""), "minutes": (OneOf(MINUTES, words.MINUTES), ""),
        "like": (_WORD, ""), "dated": (_WORD, ""), "undone": (Many(Record({"on": _ON}, {"when": (_WHEN, {})})), []),
    },
)  # fmt: skip
_FIGURE: Final = Record(
    {
        "name": _WORD, "shape": OneOf(SHAPES, words.SHAPE), "unit": _WORD, "numerator": _NAMES, "excluded": _WORD, "period": _WORD,
        "meaning": _WORD, "source": _WORD, "better": OneOf(BETTER, words.BETTER), "public": Flag(),
    },
    {"denominator": (_NAMES, []), "by": (OneOf(BY, words.BY), ""), "at": (Whole(1, 99), 50), "contestable": (Flag(), False)},
)  # fmt: skip
_FILE: Final = Record({"facts": Table(_FACT), "figures": Table(_FIGURE)})


def read(text: str) -> Definitions:
    """The definitions, or PackError with every fault."""
    report = Report()
    tree = source.parse(text, FILE, report)
    raw = _FILE.read(tree, tree.spot, report) if tree is not None else {}
    if tree is not None and not report.noted:
        _cross(tree, raw, report)
    if report.noted:
        raise PackError(report.findings)
    facts = {kind: _fact(kind, item) for kind, item in raw["facts"].items()}
    figures = {code: _figure(code, item) for code, item in raw["figures"].items()}
    return Definitions(facts, figures, text)


def _cross(tree: Map, raw: dict[str, Any], report: Report) -> None:
    """Names that point to nothing, and figures that nothing could be made of."""
    kinds = raw["facts"]
    for kind, fact in kinds.items():
        spot = tree["facts"].spots[kind]
        for name in (fact["like"], fact["dated"]):
            if name and name not in kinds:
                report.unknown(spot, f"{words.FACT} {name}", kinds)
        for when in (fact["when"], *(one["when"] for one in fact["undone"])):
            _values(when, spot, report)
        if bool(fact["on"]) == bool(fact["stock"]):
            report.add(spot, words.ON_OR_STOCK, words.WRITE_ON_OR_STOCK)
    for code, figure in raw["figures"].items():
        spot = tree["figures"].spots[code]
        for name in figure["numerator"] + figure["denominator"]:
            if name not in kinds:
                report.unknown(spot, f"{words.FACT} {name}", kinds)
        if (figure["shape"] == "rate") != bool(figure["denominator"]):
            report.add(spot, words.RATE_NEEDS, words.WRITE_DENOMINATOR)


def _values(when: dict[str, list[str]], spot: Spot, report: Report) -> None:
    for name, values in when.items():
        for value in values:
            if value not in CONDITIONS[name]:
                report.unknown(spot, f"{words.VALUE} {value}", CONDITIONS[name])


def _fact(kind: str, item: dict[str, Any]) -> FactRule:
    plain = {key: item[key] for key in ("name", "meaning", "stock", "times", "unit", "key", "minutes", "like", "dated")}
    return FactRule(kind=kind, trigger=_trigger(item), undone=tuple(map(_trigger, item["undone"])), **plain)


def _trigger(item: dict[str, Any]) -> Trigger:
    return Trigger(frozenset(item["on"]), {name: frozenset(values) for name, values in item["when"].items()})


def _figure(code: str, item: dict[str, Any]) -> Figure:
    lists = {key: tuple(cast("list[str]", item[key])) for key in ("numerator", "denominator")}
    return Figure(code=code, **{**item, **lists})
